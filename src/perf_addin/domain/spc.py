"""XmR charts: what of a series is noise, and what it can be expected to do.

Source: NHS England's "Making Data Count", as NHSRplotthedots reckons it. Everything is exact:
limits are fractions, so a point that lies exactly on the mean or on a limit is seen to lie there.
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

_LIMIT = Fraction("2.66")  # 3 / 1.128, rounded as the method publishes it
_SCREEN = Fraction("3.267")
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


class Method(NamedTuple):
    """How a chart is reckoned; the defaults are those of NHSRplotthedots.

    Attributes:
        screen: whether moving ranges of 3.267 times their mean or more are dropped, once.
        run: how many points make a run or a trend.
        beyond: whether a point outside a limit counts for two of three near it.
        improvement_first: whether a point that meets rules of both directions is improvement;
            otherwise the first rule that it meets decides.
        fewest: how many points a stretch needs for limits to be shown at all.
    """

    screen: bool = True
    run: int = 7
    beyond: bool = False
    improvement_first: bool = False
    fewest: int = 2


PLOT_THE_DOTS = Method()
OFFICIAL = Method(screen=False, beyond=True, improvement_first=True, fewest=_ENOUGH)
"""As NHS England's Excel tool does where it differs; docs/deviations.md has the sources."""


class Limits(NamedTuple):
    """Mean and process limits, in the unit of the points; no limits for a single point."""

    mean: Fraction
    lower: Fraction | None
    upper: Fraction | None

    def place(self, value: Fraction) -> tuple[int, int]:
        """Where a point lies.

        Returns:
            Its side of the mean: 1 above, -1 below, 0 on it. And how far out it is: 2 strictly
            outside a limit, 1 strictly beyond a near limit (two thirds of the way), otherwise 0.
        """
        side = (value > self.mean) - (value < self.mean)
        if self.lower is None or self.upper is None:
            return side, _INSIDE
        if value > self.upper or value < self.lower:
            return side, _OUTSIDE
        near = 3 * abs(value - self.mean) > 2 * (self.upper - self.mean)
        return side, _NEAR if near else _INSIDE


class Point(NamedTuple):
    """A point of the chart.

    Attributes:
        value: its figure.
        limits: the limits that hold for it.
        cause: the first rule that it meets.
        provisional: whether its stretch has fewer than 13 points.
        causes: every rule that it meets, in order of priority.
        stretch: which stretch it belongs to, from 0.
    """

    value: Fraction
    limits: Limits
    cause: Cause
    provisional: bool
    causes: tuple[Cause, ...] = ()
    stretch: int = 0

    def variation(self, polarity: Polarity | None, *, improvement_first: bool = False) -> Variation:
        """The kind of variation; high or low where no direction is good.

        Args:
            polarity: which way is good.
            improvement_first: whether a point that meets rules of both directions is improvement.
        """
        if self.cause is Cause.COMMON:
            return Variation.COMMON_CAUSE
        high = self.cause in _HIGH
        if polarity not in {Polarity.HIGH, Polarity.LOW}:
            return Variation.HIGH if high else Variation.LOW
        good = polarity is Polarity.HIGH
        improves = high is good or (
            improvement_first and any((cause in _HIGH) is good for cause in self.causes)
        )
        return Variation.IMPROVEMENT if improves else Variation.CONCERN


def chart(
    values: Sequence[Decimal],
    *,
    method: Method = PLOT_THE_DOTS,
    fix_after: int | None = None,
    rebase_at: Sequence[int] = (),
) -> list[Point]:
    """Reckon an XmR chart.

    Args:
        values: the points in order of time, missing ones left out.
        method: how limits are reckoned and which rules there are.
        fix_after: how many points at the start settle the limits; all where None.
        rebase_at: positions, from 0, of the points that start a stretch with limits of its own.

    Returns:
        The points. Runs and trends never reach across two stretches.
    """
    numbers = [Fraction(value) for value in values]
    starts = sorted({0, *(at for at in rebase_at if 0 < at < len(numbers))})
    ends = [*starts[1:], len(numbers)]
    points: list[Point] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        stretch = numbers[start:end]
        settling = stretch[:fix_after] if fix_after is not None and start == 0 else stretch
        if settling:
            limits = find_limits(settling, screen=method.screen)
            few = len(stretch) < _ENOUGH
            points += [
                Point(value, limits, met[0] if met else Cause.COMMON, few, met, number)
                for value, met in zip(stretch, _causes(stretch, limits, method), strict=True)
            ]
    return points


def find_limits(values: Sequence[Fraction], *, screen: bool = True) -> Limits:
    """Mean, and mean plus and minus 2.66 times the mean moving range.

    Args:
        values: at least one point, in order of time.
        screen: whether very large moving ranges are dropped, once.
    """
    unit = math.lcm(*(value.denominator for value in values))
    whole = [value.numerator * (unit // value.denominator) for value in values]
    mean = Fraction(sum(whole), len(whole) * unit)
    ranges = [abs(after - before) for before, after in itertools.pairwise(whole)]
    if not ranges:
        return Limits(mean, None, None)
    kept = ranges
    if screen:
        most = _SCREEN * sum(ranges) / len(ranges)
        largest = math.ceil(most) - 1  # the largest whole number that is strictly less
        kept = [size for size in ranges if size <= largest] or ranges
    average = Fraction(sum(kept), len(kept) * unit)
    return Limits(mean, mean - _LIMIT * average, mean + _LIMIT * average)


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


def _causes(
    values: Sequence[Fraction], limits: Limits, method: Method
) -> Iterator[tuple[Cause, ...]]:
    """Every rule that each point meets, in order of priority."""
    places = [limits.place(value) for value in values]
    sides = [side for side, _ in places]
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    trend = _runs(steps, method.run - 1, reach=1)
    near = _two_of_three(places, {_NEAR, _OUTSIDE} if method.beyond else {_NEAR})
    shift = _runs(sides, method.run)
    for at, (side, out) in enumerate(places):
        met = []
        if out == _OUTSIDE:
            met.append(Cause.ABOVE_LIMIT if side > 0 else Cause.BELOW_LIMIT)
        if at in trend:
            met.append(Cause.RISING if trend[at] > 0 else Cause.FALLING)
        if at in near:
            met.append(Cause.NEAR_UPPER if side > 0 else Cause.NEAR_LOWER)
        if at in shift:
            met.append(Cause.HIGH_RUN if side > 0 else Cause.LOW_RUN)
        yield tuple(met)


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


def _two_of_three(places: Sequence[tuple[int, int]], counted: set[int]) -> set[int]:
    """The near points of every three neighbours on one side of the mean, two or more being near.

    `counted` says how far out a near point may lie.
    """
    found: set[int] = set()
    for start in range(len(places) - 2):
        three = range(start, start + 3)
        near = [at for at in three if places[at][1] in counted]
        if len(near) > 1 and len({places[at][0] for at in three}) == 1:
            found.update(near)
    return found
