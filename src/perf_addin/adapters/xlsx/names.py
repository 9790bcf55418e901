"""Print areas and print titles: the defined names of a sheet, in workbook.xml."""

from __future__ import annotations

import re

from perf_addin.adapters.xlsx.cell_text import escape, unescape
from perf_addin.adapters.xlsx.part_tree import Edit, Node, insert_after
from perf_addin.application.grid import column_letters, column_number
from perf_addin.application.ports import SheetPage
from perf_addin.domain.lazy_patterns import lazily

PRINT_AREA = "_xlnm.Print_Area"
PRINT_TITLES = "_xlnm.Print_Titles"
_BEFORE = ("sheets", "functionGroups", "externalReferences")
_END_OF_AREA = lazily(r"(.*!\$[A-Z]+\$\d+:\$)([A-Z]+)\$\d+", re.DOTALL)


def quoted(sheet: str) -> str:
    """A sheet's name as a formula refers to it."""
    return "'" + sheet.replace("'", "''") + "'"


def last_row(page: SheetPage) -> int:
    """The number of a page's last row, 1 for a page without rows."""
    return max((row.number for row in page.rows), default=1)


def last_printed(page: SheetPage) -> int:
    """The number of the last row that is printed."""
    return page.print_rows or last_row(page)


def print_area(page: SheetPage) -> str | None:
    """What is printed of a page, as a reference, or None where all is."""
    if page.print_columns is None:
        return None
    end = f"${column_letters(page.print_columns)}${last_printed(page)}"
    return f"{quoted(page.name)}!$A$1:{end}"


def print_titles(page: SheetPage) -> str | None:
    """The rows repeated on every printed page, as a reference."""
    if page.title_rows is None:
        return None
    first, last = page.title_rows
    return f"{quoted(page.name)}!${first}:${last}"


def added_names(workbook: Node, page: SheetPage, place: int) -> list[Edit]:
    """The edits of workbook.xml that name the print area and titles of an added sheet.

    Args:
        workbook: the root element.
        page: the sheet.
        place: its 0-based place among all sheets of the workbook, of whatever kind.
    """
    p = workbook.prefix
    texts = [(PRINT_AREA, print_area(page)), (PRINT_TITLES, print_titles(page))]
    new = b"".join(
        b'<%bdefinedName name="%b" localSheetId="%d">%b</%bdefinedName>'
        % (p, name.encode(), place, escape(text), p)
        for name, text in texts
        if text
    )
    return append_names(workbook, new)


def append_names(workbook: Node, new: bytes) -> list[Edit]:
    """The edits that put elements behind the workbook's defined names."""
    if not new:
        return []
    p, names = workbook.prefix, workbook.child("definedNames")
    if names and names.close < names.end:
        return [(names.close, names.close, new)]
    block = b"<%bdefinedNames>%b</%bdefinedNames>" % (p, new, p)
    return [(names.start, names.end, block) if names else insert_after(workbook, _BEFORE, block)]


def moved_area(xml: bytes, workbook: Node, page: SheetPage, place: int) -> list[Edit]:
    """The edit that lets a sheet's print area end at the page's last printed row.

    A print area that the user took away stays away; columns that the user added stay printed; an
    area of several blocks is the user's own and stays as it is. Where a page is drawn on, its
    column of trends is printed if it is shown.
    """
    names = workbook.child("definedNames")
    for node in names.all("definedName") if names else ():
        stated = node.attributes
        if stated.get("name") == PRINT_AREA and stated.get("localSheetId") == str(place):
            text = unescape(xml[node.inner : node.close].decode("utf-8", "replace"))
            area = _END_OF_AREA.fullmatch(text)
            if area and "," not in text.rpartition("!")[2] and text.count("!$") == 1:
                moved = f"{area[1]}{_last_column(area[2], page)}${last_printed(page)}"
                return [(node.inner, node.close, escape(moved))] if moved != text else []
    return []


def _last_column(letters: str, page: SheetPage) -> str:
    """The last column that is printed: as stated, unless the column of trends comes or goes."""
    wanted = page.print_columns
    if page.drawn is None or wanted is None or column_number(letters) > page.drawn.trend_column:
        return letters
    return column_letters(wanted)
