"""The sentence behind a rating: what was compared with what, and what it allowed."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.figures import Figure, show_apart, show_number
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import absolute_amount, range_of
from perf_addin.domain.rating import Rating
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Comparison, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

_NAMES = {"G": "Green", "A": "Amber", "R": "Red"}


def tell(rating: Rating) -> str:
    """Give the sentence, without a full stop, as a cell or a line shows it."""
    if rating.letter is None:
        return f"Not rated: {rating.why_not}"
    actual = rating.inputs.actual
    if not isinstance(actual, Figure) or rating.miss is None or rating.aim is None:
        message = "a rating without a figure or an aim has no sentence"
        raise ValueError(message)
    told = {
        Rule.THRESHOLDS: _thresholds,
        Rule.IN_RANGE: _in_range,
    }.get(rating.rule or Rule.TOLERANCE, _target)(rating, actual, rating.miss, rating.aim)
    return f"{_NAMES[rating.letter]}: {told}{_defaults(rating)}"


def _defaults(rating: Rating) -> str:
    if not rating.defaults:
        return ""
    return f"; {' and '.join(rating.defaults)} by built-in default"


def _target(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    shown, target_shown = show_apart(actual.value, aim, percent=actual.percent)
    target = rating.inputs.target
    if isinstance(target, Target) and target.comparison is not Comparison.PLAIN:
        target_shown = f"{target.comparison.value} {target_shown}"
    word = rating.polarity.value if rating.polarity else ""
    start = f"{shown} against a target of {target_shown} ({word}): "
    if rating.letter == "G" and rating.allowed is None:
        return f"{start}met"
    if rating.rule in {Rule.DIRECTION, Rule.DIRECTION_MAINTAINED} and rating.letter != "G":
        return start + _direction(rating, actual, miss, aim)
    if rating.rule is Rule.BINARY and rating.letter == "R":
        unit = Tolerance(Decimal(0), ToleranceUnit.RELATIVE)
        missed = "" if not aim else f" by {_amounts(miss, unit, aim, actual)[0]}"
        return f"{start}missed{missed}; there is no amber"
    if rating.allowed is None:
        return f"{start}missed"
    band = "green" if rating.letter == "G" else "amber"
    return start + _missed(miss, rating.allowed, aim, actual, band)


def _missed(miss: Decimal, allowed: Tolerance, aim: Decimal, actual: Figure, band: str) -> str:
    if miss == 0:
        return "exactly there, and so not met"
    if allowed.unit is ToleranceUnit.RELATIVE and not aim:
        by = _unit(show_number(miss), actual.percent)
        return f"missed by {by}; a tolerance in per cent has no meaning for a target of 0"
    by, allows = _amounts(miss, allowed, aim, actual)
    return f"missed by {by}; {band} allows {allows}"


def _amounts(miss: Decimal, allowed: Tolerance, aim: Decimal, actual: Figure) -> tuple[str, str]:
    """A miss and what is allowed, in the tolerance's own unit, never rounded to the same text."""
    if allowed.unit is ToleranceUnit.RELATIVE:
        first, second = show_apart(miss * 100 / abs(aim), allowed.amount, percent=True)
        return first, second
    amount = absolute_amount(allowed, aim, actual)
    points = actual.percent or amount != allowed.amount
    if amount != allowed.amount:
        miss, amount = miss.scaleb(2), allowed.amount
    first, second = show_apart(miss, amount)
    return _unit(first, points), _unit(second, points)


def _unit(shown: str, points: bool) -> str:
    if not points:
        return shown
    return f"{shown} point" if shown == "1" else f"{shown} points"


def _direction(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    unit = rating.allowed or Tolerance(Decimal(0), ToleranceUnit.RELATIVE)
    by = _amounts(miss, unit, aim, actual)[0] if aim else show_number(miss)
    limit = f" (amber allows {rating.allowed})" if rating.allowed else ""
    earlier = rating.inputs.earlier or Decimal(0)
    _, before = show_apart(actual.value, earlier, percent=actual.percent)
    when = f" in {rating.inputs.earlier_label}" if rating.inputs.earlier_label else " before"
    if actual.value == earlier:
        return f"missed by {by}{limit}, the same as {before}{when}"
    gained = (actual.value > earlier) == (rating.polarity is Polarity.HIGH)
    return f"missed by {by}{limit}, {'better' if gained else 'worse'} than {before}{when}"


def _thresholds(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    percent = actual.percent
    amber = rating.inputs.amber_threshold or Decimal(0)
    shown, green = show_apart(actual.value, aim, percent=percent)
    floor = show_apart(actual.value, amber, percent=percent)[1]
    word = rating.polarity.value if rating.polarity else ""
    if miss <= 0:
        return f"{shown} reaches the green threshold of {green} ({word})"
    if rating.letter == "A":
        return (
            f"{shown} reaches the amber threshold of {floor} but not the green threshold of "
            f"{green} ({word})"
        )
    shown = show_apart(actual.value, amber, percent=percent)[0]
    return f"{shown} does not reach the amber threshold of {floor} ({word})"


def _in_range(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    limits = range_of(rating.inputs) or (None, None)
    shown, _ = show_apart(actual.value, aim, percent=actual.percent)
    named = _range(limits, percent=actual.percent)
    if miss <= 0:
        return f"{shown} is within the target range ({named})"
    start = f"{shown} is outside the target range ({named}): "
    if rating.allowed is None:
        return f"{start}by {show_number(miss)}"
    return start + _missed(
        miss, rating.allowed, aim, actual, "green" if rating.letter == "G" else "amber"
    )


def _range(limits: tuple[Decimal | None, Decimal | None], *, percent: bool) -> str:
    lower, upper = (show_number(x, percent=percent) if x is not None else None for x in limits)
    if lower is None:
        return f"up to {upper}"
    if upper is None:
        return f"{lower} or more"
    return lower if lower == upper else f"{lower} to {upper}"
