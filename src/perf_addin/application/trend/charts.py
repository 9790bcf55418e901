"""The control chart of an indicator, by what is stated for it, for the index, and by the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from perf_addin.application.series import At
from perf_addin.application.settings import Settings
from perf_addin.application.trend.stated import Stated
from perf_addin.domain.process_limits import whole_numbers
from perf_addin.domain.spc import Method, Point, chart, last_point, last_start


class Plan(NamedTuple):
    """How everything is reckoned; `frequency` is an indicator's own, in the index's words."""

    method: Method
    settings: Settings
    frequency: str = ""


class Charted(NamedTuple):
    """A control chart.

    Attributes:
        points: its points.
        last: how many of them the last stretch has.
        fix_after: how many of those settle its limits; None for all.
        method: how it was reckoned.
    """

    points: tuple[Point, ...]
    last: int
    fix_after: int | None
    method: Method


class Latest(NamedTuple):
    """The last point of a control chart.

    Attributes:
        point: the point.
        last: how many points the last stretch has.
        method: how it was reckoned.
    """

    point: Point
    last: int
    method: Method


def chart_of(series: Sequence[At], stated: Stated, plan: Plan) -> Charted:
    """The control chart of a series, by what is stated for the indicator, then for the index."""
    method, fix_after, starts = _settle(series, stated, plan)
    values = [at.value for at in series]
    points = chart(values, method=method, fix_after=fix_after, rebase_at=starts)
    last = sum(point.stretch == points[-1].stretch for point in points) if points else 0
    settled = fix_after if points and not points[-1].stretch else None
    return Charted(tuple(points), last, settled, method)


def latest_of(series: Sequence[At], stated: Stated, plan: Plan) -> Latest | None:
    """The last point of that chart alone, which takes a part of the time; None without figures."""
    if not series:
        return None
    method, fix_after, starts = _settle(series, stated, plan)
    whole = whole_numbers([at.value for at in series])
    point = last_point(whole, method=method, fix_after=fix_after, rebase_at=starts)
    return Latest(point, len(series) - last_start(len(series), starts), method)


def _settle(
    series: Sequence[At], stated: Stated, plan: Plan
) -> tuple[Method, int | None, list[int]]:
    """The method, how many points settle the limits, and where further stretches start."""
    settings = plan.settings
    rebase = stated.rebase_at or settings.rebase_at
    screening = stated.screening if stated.screening is not None else settings.screening
    method = plan.method
    if screening is not None:
        method = method._replace(screen=screening)
    starts = _starts(series, [period.start for period in rebase]) if rebase else []
    return method, stated.fix_after or settings.fix_after, starts


def _starts(series: Sequence[At], days: Sequence[date]) -> list[int]:
    """Positions of the first figures from each day on."""
    starts = []
    for day in days:
        at = next((at for at, each in enumerate(series) if each.period.start >= day), None)
        if at:
            starts.append(at)
    return starts
