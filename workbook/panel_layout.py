"""Lays the 2021/22 index out as panels print it: merged two-row header and group rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormatObject, Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workbook.markup import Sparkline, data_bar_extension, extension_list, sparkline_extension
from workbook.sample_model import MONTHS, Edition, Indicator
from workbook.sheet_kit import (
    BODY,
    BOLD,
    CENTRE,
    HEADING,
    LEFT,
    MIDDLE,
    MIST,
    NAVY,
    PAPER_GREY,
    RED,
    SLATE,
    Book,
    dress,
    fit_row,
    landscape,
    remark,
    set_widths,
    title_block,
)
from workbook.support_sheets import MonthCells, data_bar

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4
FIRST_ROW = 6
TARGET, LOWER, UPPER, RAG, BENCHMARK = 5, 6, 7, 8, 9
MONTH, TREND, HIGHLIGHT, COMMENTARY, HIGHLIGHT_COMMENTARY, NOTES, SOURCE = (
    13,
    25,
    26,
    27,
    28,
    29,
    30,
)
WIDTHS = (
    *(5.0, 40.0, 11.0, 9.0, 9.0, 9.0, 9.0, 6.0),
    *(9.0,) * 4,
    *(6.5,) * 12,
    *(15.0, 14.0, 48.0, 42.0, 28.0, 17.0),
)
SINGLE_HEADINGS = {
    1: "No",
    2: "Performance Indicators",
    3: "Frequency",
    4: "Polarity",
    TARGET: "Target 2021/22",
    RAG: "RAG",
    TREND: "Trend",
    HIGHLIGHT: "Highlight",
    COMMENTARY: "Service commentary",
    HIGHLIGHT_COMMENTARY: "Highlight commentary",
    NOTES: "Notes",
    SOURCE: "Source",
}
MERGED_HEADINGS = {
    (LOWER, UPPER): ("Acceptable range", ("Lower limit", "Upper limit")),
    (BENCHMARK, BENCHMARK + 3): (
        "Benchmarks",
        ("Merton 2019/20", "Merton 2020/21", "England", "London"),
    ),
    (MONTH, MONTH + 11): ("2021/22", MONTHS),
}
TYPED_RATING = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")


@dataclass(frozen=True)
class Placement:
    """Where the rows ended up: sheet row by indicator number, and the last row used."""

    rows: dict[int, int]
    last_row: int


def place(edition: Edition) -> Placement:
    """Give each indicator its row, leaving one for each group heading."""
    rows: dict[int, int] = {}
    row, group = FIRST_ROW - 1, ""
    for indicator in edition.indicators:
        row += 1 if indicator.group == group else 2
        group = indicator.group
        rows[indicator.number] = row
    return Placement(rows, row)


def add_index(book: Book, edition: Edition) -> Placement:
    """Add the index sheet and return where its rows are."""
    sheet = book.workbook.create_sheet(edition.sheet)
    title_block(sheet, edition.title, edition.period, edition.caveat)
    set_widths(sheet, WIDTHS)
    _write_header(sheet)
    placement = place(edition)
    months = MonthCells(book, edition, MONTH, placement.rows)
    group = ""
    for indicator in edition.indicators:
        row = placement.rows[indicator.number]
        if indicator.group != group:
            group = indicator.group
            _write_group(sheet, row - 1, group)
        _write_words(sheet, row, indicator)
        _write_figures(sheet, row, indicator)
        months.write(sheet, indicator)
        fit_row(sheet, row, WIDTHS, least=29.0)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    _add_lists(sheet, placement.last_row)
    _add_formats(book, sheet, edition, placement)
    remark(sheet.cell(placement.rows[16], 11), "England average as the committee paper prints it.")
    remark(sheet.cell(placement.rows[8], MONTH), "u = unreliable. See the highlight commentary.")
    remark(
        sheet.cell(HEADER_ROW, RAG),
        "R, A or G. Letters typed here are those that the committee paper prints.",
    )
    last = get_column_letter(SOURCE)
    landscape(
        sheet,
        f"A1:{last}{placement.last_row}",
        f"{HEADER_ROW}:{HEADER_ROW + 1}",
        "Sample: figures not printed in the committee paper are illustrative",
    )
    return placement


def _write_header(sheet: Worksheet) -> None:
    below = HEADER_ROW + 1
    for column in range(1, SOURCE + 1):
        for row in (HEADER_ROW, below):
            dress(sheet.cell(row, column), HEADING, MIDDLE, NAVY)
    for column, text in SINGLE_HEADINGS.items():
        sheet.cell(HEADER_ROW, column, text)
        sheet.merge_cells(
            start_row=HEADER_ROW, end_row=below, start_column=column, end_column=column
        )
    for (first, last), (text, names) in MERGED_HEADINGS.items():
        sheet.cell(HEADER_ROW, first, text)
        sheet.merge_cells(
            start_row=HEADER_ROW, end_row=HEADER_ROW, start_column=first, end_column=last
        )
        for column, name in enumerate(names, start=first):
            dress(sheet.cell(below, column, name), HEADING, MIDDLE, SLATE)
    sheet.row_dimensions[HEADER_ROW].height = 20.0
    sheet.row_dimensions[below].height = 30.0


def _write_group(sheet: Worksheet, row: int, text: str) -> None:
    for column in range(1, SOURCE + 1):
        dress(sheet.cell(row, column), BOLD, LEFT, MIST)
    sheet.cell(row, 1, text).alignment = Alignment(vertical="center", indent=1)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=SOURCE)
    sheet.row_dimensions[row].height = 18.0


def _write_words(sheet: Worksheet, row: int, indicator: Indicator) -> None:
    dress(sheet.cell(row, 1, indicator.number), BOLD, CENTRE)
    dress(sheet.cell(row, 2, indicator.name), BODY, LEFT)
    dress(sheet.cell(row, 3, indicator.frequency), BODY, CENTRE)
    dress(sheet.cell(row, 4, indicator.polarity), BODY, CENTRE)
    rating = dress(sheet.cell(row, RAG, indicator.rating), TYPED_RATING, MIDDLE)
    if indicator.rating:
        dress(rating, TYPED_RATING, MIDDLE, RED)
    dress(sheet.cell(row, TREND))
    words = (
        (HIGHLIGHT, indicator.highlight),
        (COMMENTARY, indicator.commentary),
        (HIGHLIGHT_COMMENTARY, indicator.highlight_commentary),
        (NOTES, indicator.notes),
        (SOURCE, indicator.source),
    )
    for column, text in words:
        dress(sheet.cell(row, column, text))


def _write_figures(sheet: Worksheet, row: int, indicator: Indicator) -> None:
    lower, upper = indicator.acceptable or (None, None)
    for column, value in ((TARGET, indicator.target), (LOWER, lower), (UPPER, upper)):
        dress(sheet.cell(row, column, value), BODY, CENTRE)
    for offset in range(4):
        value = indicator.benchmarks[offset] if offset < len(indicator.benchmarks) else None
        dress(sheet.cell(row, BENCHMARK + offset, value), BODY, CENTRE, PAPER_GREY)
    for column in (TARGET, LOWER, UPPER, *range(BENCHMARK, BENCHMARK + 4)):
        sheet.cell(row, column).number_format = indicator.number_format


def _add_lists(sheet: Worksheet, last_row: int) -> None:
    lists = (
        ("C", "FrequencyList", "Choose how often it is reported."),
        ("D", "PolarityList", "Choose the good direction."),
        ("H", '"R,A,G"', "R, A or G."),
        ("Z", '"Of note,Performing well,Correction,Not reportable"', "Choose from the list."),
    )
    for letter, formula, message in lists:
        rule = DataValidation("list", formula, allow_blank=True, showErrorMessage=True)
        rule.error = message
        rule.errorTitle = "Not in the list"
        rule.errorStyle = "warning"
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
        sheet.add_data_validation(rule)


def _add_formats(book: Book, sheet: Worksheet, edition: Edition, placement: Placement) -> None:
    contacts = f"M{placement.rows[1]}:X{placement.rows[1]}"
    sheet.conditional_formatting.add(contacts, data_bar(FormatObject(type="max"), "FFA9BFCC"))
    sheet.conditional_formatting.add(
        f"M{FIRST_ROW}:X{placement.last_row}",
        Rule(
            type="cellIs",
            operator="equal",
            formula=['"u"'],
            dxf=DifferentialStyle(font=Font(italic=True, color="FF7F7F7F")),
        ),
    )
    sparklines = []
    for indicator in edition.indicators:
        row = placement.rows[indicator.number]
        if indicator.highlight == "Not reportable":
            continue
        open_ended = indicator.fraction and indicator.fraction.whole_year
        end = get_column_letter(MONTH + edition.months_reported - 1) if open_ended else "X"
        sparklines.append(Sparkline(f"'{edition.sheet}'!M{row}:{end}{row}", f"Y{row}"))
    book.extensions[edition.sheet] = extension_list(
        data_bar_extension(contacts, 1), sparkline_extension(sparklines)
    )
