"""What the sample sheets share: a book that remembers formula results, and its dress."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Arial"
INK = "FF1F2A33"
NAVY = "FF1F3A4D"
SLATE = "FF3E5C70"
MIST = "FFDDE6EC"
PAPER_GREY = "FFF5F7F8"
RULE = "FFB8C4CC"
RED = "FFC00000"
WHITE = "FFFFFFFF"

_SIDE = Side(style="thin", color=RULE)
GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
BODY = Font(name=FONT, size=10, color=INK)
BOLD = Font(name=FONT, size=10, bold=True, color=INK)
HEADING = Font(name=FONT, size=10, bold=True, color=WHITE)
TITLE = Font(name=FONT, size=14, bold=True, color=NAVY)
SUBTITLE = Font(name=FONT, size=10, color=INK)
CAVEAT = Font(name=FONT, size=10, italic=True, color=RED)
CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)

AUTHOR = "Performance team"
LINE_POINTS = 13.0
CHARACTERS_PER_WIDTH = 1.2
# In a narrow column more of each line is lost where a word does not fit.
NARROW, NARROW_CHARACTERS_PER_WIDTH = 35.0, 1.08


@dataclass
class Book:
    """An openpyxl workbook, and the result of every formula written to it.

    Attributes:
        workbook: the openpyxl workbook.
        results: result of each formula by sheet name and cell address.
        extensions: extension list markup by sheet name, for what openpyxl cannot write.
        charts: chart markup, in the order in which placeholders were added.
    """

    workbook: Workbook
    results: dict[tuple[str, str], float | str] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)
    charts: list[str] = field(default_factory=list)

    def formula(self, cell: Cell, text: str, result: float | str) -> None:
        """Write a formula with the result that Excel would store beside it."""
        cell.value = text
        self.results[cell.parent.title, cell.coordinate] = result


def dress(
    cell: Cell | MergedCell, font: Font = BODY, alignment: Alignment = LEFT, fill: str = ""
) -> Cell:
    """Give a cell the grid border, a font, an alignment and, if named, a fill."""
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merge")
    cell.font = copy(font)
    cell.alignment = copy(alignment)
    cell.border = copy(GRID)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill, end_color=fill)
    return cell


def title_block(sheet: Worksheet, title: str, period: str, caveat: str) -> None:
    """Fill rows 1 to 3 with the title, the period and the caveat."""
    for row, (text, font) in enumerate(
        ((title, TITLE), (period, SUBTITLE), (caveat, CAVEAT)), start=1
    ):
        cell = sheet.cell(row, 1, text)
        cell.font = copy(font)
        cell.alignment = Alignment(vertical="center")
        sheet.row_dimensions[row].height = (24.0, 16.0, 16.0)[row - 1]


def set_widths(sheet: Worksheet, widths: tuple[float, ...]) -> None:
    """Set column widths from column A on, in Excel's character units."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fit_row(sheet: Worksheet, row: int, widths: tuple[float, ...], least: float = 18.0) -> None:
    """Make a row tall enough for its longest wrapped text."""
    lines = 1
    for column, width in enumerate(widths, start=1):
        value = sheet.cell(row, column).value
        if isinstance(value, str) and not value.startswith("="):
            each_width = NARROW_CHARACTERS_PER_WIDTH if width < NARROW else CHARACTERS_PER_WIDTH
            room = max(1.0, width * each_width)
            lines = max(
                lines, sum(max(1, math.ceil(len(each) / room)) for each in value.split("\n"))
            )
    sheet.row_dimensions[row].height = max(least, lines * LINE_POINTS + 5.0)


def remark(cell: Cell, text: str) -> None:
    """Attach a comment in the performance team's name."""
    comment = Comment(text, AUTHOR)
    comment.width = 260
    comment.height = 90
    cell.comment = comment


def landscape(sheet: Worksheet, area: str, title_rows: str, footer: str) -> None:
    """Set a page up as panels print it: A3 landscape, one page wide, headings repeated."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_area = area
    sheet.print_title_rows = title_rows
    header, foot = sheet.oddHeader, sheet.oddFooter
    if header is None or foot is None:
        raise TypeError("openpyxl gives every worksheet a header and a footer")
    for part, text in (
        (header.right, "&A"),
        (foot.left, footer),
        (foot.right, "Page &P of &N"),
    ):
        part.text, part.size = text, 8
