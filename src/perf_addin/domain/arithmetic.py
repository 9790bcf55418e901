"""The arithmetic behind a rating, line by line, for somebody who wants to follow it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from perf_addin.domain.against_target import amount_of
from perf_addin.domain.figures import Figure, show_all_apart, show_number
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import WIDE, Rating
from perf_addin.domain.rules import Rule
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance

_MINUS = "\N{MINUS SIGN}"
_MOST_DIGITS, _MOST_WHOLE_DIGITS = 12, 20
_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)


def arithmetic(rating: Rating) -> Iterator[str]:
    """Say how a rating was reckoned: the miss, what is allowed, and from which figure on.

    Figures of one line are shown with as many digits as it takes to tell them apart. Nothing is
    said of what is not rated.
    """
    actual, aim, miss = rating.inputs.actual, rating.aim, rating.miss
    if not isinstance(actual, Figure) or aim is None or miss is None:
        return
    yield _miss(actual, aim, miss)
    if rating.rule is Rule.THRESHOLDS:
        green, amber = rating.inputs.green_threshold, rating.inputs.amber_threshold
        shown = show_all_apart((green or aim, amber or aim), percent=actual.percent)
        side = "up" if rating.polarity is Polarity.HIGH else "down"
        yield f"Green from {shown[0]} {side}wards, amber from {shown[1]} {side}wards."
        return
    for band, tolerance in (("Green", rating.inputs.green_tolerance), ("Amber", _amber(rating))):
        if tolerance is not None and rating.rule is not Rule.BINARY:
            yield _allowed(rating, actual, aim, tolerance, band)
    if rating.rule in _DIRECTIONS and rating.inputs.earlier is not None:
        now, before = show_all_apart((actual.value, rating.inputs.earlier), percent=actual.percent)
        when = rating.inputs.earlier_label or "before"
        yield f"Compared with {before} ({when}), now {now}: a miss is amber while it improves."


def _miss(actual: Figure, aim: Decimal, miss: Decimal) -> str:
    """Say what the actual differs by: `Missed by 95% - 83.4% = 11.6 points, 12.2% of the target.`.

    A met target, likewise: `Better by 71% - 65% = 6 points.`.
    """
    shown, by = _difference(max(aim, actual.value), min(aim, actual.value), percent=actual.percent)
    unit = " points" if actual.percent else ""
    start = "Missed" if miss > 0 else "Better"
    told = f"{start} by {shown[0]} {_MINUS} {shown[1]} = {by}{unit}"
    if not miss:
        return f"Exactly {shown[0]}."
    if aim and miss > 0:
        per_cent = WIDE.divide(WIDE.multiply(miss, Decimal(100)), abs(aim))
        told += f", {show_number(per_cent, percent=True)} of {show_number(abs(aim))}"
    return f"{told}."


def _difference(high: Decimal, low: Decimal, *, percent: bool) -> tuple[list[str], str]:
    """Two numbers and what lies between them, with so many decimals that the sum comes out."""
    between, digits = WIDE.subtract(high, low), 2
    while digits < _MOST_DIGITS and not _comes_out(high, low, between, digits):
        digits += 1
    shown = [show_number(number, percent=percent, digits=digits) for number in (high, low)]
    return shown, show_number(between, digits=digits)


def _comes_out(high: Decimal, low: Decimal, between: Decimal, digits: int) -> bool:
    """Whether rounded numbers differ by their rounded difference, and none is a zero by rounding."""
    if max(abs(high), abs(low)).adjusted() > _MOST_WHOLE_DIGITS:
        return True  # shown with an exponent, where nobody does the sum
    step = Decimal(1).scaleb(-digits)
    numbers = (high, low, between)
    first, second, rest = rounded = [n.quantize(step, ROUND_HALF_UP, WIDE) for n in numbers]
    hides_none = all(bool(r) is bool(n) for r, n in zip(rounded, numbers, strict=True))
    return hides_none and rest == WIDE.subtract(first, second)


def _amber(rating: Rating) -> Tolerance | None:
    """The amber tolerance, stated or by default."""
    inputs = rating.inputs
    in_range = rating.rule is Rule.IN_RANGE
    stated = (inputs.margin if in_range else None) or inputs.tolerance
    return stated or (DEFAULT_TOLERANCE if "tolerance" in rating.defaults else None)


def _allowed(rating: Rating, actual: Figure, aim: Decimal, tolerance: Tolerance, band: str) -> str:
    """Say what a tolerance comes to: `Amber allows 10% of 95 = 9.5 points, so down to 85.5%.`."""
    amount = amount_of(tolerance, aim, percent=actual.percent)
    unit = " points" if actual.percent else ""
    how = f"{tolerance} = {show_number(amount)}{unit}"
    if str(tolerance).endswith("%"):
        how = f"{tolerance} of {show_number(abs(aim))} = {show_number(amount)}{unit}"
    below = actual.value < aim if rating.rule is Rule.IN_RANGE else None
    is_high = rating.polarity is Polarity.HIGH if below is None else below
    edge = aim - amount if is_high else aim + amount
    end = show_number(edge, percent=actual.percent, digits=6)
    if not amount:
        return f"{band} allows {tolerance}: nothing but a met target."
    return f"{band} allows {how}, so {'down' if is_high else 'up'} to {end}."
