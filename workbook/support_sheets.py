"""The sheets around an index: Data, hidden Lookups and Read me.

None of them has a header row with an indicator's name beside a target or rating, so that a reader
in search of the index finds one only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import DataBar, FormatObject, IconSet, Rule
from openpyxl.styles import Color
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo

from workbook.sample_model import MONTHS, Edition, Fraction, Indicator, fraction_value, rate_value
from workbook.sheet_kit import (
    BODY,
    BOLD,
    CENTRE,
    HEADING,
    LEFT,
    MIDDLE,
    MIST,
    NAVY,
    SUBTITLE,
    TITLE,
    Book,
    dress,
    fit_row,
    landscape,
    remark,
    set_widths,
    title_block,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DATA_HEADER_ROW = 5
FIRST_MONTH_COLUMN = 4
COUNT_COLUMN = 16
CHANGE_COLUMN = 17
DATA_WIDTHS = (7.0, 46.0, 13.0, *(8.0,) * 12, 12.0, 12.0)


def month_labels(edition: Edition) -> tuple[str, ...]:
    """Give "Apr 18" and so on for the edition's year."""
    return tuple(
        f"{month} {(edition.first_year + (index > 8)) % 100:02d}"
        for index, month in enumerate(MONTHS)
    )


def fraction_rows(edition: Edition) -> dict[int, int]:
    """Give the Data row of each fraction's numerator; its denominator stands one below."""
    numbers = [each.number for each in edition.indicators if each.fraction]
    return {number: DATA_HEADER_ROW + 1 + 2 * place for place, number in enumerate(numbers)}


def fraction_formula(fraction: Fraction, data_row: int, month: int) -> str:
    """Write the formula of a fraction for a month (0 is April)."""
    letter = get_column_letter(FIRST_MONTH_COLUMN + month)
    quotient = f"Data!{letter}{data_row}/Data!{letter}{data_row + 1}"
    if fraction.guard == "IFERROR":
        return f'=IFERROR({quotient},"")'
    return f'=IF(Data!{letter}{data_row + 1}="","",{quotient})'


@dataclass(frozen=True)
class MonthCells:
    """Writes the month cells of an index, whatever the index's shape.

    Attributes:
        book: the book that remembers formula results.
        edition: the edition written.
        first_column: column number of April.
        rows: sheet row by indicator number.
    """

    book: Book
    edition: Edition
    first_column: int
    rows: dict[int, int]

    def write(self, sheet: Worksheet, indicator: Indicator) -> None:
        """Write an indicator's twelve month cells, as formulas where it has them."""
        data_row = fraction_rows(self.edition).get(indicator.number, 0)
        fraction = indicator.fraction
        for month in range(12):
            column = self.first_column + month
            cell = dress(sheet.cell(self.rows[indicator.number], column), BODY, CENTRE)
            cell.number_format = indicator.number_format
            reported = month < self.edition.months_reported
            if fraction and (reported or fraction.whole_year):
                text = fraction_formula(fraction, data_row, month)
                self.book.formula(cell, text, fraction_value(fraction, month))
            elif indicator.rate_of and reported:
                base = f"{get_column_letter(column)}{self.rows[indicator.rate_of]}"
                values = self.edition.by_number[indicator.rate_of].actuals
                self.book.formula(
                    cell,
                    f'=IF({base}="","",{base}/ChildPopulation*RatePer)',
                    rate_value(values, month, self.edition.child_population),
                )
            elif month < len(indicator.actuals):
                cell.value = indicator.actuals[month]


def add_data(book: Book, edition: Edition, *, as_table: bool) -> None:
    """Add the sheet of numerators and denominators, as a plain range or as an Excel table."""
    sheet = book.workbook.create_sheet("Data")
    title_block(
        sheet,
        f"Numerators and denominators {edition.first_year}/{edition.first_year % 100 + 1}",
        "The percentages and averages of the index are formulas on these rows.",
        "Illustrative figures, made up for this sample.",
    )
    labels = month_labels(edition)
    headings = ("Feeds", "Series", "Part", *labels, "Months in", "Change")
    for column, text in enumerate(headings, start=1):
        dress(sheet.cell(DATA_HEADER_ROW, column, text), HEADING, MIDDLE, NAVY)
    sheet.row_dimensions[DATA_HEADER_ROW].height = 20.0
    row = DATA_HEADER_ROW
    for indicator in edition.indicators:
        row = _write_fraction(book, sheet, indicator, row + 1, as_table=as_table)
    set_widths(sheet, DATA_WIDTHS)
    sheet.freeze_panes = f"D{DATA_HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    _format_data(sheet, row)
    remark(sheet.cell(DATA_HEADER_ROW, CHANGE_COLUMN), "Latest month less the month before it.")
    landscape(sheet, f"A1:Q{row}", f"{DATA_HEADER_ROW}:{DATA_HEADER_ROW}", "&F, sheet &A")
    if as_table:
        table = Table(
            displayName="SourceData",
            name="SourceData",
            ref=f"A{DATA_HEADER_ROW}:Q{row}",
            tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=False),
        )
        sheet.add_table(table)


