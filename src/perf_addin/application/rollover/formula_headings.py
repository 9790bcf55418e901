"""Headings that are formulas: the dates and years that they are worked out from move on instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook, Key
from perf_addin.application.grid import Cell, CellRange, CellValue, cell_name
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.rollover.blocks import Block, year_of
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import a_year_later
from perf_addin.domain.errors import InputError
from perf_addin.domain.new_year import year_label

_MOST_CELLS = 1_000


def move_what_headings_come_from(workbook: FormulaWorkbook, changes: Changes, year: int) -> None:
    """Move the constants on that the headings left as formulas depend on.

    These are dates, texts that name a period or a year, and the numbers of the year and of the
    one after it. What is no constant is followed to where it comes from.
    """
    if not changes.formula_headings:
        return
    wanted: dict[str, set[tuple[int, int]]] = {}
    for name, number, column in _constants(FormulaBook(workbook), changes.formula_headings):
        wanted.setdefault(name, set()).add((number, column))
    for sheet in workbook.sheets:
        here = wanted.get(sheet.name, set())
        for row in sheet.rows() if here else ():
            for column in sorted(c for r, c in here if r == row.number):
                cell = row.get(column)
                moved = _moved(cell, year) if cell is not None else None
                if moved is not None:
                    changes.put(sheet.name, (row.number, column), What.HEADING, cell, moved)


def _constants(book: FormulaBook, headings: Sequence[Key]) -> Iterator[Key]:
    """The cells without a formula that some formulas depend on, directly or through others."""
    waiting, seen = [key for key in headings if key in book.nodes], set(headings)
    while waiting and len(seen) < _MOST_CELLS:
        areas = book.precedents(book.nodes[waiting.pop()]).areas
        for key in (key for sheet, area in areas for key in _cells(sheet, area)):
            if key in seen:
                continue
            seen.add(key)
            if key in book.nodes:
                waiting.append(key)
            else:
                yield key


def _cells(sheet: str, area: CellRange) -> Iterator[Key]:
    rows = range(area.first_row, min(area.last_row, area.first_row + _MOST_CELLS) + 1)
    columns = range(area.first_column, min(area.last_column, area.first_column + 99) + 1)
    return ((sheet, row, column) for row in rows for column in columns)


def _moved(cell: Cell, year: int) -> CellValue | None:
    value = cell.value
    if isinstance(value, Decimal):
        return value + 1 if value in {year, year + 1} else None
    return a_year_later(value) if isinstance(value, date | str) else None


def refuse_old_headings(result: IndexResult, blocks: Iterable[Block], year: int) -> None:
    """See that every block is of the new year now.

    Raises:
        InputError: its headings still give the old one, or no periods at all.
    """
    now = {(layout.sheet, layout.header_first): layout for layout in result.layouts}
    rated = {(i.sheet, i.layout.header_first): i.layout for i in result.rated}
    for block in blocks:
        layout = block.layout
        place = (layout.sheet, layout.header_first)
        found = now.get(place) or rated.get(place)
        if found is None or year_of(found) == year + 1:
            continue
        columns = sorted(block.slots)
        where = cell_name(layout.header_last, columns[0]) if columns else ""
        raise InputError(
            f"{result.file}, sheet {layout.sheet!r}, cell {where}: the headings would not be of "
            f"{year_label(year + 1)}. They are formulas, and the date or year that they come from "
            "was not found. Type the headings as texts or dates, and run the command again.",
            name=result.file,
        )
