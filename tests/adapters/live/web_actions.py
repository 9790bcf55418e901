"""Doing to a workbook of openpyxl what Excel on the web does with actions of xlwings."""

from __future__ import annotations

from copy import copy
from typing import Any, cast

import xlwings as xw
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.adapters.live.excel_double import as_typed, copy_look

Action = dict[str, Any]
_SIDES = {"edge_left": "left", "edge_right": "right", "edge_top": "top", "edge_bottom": "bottom"}
_INNER = {
    "inside_vertical": ("left", "right"),
    "inside_horizontal": ("top", "bottom"),
}


def remote_book(book: Workbook, name: str) -> xw.Book:
    """The book of xlwings' remote engine for a workbook: the names of its sheets, no content."""
    sheets: list[dict[str, Any]] = [
        {
            "name": sheet.title,
            "visibility": "Visible",
            "values": [[]],
            "pictures": [],
            "shapes": [],
            "charts": [],
            "notes": [],
            "tables": [],
            "print_area": None,
            "show_gridlines": True,
            "pivot_tables": [],
        }
        for sheet in book.worksheets
    ]
    about = {"name": name, "active_sheet_index": 0, "selection": "A1"}
    data = {"client": "Office.js", "version": xw.__version__, "book": about, "names": []}
    return xw.Book(json={**data, "sheets": sheets})


def run_actions(book: Workbook, actions: list[Action]) -> None:
    """Do every action; one that is not known is an error."""
    for action in actions:
        globals()[f"_{action['func']}"](book, action)


def _sheet(book: Workbook, action: Action) -> Worksheet:
    return book.worksheets[action["sheet_position"]]


def _cells(book: Workbook, action: Action) -> list[list[Cell]]:
    sheet, top, left = _sheet(book, action), action["start_row"] + 1, action["start_column"] + 1
    return [
        [
            cell
            for column in range(left, left + action["column_count"])
            if not isinstance(cell := sheet.cell(row, column), MergedCell)
        ]
        for row in range(top, top + action["row_count"])
    ]


def _each(book: Workbook, action: Action) -> list[Cell]:
    return [cell for row in _cells(book, action) for cell in row]


def _setValues(book: Workbook, action: Action) -> None:
    for cells, values in zip(_cells(book, action), action["values"], strict=True):
        for cell, value in zip(cells, values, strict=True):
            cell.value = as_typed(value)
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s" if str(value).startswith("'") else "f"


def _setFormula(book: Workbook, action: Action) -> None:
    for cell in _each(book, action):
        cell.value = action["values"]


def _setRangeColor(book: Workbook, action: Action) -> None:
    colour = action["args"][0]
    for cell in _each(book, action):
        cell.fill = PatternFill("solid", fgColor=f"FF{colour[1:]}") if colour else PatternFill()


def _setFontProperty(book: Workbook, action: Action) -> None:
    name, value = action["args"]
    field = {"bold": "b", "italic": "i", "size": "sz", "color": "color"}[name]
    for cell in _each(book, action):
        font = cell.font
        kept = {n: getattr(font, n) for n in ("name", "sz", "b", "i", "color", "u", "family")}
        cell.font = Font(**{**kept, field: f"FF{value[1:]}" if name == "color" else value})


def _align(book: Workbook, action: Action, name: str, value: object) -> None:
    for cell in _each(book, action):
        was = cell.alignment
        kept = {n: getattr(was, n) for n in ("horizontal", "vertical", "wrap_text", "indent")}
        cell.alignment = Alignment(**{**kept, name: value})


def _setWrapText(book: Workbook, action: Action) -> None:
    _align(book, action, "wrap_text", action["args"][0])


def _setHorizontalAlignment(book: Workbook, action: Action) -> None:
    value = action["args"][0].lower()
    _align(book, action, "horizontal", None if value == "general" else value)


def _setVerticalAlignment(book: Workbook, action: Action) -> None:
    _align(book, action, "vertical", action["args"][0].lower())


def _setBorderProperty(book: Workbook, action: Action) -> None:
    side, attribute, value = action["args"]
    if attribute != "line_style":
        return
    line = Side(style="thin") if value else Side()
    rows = _cells(book, action)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            was = cell.border
            sides = {n: getattr(was, n) for n in ("left", "right", "top", "bottom")}
            at_edge = {
                "edge_left": place == 0,
                "edge_right": place == len(row) - 1,
                "edge_top": at == 0,
                "edge_bottom": at == len(rows) - 1,
            }
            if at_edge.get(side):
                sides[_SIDES[side]] = line
            elif side in _INNER:
                before, after = _INNER[side]
                if not at_edge[f"edge_{before}"]:
                    sides[before] = line
                if not at_edge[f"edge_{after}"]:
                    sides[after] = line
            cell.border = Border(**sides)


def _block(sheet: Worksheet, address: str) -> list[Cell]:
    left, top, right, bottom = range_boundaries(address.replace("$", ""))
    return [
        cast("Cell", sheet.cell(row, column))
        for row in range(top or 1, (bottom or 1) + 1)
        for column in range(left or 1, (right or 1) + 1)
    ]


def _copyFromRange(book: Workbook, action: Action) -> None:
    position, address, kind, _, _ = action["args"]
    assert kind == "formats"
    source = _block(book.worksheets[position], address)
    for one, other in zip(source, _each(book, action), strict=True):
        copy_look(one, other)


def _copyRange(book: Workbook, action: Action) -> None:
    position, address = action["args"]
    target = _block(book.worksheets[position], address)
    for one, other in zip(_each(book, action), target, strict=True):
        other.value = copy(one.value)
        copy_look(one, other)


def _addSheet(book: Workbook, action: Action) -> None:
    place, name = action["args"]
    # The place is that among worksheets, chart sheets left out.
    before = book.worksheets[place - 1]
    book.create_sheet(name, book._sheets.index(before) + 1)  # type: ignore[attr-defined]


def _sheetDelete(book: Workbook, action: Action) -> None:
    book.remove(_sheet(book, action))


def _rangeClearContents(book: Workbook, action: Action) -> None:
    for cell in _each(book, action):
        cell.value = None


def _rangeClearFormats(book: Workbook, action: Action) -> None:
    for cell in _each(book, action):
        cell.style = "Normal"


def _letter(action: Action) -> str:
    return get_column_letter(action["start_column"] + 1)


def _setColumnWidth(book: Workbook, action: Action) -> None:
    points = action["args"][0]
    _sheet(book, action).column_dimensions[_letter(action)].width = (points - 3.75) / 5.25


def _setColumnHidden(book: Workbook, action: Action) -> None:
    _sheet(book, action).column_dimensions[_letter(action)].hidden = action["args"][0]


def _setPrintArea(book: Workbook, action: Action) -> None:
    _sheet(book, action).print_area = action["args"][0]


def _nothing(book: Workbook, action: Action) -> None:
    """What openpyxl has no notion of, or what is held against the file elsewhere."""
    assert _sheet(book, action).title


_setAutofit = _freezePaneAtRange = _setDataValidationList = _setSheetVisibility = _nothing
