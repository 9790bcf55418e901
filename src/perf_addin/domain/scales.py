"""One scale for one indicator: 88 typed in a "%" row and 0.88 under a % format are one fact.

An analyst's row mixes numbers under a per cent format (stored as ratios) with bare numbers typed
as points or as ratios. Everything is brought to points here, or is said to be unclear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.figures import Figure

_PERCENTAGE = re.compile(r"%|\bper\s?cent\b|\bpercent(?:age)?\b|\bproportion\b", re.IGNORECASE)
_NEAR = 3
_FAR = 20


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


def says_percentage(text: str) -> bool:
    """Whether an indicator's name or unit says that it is a percentage."""
    return _PERCENTAGE.search(text) is not None


def find_scale(
    standards: Sequence[Figure], actuals: Sequence[Figure], *, named_percentage: bool
) -> Scale:
    """Find the scale of an indicator.

    Args:
        standards: target, limits and thresholds, as read (under a % format: `percent`).
        actuals: the figures of all periods, as read.
        named_percentage: whether its name or unit says that it is a percentage.

    Returns:
        The scale. Bare numbers are ratios where the standards are stored between -1 and 1, or
        where there are no standards and every bare figure is.
    """
    formatted = sum(f.percent for f in actuals)
    mixed = 0 < formatted < len(actuals)
    percent = named_percentage or formatted > 0 or any(f.percent for f in standards)
    if not percent:
        return Scale(percent=False, bare_ratios=False, mixed=False)
    bare_standards = [f.value for f in standards if not f.percent]
    stored = [f.value.scaleb(-2) if f.percent else f.value for f in standards]
    bare_actuals = [f.value for f in actuals if not f.percent]
    if stored:
        ratios = _all_ratios(stored)
        if bare_standards and bare_actuals and _all_ratios(bare_standards):
            ratios = True
    else:
        ratios = bool(bare_actuals) and _all_ratios(bare_actuals) and any(bare_actuals)
    return Scale(percent=True, bare_ratios=ratios, mixed=mixed)


def is_unclear(figure: Figure, target: Decimal | None, scale: Scale) -> bool:
    """Whether a bare figure in a percentage row may mean either itself or a hundred times itself.

    That is so where the target is in points and the figure, read as a ratio, would come near it
    while, read as points, it is far below: 0.88 against 91.

    Args:
        figure: the figure as read, before it was settled.
        target: the target in points, or None.
        scale: the indicator's scale.
    """
    value = abs(figure.value)
    if figure.percent or not scale.percent or scale.bare_ratios or target is None:
        return False
    if value == 0 or value > 1 or target <= 0:
        return False
    as_ratio = value * 100
    return target / _NEAR <= as_ratio <= target * _NEAR and value < target / _FAR


def _all_ratios(values: Sequence[Decimal]) -> bool:
    return all(abs(value) <= 1 for value in values)
