"""The earlier figure that direction of travel looks at: three bases, of which an index has one.

Sources: most scorecards compare with the period before or with the same period last year; Medway's
long trend compares with the average of the previous four quarters.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.direction import Direction, direction_of_travel
from perf_addin.domain.periods import Period, PeriodKind
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import WIDE
from perf_addin.domain.rules import Basis

_QUARTERS, _MONTHS_OF_QUARTER, _MONTHS_OF_YEAR = 4, 3, 12


class Earlier(NamedTuple):
    """What a figure is compared with: the sum of earlier figures, how many, and what they are.

    `label` is as a sentence goes on after `in`: `Jul 2021`, `the previous four quarters, on
    average`.
    """

    total: Decimal
    figures: int
    label: str

    @property
    def value(self) -> Decimal:
        """The mean of the figures, to 80 digits; the figure itself where there is one."""
        return self.total if self.figures == 1 else WIDE.divide(self.total, self.figures)

    def travel_to(
        self,
        current: Decimal,
        polarity: Polarity,
        lower: Decimal | None = None,
        upper: Decimal | None = None,
    ) -> Direction | None:
        """Direction of travel to a later figure, on one scale; limits are those of a range.

        Everything is multiplied by the number of earlier figures, so that nothing is divided.
        """
        times = Decimal(self.figures)
        edges = (None if limit is None else WIDE.multiply(limit, times) for limit in (lower, upper))
        return direction_of_travel(WIDE.multiply(current, times), self.total, polarity, *edges)


def find_earlier(basis: Basis, period: Period, figures: Mapping[Period, Decimal]) -> Earlier | str:
    """Find what the figure of a period is compared with.

    Args:
        basis: the index's choice.
        period: the period of the later figure.
        figures: figures by period, on one scale, missing ones left out; only those of the same
            kind of period (months with months) are looked at.

    Returns:
        What it is compared with, or why there is nothing, as the end of a sentence. The previous
        period is the last one before with a figure. For the average each of the four quarters
        before needs a figure: a quarter's own, or of months at least one in each three; months
        without a figure are left out.
    """
    alike = {
        p: v
        for p, v in figures.items()
        if p.kind is period.kind and p.last_month < period.first_month
    }
    if basis is Basis.FOUR_QUARTERS:
        return _average(period, alike)
    if basis is Basis.LAST_YEAR:
        wanted: Period | None = period.same_period_last_year()
        why = f"no figure for {period.same_period_last_year().label}"
    else:
        wanted, why = max(alike, default=None), "no earlier figure"
    if wanted is None or wanted not in alike:
        return why
    return Earlier(alike[wanted], 1, wanted.label)


def _average(period: Period, alike: Mapping[Period, Decimal]) -> Earlier | str:
    if period.kind is PeriodKind.YEAR:
        return "a year has no four quarters before it"
    by_quarter: list[list[Decimal]] = [[] for _ in range(_QUARTERS)]
    for each, value in alike.items():
        apart = _months_apart(each, period)
        if 0 < apart <= _MONTHS_OF_YEAR:
            by_quarter[(apart - 1) // _MONTHS_OF_QUARTER].append(value)
    empty = by_quarter.count([])
    if empty:
        there = _QUARTERS - empty
        return (
            f"only {there} of the four quarters before have a figure"
            if there
            else ("none of the four quarters before has a figure")
        )
    values = [value for quarter in by_quarter for value in quarter]
    total = Decimal(0)
    for value in values:
        total = WIDE.add(total, value)
    return Earlier(total, len(values), _label(period, len(values)))


def _label(period: Period, count: int) -> str:
    words = "the previous four quarters"
    if period.kind is PeriodKind.QUARTER:
        return f"{words}, on average"
    return f"{words}, on average of {count} figures"


def _months_apart(earlier: Period, later: Period) -> int:
    return later.first_month - earlier.first_month
