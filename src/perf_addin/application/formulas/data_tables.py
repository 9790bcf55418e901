"""Data tables (What-If Analysis): one formula, worked out by Excel for many values of its inputs.

Excel stores no text for one, and nothing but Excel calculates it. What is known is what it depends
on: the row above it and the column left of it, where its formulas and the values to be put in
stand, and whatever those formulas depend on. They are worked out with other inputs than their own,
so a cell far behind one can matter to the table although the formula's own result stays the same.
"""

from __future__ import annotations

from perf_addin.application.formulas.book import FormulaBook, Precedents
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.dependents import CellIndex
from perf_addin.application.formulas.specs import Node
from perf_addin.application.grid import CellRange

_ANYWHERE = ("INDIRECT", "OFFSET")


def table_precedents(book: FormulaBook, node: Node) -> Precedents:
    """What a data table depends on, directly or through formulas."""
    area = node.cell.area
    if area is None:
        return Precedents((), "a data table without its cells")
    top, left, bottom, right = area
    above, beside = max(top - 1, 1), max(left - 1, 1)
    waiting = [
        (node.sheet, CellRange(above, beside, above, right)),
        (node.sheet, CellRange(top, beside, bottom, beside)),
    ]
    found = dict.fromkeys(waiting)
    formulas = CellIndex(book.nodes)
    unsupported, seen = "", {node.key}
    while waiting:
        for key in formulas.within(*waiting.pop()):
            other = book.nodes[key]
            if key in seen or other.cell.kind is FormulaKind.DATA_TABLE:
                continue
            seen.add(key)
            through = book.precedents(other)
            functions = other.spec.references.functions
            anywhere = next((name for name in _ANYWHERE if name in functions), "")
            unsupported = unsupported or through.unsupported or anywhere
            waiting += [place for place in through.areas if place not in found]
            found.update(dict.fromkeys(through.areas))
    return Precedents(tuple(found), unsupported)
