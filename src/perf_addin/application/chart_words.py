"""What a chart of an indicator says: its lines with their names, and all of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from perf_addin.application.chart_series import Point, Series
from perf_addin.application.drawn import Block, Line
from perf_addin.application.rated import Rated
from perf_addin.domain.figures import Figure
from perf_addin.domain.showing import show_number
from perf_addin.domain.targets import Target

_FEWEST = 2
_POINTS_TO_RATIO = 2
_MOST_NAMED = 3


def why_not(item: Rated, series: Series | None) -> str:
    """Why an indicator cannot be drawn, as the end of a sentence; empty where it can."""
    if series is None or not series.points:
        return "it has no figure" if item.actual is None else "its figure has no period"
    figures = [figure for _, figure in series.figures]
    if len(figures) < _FEWEST:
        count = "only one period has" if figures else "no period has"
        return f"{count} a figure up to {_last(series).period.label}"
    if len({f.percent for f in figures if f.value}) > 1:
        return (
            "some of its figures are shown as per cent and some are not, so one axis would show "
            "the same fact in two places; give its cells one number format"
        )
    return ""


def _last(series: Series) -> Point:
    return series.points[-1]


def lines_of(series: Series) -> Iterator[Line]:
    """The lines of a chart: the figures, the target where it is a number, the stated limits."""
    points = series.points
    exponent = _stored_exponent(series)
    own = all(point.is_drawn_right for point in points)
    values = tuple(
        None if figure is None else _stored(figure) for figure in (point.figure for point in points)
    )
    cells = tuple((point.row, point.column) for point in points)
    yield Line("actual", "Actual", values, Block(series.item.sheet, cells) if own else None)
    if exponent is None:
        return
    for role, name, value in _standards(series):
        yield Line(role, name, (value.scaleb(-exponent),) * len(points))


def _standards(series: Series) -> Iterator[tuple[Literal["target", "limit"], str, Decimal]]:
    """Each level line: what it is, its name, and its height on the scale of the rating."""
    target, limits = series.item.target, series.item.acceptable_range
    if isinstance(target, Target):
        if target.value is not None:
            yield "target", f"Target {target}", target.value
        for word, value in (("from", target.lower), ("to", target.upper)):
            if target.value is None and value is not None:
                shown = show_number(value, percent=target.percent)
                yield "target", f"Target {word} {shown}", value
    is_range = isinstance(target, Target) and target.value is None
    if limits is not None and not is_range:  # two ranges in one chart would not be told apart
        for word, value in (("lower", limits.lower), ("upper", limits.upper)):
            if value is not None:
                shown = show_number(value, percent=limits.percent)
                yield "limit", f"Acceptable range, {word} limit {shown}", value


def _stored_exponent(series: Series) -> int | None:
    """By how many powers of ten the rated figure is larger than its cell's number.

    2 for a percentage that its cell stores as a ratio, else 0; None where a bare 0 leaves that
    open, so that no level line can be drawn beside it.
    """
    actual = series.item.actual
    if actual is None or not actual.percent:
        return 0
    figures = [figure for _, figure in series.figures]
    if any(figure.percent for figure in figures):
        return _POINTS_TO_RATIO
    latest = figures[-1].value
    if not latest:
        return None
    return 0 if latest == actual.value else _POINTS_TO_RATIO


def _stored(figure: Figure) -> Decimal:
    """A figure as its cell stores it: the points of a per cent format as a ratio."""
    return figure.value.scaleb(-_POINTS_TO_RATIO) if figure.percent else figure.value


def description(series: Series) -> str:
    """What the chart shows, in words.

    Its span, first and last figure, highest and lowest, periods without a figure, target and
    range.
    """
    item = series.item
    named = f"{item.no}, {item.name}" if item.no else item.name
    missing = [point.period.label for point in series.points if point.figure is None]
    said = [f"Line chart of indicator {named}: {_course(series)}."]
    said += [f"No figure for {_listed(missing)}."] if missing else []
    levels = [name for _, name, _ in _standards(series)]
    said += [f"Level lines: {'; '.join(levels)}."] if levels else []
    return " ".join(said)


def _course(series: Series) -> str:
    """The first and the last figure, and between which it moved; of equal ones the earliest."""
    figures = [figure.value for _, figure in series.figures]
    said = [(_shown(series, figure), point.period.label) for point, figure in series.figures]
    high, low = said[figures.index(max(figures))], said[figures.index(min(figures))]
    course = f"{said[0][0]} in {said[0][1]}, {said[-1][0]} in {said[-1][1]}"
    if high[0] == low[0]:
        return course
    return f"{course}; highest {high[0]} in {high[1]}, lowest {low[0]} in {low[1]}"


def _listed(labels: Sequence[str]) -> str:
    if len(labels) > _MOST_NAMED:
        return f"{len(labels)} periods"
    return " and ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def _shown(series: Series, figure: Figure) -> str:
    """A figure as a person reads it, on the scale of the rating."""
    actual = series.item.actual
    if actual is None or figure.percent or not actual.percent:
        return show_number(figure.value, percent=figure.percent)
    exponent = _stored_exponent(series) or 0
    return show_number(figure.value.scaleb(exponent), percent=True)
