"""The workbook that is open on the web, as xlwings writes into it: sheets, and no content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlwings as xw


def remote_book(name: str, sheets: Sequence[str]) -> xw.Book:
    """Give a book whose writes become actions, which the task pane carries out.

    Args:
        name: the workbook's name.
        sheets: the names of its worksheets in tab order, chart sheets left out, as Excel counts
            them.
    """
    listed: list[dict[str, Any]] = [
        {
            "name": sheet,
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
        for sheet in sheets
    ]
    about = {"name": name, "active_sheet_index": 0, "selection": "A1"}
    data = {"client": "Office.js", "version": xw.__version__, "book": about, "names": []}
    return xw.Book(json={**data, "sheets": listed})


def actions_of(book: xw.Book) -> list[dict[str, Any]]:
    """What is to be done in Excel, in order."""
    return list(book.json()["actions"])