def data_bar(longest: FormatObject, colour: str) -> Rule:
    """Give the 2007 half of a data bar that starts at zero."""
    edges = [FormatObject(type="num", val=0), longest]
    return Rule(type="dataBar", dataBar=DataBar(cfvo=edges, color=Color(rgb=colour)))


def _write_fraction(
    book: Book, sheet: Worksheet, indicator: Indicator, top: int, *, as_table: bool
) -> int:
    fraction = indicator.fraction
    if fraction is None:
        return top - 1
    parts = (
        (fraction.numerator_label, "Numerator", fraction.numerators),
        (fraction.denominator_label, "Denominator", fraction.denominators),
    )
    last = get_column_letter(FIRST_MONTH_COLUMN + 11)
    for row, (label, part, values) in enumerate(parts, start=top):
        fill = MIST if part == "Numerator" else ""
        dress(sheet.cell(row, 1, indicator.number), BODY, CENTRE, fill)
        dress(sheet.cell(row, 2, label), BODY, LEFT, fill)
        dress(sheet.cell(row, 3, part), BODY, LEFT, fill)
        for month in range(12):
            cell = dress(sheet.cell(row, FIRST_MONTH_COLUMN + month), BODY, CENTRE, fill)
            cell.number_format = "#,##0.##" if any(each % 1 for each in values) else "#,##0"
            if month < len(values):
                cell.value = values[month]
        count = dress(sheet.cell(row, COUNT_COLUMN), BODY, CENTRE, fill)
        first = get_column_letter(FIRST_MONTH_COLUMN)
        span = (
            "SourceData[[#This Row],[Apr 18]:[Mar 19]]" if as_table else f"{first}{row}:{last}{row}"
        )
        book.formula(count, f"=COUNT({span})", len(values))
        change = dress(sheet.cell(row, CHANGE_COLUMN), BODY, CENTRE, fill)
        change.number_format = "+0.##;-0.##;0"
        latest = FIRST_MONTH_COLUMN + len(values) - 1
        now, before = get_column_letter(latest), get_column_letter(latest - 1)
        book.formula(change, f"={now}{row}-{before}{row}", values[-1] - values[-2])
        sheet.row_dimensions[row].height = 15.0
    return top + 1


def _format_data(sheet: Worksheet, last_row: int) -> None:
    first = DATA_HEADER_ROW + 1
    sheet.conditional_formatting.add(
        f"Q{first}:Q{last_row}",
        Rule(
            type="iconSet",
            iconSet=IconSet(
                iconSet="3ArrowsGray",
                cfvo=[FormatObject(type="num", val=edge) for edge in (-100000, 0, 0.001)],
            ),
        ),
    )
    sheet.conditional_formatting.add(
        f"P{first}:P{last_row}",
        data_bar(FormatObject(type="num", val=12), "FF7C9EB2"),
    )


def add_lookups(
    book: Book, edition: Edition, lists: dict[str, tuple[str, tuple[str, ...]]]
) -> None:
    """Add the hidden sheet of lists and constants, with a defined name for each.

    Args:
        book: the book to add to.
        edition: gives the child population.
        lists: heading and entries of each list, by defined name.
    """
    sheet = book.workbook.create_sheet("Lookups")
    for column, (name, (heading, entries)) in enumerate(lists.items(), start=1):
        letter = get_column_letter(column)
        dress(sheet.cell(1, column, heading), HEADING, MIDDLE, NAVY)
        for row, entry in enumerate(entries, start=2):
            dress(sheet.cell(row, column, entry))
        _define(book, name, f"Lookups!${letter}$2:${letter}${len(entries) + 1}")
    column = len(lists) + 2
    letter = get_column_letter(column + 1)
    constants = (
        ("ChildPopulation", "Children aged 0 to 17 (illustrative)", edition.child_population),
        ("RatePer", "Rates are per", 10000),
    )
    dress(sheet.cell(1, column, "Constant"), HEADING, MIDDLE, NAVY)
    dress(sheet.cell(1, column + 1, "Value"), HEADING, MIDDLE, NAVY)
    for row, (name, text, value) in enumerate(constants, start=2):
        dress(sheet.cell(row, column, text))
        dress(sheet.cell(row, column + 1, value)).number_format = "#,##0"
        _define(book, name, f"Lookups!${letter}${row}")
    set_widths(sheet, (20.0,) * len(lists) + (4.0, 36.0, 12.0))
    sheet.sheet_state = "hidden"


def _define(book: Book, name: str, target: str) -> None:
    book.workbook.defined_names[name] = DefinedName(name, attr_text=target)


def add_read_me(book: Book, edition: Edition) -> None:
    """Add the sheet that says what is printed, what is illustrative and how the book works."""
    sheet = book.workbook.create_sheet("Read me")
    widths = (22.0, 100.0)
    set_widths(sheet, widths)
    sheet["A1"] = "About this sample"
    sheet["A1"].font = TITLE
    sheet["A2"] = edition.title
    sheet["A2"].font = SUBTITLE
    sheet.row_dimensions[1].height = 24.0
    for row, (heading, text) in enumerate(edition.read_me, start=4):
        dress(sheet.cell(row, 1, heading), BOLD, LEFT, MIST)
        dress(sheet.cell(row, 2, text))
        fit_row(sheet, row, widths)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
