"""Excel Tables over the columns that move: their columns are named as the headings are."""

from __future__ import annotations

from collections.abc import Iterable

from perf_addin.application.grid import TableInfo
from perf_addin.application.ports import Workbook
from perf_addin.application.rollover.blocks import Block
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import moved_heading
from perf_addin.application.sheets import Sheet


def renamed_headings(
    workbook: Workbook, changes: Changes, blocks: Iterable[Block]
) -> dict[str, dict[int, str]]:
    """The columns of tables that get another name, by the table's name and their 0-based place.

    A table with a header row takes its names from the cells there. One without has names of its
    own, which move as headings do.
    """
    by_sheet: dict[str, list[Block]] = {}
    for block in blocks:
        by_sheet.setdefault(block.layout.sheet, []).append(block)
    headings = {
        (c.sheet, c.row, c.column): c.after
        for c in changes.made
        if c.what is What.HEADING and isinstance(c.after, str)
    }
    renamed: dict[str, dict[int, str]] = {}
    for sheet in workbook.sheets:
        for table in sheet.tables() if sheet.name in by_sheet else ():
            new = _names(sheet, table, by_sheet[sheet.name], headings)
            if new:
                renamed[table.name] = new
    return renamed


def _names(
    sheet: Sheet,
    table: TableInfo,
    blocks: Iterable[Block],
    headings: dict[tuple[str, int, int], str],
) -> dict[int, str]:
    first_row, first_column = table.area[:2]
    if table.header_rows:
        places = range(len(table.columns))
        found = {p: headings.get((sheet.name, first_row, first_column + p)) for p in places}
        return {place: name for place, name in found.items() if name is not None}
    block = next((b for b in blocks if b.layout.header_last + 1 == first_row), None)
    if block is None:
        return {}
    moved = {
        place: moved_heading(name, first_column + place, block)
        for place, name in enumerate(table.columns)
    }
    return {place: name for place, name in moved.items() if isinstance(name, str)}
