"""An indicator's figures over time, as a chart shows them and as words tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from perf_addin.application.diff.picture import Held
from perf_addin.application.rated import Rated
from perf_addin.application.scorecard.model import Band, Point, Series
from perf_addin.application.scorecard.withheld import SYMBOL, figure_of
from perf_addin.domain.figure_texts import read_missing
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.showing import show_number
from perf_addin.domain.spc import Assurance, Cause, Variation, assure, chart
from perf_addin.domain.spc import Point as SpcPoint
from perf_addin.domain.targets import Target

_FEWEST_FOR_LIMITS = 5
_FEWEST_FOR_SIGNALS = 8
_FEWEST_DRAWN = 2
_MOST_NAMED = 3
_LARGE = 10  # from here on one decimal of a limit says enough
_NO_FIGURE = "\N{EN DASH}"  # in the place of a text that is neither figure nor symbol
_ASSURED = {
    Assurance.PASSES: "can be expected to be met",
    Assurance.FAILS: "cannot be expected to be met unless something changes",
    Assurance.HIT_AND_MISS: "may be met or missed by chance",
}
_VARIES = {
    Variation.COMMON_CAUSE: "The latest figure varies as the others do (common cause).",
    Variation.IMPROVEMENT: "The latest figure shows special cause for improvement.",
    Variation.CONCERN: "The latest figure shows special cause for concern.",
    Variation.HIGH: "The latest figure shows a special cause: it is high.",
    Variation.LOW: "The latest figure shows a special cause: it is low.",
}
_SIGNALS = {Variation.IMPROVEMENT: "improvement", Variation.CONCERN: "concern"}


class Entry(NamedTuple):
    """An entry of a period that may be shown: its figure, or the symbol in its place."""

    period: Period
    figure: Figure | None
    symbol: str


def shown_entries(
    item: Rated,
    entries: Mapping[Period, Held],
    hidden: frozenset[tuple[str, str]],
    until: Period | None,
) -> list[Entry]:
    """The entries of an indicator up to the rated period, oldest first, one kind of period.

    Args:
        item: the indicator.
        entries: what its cells hold, by period.
        hidden: sheet and cell of figures that are not published.
        until: the period of the index, for an indicator without a rated figure.
    """
    last = item.period or until
    dated = [when for when in sorted(entries) if last is None or when.end <= last.end]
    kind = item.period.kind if item.period is not None else dated[-1].kind if dated else None
    own = entries.get(item.period) if item.period is not None else None
    return [
        entry
        for when in dated
        if when.kind is kind and (entry := _entry(item, when, entries[when], own, hidden))
    ]


def _entry(
    item: Rated, when: Period, held: Held, own: Held | None, hidden: frozenset[tuple[str, str]]
) -> Entry | None:
    if (held.sheet, held.cell) in hidden:
        return Entry(when, None, SYMBOL)
    if isinstance(held.content, str):
        is_symbol = read_missing(held.content) is not None
        return Entry(when, None, held.content.strip() if is_symbol else _NO_FIGURE)
    figure = figure_of(item, held, own)
    return Entry(when, figure, "") if figure is not None else None


def build_series(item: Rated, entries: Sequence[Entry], first: Period) -> Series | None:
    """The chart of an indicator; None where fewer than two figures may be shown.

    Args:
        item: the indicator.
        entries: what may be shown of it.
        first: the first period of that kind on the scorecard.
    """
    figures = [entry.figure for entry in entries if entry.figure is not None]
    if len(figures) < _FEWEST_DRAWN:
        return None
    percent = figures[-1].percent
    spc = chart([figure.value for figure in figures])
    few = len(figures) < _FEWEST_FOR_SIGNALS
    points = tuple(_points(item, entries, spc, first, few=few))
    band = _band(spc, percent=percent) if len(figures) >= _FEWEST_FOR_LIMITS else None
    target = target_of(item)
    shown = str(target) if target is not None else ""
    story = tuple(_story(item, spc, band, few=few))
    words = _words(points, shown, story)
    return Series(points, edges_of(target), shown, band, story, first.kind, words)


def target_of(item: Rated) -> Target | None:
    """The target that an indicator's figure can be held against, on the figure's scale; or None."""
    target, actual = item.target, item.actual
    if actual is None or not isinstance(target, Target) or target.percent is not actual.percent:
        return None
    return target


def _points(
    item: Rated, entries: Sequence[Entry], spc: Sequence[SpcPoint], first: Period, *, few: bool
) -> Iterator[Point]:
    reckoned = iter(spc)
    for entry in entries:
        at, label = _steps(first, entry.period), entry.period.label
        if entry.figure is None:
            missing = read_missing(entry.symbol)
            yield Point(at, label, entry.symbol, None, missing.meaning if missing else "")
            continue
        point = next(reckoned)
        shown = show_number(entry.figure.value, percent=entry.figure.percent)
        if few or point.cause is Cause.COMMON:
            yield Point(at, label, shown, entry.figure.value)
        else:
            signal = _SIGNALS.get(point.variation(item.polarity), "change")
            yield Point(at, label, shown, entry.figure.value, point.cause.value, signal)


def _steps(first: Period, period: Period) -> int:
    months = (period.start.year - first.start.year) * 12 + period.start.month - first.start.month
    return months // period.months


def edges_of(target: Target | None) -> tuple[Decimal, Decimal] | None:
    """The lower and upper edge of a target, both the same for a single value."""
    if target is None:
        return None
    if target.value is not None:
        return target.value, target.value
    if target.lower is None or target.upper is None:
        return None
    return target.lower, target.upper


def _band(spc: Sequence[SpcPoint], *, percent: bool) -> Band | None:
    limits = spc[-1].limits
    if limits.lower is None or limits.upper is None:
        return None
    mean, lower, upper = (_rounded(value) for value in (limits.mean, limits.lower, limits.upper))
    digits = 1 if abs(mean) >= _LARGE else None
    low, high, average = (
        show_number(value, percent=percent, digits=digits) for value in (lower, upper, mean)
    )
    few = f" (provisional, from {len(spc)} figures)" if spc[-1].provisional else ""
    words = f"Expected to vary between {low} and {high}, around a mean of {average}{few}"
    return Band(mean, lower, upper, words)


def _rounded(value: Fraction) -> Decimal:
    return Decimal(round(value * 100)) / 100


def _story(item: Rated, spc: Sequence[SpcPoint], band: Band | None, *, few: bool) -> Iterator[str]:
    if band is None:
        return
    yield f"{band.words}."
    if few:
        return
    last = spc[-1]
    yield _VARIES[last.variation(item.polarity)]
    target = target_of(item)
    if target is None or target.value is None or item.polarity not in {Polarity.HIGH, Polarity.LOW}:
        return
    assured = assure(last.limits, target.value, item.polarity)
    if assured is not None:
        yield f"As things are, the target of {target} {_ASSURED[assured]}."


def _words(points: Sequence[Point], target: str, story: Sequence[str]) -> str:
    drawn = [point for point in points if point.value is not None]
    first, last = drawn[0], drawn[-1]
    low = min(drawn, key=lambda point: point.value or 0)
    high = max(drawn, key=lambda point: point.value or 0)
    ends = f"from {first.shown} in {first.period} to {last.shown} in {last.period}"
    reach = f"lowest {low.shown} in {low.period}, highest {high.shown} in {high.period}"
    told = [f"{len(drawn)} figures, {ends}; {reach}"]
    if target:
        told.append(f"Target {target}")
    signals = [p for p in drawn if p.signal]
    if signals:
        listed = ", ".join(f"{p.period} ({p.note})" for p in signals)
        many = f"{len(signals)} of {len(drawn)} figures"
        told.append(f"Special cause in {listed if len(signals) <= _MOST_NAMED else many}")
    return ". ".join(told) + (". " + " ".join(story) if story else ".")
