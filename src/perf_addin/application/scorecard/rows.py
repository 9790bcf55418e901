"""An indicator as a row of the scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perf_addin.application.rated import Rated
from perf_addin.application.scorecard.beside import Beside
from perf_addin.application.scorecard.model import Mark, Position, ScorecardRow, Travel
from perf_addin.application.scorecard.series import Entry, build_series, edges_of, target_of
from perf_addin.application.scorecard.withheld import SYMBOL
from perf_addin.application.sentences.comparators import is_count
from perf_addin.application.settings import Comparison
from perf_addin.domain.direction import direction_of_travel
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period, PeriodKind
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import breach_sentence, name_range, show_all_apart, show_number
from perf_addin.domain.small_numbers import MOST_SUPPRESSED
from perf_addin.domain.targets import Comparison as TargetComparison

_POLARITIES = {
    Polarity.HIGH: "Higher is better",
    Polarity.LOW: "Lower is better",
    Polarity.RANGE: "Within its range is best",
    Polarity.INFO: "For information, not rated",
}
_SUPPRESSED = (
    "Few children are behind this figure, or it would give away another one that is not published."
)
_BY_WITHHELD = "By a rule that looks at an earlier figure, which is not published."


def build_row(  # noqa: PLR0913 - a row is its parts
    item: Rated,
    entries: Sequence[Entry],
    firsts: Mapping[PeriodKind, Period],
    beside: Beside,
    number: int,
    *,
    withheld: bool,
) -> ScorecardRow:
    """Build a row.

    Args:
        item: the indicator.
        entries: its figures that may be shown.
        firsts: the first period of each kind on the scorecard.
        beside: what else is known.
        number: its place on the scorecard, from 1.
        withheld: whether its rated figure must not be published.
    """
    series = build_series(item, entries, firsts[entries[0].period.kind]) if entries else None
    row = ScorecardRow(
        anchor=f"i{number}",
        no=item.no or "",
        name=" ".join(item.name.split()),
        mark=Mark.WITHHELD,
        typed="",
        reason=_SUPPRESSED,
        polarity=_POLARITIES[item.polarity] if item.polarity is not None else "",
        actual=SYMBOL,
        period=item.period.label if item.period is not None else "",
        target=item.target_text,
        limits=_limits(item),
        breach="",
        position=None,
        travel=None,
        benchmarks=tuple(beside.benchmarks(item)),
        commentary=(),
        caveats=beside.caveats(item),
        series=series,
    )
    return row if withheld else _with_figure(row, item, entries, beside)


def _with_figure(
    row: ScorecardRow, item: Rated, entries: Sequence[Entry], beside: Beside
) -> ScorecardRow:
    actual, target = _actual_and_target(item)
    last = entries[-1] if entries else None
    if not actual and last is not None:
        actual = last.symbol
    return row._replace(
        mark=_mark(item),
        typed=_typed(item),
        reason=_reason(item, entries),
        actual=actual,
        target=target,
        breach=_breach(item),
        position=_position(item),
        travel=_travel(item, entries, beside),
        commentary=beside.commentary(item),
    )


def _mark(item: Rated) -> Mark:
    """The computed rating; a typed one only where none could be computed."""
    if item.is_unreportable:
        return Mark.UNREPORTABLE
    typed = item.typed.letter if item.typed is not None else None
    letter = item.letter or typed
    return Mark(letter) if letter is not None else Mark.NOT_RATED


def _reason(item: Rated, entries: Sequence[Entry]) -> str:
    """Why it has its rating, without the rating itself, which stands beside it."""
    if _rests_on_withheld(item, entries):
        return _BY_WITHHELD
    _, _, told = item.rating.reason.partition(": ")
    return f"{told[:1].upper()}{told[1:]}."


def _rests_on_withheld(item: Rated, entries: Sequence[Entry]) -> bool:
    """Whether the reason names an earlier figure that must not be published."""
    rating = item.rating
    if rating.rule not in {Rule.DIRECTION, Rule.DIRECTION_MAINTAINED}:
        return False
    earlier = rating.inputs.earlier
    if earlier is None:
        return False
    hidden = {entry.period.label for entry in entries if entry.symbol == SYMBOL}
    is_small = is_count(item.name) and 0 < earlier <= MOST_SUPPRESSED
    return is_small or rating.inputs.earlier_label in hidden


def _typed(item: Rated) -> str:
    if item.typed is None or item.typed.letter is None or item.typed.letter == item.letter:
        return ""
    word = Mark(item.typed.letter).word
    if item.letter is None:
        return f"{word} is what the index states; it was not computed."
    return f"The index states {word}."


def _actual_and_target(item: Rated) -> tuple[str, str]:
    """Both as shown, never rounded to the same text where they differ."""
    actual, target = item.actual, target_of(item)
    if actual is None:
        return "", item.target_text
    if target is None or target.value is None:
        shown = show_number(actual.value, percent=actual.percent)
        return shown, item.target_text or _thresholds(item)
    shown, aim = show_all_apart((actual.value, target.value), percent=actual.percent)
    if target.comparison is not TargetComparison.PLAIN:
        aim = f"{target.comparison.value} {aim}"
    return shown, aim


def _thresholds(item: Rated) -> str:
    """What is to be reached where thresholds are given outright: `95% (amber 85%)`."""
    green, amber = item.rating.inputs.green_threshold, item.rating.inputs.amber_threshold
    if green is None:
        return ""
    percent = item.actual.percent if item.actual is not None else False
    floor = f" (amber {show_number(amber, percent=percent)})" if amber is not None else ""
    return f"{show_number(green, percent=percent)}{floor}"


def _limits(item: Rated) -> str:
    return str(item.acceptable_range) if item.acceptable_range is not None else ""


def _breach(item: Rated) -> str:
    if item.breach is None or item.actual is None or item.acceptable_range is None:
        return ""
    return f"{breach_sentence(item.actual, item.acceptable_range, item.breach)}."


def _position(item: Rated) -> Position | None:
    """Where the figure lies; None where there is neither a range nor a target to reckon with."""
    actual, limits, target = item.actual, item.acceptable_range, target_of(item)
    if actual is None or (limits is None and target is None):
        return None
    if limits is None:
        words = f"{show_number(actual.value, percent=actual.percent)}; no range is stated"
    else:
        named, shown = name_range(limits._replace(percent=actual.percent), actual.value)
        within = f"{shown} is within the acceptable range of {named}"
        words = _breach(item).removesuffix(".") or within
    if target is not None:
        words += f"; the target is {target}"
    lower, upper = (limits.lower, limits.upper) if limits is not None else (None, None)
    return Position(actual.value, lower, upper, edges_of(target), words)


def _travel(item: Rated, entries: Sequence[Entry], beside: Beside) -> Travel | None:
    """The figure against the one before, or that of a year before where the index wants that."""
    if item.actual is None:
        return None
    dated = [(e.figure, e.period) for e in entries if e.figure is not None]
    if item.period is not None:
        dated = [(figure, when) for figure, when in dated if when < item.period]
        if beside.comparison is Comparison.LAST_YEAR:
            wanted = item.period.same_period_last_year()
            dated = [(figure, when) for figure, when in dated if when == wanted]
        if dated:
            figure, when = dated[-1]
            return _against(item, item.actual, figure, when.label)
    previous = beside.previous(item)
    if previous is None:
        return None
    return _against(item, item.actual, previous, "the previous period")


def _against(item: Rated, actual: Figure, before: Figure, when: str) -> Travel:
    direction = None
    if item.polarity is not None:
        direction = direction_of_travel(
            actual.value, before.value, item.polarity, *item.range_of_travel
        )
    _, shown = show_all_apart((actual.value, before.value), percent=actual.percent)
    sign = (actual.value > before.value) - (actual.value < before.value)
    return Travel(direction, sign, f"{shown} in {when}")
