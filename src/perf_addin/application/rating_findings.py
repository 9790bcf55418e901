"""What should be known about typed ratings, and targets in words, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.indicators import Indicator, Reading
from perf_addin.application.rated import Place
from perf_addin.application.remarks import TypedRating, says_not_reportable
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.rating import Rating
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import NotArithmetic


def about_rating(
    indicator: Indicator,
    rating: Rating,
    typed: TypedRating | None,
    place: Place | None,
    wanted: Period | None,
) -> Iterator[Finding]:
    """What should be known of a typed rating.

    Args:
        indicator: the indicator.
        rating: what was computed.
        typed: the rating that was there before, or None.
        place: the cell of the rating.
        wanted: the period that was asked for where there is no figure for it; else None.
    """
    label = indicator.no or indicator.name
    replaced = typed is not None and typed.replaced
    outcome = "--overwrite-typed replaces it." if replaced else "The cell was left as it is."
    sheet, cell = indicator.layout.sheet, place.name if place else None
    if typed is not None and typed.letter is None and not says_not_reportable(typed.text):
        yield Finding(
            "unknown-rating",
            Severity.WARNING,
            f"Indicator {label}: found {typed.text or 'a formula without a result'!r} in the "
            f"rating column, expected R, A, G, Red, Amber or Green. {outcome}",
            sheet,
            cell,
        )
    elif typed is not None and typed.letter != rating.letter and rating.letter is not None:
        yield Finding(
            "typed-rating-differs",
            Severity.WARNING,
            f"Indicator {label}: {_how(typed)} {typed.letter}, computed is {rating.letter} "
            f"({rating.reason}). {outcome}",
            sheet,
            cell,
        )
    elif typed is not None and typed.letter and rating.letter is None and wanted is not None:
        yield Finding(
            "typed-rating-differs",
            Severity.WARNING,
            f"Indicator {label}: {_how(typed)} {typed.letter}, computed is none ({rating.reason}), "
            f"so it may be of another period than {wanted.label}. {outcome}",
            sheet,
            cell,
        )


def about_words(
    indicator: Indicator, rating: Rating, reading: Reading | None, wanted: Period | None
) -> Iterator[Finding]:
    """The finding that a target is in words, where it stands; none where nothing is rated by it."""
    target = rating.inputs.target
    if not isinstance(target, NotArithmetic) or rating.rule is Rule.INFORMATION:
        return
    column = indicator.columns.find(Field.TARGET, reading.period if reading else wanted)
    yield Finding(
        "target-in-words",
        Severity.WARNING,
        f"Indicator {indicator.no or indicator.name}: the target {target.text!r} cannot be "
        "reckoned with. State a figure, or the polarity Info.",
        indicator.layout.sheet,
        indicator.place_name(column, reading) if column is not None else None,
    )


def _how(typed: TypedRating) -> str:
    return "a formula gives" if typed.is_formula else "typed is"
