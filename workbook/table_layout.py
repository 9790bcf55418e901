"""Lays the 2018/19 index out as an Excel table: one header row, a theme column, dates as months.

A table's own header row can only hold text, so the table has none (``headerRowCount="0"``, as
Excel writes when its Header Row box is cleared) and the headings stand in ordinary cells above it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from workbook.sample_model import Edition, Indicator
from workbook.sheet_kit import (
    BODY,
    BOLD,
    CENTRE,
    HEADING,
    LEFT,
    MIDDLE,
    NAVY,
    PAPER_GREY,
    SLATE,
    Book,
    dress,
    fit_row,
    landscape,
    remark,
    set_widths,
    title_block,
)
from workbook.support_sheets import MonthCells, month_labels

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 5
FIRST_ROW = 6
TARGET, RANGE, MONTH, BENCHMARK, STATUS, COMMENTARY, HIGHLIGHT = 5, 6, 7, 19, 22, 23, 24
HIGHLIGHT_COMMENTARY, NOTES, SOURCE = 25, 26, 27
BEFORE_MONTHS = ("Ref", "Theme", "Measure", "Good is", "Target 2018/19", "Acceptable range")
AFTER_MONTHS = (
    "Merton 2017/18",
    "England",
    "London",
    "Status",
    "Commentary",
    "Highlight",
    "Highlight commentary",
    "Notes",
    "Source",
)
WIDTHS = (
    *(5.0, 17.0, 40.0, 12.0, 10.0, 11.0),
    *(7.5,) * 12,
    *(9.0, 9.0, 9.0, 9.0, 48.0, 15.0, 44.0, 36.0, 17.0),
)
MONTH_FORMAT = "mmm yy"


def month_dates(edition: Edition) -> tuple[dt.date, ...]:
    """Give the first day of each month of the edition's year."""
    return tuple(
        dt.date(edition.first_year + (index > 8), (index + 3) % 12 + 1, 1) for index in range(12)
    )


def add_index(book: Book, edition: Edition) -> int:
    """Add the index sheet and return its last row."""
    sheet = book.workbook.create_sheet(edition.sheet)
    title_block(sheet, edition.title, edition.period, edition.caveat)
    set_widths(sheet, WIDTHS)
    _write_header(sheet, edition)
    rows = {each.number: FIRST_ROW + place for place, each in enumerate(edition.indicators)}
    months = MonthCells(book, edition, MONTH, rows)
    for indicator in edition.indicators:
        row = rows[indicator.number]
        _write_words(sheet, row, indicator)
        months.write(sheet, indicator)
        fit_row(sheet, row, WIDTHS, least=27.0)
    last_row = max(rows.values())
    sheet.freeze_panes = f"D{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    _add_table(sheet, edition, last_row)
    _add_lists(sheet, last_row)
    remark(sheet.cell(HEADER_ROW, STATUS), "Left for the rating: no letters in the paper.")
    remark(sheet.cell(rows[28], 3), "Corrected since the last meeting. See highlight commentary.")
    landscape(
        sheet,
        f"A1:{get_column_letter(SOURCE)}{last_row}",
        f"{HEADER_ROW}:{HEADER_ROW}",
        "Sample: figures not printed in the committee paper are illustrative",
    )
    return last_row


def _write_header(sheet: Worksheet, edition: Edition) -> None:
    headings: tuple[str | dt.date, ...] = (*BEFORE_MONTHS, *month_dates(edition), *AFTER_MONTHS)
    for column, heading in enumerate(headings, start=1):
        month = isinstance(heading, dt.date)
        cell = sheet.cell(HEADER_ROW, column, heading)
        dress(cell, HEADING, MIDDLE, SLATE if month else NAVY)
        if month:
            cell.number_format = MONTH_FORMAT
    sheet.row_dimensions[HEADER_ROW].height = 32.0


def _acceptable_text(indicator: Indicator) -> str | None:
    if indicator.acceptable is None:
        return None
    lower, upper = indicator.acceptable
    if indicator.unit.startswith("ratio"):
        return f"{lower:.0%} - {upper:.0%}"
    return f"{lower:g} - {upper:g}"


def _write_words(sheet: Worksheet, row: int, indicator: Indicator) -> None:
    dress(sheet.cell(row, 1, indicator.number), BOLD, CENTRE)
    dress(sheet.cell(row, 2, indicator.group), BODY, LEFT)
    dress(sheet.cell(row, 3, indicator.name), BODY, LEFT)
    dress(sheet.cell(row, 4, indicator.polarity), BODY, CENTRE)
    target = dress(sheet.cell(row, TARGET, indicator.target), BODY, CENTRE)
    target.number_format = indicator.number_format
    dress(sheet.cell(row, RANGE, _acceptable_text(indicator)), BODY, CENTRE)
    for offset in range(3):
        value = indicator.benchmarks[offset] if indicator.benchmarks else None
        cell = dress(sheet.cell(row, BENCHMARK + offset, value), BODY, CENTRE, PAPER_GREY)
        cell.number_format = indicator.number_format
    dress(sheet.cell(row, STATUS), BOLD, MIDDLE)
    words = (
        (COMMENTARY, indicator.commentary),
        (HIGHLIGHT, indicator.highlight),
        (HIGHLIGHT_COMMENTARY, indicator.highlight_commentary),
        (NOTES, indicator.notes),
        (SOURCE, indicator.source),
    )
    for column, text in words:
        dress(sheet.cell(row, column, text))


def _add_table(sheet: Worksheet, edition: Edition, last_row: int) -> None:
    names = (*BEFORE_MONTHS, *month_labels(edition), *AFTER_MONTHS)
    table = Table(
        displayName="Measures",
        name="Measures",
        ref=f"A{FIRST_ROW}:{get_column_letter(SOURCE)}{last_row}",
        headerRowCount=0,
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )
    table.tableColumns = [
        TableColumn(id=place, name=name) for place, name in enumerate(names, start=1)
    ]
    sheet.add_table(table)


def _add_lists(sheet: Worksheet, last_row: int) -> None:
    for column, name in ((4, "GoodIsList"), (HIGHLIGHT, "HighlightList")):
        letter = get_column_letter(column)
        rule = DataValidation("list", name, allow_blank=True, showErrorMessage=True)
        rule.error = "Choose from the list."
        rule.errorTitle = "Not in the list"
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(
        f"A{FIRST_ROW}:F{last_row}",
        Rule(
            type="expression",
            formula=[f'$X{FIRST_ROW}="Not reportable"'],
            dxf=DifferentialStyle(
                font=Font(italic=True, color="FF7F7F7F"), fill=PatternFill(bgColor="FFF2F2F2")
            ),
        ),
    )
