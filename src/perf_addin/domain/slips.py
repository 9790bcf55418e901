"""Figures that look like a slip of the keyboard: far from all others of their series.

A figure is held against the XmR limits of the others (`domain.process_limits`), so that it cannot
widen the limits that it is held against. Exact, in whole numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.domain.process_limits import (
    OUTSIDE,
    Limits,
    Spread,
    Whole,
    find_spread,
    is_screened,
)

_FEWEST = 4  # two others at least, beside those next to the figure


class Slip(NamedTuple):
    """A figure that jumps: its position from 0, and the limits of all the others."""

    at: int
    limits: Limits


def find_slips(series: Whole) -> Iterator[Slip]:
    """Find figures beyond the limits of all the others whose neighbours lie within these.

    The step to each neighbour must be larger than steps are by chance too: more than 3.267 times
    the mean moving range of the others.

    Args:
        series: the figures in order of time, missing ones left out.
    """
    whole, unit = series
    if len(whole) < _FEWEST:
        return
    for at in _far_from_neighbours(whole):
        spread = find_spread([*whole[:at], *whole[at + 1 :]])
        beside = [*whole[max(0, at - 1) : at], *whole[at + 1 : at + 2]]
        if (
            spread.moved
            and spread.place(whole[at])[1] == OUTSIDE
            and all(
                spread.place(other)[1] < OUTSIDE and _is_step(abs(whole[at] - other), spread)
                for other in beside
            )
        ):
            yield Slip(at, spread.limits(unit))


def _is_step(size: int, spread: Spread) -> bool:
    """Whether a step is larger than 3.267 times the mean moving range."""
    return 1000 * spread.ranges * size > 3267 * spread.moved


def _far_from_neighbours(whole: Sequence[int]) -> Iterator[int]:
    """Positions of points that may be slips: those whose smaller step is not as usual.

    The sum of the moving ranges without a point follows from that with it. Only where one of them
    may have to be screened off, which makes the others' mean smaller, is the point given anyway.
    """
    ranges = [abs(after - before) for before, after in itertools.pairwise(whole)]
    moved, last, largest = sum(ranges), len(whole) - 1, max(ranges)
    for at in range(len(whole)):
        if 0 < at < last:
            one, other = ranges[at - 1], ranges[at]
            bridge = abs(whole[at + 1] - whole[at - 1])
            least, left = min(one, other), moved + bridge - one - other
        else:
            bridge, least = 0, ranges[min(at, last - 1)]
            left = moved - least
        if least and (
            is_screened(max(largest, bridge), left, last - 1)
            or 1000 * (last - 1) * least > 3267 * left
        ):
            yield at
