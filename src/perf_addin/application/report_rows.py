"""Rows of the exception report besides those of its tables: people's own, and those of charts."""

from __future__ import annotations

from collections.abc import Mapping

from perf_addin.application.own_sheets import REPORT
from perf_addin.application.ports import PageCell, PageRow, PageStyle
from perf_addin.domain.declaring import NamedTuple


class Foreign(NamedTuple):
    """A row that a person put between ours: after which of our rows, its number and its texts."""

    after: str
    row: int
    texts: Mapping[int, str]


class Replaced(NamedTuple):
    """A formula in a cell that is computed, and so is replaced: the cell, 1-based, and its text."""

    row: int
    column: int
    formula: str


class Extra(NamedTuple):
    """A row of no table.

    Attributes:
        key: what the row is known by.
        text: what its first cell says.
        cells: its cells; None for a heading or a note, which a person may rewrite.
        room: blank rows below it.
        style: the look of a heading or a note.
    """

    key: str
    text: str = ""
    cells: tuple[PageCell, ...] | None = None
    room: int = 0
    style: PageStyle = PageStyle(bold=True)


def row_key(row: PageRow) -> str:
    """The key in a row's hidden cell, without its checksum; empty for a person's own row."""
    for cell in row.cells:
        if cell.column == REPORT.mark_column and isinstance(cell.value, str):
            return cell.value.rpartition("|")[0]
    return ""
