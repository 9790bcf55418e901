"""Which figure is a year's outturn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell
from perf_addin.application.rollover.blocks import Block
from perf_addin.application.rollover.changes import grouped
from perf_addin.application.sheets import Row
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label
from perf_addin.domain.periods import Period

_TO_DATE = (
    "snapshot",
    "as at",
    "at month end",
    "at quarter end",
    "cumulative",
    "to date",
    "rolling",
)
_NOT_COUNTED = ("average", "rate", "per 1", "%", "per cent", "percentage", "proportion", "ytd")


class Outturn(NamedTuple):
    """The figure, or the symbol in its place, that stands for a year.

    Attributes:
        cell: the cell that it was taken from.
        column: the column of that cell.
        period: the period that it goes to; None where the index gives it none.
        is_stated: whether the index itself states it as the year's, or to date.
    """

    cell: Cell
    column: int
    period: Period | None
    is_stated: bool = False


class Taken(NamedTuple):
    """The outturn of an indicator.

    Attributes:
        sheet: the sheet it stands on.
        row: its row.
        no: its number, or None.
        name: its name.
        texts: what the row says of it, in lower case.
        outturn: the outturn, or None where the year has no entry.
        due: the last period of the year; None where the index has no periods.
        column: the column that it goes to, or None.
        is_annual: whether it is reported once a year.
        figures: its figures of the year's months or quarters as stored, latest first.
    """

    sheet: str
    row: int
    no: str | None
    name: str
    texts: str
    outturn: Outturn | None
    due: Period | None
    column: int | None
    is_annual: bool
    figures: tuple[Decimal, ...] = ()

    @property
    def label(self) -> str:
        """What it is called in lists."""
        return self.no or self.name

    @property
    def may_be_a_sum(self) -> bool:
        """Whether it is a count that nothing in its row calls a snapshot or cumulative."""
        found = self.outturn
        if found is None or found.period is None or found.is_stated or self.is_annual:
            return False
        figure = read_cell(found.cell)
        if not isinstance(figure, Figure) or figure.percent:
            return False
        if figure.value != figure.value.to_integral_value():
            return False
        is_count = not any(word in self.name.casefold() for word in _NOT_COUNTED)
        return is_count and not any(word in self.texts for word in _TO_DATE)

    @property
    def total(self) -> Decimal | None:
        """What the figures of the year add up to, where that may be the outturn."""
        return sum(self.figures, Decimal()) if self.may_be_a_sum else None


def find_outturn(row: Row, block: Block) -> Outturn | None:
    """The outturn of a row.

    What the index states as the year's own (a column `Outturn`, `Year end` or the year) comes
    first; then the latest figure of the year; then the latest symbol for a missing one.
    """
    entries: list[tuple[Period | None, int]] = [(None, column) for column in block.year_end]
    entries += [*block.figures, *((None, column) for column in block.undated)]
    symbol: Outturn | None = None
    for period, column in entries:
        cell = row.get(column)
        if cell is None or cell.value == "":
            continue
        found = read_cell(cell)
        is_stated = column in block.year_end
        to = _latest(row, block) if is_stated and column not in block.slots else period
        if isinstance(found, Figure):
            return Outturn(cell, column, to, is_stated)
        if isinstance(found, Missing) and symbol is None:
            symbol = Outturn(cell, column, to, is_stated)
    return symbol


def _latest(row: Row, block: Block) -> Period | None:
    """The latest period of the year with a figure, which a column `Year to date` goes to."""
    for period, column in block.figures:
        cell = row.get(column)
        if cell is not None and isinstance(read_cell(cell), Figure):
            return period
    return None


def about_outturns(taken: Sequence[Taken], year: int) -> Iterator[Finding]:
    """What should be known about outturns: alike indicators of a sheet in one finding."""
    for sheet in dict.fromkeys(item.sheet for item in taken):
        here = [item for item in taken if item.sheet == sheet]
        yield from _early(here, year_label(year), sheet)
        without = [item for item in here if item.outturn is None]
        if without:
            yield Finding(
                "outturn-missing",
                Severity.WARNING,
                f"{year_label(year)} has no figure for {_labels(without)}, so there is no outturn.",
                sheet,
            )
        single = [item for item in here if item.may_be_a_sum]
        if single:
            yield Finding(
                "outturn-one-period",
                Severity.WARNING,
                f"{_labels(single)}: the outturn is the figure of one month or quarter. If each "
                "period counts only what fell into it, the year's outturn is their sum (or "
                "average): enter that. The sheet Rollover Log has the sum.",
                sheet,
            )


def _early(taken: Sequence[Taken], label: str, sheet: str) -> Iterator[Finding]:
    """Outturns that are of an earlier period than the last of the year."""
    early: dict[Period, list[Taken]] = {}
    for item in taken:
        period = item.outturn.period if item.outturn else None
        if period is None or item.due is None or item.is_annual:
            continue
        if period.end < item.due.end:
            early.setdefault(period, []).append(item)
    for period, items in early.items():
        due = items[0].due
        yield Finding(
            "outturn-early",
            Severity.WARNING,
            f"No figure to {due.label if due else 'the end of the year'} is there for "
            f"{_labels(items)}: that of {period.label} was taken as the outturn for {label}.",
            sheet,
        )


def _labels(items: Sequence[Taken]) -> str:
    return grouped((item.label for item in items), 8)
