"""The self-test in the workbook that is open in Excel: calls entered, verdicts counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perf_addin.adapters.live.held import held
from perf_addin.application.selftest import (
    ANSWER,
    FIRST_ROW,
    MARK,
    MARK_CELL,
    SHEET,
    VERDICT,
    WIDEST,
    Entered,
    Tally,
    tally,
    to_enter,
)

if TYPE_CHECKING:
    import xlwings as xw


def selftest_sheet(book: xw.Book) -> xw.Sheet | None:
    """The sheet of the self-test, or None where the workbook is another one."""
    found = (sheet for sheet in book.sheets if sheet.name == SHEET)
    return next((sheet for sheet in found if sheet[MARK_CELL].value == MARK), None)


def run_selftest(sheet: xw.Sheet) -> Tally:
    """Enter every call as a formula, let Excel calculate, and count the verdicts."""
    last = sheet.used_range.last_cell.row
    cases = sheet.range((FIRST_ROW, 1), (last, VERDICT))
    formulas = to_enter(cases.value)
    app = sheet.book.app
    with held(app, "perf-addin: Self-test …"):
        sheet.range((FIRST_ROW, ANSWER), (last, ANSWER + WIDEST - 1)).clear_contents()
        _enter(sheet, formulas, last)
    app.calculate()
    return tally(cases.value)


def _enter(sheet: xw.Sheet, formulas: Sequence[Entered], last: int) -> None:
    """Enter the formulas so that answers spill; in Excel before 365, as array formulas."""
    texts = {entered.row: entered.formula for entered in formulas}
    column = sheet.range((FIRST_ROW, ANSWER), (last, ANSWER))
    try:
        column.formula2 = [[texts.get(row, "")] for row in range(FIRST_ROW, last + 1)]
    except AttributeError:
        for row, rows, columns, formula in formulas:
            place = sheet.range((row, ANSWER), (row + rows - 1, ANSWER + columns - 1))
            place.formula_array = formula
