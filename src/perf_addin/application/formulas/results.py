"""Results of formulas: which cells they fill."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.sameness import as_stored, is_error, same
from perf_addin.application.formulas.specs import Node
from perf_addin.application.functions import ExcelError, Scalar, Value

__all__ = ["filled_with", "is_error", "same"]


def filled_with(node: Node, value: Value) -> Iterator[tuple[tuple[int, int], Scalar, bool]]:
    """The cells that a result fills: place, value, and whether the result fits the cells.

    A formula that is no array formula shows the first cell of a result with several. An array
    formula's cells repeat a single row or column; beyond the result they hold #N/A.
    """
    rows = value if isinstance(value, list) else [[value]]
    cell = node.cell
    if cell.kind is not FormulaKind.ARRAY or cell.area is None:
        yield (cell.row, cell.column), as_stored(rows[0][0]), True
        return
    top, left, bottom, right = cell.area
    size = (bottom - top + 1, right - left + 1)
    fits = not cell.dynamic or (len(rows), len(rows[0])) == size
    for down in range(size[0]):
        for across in range(size[1]):
            row = rows[0] if len(rows) == 1 else rows[down] if down < len(rows) else None
            found: Scalar = ExcelError.NA
            if row is not None and len(row) == 1:
                found = row[0]
            elif row is not None and across < len(row):
                found = row[across]
            yield (top + down, left + across), as_stored(found), fits
