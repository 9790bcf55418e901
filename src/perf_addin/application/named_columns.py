"""Columns of an index that are filled by their headings: Quartile, Rank, Direction of travel ..."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.indicators import reference
from perf_addin.application.layout import Column, Layout
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.findings import Finding, Severity

Value = str | int
ByHeading = Callable[[str], Value | None]
"""What a column is to hold, by its heading in plain words; None where it is none of ours."""


class Named(NamedTuple):
    """A cell that has something to hold: whose it is, what, and what it holds now."""

    item: Rated
    column: Column
    value: Value
    cell: Cell | None

    @property
    def place(self) -> str:
        """Its A1-style address."""
        return cell_name(self.item.row, self.column.number)

    @property
    def key(self) -> tuple[str, int, int]:
        """Its sheet, row and column."""
        return self.item.sheet, self.item.row, self.column.number

    @property
    def held(self) -> str:
        """What it holds now, as a person reads it."""
        return (reference(self.cell) or "") if self.cell is not None else ""

    @property
    def is_same(self) -> bool:
        """Whether it holds that already, in either case."""
        return self.held.casefold() == str(self.value).casefold()

    def write(self) -> CellWrite:
        """The value for the cell; a new one looks like that of the indicator's figure."""
        like = (self.item.row, self.item.place.column)
        return CellWrite(self.item.row, self.column.number, self.value, like=like)


def named_cells(sheet: Sheet, wanted: Mapping[int, tuple[Rated, ByHeading]]) -> Iterator[Named]:
    """The cells of a sheet that have something to hold.

    Args:
        sheet: the sheet.
        wanted: by row, the indicator and what its columns are to hold.
    """
    if not wanted:
        return
    for row in sheet.rows():
        if row.number not in wanted:
            continue
        item, by_heading = wanted[row.number]
        for column, words in _columns(item.layout):
            value = by_heading(words)
            if value is not None:
                yield Named(item, column, value, row.get(column.number))


def _columns(layout: Layout) -> Iterator[tuple[Column, str]]:
    for column in layout.columns:
        if column.field is Field.OTHER:
            yield column, plain_words(column.heading.rpartition(" / ")[2] or column.heading)


def write_named(
    workbook: Workbook, sheet: str, cells: list[Named]
) -> tuple[list[Named], list[Finding]]:
    """Write the cells of a sheet.

    Returns:
        Those that were written, and which could not be without damage.

    Raises:
        OutputError: the sheet cannot be written at all.
    """
    left: list[LeftCell] = []
    if cells:
        workbook.write(sheet, [cell.write() for cell in cells], left)
    headings = {(c.item.row, c.column.number): c.column.heading for c in cells}
    findings = [
        Finding(
            "cell-not-written",
            Severity.WARNING,
            f"{headings.get((cell.row, cell.column), 'A cell')} was not written. {cell.why}",
            sheet,
            cell_name(cell.row, cell.column),
        )
        for cell in left
    ]
    lost = {(cell.row, cell.column) for cell in left}
    return [c for c in cells if (c.item.row, c.column.number) not in lost], findings
