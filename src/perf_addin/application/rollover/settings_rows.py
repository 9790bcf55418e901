"""The Settings sheet of an index, moved on with it."""

from __future__ import annotations

from perf_addin.application.grid import CellValue
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import a_year_later
from perf_addin.application.settings_sheet import SHEET_HEADER
from perf_addin.domain.new_year import moved_years, years_named
from perf_addin.domain.periods import PeriodKind, read_period

_VALUE, _FIELD, _HEADING, _PERIOD = 2, 2, 3, 4


def move_settings(workbook: Workbook, changes: Changes, year: int) -> None:
    """Move the financial year, and the headings and periods of stated columns, on a year."""
    sheet = SETTINGS.find(workbook.sheets)
    in_columns = False
    for row in sheet.rows() if sheet is not None else ():
        cells = {column: row.get(column) for column in (1, _VALUE, _HEADING, _PERIOD)}
        texts = [text_of(row.get(column)) for column in range(1, 6)]
        if tuple(texts) == SHEET_HEADER:
            in_columns = True
            continue
        columns = (_HEADING, _PERIOD) if in_columns else (_VALUE,)
        for column in columns:
            cell = cells[column]
            if cell is None or sheet is None:
                continue
            moved: CellValue | None = None
            if column == _VALUE:
                named = years_named(text_of(cell))
                moved = moved_years(text_of(cell)) if year in named else None
            elif _is_of(text_of(cell), year) or column == _PERIOD:
                moved = a_year_later(cell.value)
            if moved is not None:
                changes.put(sheet.name, (row.number, column), What.SETTING, cell, moved)


def _is_of(text: str, year: int) -> bool:
    """Whether a stated heading names the year, or a month or quarter in full."""
    period = read_period(text)
    if period is not None and period.kind is not PeriodKind.YEAR:
        return True
    return year in years_named(text)
