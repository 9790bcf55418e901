"""XmR charts: what of a series is noise, and what it can be expected to do.

Source: NHS England's "Making Data Count", as NHSRplotthedots reckons it. Everything is exact:
a point that lies exactly on the mean or on a limit (`process_limits`) is seen to lie there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from perf_addin.domain.polarity import Polarity
from perf_addin.domain.process_limits import (
    NEAR,
    OUTSIDE,
    Limits,
    Spread,
    Whole,
    find_spread,
    whole_numbers,
)

_ENOUGH = 13
_THREE = 3
_ONLY_NEAR, _NEAR_OR_OUT = frozenset({NEAR}), frozenset({NEAR, OUTSIDE})


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
    whole, unit = whole_numbers(values)
    starts = _starts(len(whole), rebase_at)
    ends = [*starts[1:], len(whole)]
    points: list[Point] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        stretch = whole[start:end]
        settling = stretch if start else stretch[:fix_after]
        if settling:
            spread = find_spread(settling, screen=method.screen)
            limits = spread.limits(unit)
            few = len(stretch) < _ENOUGH
            points += [
                Point(Fraction(value, unit), limits, _first(met), few, met, number)
                for value, met in zip(stretch, _causes(stretch, spread, method), strict=True)
            ]
    return points


def last_point(
    series: Whole,
    *,
    method: Method = PLOT_THE_DOTS,
    fix_after: int | None = None,
    rebase_at: Sequence[int] = (),
) -> Point:
    """The last point of a chart over at least one point, without reckoning the others' causes.

    Args:
        series: the points in order of time.
        method: as of `chart`.
        fix_after: how many points at the start settle the limits, at least one; all where None.
        rebase_at: as of `chart`.
    """
    whole, unit = series
    starts = _starts(len(whole), rebase_at)
    stretch = whole[starts[-1] :]
    settling = stretch if starts[-1] else stretch[:fix_after]
    spread = find_spread(settling, screen=method.screen)
    met = tuple(_last_causes(stretch, spread, method))
    few, number = len(stretch) < _ENOUGH, len(starts) - 1
    return Point(Fraction(whole[-1], unit), spread.limits(unit), _first(met), few, met, number)


def last_start(size: int, rebase_at: Sequence[int]) -> int:
    """Position of the first point of the last stretch of so many points; 0 without rebasing."""
    return _starts(size, rebase_at)[-1]


def _starts(size: int, rebase_at: Sequence[int]) -> list[int]:
    return sorted({0, *(at for at in rebase_at if 0 < at < size)})


def _first(met: Sequence[Cause]) -> Cause:
    return met[0] if met else Cause.COMMON


def _last_causes(whole: Sequence[int], spread: Spread, method: Method) -> Iterator[Cause]:
    """Every rule that the last point meets; no more than the last points of a run settle that."""
    recent = whole[-method.run :]
    places = [spread.place(value) for value in whole[-_THREE:]]
    side, out = places[-1]
    if out == OUTSIDE:
        yield Cause.ABOVE_LIMIT if side > 0 else Cause.BELOW_LIMIT
    is_long = len(recent) == method.run
    steps = {(b > a) - (b < a) for a, b in itertools.pairwise(recent)} if is_long else {0}
    if len(steps) == 1 and 0 not in steps:
        yield Cause.RISING if 1 in steps else Cause.FALLING
    if out and len(places) - 1 in _two_of_three(places, _counted(method)):
        yield Cause.NEAR_UPPER if side > 0 else Cause.NEAR_LOWER
    if is_long and side and all(spread.place(value)[0] == side for value in recent):
        yield Cause.HIGH_RUN if side > 0 else Cause.LOW_RUN


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


def _causes(values: Sequence[int], spread: Spread, method: Method) -> Iterator[tuple[Cause, ...]]:
    """Every rule that each point meets, in order of priority."""
    places = [spread.place(value) for value in values]
    sides = [side for side, _ in places]
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    trend = _runs(steps, method.run - 1, reach=1)
    near = _two_of_three(places, _counted(method))
    shift = _runs(sides, method.run)
    for at, (side, out) in enumerate(places):
        met = []
        if out == OUTSIDE:
            met.append(Cause.ABOVE_LIMIT if side > 0 else Cause.BELOW_LIMIT)
        if at in trend:
            met.append(Cause.RISING if trend[at] > 0 else Cause.FALLING)
        if at in near:
            met.append(Cause.NEAR_UPPER if side > 0 else Cause.NEAR_LOWER)
        if at in shift:
            met.append(Cause.HIGH_RUN if side > 0 else Cause.LOW_RUN)
        yield tuple(met)


def _counted(method: Method) -> frozenset[int]:
    """How far out a point may lie that counts for two of three near a limit."""
    return _NEAR_OR_OUT if method.beyond else _ONLY_NEAR


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


def _two_of_three(places: Sequence[tuple[int, int]], counted: frozenset[int]) -> set[int]:
    """The near points of every three neighbours on one side of the mean, two or more being near.

    `counted` says how far out a near point may lie.
    """
    found: set[int] = set()
    for start in range(len(places) - _THREE + 1):
        three = range(start, start + _THREE)
        near = [at for at in three if places[at][1] in counted]
        if len(near) > 1 and len({places[at][0] for at in three}) == 1:
            found.update(near)
    return found
