"""The arithmetic behind a rating, line by line, for somebody who wants to follow it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_addin.domain.against_limits import range_of
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import amount_of
from perf_addin.domain.rating import WIDE, Rating
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import show_all_apart, show_number
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance

_MINUS = "\N{MINUS SIGN}"
_MOST_DIGITS = 9
_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)


def arithmetic(rating: Rating) -> Iterator[str]:
    """Say how a rating was reckoned: the miss, what is allowed, and from which figure on.

    Figures of one line are shown with as many digits as it takes to tell them apart. Nothing is
    said of what is not rated.
    """
    actual, aim, miss = rating.inputs.actual, rating.aim, rating.miss
    if not isinstance(actual, Figure) or aim is None or miss is None:
        return
    if rating.rule is Rule.IN_RANGE and miss <= 0:
        yield from _inside(rating, actual)
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
            in_range = rating.rule is Rule.IN_RANGE
            is_high = actual.value < aim if in_range else rating.polarity is Polarity.HIGH
            yield _allowed(actual, aim, tolerance, band, is_high=is_high)
    if rating.rule in _DIRECTIONS and rating.inputs.earlier is not None:
        now, before = show_all_apart((actual.value, rating.inputs.earlier), percent=actual.percent)
        when = rating.inputs.earlier_label or "before"
        yield f"Compared with {before} ({when}), now {now}: a miss is amber while it improves."


def _inside(rating: Rating, actual: Figure) -> Iterator[str]:
    """Say how far a figure is from the limits of a met range, and what lies beyond each.

    `16 − 15 = 1 above the lower limit. Amber allows 10% of 15 = 1.5, so down to 13.5.`
    """
    limits = range_of(rating.inputs)
    tolerance = _amber(rating)
    if limits is None:
        return
    unit = " points" if actual.percent else ""
    for limit, name, side in ((limits.lower, "lower", "above"), (limits.upper, "upper", "below")):
        if limit is None:
            continue
        more, less = max(limit, actual.value), min(limit, actual.value)
        by = f"{_difference(more, less, percent=actual.percent)}{unit} {side}"
        told = f"{by} the {name} limit." if more != less else f"Exactly on the {name} limit."
        if tolerance is not None:
            told += f" {_allowed(actual, limit, tolerance, 'Amber', is_high=name == 'lower')}"
        yield told


def _miss(actual: Figure, aim: Decimal, miss: Decimal) -> str:
    """Say what the actual differs by: `Missed by 95% - 83.4% = 11.6 points, 12.2% of the target.`.

    A met target, likewise: `Better by 71% - 65% = 6 points.`.
    """
    more, less = max(aim, actual.value), min(aim, actual.value)
    unit = " points" if actual.percent else ""
    start = "Missed" if miss > 0 else "Better"
    if not miss:
        return f"Exactly {show_number(aim, percent=actual.percent)}."
    told = f"{start} by {_difference(more, less, percent=actual.percent)}{unit}"
    if aim and miss > 0:
        per_cent = WIDE.divide(WIDE.multiply(miss, Decimal(100)), abs(aim))
        told += f", {show_number(per_cent, percent=True)} of {show_number(abs(aim))}"
    return f"{told}."


def _difference(more: Decimal, less: Decimal, *, percent: bool) -> str:
    """Show `93% − 88.9% = 4.1`, with as many digits as it takes to be right as it is shown."""
    told = ""
    for digits in range(1 if percent else 2, _MOST_DIGITS):
        shown = [
            show_number(value, percent=percent, digits=digits)
            for value in (more, less, more - less)
        ]
        first, second, apart = (Decimal(s.rstrip("%").replace(",", "")) for s in shown)
        told = f"{shown[0]} {_MINUS} {shown[1]} = {shown[2].rstrip('%')}"
        if apart and first - second == apart:
            break
    return told


def _amber(rating: Rating) -> Tolerance | None:
    """The amber tolerance, stated or by default."""
    inputs = rating.inputs
    in_range = rating.rule is Rule.IN_RANGE
    stated = (inputs.margin if in_range else None) or inputs.tolerance
    return stated or (DEFAULT_TOLERANCE if "tolerance" in rating.defaults else None)


def _allowed(
    actual: Figure, aim: Decimal, tolerance: Tolerance, band: str, *, is_high: bool
) -> str:
    """Say what a tolerance comes to: `Amber allows 10% of 95 = 9.5 points, so down to 85.5%.`."""
    amount = amount_of(tolerance, aim, percent=actual.percent)
    unit = " points" if actual.percent else ""
    how = f"{tolerance} = {show_number(amount)}{unit}"
    if str(tolerance).endswith("%"):
        how = f"{tolerance} of {show_number(abs(aim))} = {show_number(amount)}{unit}"
    edge = aim - amount if is_high else aim + amount
    end = show_number(edge, percent=actual.percent, digits=6)
    if not amount:
        return f"{band} allows {tolerance}: nothing but a met target."
    return f"{band} allows {how}, so {'down' if is_high else 'up'} to {end}."
