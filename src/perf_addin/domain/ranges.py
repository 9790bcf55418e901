"""Acceptable ranges, and whether and by how much a figure breaches one.

A breach is apart from the rating: an indicator that is information only can breach its range.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.figures import Figure

if TYPE_CHECKING:
    from typing import Literal

_new = tuple.__new__  # a third of the time of calling a class


class AcceptableRange(NamedTuple):
    """Lower and upper limit; None where a side is open. Percentages are in points.

    A figure on a limit is in the range, unless the range is `strict`: 5 is not in "<5". Only ranges
    with one limit are.
    """

    lower: Decimal | None
    upper: Decimal | None
    percent: bool = False
    strict: bool = False

    def __str__(self) -> str:
        """The range as a person reads it."""
        from perf_addin.domain.showing import name_range  # noqa: PLC0415 - for people alone

        return name_range(self)[0]


class Breach(NamedTuple):
    """Which limit a figure lies beyond, and by how much in the figure's own unit (points for %).

    By 0 where the range is strict and the figure is on its limit.
    """

    side: Literal["Above", "Below"]
    by: Decimal


def find_breach(figure: Figure, limits: AcceptableRange) -> Breach | None:
    """Tell whether a figure lies outside a range; exactly on a limit is within, unless strict.

    Both must be on one scale (percentages in points).
    """
    value, (lower, upper, _, strict) = figure[0], limits
    if upper is not None and value > upper:
        found = ("Above", value - upper)
    elif lower is not None and value < lower:
        found = ("Below", lower - value)
    elif strict and value in (lower, upper):
        found = ("Below" if upper is None else "Above", Decimal(0))
    else:
        return None
    breach: Breach = _new(Breach, found)
    return breach
