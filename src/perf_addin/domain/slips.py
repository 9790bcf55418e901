"""Figures that look like a slip of the keyboard: far from all others of their series.

A figure is held against the XmR limits of the others (`domain.spc`), so that it cannot widen the
limits that it is held against. Exact, in whole numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.spc import (
    Limits,
    Spread,
    find_spread,
    is_screened,
    whole_numbers,
)

_OUTSIDE = 2
_FEWEST = 4  # two others at least, beside those next to the figure


class Slip(NamedTuple):
    """A figure that jumps: its position from 0, and the limits of all the others."""

    at: int
    limits: Limits


def find_slips(values: Sequence[Decimal]) -> Iterator[Slip]:
    """Find figures beyond the limits of all the others whose neighbours lie within these.

    The step to each neighbour must be larger than steps are by chance too: more than 3.267 times
    the mean moving range of the others.

    Args:
        values: the figures in order of time, missing ones left out.
    """
    if len(values) < _FEWEST:
        return
    whole, unit = whole_numbers(values)
    for at, spread in enumerate(_without_each(whole)):
        if not spread.moved or spread.place(whole[at])[1] < _OUTSIDE:
            continue
        beside = [*whole[max(0, at - 1) : at], *whole[at + 1 : at + 2]]
        if all(
            spread.place(other)[1] < _OUTSIDE and _is_step(abs(whole[at] - other), spread)
            for other in beside
        ):
            yield Slip(at, spread.limits(unit))


def _is_step(size: int, spread: Spread) -> bool:
    """Whether a step is larger than 3.267 times the mean moving range."""
    return 1000 * spread.ranges * size > 3267 * spread.moved


def _without_each(whole: Sequence[int]) -> Iterator[Spread]:
    """The spread of all the other points, for each point.

    Sums change by little from point to point; only where a range may have to be screened off are
    all of them looked at again.
    """
    ranges = [abs(after - before) for before, after in itertools.pairwise(whole)]
    total, moved, last = sum(whole), sum(ranges), len(whole) - 1
    largest = max(ranges)
    for at, value in enumerate(whole):
        bridge = abs(whole[at + 1] - whole[at - 1]) if 0 < at < last else 0
        left = moved + bridge - sum(ranges[max(0, at - 1) : at + 1])
        if is_screened(max(largest, bridge), left, last - 1):
            yield find_spread([*whole[:at], *whole[at + 1 :]])
        else:
            yield Spread(total - value, last, left, last - 1)
