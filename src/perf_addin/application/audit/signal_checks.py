"""What lies behind a rating: chance or a signal, a slip of the keyboard, a target beside its peers.

Limits are those of the XmR chart (`domain.spc`). Fewer than 13 points give provisional limits, and
the sentence says so; fewer than eight give none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.diff.picture import Held
from perf_addin.application.kept_lines import Key
from perf_addin.application.layout import text_of
from perf_addin.application.sentences.evidence import Drafts
from perf_addin.application.series import series_of
from perf_addin.application.trend.reckon import Charted, Plan, chart_of
from perf_addin.application.trend.stated import Stated
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.figure_sentences import Source
from perf_addin.domain.figures import show_number
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.spc import (
    Assurance,
    Cause,
    Limits,
    Point,
    Variation,
    assure,
    find_limits,
)
from perf_addin.domain.targets import Target

_FEWEST = 8
_WORST = frozenset(
    {"d", "4", "4th", "q4", "fourth", "bottom", "worst", "bottom quartile", "worst quartile"}
)
_ENOUGH = 13


def check_signals(
    rows: Sequence[IndexRow], drafts: Drafts, plan: Plan, stated: Mapping[Key, Stated]
) -> Iterator[Finding]:
    """Hold every rating against the indicator's own past and against its benchmarks.

    Args:
        rows: the indicators with all that their rows hold.
        drafts: what stands around their figures.
        plan: how the index's control charts are reckoned.
        stated: what the sheet "Trend" states about single indicators, by their place.
    """
    for row in rows:
        series = row.series()
        if len(series) >= _FEWEST:
            yield from _jumps(row, series)
            own = stated.get((row.item.sheet, row.item.row), Stated())
            found = chart_of(series_of(row.item, row.entries), own, plan)
            if found.last >= found.method.fewest:
                yield from _beside_rating(row, found)
        yield from _beside_benchmarks(row, drafts)
        yield from _worst_quartile(row)


def _jumps(row: IndexRow, series: Sequence[tuple[Held, Decimal]]) -> Iterator[Finding]:
    """Figures beyond the limits of all the others, and far from those beside them, as slips are."""
    values = [Fraction(value) for _, value in series]
    percent = row.item.actual.percent if row.item.actual is not None else False
    for at, (held, _) in enumerate(series):
        others = values[:at] + values[at + 1 :]
        limits = find_limits(others)
        beside = values[max(0, at - 1) : at] + values[at + 1 : at + 2]
        if not all(_is_jump(values[at], other, limits) for other in beside):
            continue
        low, high = (
            show_number(_rounded(v), percent=percent) for v in (limits.lower, limits.upper)
        )
        few = f", provisional with {len(others)} figures" if len(others) < _ENOUGH else ""
        yield Finding(
            "figure-jumps",
            Severity.WARNING,
            f"Indicator {row.item.label}: {held.shown} lies beyond the limits within which its "
            f"other figures vary ({low} to {high}{few}). Check it for a typing error.",
            held.sheet,
            held.cell,
        )


def _is_jump(value: Fraction, beside: Fraction, limits: Limits) -> bool:
    """Whether a figure is beyond limits, its neighbour within, and the step between too large.

    The limit for steps is 3.267 times the mean moving range, of which the limits of the figures
    lie 2.66 times from their mean.
    """
    if limits.lower is None or limits.upper is None or limits.upper == limits.mean:
        return False
    is_within = limits.lower <= beside <= limits.upper
    is_beyond = value < limits.lower or value > limits.upper
    step = abs(value - beside)
    return is_within and is_beyond and 2660 * step > 3267 * (limits.upper - limits.mean)


def _few(point: Point, count: int, words: str) -> str:
    """The caution about a short series; nothing for a long one."""
    return words.format(count) if point.provisional else ""


def _rounded(value: Fraction | None) -> Decimal:
    number = value if value is not None else Fraction(0)
    return Decimal(round(number * 100)) / 100


def _beside_rating(row: IndexRow, found: Charted) -> Iterator[Finding]:
    """A red or amber that is chance so far, and a green that the process does not promise."""
    item, last = row.item, found.points[-1]
    letter, polarity = item.rating.letter, item.polarity
    if letter is None or polarity not in {Polarity.HIGH, Polarity.LOW}:
        return
    few = _few(last, found.last, " Limits are provisional with {} figures.")
    improvement_first = found.method.improvement_first
    variation = last.variation(polarity, improvement_first=improvement_first)
    if letter in {"R", "A"} and last.cause is Cause.COMMON:
        yield row.finding(
            "rating-is-noise",
            Severity.INFO,
            f"it is {COLOURS[letter]}, common cause: the figure varies as it always did, so do "
            f"not look for a reason in this period alone.{few}",
        )
    elif letter == "G" and variation is Variation.CONCERN:
        yield row.finding(
            "green-yet-concern",
            Severity.INFO,
            f"it is green, yet its figures show special cause for concern.{few} Say so beside it.",
        )
    target = item.target if isinstance(item.target, Target) else None
    if letter == "G" and target is not None and target.value is not None:
        assured = assure(last.limits, target.value, polarity)
        if assured in {Assurance.HIT_AND_MISS, Assurance.FAILS}:
            yield row.finding(
                "green-not-reliable",
                Severity.INFO,
                f"it is green, but the target {target} is not reliably met: it lies "
                f"{'within' if assured is Assurance.HIT_AND_MISS else 'beyond'} the range in "
                f"which the figure varies by chance.{few}",
            )


def _beside_benchmarks(row: IndexRow, drafts: Drafts) -> Iterator[Finding]:
    item, letter = row.item, row.item.rating.letter
    evidence = drafts.evidence_of(item)
    if item.actual is None or item.polarity is None or letter is None or evidence is None:
        return
    others = evidence.those(Source.BENCHMARK)
    found = {compare(item.actual, each.value, item.polarity) for each in others}
    names = ", ".join(each.name for each in others)
    if letter in {"R", "A"} and found == {Standing.BETTER}:
        yield row.finding(
            "target-against-benchmarks",
            Severity.INFO,
            f"it is {COLOURS[letter]} against its target, yet better than {names}. Say so beside "
            "the rating, or look at the target again.",
        )
    elif letter == "G" and found == {Standing.WORSE} and len(others) > 1:
        yield row.finding(
            "target-against-benchmarks",
            Severity.INFO,
            f"it is green, yet worse than {names}. The target may be too easy.",
        )


def _worst_quartile(row: IndexRow) -> Iterator[Finding]:
    if row.item.rating.letter != "G":
        return
    for column in row.item.layout.columns:
        heading = plain_words(column.heading.rpartition(" / ")[2] or column.heading)
        if column.field is not Field.OTHER or not heading.startswith("quartile"):
            continue
        said = text_of(row.cells.get(column.number))
        if said.casefold() in _WORST:
            yield row.finding(
                "green-yet-worst-quartile",
                Severity.INFO,
                f"it is green, yet the index has it in the worst quartile ({said}). The target "
                "may be too easy.",
                column.number,
            )
