"""Direction of travel: whether a figure is better or worse than an earlier one."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.declaring import StrEnum
from perf_addin.domain.polarity import Polarity


class Direction(StrEnum):
    """Better, worse or the same than an earlier figure; by polarity."""

    BETTER = "Better"
    WORSE = "Worse"
    SAME = "Same"


def direction_of_travel(
    current: Decimal,
    previous: Decimal,
    polarity: Polarity,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
) -> Direction | None:
    """Compare a figure with an earlier one, both on one scale.

    Args:
        current: the later figure.
        previous: the earlier figure.
        polarity: which way is good. For RANGE, better is nearer to the range; inside it, both
            are the same.
        lower: lower limit of the range, inclusive.
        upper: upper limit of the range, inclusive.

    Returns:
        The direction, or None for INFO, and for RANGE without a limit.
    """
    if polarity is Polarity.INFO:
        return None
    if polarity is Polarity.RANGE:
        if lower is None and upper is None:
            return None
        gain = outside(previous, lower, upper) - outside(current, lower, upper)
    else:
        gain = current - previous
        if polarity is Polarity.LOW:
            gain = -gain
    if gain == 0:
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def outside(value: Decimal, lower: Decimal | None, upper: Decimal | None) -> Decimal:
    """How far a figure lies outside a range; 0 inside it and on its limits."""
    if upper is not None and value > upper:
        return value - upper
    if lower is not None and value < lower:
        return lower - value
    return Decimal(0)
