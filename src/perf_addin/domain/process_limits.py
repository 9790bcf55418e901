"""Mean and process limits of an XmR chart, and where a point lies among them.

Source: NHS England's "Making Data Count". Everything is exact: limits are fractions. Points are
held against them as whole numbers, which takes a tenth of the time that fractions take.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

_LIMIT, _HUNDRED = 266, 100  # 3 / 1.128 = 2.66, rounded as the method publishes it
_SCREEN, _THOUSAND = 3267, 1000
OUTSIDE, NEAR, INSIDE = 2, 1, 0
"""How far out a point lies: strictly outside a limit, beyond a near limit, or within both."""


class Limits(NamedTuple):
    """Mean and process limits, in the unit of the points; no limits for a single point."""

    mean: Fraction
    lower: Fraction | None
    upper: Fraction | None


class Spread(NamedTuple):
    """What limits are made of, in whole numbers: sums of points and moving ranges, and how many."""

    total: int
    points: int
    moved: int
    ranges: int

    def limits(self, unit: int) -> Limits:
        """The limits, where each point is so many times its figure."""
        mean = Fraction(self.total, self.points * unit)
        if not self.ranges:
            return Limits(mean, None, None)
        reach = _LIMIT * self.moved * self.points
        middle = _HUNDRED * self.ranges * self.total
        whole = _HUNDRED * self.ranges * self.points * unit
        return Limits(mean, Fraction(middle - reach, whole), Fraction(middle + reach, whole))

    def place(self, value: int) -> tuple[int, int]:
        """Where a point lies.

        Returns:
            Its side of the mean: 1 above, -1 below, 0 on it. And how far out it is: 2 strictly
            outside a limit, 1 strictly beyond a near limit (two thirds of the way), otherwise 0.
        """
        off = value * self.points - self.total
        side = (off > 0) - (off < 0)
        far = _HUNDRED * self.ranges * abs(off)
        limit = _LIMIT * self.moved * self.points
        if not self.ranges or 3 * far <= 2 * limit:
            return side, INSIDE
        return side, OUTSIDE if far > limit else NEAR


class Whole(NamedTuple):
    """Figures in order of time as whole numbers, each so many times itself."""

    numbers: list[int]
    unit: int


def whole_numbers(values: Sequence[Decimal]) -> Whole:
    """Figures multiplied by the smallest number that makes all of them whole."""
    ratios = [value.as_integer_ratio() for value in values]
    unit = math.lcm(*(below for _, below in ratios))
    return Whole([above * (unit // below) for above, below in ratios], unit)


def is_screened(size: int, moved: int, ranges: int) -> bool:
    """Whether a moving range is 3.267 times the mean of all or more."""
    return _THOUSAND * ranges * size >= _SCREEN * moved


def find_spread(whole: Sequence[int], *, screen: bool = True) -> Spread:
    """Mean and moving ranges of at least one point, in order of time.

    Args:
        whole: the points.
        screen: whether very large moving ranges are dropped, once.
    """
    ranges = [abs(after - before) for before, after in itertools.pairwise(whole)]
    moved, count = sum(ranges), len(ranges)
    if screen and count and is_screened(max(ranges), moved, count):
        kept = [size for size in ranges if not is_screened(size, moved, count)] or ranges
        moved, count = sum(kept), len(kept)
    return Spread(sum(whole), len(whole), moved, count)
