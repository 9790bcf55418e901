"""Results of formulas: whether two are the same, and which cells they fill."""

from __future__ import annotations

import math
from collections.abc import Iterator

from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.specs import Node
from perf_addin.application.functions import ExcelError, Scalar, Value

_NEAR = 1e-12  # the last digits differ between programs that calculate right


def is_error(value: Value) -> bool:
    """Whether a value is an Excel error."""
    return isinstance(value, ExcelError)


def same(old: Scalar, new: Value) -> bool:
    """Whether a result is what was stored before; numbers up to their last digits."""
    if isinstance(new, list):
        return False
    if _is_number(old) and _is_number(new):
        return math.isclose(float(old), float(new), rel_tol=_NEAR, abs_tol=0.0)  # type: ignore[arg-type]
    return type(old) is type(new) and old == new


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def filled_with(node: Node, value: Value) -> Iterator[tuple[tuple[int, int], Scalar, bool]]:
    """The cells that a result fills: place, value, and whether the result fits the cells.

    A formula that is no array formula shows the first cell of a result with several. An array
    formula's cells repeat a single row or column; beyond the result they hold #N/A.
    """
    rows = value if isinstance(value, list) else [[value]]
    cell = node.cell
    if cell.kind is not FormulaKind.ARRAY or cell.area is None:
        yield (cell.row, cell.column), _stored(rows[0][0]), True
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
            yield (top + down, left + across), _stored(found), fits


def _stored(value: Scalar) -> Scalar:
    """A result as a cell stores it: there are no blanks among results, and no whole numbers."""
    if value is None:
        return ""
    return float(value) if _is_number(value) else value
