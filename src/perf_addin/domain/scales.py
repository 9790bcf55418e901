"""One scale for one indicator: 88 typed in a "%" row and 0.88 under a % format are one fact.

An analyst's row mixes numbers under a per cent format (stored as ratios) with bare numbers typed
as points or as ratios. Everything is brought to points here, or is said to be unclear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.figures import Figure
from perf_addin.domain.lazy_patterns import lazily

_PERCENTAGE = lazily(r"%|\bper\s?cent\b|\bpercent(?:age)?\b|\bproportion\b", re.IGNORECASE)
_NEAR = 4
_new = tuple.__new__  # a third of the time of calling a class


class Scale(NamedTuple):
    """How the figures of one indicator are brought to one scale.

    Attributes:
        percent: whether the indicator is a percentage; its figures are then in points.
        bare_ratios: whether a bare number between -1 and 1 is a ratio (0.88 for 88%).
        mixed: whether figures under a per cent format and bare ones stand in one row.
    """

    percent: bool
    bare_ratios: bool
    mixed: bool

    def settle(self, figure: Figure) -> Figure:
        """Bring a figure to the indicator's scale."""
        if figure.percent or not self.percent:
            return figure
        if self.bare_ratios and abs(figure.value) <= 1:
            return Figure(figure.value.scaleb(2), percent=True)
        return Figure(figure.value, percent=True)


_NO_PERCENTAGE = Scale(percent=False, bare_ratios=False, mixed=False)


def says_percentage(text: str) -> bool:
    """Whether an indicator's name or unit says that it is a percentage."""
    return bool(text) and _PERCENTAGE.search(text) is not None


def find_scale(
    standards: Sequence[Figure], actuals: Sequence[Figure], *, named_percentage: bool
) -> Scale:
    """Find the scale of an indicator.

    Args:
        standards: target, limits and thresholds, as read (under a % format: `percent`).
        actuals: the figures of all periods, as read.
        named_percentage: whether its name or unit says that it is a percentage.

    Returns:
        The scale. Bare numbers are ratios where none of them is beyond 1 and they are not all 0:
        one figure of 1.2 or 88 shows that its row is in points.
    """
    formatted = sum([f.percent for f in actuals])
    mixed = 0 < formatted < len(actuals)
    percent = named_percentage or formatted > 0 or any(f.percent for f in standards)
    if not percent:
        return _NO_PERCENTAGE
    bare = [f.value for f in (*standards, *actuals) if not f.percent]
    scale: Scale = _new(Scale, (True, any(bare) and _all_ratios(bare), mixed))
    return scale


def is_unclear(figure: Figure, target: Decimal | None, scale: Scale) -> bool:
    """Whether a bare figure in a percentage row may mean either itself or a hundred times itself.

    That is so where the other reading would bring figure and target near each other, and the
    reading that was taken leaves them far apart: 0.88 against 91, 0.9 against 3% (read as 90%), or
    88 against a bare 0.91.

    Args:
        figure: the figure as read, before it was settled.
        target: the target in points, or None.
        scale: the indicator's scale.
    """
    if figure.percent or not scale.percent or target is None or target <= 0:
        return False
    value = abs(figure.value)
    if value == 0:
        return False
    if scale.bare_ratios:
        return not near(value * 100, target) and near(value, target)
    if value <= 1:
        return not near(value, target) and near(value * 100, target)
    return target <= 1 and not near(value, target) and near(value, target * 100)


def near(value: Decimal, target: Decimal) -> bool:
    """Whether a figure lies between a quarter of a target above 0 and four times it."""
    return target / _NEAR <= value <= target * _NEAR


def _all_ratios(values: Sequence[Decimal]) -> bool:
    return all(abs(value) <= 1 for value in values)
