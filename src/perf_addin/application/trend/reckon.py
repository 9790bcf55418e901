"""The trend of one indicator: where it comes from, what it is, where its year would go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import rhythm_months
from perf_addin.application.rated import Rated
from perf_addin.application.sentences.comparators import is_count
from perf_addin.application.series import At
from perf_addin.application.trend.charts import Plan, chart_of
from perf_addin.application.trend.stated import Stated
from perf_addin.domain.dated_targets import DatedTarget, Met, count_met, target_at
from perf_addin.domain.direction import Direction
from perf_addin.domain.earlier import Earlier, find_earlier
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import PeriodKind
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.process_limits import Limits
from perf_addin.domain.projection import Projection, Way, project, steps_of
from perf_addin.domain.spc import Assurance, Cause, Point, Variation, assure, chart

ENOUGH = 13
_FEWEST_FOR_RANGE = 8
_ALL = 100
_QUARTER = 3
_ONE_WAY = frozenset({Polarity.HIGH, Polarity.LOW})
_RUNNING = lazily(r"\bcumulative\b|\bytd\b|\byear[ -]to[ -]date\b")
_ROLLING = lazily(r"\brolling\b|\blast 12 months\b|\bprevious 12 months\b")


class Trend(NamedTuple):
    """What an indicator's figures show over time.

    Attributes:
        item: the indicator.
        series: its figures, oldest first; empty where there is nothing to look at.
        earlier: what the last one is compared with, or why there is nothing.
        direction: direction of travel; None where there is none.
        points: the points of its control chart; empty where there are too few.
        variation: what the last point shows.
        special: position of the last point with a special cause; None without one.
        target: the target that holds at the last point.
        targets: all of them, in order of time.
        assurance: what the last limits say about it.
        met: how often each figure met the target of its own time; None without targets.
        projection: what the year would come to, or why that is not said.
        notes: what a reader has to know, in sentences.
        stated: what a person stated about it.
        frequency: how often it is reported, as the index has it; empty where it does not say.
    """

    item: Rated
    series: tuple[At, ...] = ()
    earlier: Earlier | str = ""
    direction: Direction | None = None
    points: tuple[Point, ...] = ()
    variation: Variation | None = None
    special: int | None = None
    target: DatedTarget | None = None
    targets: tuple[DatedTarget, ...] = ()
    assurance: Assurance | None = None
    met: Met | None = None
    projection: Projection | str = ""
    notes: tuple[str, ...] = ()
    stated: Stated = Stated()
    frequency: str = ""

    @property
    def months(self) -> int:
        """How many months one of its figures stands for.

        A quarterly indicator in columns of months has figures in June, September, December and
        March only. That is so by its frequency or, where the index states none, by its figures.
        """
        last = self.series[-1].period
        if last.kind is not PeriodKind.MONTH:
            return last.months
        if self.frequency:
            return rhythm_months(self.frequency)
        ends = {at.period.end.month % _QUARTER for at in self.series}
        return _QUARTER if ends == {0} and len(self.series) > 1 else 1

    @property
    def limits(self) -> Limits | None:
        """The limits that hold for the last point."""
        return self.points[-1].limits if self.points else None

    @property
    def percent(self) -> bool:
        """Whether its figures are percentages, in points."""
        return self.item.actual.percent if self.item.actual is not None else False


def reckon(
    item: Rated,
    series: Sequence[At],
    targets: Sequence[DatedTarget],
    stated: Stated,
    plan: Plan,
) -> Trend:
    """Reckon the trend of an indicator from its figures, oldest first."""
    found = Trend(item, tuple(series), stated=stated, frequency=plan.frequency)
    if not series:
        return found._replace(notes=(_why_none(item),))
    found = _travelled(found, plan)
    found, about_chart = _charted(found, plan)
    if found.limits is not None or targets:
        found = _assured(found, targets)
    found = found._replace(projection=_projected(found, plan))
    notes = (*about_chart, *_about_targets(found), *_about_projection(found))
    return found._replace(notes=notes)


def _why_none(item: Rated) -> str:
    if item.actual is None:
        return f"No figure: {item.rating.why_not}." if item.rating.why_not else "No figure."
    return "Its figure has no period, so nothing can be told over time."


def _travelled(found: Trend, plan: Plan) -> Trend:
    item, last = found.item, found.series[-1]
    figures = {at.period: at.value for at in found.series}
    earlier = find_earlier(plan.settings.comparison, last.period, figures)
    direction = None
    if isinstance(earlier, Earlier) and item.polarity is not None:
        direction = earlier.travel_to(last.value, item.polarity, *item.range_of_travel)
    return found._replace(earlier=earlier, direction=direction)


def _charted(found: Trend, plan: Plan) -> tuple[Trend, list[str]]:
    points, last, fix_after, method = chart_of(found.series, found.stated, plan)
    if last < method.fewest:
        return found, [f"No control limits: they take {method.fewest} figures; there are {last}."]
    notes = list(_about_limits(points, last, fix_after))
    if points[-1].stretch:
        since = found.series[len(points) - last].period.label
        notes.append(f"Limits rebased at {since}: they rest on {last} of {len(points)} figures.")
    polarity = found.item.polarity
    variation = points[-1].variation(polarity, improvement_first=method.improvement_first)
    special = [at for at, point in enumerate(points) if point.cause is not Cause.COMMON]
    found = found._replace(
        points=points, variation=variation, special=special[-1] if special else None
    )
    return found, notes


def _about_limits(points: Sequence[Point], last: int, fix_after: int | None) -> Iterator[str]:
    if points[-1].provisional:
        yield f"Limits are provisional: {last} figures, fewer than {ENOUGH}."
    if fix_after is not None and fix_after < last:
        yield f"Limits are fixed by the first {fix_after} figures."


def _assured(found: Trend, targets: Sequence[DatedTarget]) -> Trend:
    polarity = found.item.polarity
    now = target_at(targets, found.series[-1].period)
    if now is None or polarity not in _ONE_WAY or polarity is None:
        return found._replace(targets=tuple(targets), target=now)
    figures = [(at.period, at.value) for at in found.series]
    limits = found.limits
    return found._replace(
        targets=tuple(targets),
        target=now,
        assurance=assure(limits, now.value, polarity) if limits is not None else None,
        met=count_met(figures, targets, polarity),
    )


def _projected(found: Trend, plan: Plan) -> Projection | str:
    way = found.stated.way or _usual_way(found)
    if way is None:
        return (
            "write under Year end by how its figures make up the year: Cumulative, Sum or Average"
        )
    figures = [(at.period, at.value) for at in found.series]
    steady = found.variation is Variation.COMMON_CAUSE
    limits = found.limits if len(figures) >= _FEWEST_FOR_RANGE and steady else None
    months = found.months
    if way is Way.CUMULATIVE and limits is not None:
        steps = steps_of(figures, months)
        points = chart(steps, method=plan.method) if len(steps) >= _FEWEST_FOR_RANGE else []
        limits = points[-1].limits if points else None
    return project(way, figures, limits, months)


def _usual_way(found: Trend) -> Way | None:
    """The way that goes without saying: percentages are averaged, running totals go on."""
    name = found.item.name.casefold()
    if _ROLLING.search(name):
        return Way.NONE
    if _RUNNING.search(name):
        return Way.CUMULATIVE
    return Way.AVERAGE if found.percent and not is_count(found.item.name) else None


def _about_targets(found: Trend) -> Iterator[str]:
    if found.met is not None and len(found.targets) > 1 and found.met.points:
        yield (f"{found.met.met} of {found.met.points} figures met the target of their own time.")


def _about_projection(found: Trend) -> Iterator[str]:
    projection = found.projection
    if isinstance(projection, Projection):
        unsteady = found.variation not in {None, Variation.COMMON_CAUSE}
        special = " No range: the last figure shows a special cause." if unsteady else ""
        yield f"Year end, a projection: {projection.method}.{special}"


def spread(found: Trend) -> tuple[Decimal, ...]:
    """The projection and its range as decimals, kept within what its figures show to be possible.

    Where no figure is below 0, or of a percentage beyond 100, neither is the projection.

    Returns:
        The value alone, or value, low and high; no range where the value lies outside it.
    """
    projection = found.projection
    if not isinstance(projection, Projection):
        return ()
    parts = [projection.value]
    low, high = projection.low, projection.high
    if low is not None and high is not None and low <= projection.value <= high:
        parts += [low, high]
    values = [at.value for at in found.series]
    bounded = [Decimal(part.numerator) / Decimal(part.denominator) for part in parts]
    if min(values) >= 0:
        bounded = [max(value, Decimal(0)) for value in bounded]
    if found.percent and max(values) <= _ALL:
        bounded = [min(value, Decimal(_ALL)) for value in bounded]
    return tuple(bounded)
