"""Fills the columns Quartile and Rank of an index, where it has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.benchmarking.compared import Compared
from perf_addin.application.grid import Cell, Sheet, cell_name
from perf_addin.application.indicators import reference
from perf_addin.application.layout import Column, Layout
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.findings import Finding, Severity


class _Wanted(NamedTuple):
    """What a cell is to hold, what it holds, and where it is."""

    each: Compared
    column: Column
    value: str | int
    cell: Cell | None


def fill_bands(
    workbook: Workbook, compared: Sequence[Compared], *, overwrite: bool
) -> tuple[int, list[Finding]]:
    """Write band and rank into columns with those headings; entries that differ are left.

    Returns:
        How many cells were written, and what was left.

    Raises:
        OutputError: a sheet cannot be written at all.
    """
    findings: list[Finding] = []
    written = 0
    for sheet in workbook.sheets:
        mine = [c for c in compared if c.item.sheet == sheet.name and c.among is not None]
        writes: list[CellWrite] = []
        for wanted in _wanted(sheet, mine):
            item, cell = wanted.each.item, wanted.cell
            if cell is not None and _is_same(cell, wanted.value):
                continue
            if cell is None or (overwrite and not cell.formula):
                like = (item.row, item.place.column)
                writes.append(CellWrite(item.row, wanted.column.number, wanted.value, like=like))
            else:
                findings.append(_kept(wanted, cell))
        if writes:
            left: list[LeftCell] = []
            workbook.write(sheet.name, writes, left)
            written += len(writes) - len(left)
            findings += (_not_written(sheet.name, cell) for cell in left)
    return written, findings


def _wanted(sheet: Sheet, compared: Sequence[Compared]) -> Iterator[_Wanted]:
    by_row = {each.item.row: each for each in compared}
    if not by_row:
        return
    for row in sheet.rows():
        each = by_row.get(row.number)
        if each is None or each.among is None:
            continue
        for column, is_rank in _columns(each.item.layout):
            value = each.among.rank if is_rank else each.among.band
            if value is not None:
                yield _Wanted(each, column, value, row.get(column.number))


def _columns(layout: Layout) -> Iterator[tuple[Column, bool]]:
    """The columns of bands and of ranks, each with whether it is one of ranks."""
    for column in layout.columns:
        words = plain_words(column.heading.rpartition(" / ")[2] or column.heading)
        if column.field is Field.OTHER and words.startswith(("quartile", "rank")):
            yield column, words.startswith("rank")


def _is_same(cell: Cell, value: str | int) -> bool:
    return (reference(cell) or "").casefold() == str(value).casefold()


def _kept(wanted: _Wanted, cell: Cell) -> Finding:
    item = wanted.each.item
    place = cell_name(item.row, wanted.column.number)
    start = (
        f"Indicator {item.label}: by the file its {wanted.column.heading} is {wanted.value}; "
        f"{reference(cell) or 'a formula'} was left as it is."
    )
    if cell.formula:
        return Finding("benchmark-formula-left", Severity.INFO, start, item.sheet, place)
    message = f"{start} Replace it with --overwrite, or empty the cell."
    return Finding("benchmark-differs", Severity.WARNING, message, item.sheet, place)


def _not_written(sheet: str, cell: LeftCell) -> Finding:
    return Finding(
        "cell-not-written",
        Severity.WARNING,
        f"A quartile band or rank was not written. {cell.why}",
        sheet,
        cell_name(cell.row, cell.column),
    )
