"""What should be known about ratings, breaches and numbers, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perf_addin.application.indicators import Indicator
from perf_addin.application.rated import Place, Rated, TypedRating
from perf_addin.application.typed import says_not_reportable
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.ranges import Breach
from perf_addin.domain.rating import Rating
from perf_addin.domain.targets import NotArithmetic


def about_breach(label: str, breach: Breach, sheet: str, cell: str) -> Finding:
    """The finding that a figure lies outside its acceptable range."""
    text = f"Indicator {label}: {breach.side.lower()} its acceptable range."
    return Finding("range-breach", Severity.INFO, text, sheet, cell)


def about_rating(
    indicator: Indicator, rating: Rating, typed: TypedRating | None, place: Place | None
) -> Iterator[Finding]:
    """What should be known of a typed rating, and of a target in words."""
    label = indicator.no or indicator.name
    sheet, cell = indicator.layout.sheet, place.name if place else None
    if typed is not None and typed.letter is None and not says_not_reportable(typed.text):
        yield Finding(
            "unknown-rating",
            Severity.WARNING,
            f"Indicator {label}: found {typed.text or 'a formula without a result'!r} in the "
            "rating column, expected R, A, G, Red, Amber or Green; it was left as it is.",
            sheet,
            cell,
        )
    elif typed is not None and typed.letter != rating.letter and rating.letter is not None:
        how = "a formula gives" if typed.is_formula else "typed is"
        yield Finding(
            "typed-rating-differs",
            Severity.WARNING,
            f"Indicator {label}: {how} {typed.letter}, computed is {rating.letter} "
            f"({rating.reason}). The cell was left as it is.",
            sheet,
            cell,
        )
    if isinstance(rating.inputs.target, NotArithmetic):
        yield Finding(
            "target-in-words",
            Severity.WARNING,
            f"Indicator {label}: the target {rating.inputs.target.text!r} cannot be reckoned "
            "with. State a figure, or the polarity Info.",
            sheet,
            cell,
        )


def about_repeated(rated: Sequence[Rated]) -> Iterator[Finding]:
    """The indicators that share their number with another one."""
    numbers = [item[2] for item in rated if item[2]]
    if len(set(numbers)) == len(numbers):
        return
    counts = Counter(numbers)
    for item in rated:
        if item.no and counts[item.no] > 1:
            yield Finding(
                "repeated-number",
                Severity.WARNING,
                f"The number {item.no} stands for {counts[item.no]} indicators; commentary is "
                "kept by number and period, so give each its own.",
                item.sheet,
                item.place.name,
            )
