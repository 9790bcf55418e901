"""References to a table's cells, in its own row or a whole column, as the cells that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perf_addin.application.formulas.quick_expressions import NotQuickError
from perf_addin.application.formulas.tables import Placed, resolve
from perf_addin.application.grid import CellRange, cell_name, column_letters
from perf_addin.domain.lazy_patterns import lazily

_REFERENCE = lazily(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'|([A-Za-z_][\w.]*\[\[\#This\ Row\],\[[^\[\]'#@]+\]\])"""
    r"""|([A-Za-z_][\w.]*\[[^\[\]'#@]+\])"""
)


def with_cells(
    text: str, sheet: str, rows: Sequence[int], tables: Mapping[str, Placed]
) -> tuple[str, int]:
    """A formula that was filled down, with cells in the place of such references.

    Args:
        text: the formula, as it reads in the first of the rows.
        sheet: its sheet.
        rows: the rows of its cells, rising.
        tables: the workbook's tables by name in lower case.

    Returns:
        The formula, and how many references to a cell of the own row were replaced.

    Raises:
        NotQuickError: one of them is to no such cell in some of the rows.
    """
    replaced = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal replaced
        if found[2] is not None:
            return _column(found[2], resolve(found[2], tables, (sheet, rows[0], 0)))
        if found[1] is None:
            return found[0]
        first, last = (resolve(found[1], tables, (sheet, row, 0)) for row in (rows[0], rows[-1]))
        if first is None or last is None or first[1][0] != rows[0] or last[1][0] != rows[-1]:
            raise NotQuickError(text)
        replaced += 1
        on, (top, left, _, _) = first
        return ("" if on == sheet else _quoted(on)) + cell_name(top, left)

    return _REFERENCE.sub(cell, text), replaced


def _column(text: str, located: tuple[str, CellRange] | None) -> str:
    """A column of a table, as an area that stays where it is."""
    if located is None or located[1].first_column != located[1].last_column:
        raise NotQuickError(text)
    on, (top, left, bottom, _) = located
    letters = column_letters(left)
    return f"{_quoted(on)}${letters}${top}:${letters}${bottom}"


def _quoted(sheet: str) -> str:
    name = sheet.replace("'", "''")
    return f"'{name}'!"
