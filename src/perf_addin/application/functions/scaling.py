"""One scale for the numbers of a formula, where no number format is known.

A formula sees 0.88 where its reader sees 88%. So numbers without a per cent sign are compared as
they are, which is right for 0.88 with 0.91, for 88 with 91 and for counts. A text with a per cent
sign goes with a ratio or with points. What would be right on one scale only, such as 88 against
0.91, is not rated: whichever scale was taken might be the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perf_addin.domain.figures import Figure
from perf_addin.domain.scales import Scale, find_scale, is_unclear, near
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

AS_IT_IS = Scale(percent=False, bare_ratios=False, mixed=False)
_POINTS = Scale(percent=True, bare_ratios=False, mixed=False)
_LARGEST_RATIO = 2
"""A number with decimals from 1 up to here, beside a percentage, may be a ratio: 1.2 for 120%."""


class Scales:
    """The scale on which figures and what they are held against are compared."""

    __slots__ = ("_known", "_percent", "_standards")

    def __init__(self, standards: list[Figure]) -> None:
        """Bind what the figures are held against, as read."""
        self._standards = standards
        self._percent = any(standard.percent for standard in standards)
        self._known: dict[tuple[bool, bool, bool], Scale] = {}

    def find(self, figure: Figure) -> Scale:
        """The scale of a figure and the standards together."""
        if not self._percent and not figure.percent:
            return AS_IT_IS
        key = (figure.percent, abs(figure.value) <= 1, bool(figure.value))
        scale = self._known.get(key)
        if scale is None:
            scale = find_scale(self._standards, [figure], named_percentage=False)
            self._known[key] = scale
        return scale


def is_fraction(number: Decimal) -> bool:
    """Whether a number has decimals; a whole number beside a percentage is no ratio, but for 1."""
    return number != number.to_integral_value()


def why_unclear(figure: Figure, aim: Decimal, scale: Scale, *, one_is_all: bool = False) -> str:
    """Say why a figure and what it is held against may be on two scales, or give nothing.

    They may be where they are far apart as they stand (more than four times) and near each other
    if one of them is a ratio and the other is in points.

    Args:
        figure: the figure as read.
        aim: target, limit or earlier figure, on the scale.
        scale: the scale that was taken.
        one_is_all: whether an aim of exactly 1 may stand for 100%. A count of 1 beside a count of
            90 is usual; a target of at least 1 beside a figure of 90 is not.
    """
    value, size = abs(figure.value), abs(aim)
    if scale.percent:
        beyond = not figure.percent and 1 < value < _LARGEST_RATIO and is_fraction(value)
        unclear = is_unclear(figure, aim, scale) or (
            beyond and aim > 0 and not near(value, aim) and near(value * 100, aim)
        )
    elif (value <= 1) == (size <= 1):
        return ""
    else:
        ratio = min(value, size)
        may_be = is_fraction(ratio) or (one_is_all and size == 1)
        unclear = may_be and is_unclear(figure, aim, _POINTS)
    if not unclear:
        return ""
    return f"{_plain(figure.value)} and {_plain(aim)} may be on two scales, ratio and per cent"


def settle_tolerance(
    tolerance: Tolerance | None, standards: Iterable[Figure], figure: Figure, scale: Scale
) -> Tolerance | str | None:
    """Bring a tolerance in the figure's own unit to the scale, or say why that cannot be done.

    For a known percentage 1 or more is points, and less is a ratio where the other bare numbers
    are. Where figure and target look like ratios, a tolerance of 1 or more cannot be meant so.
    """
    if tolerance is None or tolerance.unit is not ToleranceUnit.OWN or not tolerance.amount:
        return tolerance
    amount = tolerance.amount
    if scale.percent and amount < 1:
        if scale.bare_ratios:
            return Tolerance(amount.scaleb(2), ToleranceUnit.POINTS)
        return f"the tolerance {_plain(amount)} may be points or a ratio: write it with pp"
    numbers = [figure.value, *(standard.value for standard in standards)]
    ratios = all(abs(number) <= 1 for number in numbers) and any(map(is_fraction, numbers))
    if not scale.percent and amount >= 1 and ratios:
        return f"the tolerance {_plain(amount)} is larger than any ratio: write it with pp or %"
    return tolerance


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
