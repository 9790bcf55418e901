"""What lies behind a rating: chance or a signal, a slip of the keyboard.

Limits are those of the XmR chart (`domain.spc`). Fewer than 13 points give provisional limits, and
the sentence says so; fewer than eight give none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.kept_lines import Key
from perf_addin.application.series import At
from perf_addin.application.trend.charts import Latest, Plan, latest_of
from perf_addin.application.trend.stated import Stated
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.process_limits import Whole, whole_numbers
from perf_addin.domain.showing import show_number
from perf_addin.domain.slips import find_slips
from perf_addin.domain.spc import Assurance, Cause, Point, Variation, assure
from perf_addin.domain.targets import Target

_FEWEST = 8
_ENOUGH = 13
_ONE_WAY = frozenset({Polarity.HIGH, Polarity.LOW})
_NOTHING_STATED = Stated()


def check_signals(
    rows: Sequence[IndexRow], plan: Plan, stated: Mapping[Key, Stated]
) -> Iterator[Finding]:
    """Hold every rating against the indicator's own past.

    Args:
        rows: the indicators with all that their rows hold.
        plan: how the index's control charts are reckoned.
        stated: what the sheet "Trend" states about single indicators, by their place.
    """
    for row in rows:
        series = row.series()
        if len(series) < _FEWEST:
            continue
        whole = whole_numbers([at.value for at in series])
        yield from _jumps(row, series, whole)
        if row.item.letter is not None and row.item.polarity in _ONE_WAY:
            own = stated.get((row.item.sheet, row.item.row), _NOTHING_STATED)
            latest = latest_of(series, whole, own, plan)
            if latest.last >= latest.method.fewest:
                yield from _beside_rating(row, latest)


def _jumps(row: IndexRow, series: Sequence[At], whole: Whole) -> Iterator[Finding]:
    """Figures beyond the limits of all the others, and far from those beside them, as slips are."""
    percent = row.item.actual.percent if row.item.actual is not None else False
    others = len(series) - 1
    for slip in find_slips(whole):
        held, limits = series[slip.at].held, slip.limits
        low, high = (
            show_number(_rounded(v), percent=percent) for v in (limits.lower, limits.upper)
        )
        few = f", provisional with {others} figures" if others < _ENOUGH else ""
        yield Finding(
            "figure-jumps",
            Severity.WARNING,
            f"Indicator {row.item.label}: {held.shown} lies beyond the limits within which its "
            f"other figures vary ({low} to {high}{few}). Check it for a typing error.",
            held.sheet,
            held.cell,
        )


def _few(point: Point, count: int, words: str) -> str:
    """The caution about a short series; nothing for a long one."""
    return words.format(count) if point.provisional else ""


def _rounded(value: Fraction | None) -> Decimal:
    number = value if value is not None else Fraction(0)
    return Decimal(round(number * 100)) / 100


def _beside_rating(row: IndexRow, latest: Latest) -> Iterator[Finding]:
    """A red or amber that is chance so far, and a green that the process does not promise."""
    item, last = row.item, latest.point
    letter, polarity = item.letter, item.polarity
    if letter is None or polarity is None:
        return
    few = _few(last, latest.last, " Limits are provisional with {} figures.")
    variation = last.variation(polarity, improvement_first=latest.method.improvement_first)
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
