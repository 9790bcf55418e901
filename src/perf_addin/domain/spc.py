"""XmR charts: what of a series is noise, and what it can be expected to do.

Source: NHS England's "Making Data Count", as NHSRplotthedots reckons it. Everything is exact:
limits are fractions, so a point that lies exactly on the mean or on a limit is seen to lie there.
Points are held against them as whole numbers, which takes a tenth of the time that fractions take.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from perf_addin.domain.polarity import Polarity

_LIMIT, _HUNDRED = 266, 100  # 3 / 1.128 = 2.66, rounded as the method publishes it
_SCREEN, _THOUSAND = 3267, 1000
_RUN = 7
_ENOUGH = 13
_OUTSIDE, _NEAR, _INSIDE = 2, 1, 0


class Cause(StrEnum):
    """Why a point is special; common cause where it is not."""

    COMMON = "common cause"
    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "7 points rising"
    FALLING = "7 points falling"
    NEAR_UPPER = "2 of 3 near the upper limit"
    NEAR_LOWER = "2 of 3 near the lower limit"
    HIGH_RUN = "7 points above the mean"
    LOW_RUN = "7 points below the mean"


_HIGH = frozenset({Cause.ABOVE_LIMIT, Cause.RISING, Cause.NEAR_UPPER, Cause.HIGH_RUN})


class Variation(StrEnum):
    """What kind of variation a point shows."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


class Assurance(StrEnum):
    """Whether a process, left as it is, can be expected to reach a target."""

    PASSES = "consistently pass"
    FAILS = "consistently fail"
    HIT_AND_MISS = "hit and miss"


class Limits(NamedTuple):
    """Mean and process limits, in the unit of the points; no limits for a single point."""

    mean: Fraction
    lower: Fraction | None
    upper: Fraction | None


class Point(NamedTuple):
    """A point of the chart: its figure, the limits that hold for it, and its cause."""

    value: Fraction
    limits: Limits
    cause: Cause
    provisional: bool
    """Whether its stretch has fewer than 13 points."""

    def variation(self, polarity: Polarity | None) -> Variation:
        """The kind of variation; high or low where no direction is good."""
        if self.cause is Cause.COMMON:
            return Variation.COMMON_CAUSE
        high = self.cause in _HIGH
        if polarity not in {Polarity.HIGH, Polarity.LOW}:
            return Variation.HIGH if high else Variation.LOW
        improves = high is (polarity is Polarity.HIGH)
        return Variation.IMPROVEMENT if improves else Variation.CONCERN


def chart(
    values: Sequence[Decimal],
    *,
    screen: bool = True,
    fix_after: int | None = None,
    rebase_at: Sequence[int] = (),
) -> list[Point]:
    """Reckon an XmR chart.

    Args:
        values: the points in order of time, missing ones left out.
        screen: whether moving ranges of 3.267 times their mean or more are dropped, once.
        fix_after: how many points at the start settle the limits; all where None.
        rebase_at: positions, from 0, of the points that start a stretch with limits of its own.

    Returns:
        The points. Runs and trends never reach across two stretches.
    """
    whole, unit = whole_numbers(values)
    starts = sorted({0, *(at for at in rebase_at if 0 < at < len(whole))})
    ends = [*starts[1:], len(whole)]
    points: list[Point] = []
    for start, end in zip(starts, ends, strict=True):
        stretch = whole[start:end]
        settling = stretch[:fix_after] if fix_after is not None and start == 0 else stretch
        if settling:
            spread = find_spread(settling, screen=screen)
            limits = spread.limits(unit)
            few = len(stretch) < _ENOUGH
            causes = _causes(stretch, spread)
            points += [
                Point(Fraction(v, unit), limits, c, few)
                for v, c in zip(stretch, causes, strict=True)
            ]
    return points


def last_point(series: Whole) -> Point:
    """The last point of a chart over at least one point, by the limits of all of them."""
    whole, unit = series
    spread = find_spread(whole)
    few = len(whole) < _ENOUGH
    return Point(Fraction(whole[-1], unit), spread.limits(unit), _last_cause(whole, spread), few)


def _last_cause(whole: Sequence[int], spread: Spread) -> Cause:
    """The cause of the last point, which no more than the last seven points settle."""
    side, out = spread.place(whole[-1])
    if out == _OUTSIDE:
        return Cause.ABOVE_LIMIT if side > 0 else Cause.BELOW_LIMIT
    recent = whole[-_RUN:]
    steps = {(b > a) - (b < a) for a, b in itertools.pairwise(recent)}
    if len(recent) == _RUN and len(steps) == 1 and steps != {0}:
        return Cause.RISING if 1 in steps else Cause.FALLING
    if out == _NEAR and len(whole) - 1 in _two_of_three([spread.place(v) for v in whole]):
        return Cause.NEAR_UPPER if side > 0 else Cause.NEAR_LOWER
    if len(recent) == _RUN and side and {spread.place(v)[0] for v in recent} == {side}:
        return Cause.HIGH_RUN if side > 0 else Cause.LOW_RUN
    return Cause.COMMON


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
            return side, _INSIDE
        return side, _OUTSIDE if far > limit else _NEAR


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


def assure(limits: Limits, target: Decimal, polarity: Polarity) -> Assurance | None:
    """Tell what the last limits say about a target; on a limit is hit and miss.

    Returns:
        None where no direction is good, or there are no limits.
    """
    if polarity not in {Polarity.HIGH, Polarity.LOW}:
        return None
    if limits.lower is None or limits.upper is None:
        return None
    aim = Fraction(target)
    if limits.lower <= aim <= limits.upper:
        return Assurance.HIT_AND_MISS
    fails = (aim > limits.upper) is (polarity is Polarity.HIGH)
    return Assurance.FAILS if fails else Assurance.PASSES


def _causes(values: Sequence[int], spread: Spread) -> list[Cause]:
    places = [spread.place(value) for value in values]
    sides = [side for side, _ in places]
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    trend = _runs(steps, _RUN - 1, reach=1)
    near = _two_of_three(places)
    shift = _runs(sides, _RUN)
    causes = []
    for at, (side, out) in enumerate(places):
        if out == _OUTSIDE:
            cause = Cause.ABOVE_LIMIT if side > 0 else Cause.BELOW_LIMIT
        elif at in trend:
            cause = Cause.RISING if trend[at] > 0 else Cause.FALLING
        elif at in near:
            cause = Cause.NEAR_UPPER if side > 0 else Cause.NEAR_LOWER
        elif at in shift:
            cause = Cause.HIGH_RUN if side > 0 else Cause.LOW_RUN
        else:
            cause = Cause.COMMON
        causes.append(cause)
    return causes


def _runs(signs: Sequence[int], length: int, reach: int = 0) -> dict[int, int]:
    """Positions within runs of one sign (not 0) of a length or more, with the sign.

    `reach` further positions belong to each run: a step belongs to two points.
    """
    found: dict[int, int] = {}
    for start, end in _stretches(signs):
        if signs[start] and end - start >= length:
            for at in range(start, end + reach):
                # The point between a rise and a fall ends the run before it.
                found.setdefault(at, signs[start])
    return found


def _stretches(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            yield start, at
            start = at


def _two_of_three(places: Sequence[tuple[int, int]]) -> set[int]:
    """The near points of every three neighbours on one side of the mean, two or more being near."""
    found: set[int] = set()
    for start in range(len(places) - 2):
        three = range(start, start + 3)
        near = [at for at in three if places[at][1] == _NEAR]
        if len(near) > 1 and len({places[at][0] for at in three}) == 1:
            found.update(near)
    return found
