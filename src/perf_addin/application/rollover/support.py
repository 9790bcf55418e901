"""Sheets behind an index, which its formulas take numerators and denominators from."""

from __future__ import annotations

from collections.abc import Iterable

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook
from perf_addin.application.formulas.dependents import CellIndex
from perf_addin.application.headings import heading_text, read_period_heading
from perf_addin.application.layout import Column, Layout
from perf_addin.application.lines import Line, top_lines
from perf_addin.application.rollover.blocks import Block, read_block, slot_of
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.periods import PeriodKind

_LEAST_PERIODS = 2


def sheets_behind(workbook: FormulaWorkbook, blocks: Iterable[Block]) -> set[str]:
    """The sheets that the formulas in the period columns of an index take their figures from.

    Names, tables and other formulas in between are followed.
    """
    columns = {(block.layout.sheet, column) for block in blocks for column in block.slots}
    book = FormulaBook(workbook)
    index = CellIndex(book.nodes)
    waiting = [key for key in book.nodes if (key[0], key[2]) in columns]
    seen, found = set(waiting), set[str]()
    while waiting:
        for sheet, area in book.precedents(book.nodes[waiting.pop()]).areas:
            found.add(sheet)
            new = [key for key in index.within(sheet, area) if key not in seen]
            seen.update(new)
            waiting += new
    return found


def support_block(sheet: Sheet, year: int) -> Block | None:
    """The period columns of a sheet behind an index; None where it has none of the year."""
    found = [(_periods(line, year), line) for line in top_lines(sheet)]
    columns, line = max(found, key=lambda each: len(each[0]), default=((), None))
    if line is None or len(columns) < _LEAST_PERIODS:
        return None
    layout = Layout(
        sheet.name,
        line.number,
        line.number,
        None,
        columns,
        max(line.cells),
        financial_year=year,
    )
    return read_block(sheet, layout, year, file=None)


def _periods(line: Line, year: int) -> tuple[Column, ...]:
    """The columns of a row of headings that name periods; empty where none is of the year."""
    columns = []
    for number, cell in line.cells.items():
        period = read_period_heading(cell.value, year)
        if period is not None:
            heading = heading_text(cell.value)
            columns.append(Column(number, Field.ACTUAL, heading, period))
    finer = [c for c in columns if c.period and c.period.kind is not PeriodKind.YEAR]
    columns = finer or columns
    of_year = [c for c in columns if (slot := slot_of(c)) and slot.year == year]
    return tuple(columns) if of_year else ()
