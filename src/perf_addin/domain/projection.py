"""What a year would come to if it went on as it began: a projection, never a figure.

Nothing here is ever rated. Three ways, of which an indicator has at most one: a running total goes
on in a straight line; periods that add up go on at their mean; a percentage or a rate has the mean
of its periods. The range is what the year would come to if every coming period lay on its lower,
or on its upper, control limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from perf_addin.domain.periods import Period, financial_year_of
from perf_addin.domain.process_limits import Limits

_MONTHS_OF_YEAR = 12


class Way(StrEnum):
    """How a year's figures make up the year."""

    CUMULATIVE = "Cumulative"
    SUM = "Sum"
    AVERAGE = "Average"
    NONE = "None"


class Projection(NamedTuple):
    """What a year would come to, in the unit of the figures.

    Attributes:
        value: the projection.
        low: with every coming period on its lower control limit; None without limits.
        high: the same with the upper ones.
        way: how it was reckoned.
        used: how many periods it rests on.
        elapsed: how many months of the year had gone.
    """

    value: Fraction
    low: Fraction | None
    high: Fraction | None
    way: Way
    used: int
    elapsed: int

    @property
    def method(self) -> str:
        """How it was reckoned, as a sentence."""
        if self.way is Way.CUMULATIVE:
            gone = "a month" if self.elapsed == 1 else f"{self.elapsed} months"
            times = f"{_MONTHS_OF_YEAR}/{self.elapsed}"
            return f"straight line, the year to date times {times} after {gone}"
        if self.way is Way.SUM:
            return f"the mean of {_periods(self.used)} for every period of the year"
        return f"the mean of {_periods(self.used)}, each counting the same"


def _periods(used: int) -> str:
    return f"the year's {used} periods so far" if used > 1 else "the year's only period so far"


def project(
    way: Way,
    figures: Sequence[tuple[Period, Decimal]],
    limits: Limits | None = None,
    months: int | None = None,
) -> Projection | str:
    """Project the year of the last figure to its end.

    Args:
        way: how its figures make up a year.
        figures: figures with their periods, oldest first, months or quarters, missing ones left
            out; earlier years may be among them.
        limits: control limits of one period's figure; for CUMULATIVE those of what one period
            adds to the total. None where there are none to go by.
        months: how many months a figure stands for, where that is not what its period lasts: a
            quarterly figure in the column of a quarter's last month stands for 3.

    Returns:
        The projection, or why there is none, as the end of a sentence. A year that is complete
        has its figure and no projection.
    """
    if way is Way.NONE:
        return "none was asked for"
    if not figures:
        return "there is no figure"
    last = figures[-1][0]
    elapsed = _elapsed(last)
    if last.months == _MONTHS_OF_YEAR:
        return "its figures are of whole years"
    if elapsed == _MONTHS_OF_YEAR:
        return "the year is complete"
    year = financial_year_of(last.start)
    values = [Fraction(v) for p, v in figures if financial_year_of(p.start) == year]
    return _projected(way, values, elapsed, months or last.months, limits)


def _projected(
    way: Way, values: Sequence[Fraction], elapsed: int, span: int, limits: Limits | None
) -> Projection:
    """The projection from the figures of the year; each stands for `span` months."""
    periods = _MONTHS_OF_YEAR // span
    if way is Way.CUMULATIVE:
        so_far, coming = values[-1], Fraction(_MONTHS_OF_YEAR - elapsed, span)
        value, share = so_far * _MONTHS_OF_YEAR / elapsed, Fraction(1)
    else:
        so_far, coming = sum(values, Fraction(0)), Fraction(max(periods - len(values), 0))
        value = so_far / len(values)
        share = Fraction(1, periods)
        if way is Way.SUM:
            value, share = value * periods, Fraction(1)
    low = high = None
    if limits is not None and limits.lower is not None and limits.upper is not None:
        low = (so_far + coming * limits.lower) * share
        high = (so_far + coming * limits.upper) * share
    used = 1 if way is Way.CUMULATIVE else len(values)
    return Projection(value, low, high, way, used, elapsed)


def steps_of(figures: Sequence[tuple[Period, Decimal]], months: int | None = None) -> list[Decimal]:
    """What each period adds to a running total that begins anew in April.

    The first period of a year adds its own figure; one whose period before is missing adds
    nothing that is known, and is left out. `months` is as for `project`.
    """
    steps = []
    for at, (period, value) in enumerate(figures):
        span = months or period.months
        if _elapsed(period) == span:
            steps.append(value)
        elif at and _follows(figures[at - 1][0], period, span):
            steps.append(value - figures[at - 1][1])
    return steps


def _follows(before: Period, period: Period, span: int) -> bool:
    one_year = financial_year_of(before.start) == financial_year_of(period.start)
    return one_year and _elapsed(before) + span == _elapsed(period)


def _elapsed(period: Period) -> int:
    """How many months of its financial year had gone at the end of a period."""
    return (period.end.month - 4) % _MONTHS_OF_YEAR + 1
