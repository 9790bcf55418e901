"""The Settings sheet of an index, moved on with it."""

from __future__ import annotations

from collections.abc import Iterable

from perf_addin.application.grid import Cell, CellValue
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rollover.blocks import Block
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import a_year_later, moved_heading
from perf_addin.application.settings_sheet import SHEET_HEADER
from perf_addin.application.sheets import Row
from perf_addin.application.stated_values import read_column_letters
from perf_addin.domain.new_year import moved_years, years_named

_VALUE, _HEADING, _PERIOD, _COLUMN = 2, 3, 4, 5
_BETWEEN = " / "


def move_settings(workbook: Workbook, changes: Changes, blocks: Iterable[Block], year: int) -> None:
    """Move the financial year on, and the headings and periods of stated columns that move."""
    sheet = SETTINGS.find(workbook.sheets)
    if sheet is None:
        return
    by_sheet: dict[str, Block] = {}
    for block in blocks:
        by_sheet.setdefault(block.layout.sheet, block)
    in_columns = False
    for row in sheet.rows():
        texts = [text_of(row.get(column)) for column in range(1, 6)]
        if tuple(texts) == SHEET_HEADER:
            in_columns = True
        elif not in_columns and year in years_named(texts[_VALUE - 1]):
            moved = moved_years(texts[_VALUE - 1])
            place = (row.number, _VALUE)
            changes.put(sheet.name, place, What.SETTING, row.get(_VALUE), moved)
        elif in_columns and texts[0] in by_sheet:
            _move_column(sheet.name, row, by_sheet[texts[0]], changes)


def _move_column(sheet: str, row: Row, block: Block, changes: Changes) -> None:
    heading, period = row.get(_HEADING), row.get(_PERIOD)
    column = read_column_letters(text_of(row.get(_COLUMN))) or _headed(text_of(heading), block)
    if column is None:
        return
    parts = text_of(heading).split(_BETWEEN)
    moved = _BETWEEN.join(str(moved_heading(part, column, block) or part) for part in parts)
    wanted: list[tuple[int, Cell | None, CellValue | None]] = [(_HEADING, heading, moved or None)]
    if column in block.slots and period is not None:
        wanted.append((_PERIOD, period, a_year_later(period.value) or period.value))
    for place, cell, value in wanted:
        if cell is not None:
            changes.put(sheet, (row.number, place), What.SETTING, cell, value)


def _headed(heading: str, block: Block) -> int | None:
    """The column under a stated heading."""
    found = (c.number for c in block.fields.values() if c.heading.casefold() == heading.casefold())
    return next(found, None)
