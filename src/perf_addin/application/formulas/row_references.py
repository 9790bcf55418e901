"""References to a cell of a table's own row, written as the cell that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perf_addin.application.formulas.quick_formulas import NotQuickError
from perf_addin.application.formulas.tables import Placed, resolve
from perf_addin.application.grid import cell_name
from perf_addin.domain.lazy_patterns import lazily

SIGN = "[#This Row]"
"""What every such reference has in it."""
_REFERENCE = lazily(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'|([A-Za-z_][\w.]*\[\[\#This\ Row\],\[[^\[\]'#@]+\]\])"""
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
        The formula, and how many references were replaced.

    Raises:
        NotQuickError: one of them is to no such cell in some of the rows.
    """
    replaced = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal replaced
        if found[1] is None:
            return found[0]
        first, last = (resolve(found[1], tables, (sheet, row, 0)) for row in (rows[0], rows[-1]))
        if first is None or last is None or first[1][0] != rows[0] or last[1][0] != rows[-1]:
            raise NotQuickError(text)
        replaced += 1
        on, (top, left, _, _) = first
        quoted = on.replace("'", "''")
        where = "" if on == sheet else f"'{quoted}'!"
        return where + cell_name(top, left)

    return _REFERENCE.sub(cell, text), replaced
