"""Cells that cannot be written without damage: in arrays, data tables, and under merged cells."""

from __future__ import annotations

from functools import cached_property

from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet, area_of
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes
from perf_addin.adapters.xlsx.xml_text import QUOTED, find_sign
from perf_addin.application.grid import CellRange, cell_name
from perf_addin.domain.errors import InputError, OutputError
from perf_addin.domain.lazy_patterns import lazily

_FORMULA = lazily(rb"<(?:[^\s:<>/]+:)?f(?=\s)(" + QUOTED + b")>")
_SIGNS = (b"array", b"dataT")  # as much of both words as ends in a letter that sheets rarely have
_NAMES = {b"array": "an array formula", b"dataTable": "a data table"}


class Guard:
    """Says why a cell of a sheet must not be written."""

    def __init__(self, sheet: XlsxSheet, *, arrays: bool = True) -> None:
        """Bind a sheet, before it changes; arrays and data tables stay whole only where `arrays`.

        Raises:
            InputError: the sheet has no place for cells at all.
        """
        if not sheet.scan.data_open:
            raise InputError(
                f"Sheet {sheet.name!r} has no place for cells. Open and save it in Excel."
            )
        self._sheet = sheet.name
        self._merged = sheet.merged()
        self._scan = sheet.scan if arrays else None

    @cached_property
    def _arrays(self) -> list[tuple[CellRange, str]]:
        """Arrays and data tables, looked for once it is asked; nobody may write a cell."""
        return _array_ranges(self._scan) if self._scan is not None else []

    @cached_property
    def idle(self) -> bool:
        """Whether every cell that holds no formula may be written."""
        return not self._merged and not self._arrays

    def refuse_formula(self, row: int, column: int) -> None:
        """Refuse a cell that holds a formula.

        Raises:
            OutputError: always.
        """
        raise OutputError(
            f"Cell {cell_name(row, column)} of sheet {self._sheet!r} holds a formula, which is not "
            "overwritten. Clear the cell or choose another column, then try again."
        )

    def check(self, row: int, column: int) -> None:
        """Refuse a cell that belongs to a range.

        Raises:
            OutputError: the cell lies in an array or data table, or under a merged cell.
        """
        if self.idle:
            return
        self.check_array(row, column)
        for area in self._merged:
            if _inside(area, row, column) and (row, column) != area[:2]:
                self._refuse(row, column, f"is covered by the merged cells {_name(area)}")

    def check_array(self, row: int, column: int) -> None:
        """Refuse a cell whose value an array formula or a data table gives.

        Raises:
            OutputError: the cell lies in such a range.
        """
        for area, what in self._arrays:
            if _inside(area, row, column):
                self._refuse(row, column, f"belongs to {what} ({_name(area)})")

    def _refuse(self, row: int, column: int, why: str) -> None:
        raise OutputError(
            f"Cell {cell_name(row, column)} of sheet {self._sheet!r} {why}, so it cannot be "
            "written alone. Choose another column or dissolve the range in Excel, then try again."
        )


def _inside(area: CellRange, row: int, column: int) -> bool:
    top, left, bottom, right = area
    return top <= row <= bottom and left <= column <= right


def _name(area: CellRange) -> str:
    return f"{cell_name(*area[:2])}:{cell_name(*area[2:])}"


def _array_ranges(scan: SheetScan) -> list[tuple[CellRange, str]]:
    text = scan.text
    found: list[tuple[CellRange, str]] = []
    signs = _SIGNS if scan.holds_formulas() else ()
    if all(find_sign(text, sign, scan.first, scan.stop) < 0 for sign in signs):
        return found
    for tag in _FORMULA.finditer(text, scan.first, scan.stop):
        stated = attributes(tag[1])
        what = _NAMES.get(stated.get(b"t", b""))
        area = area_of(stated.get(b"ref", b"")) if what else None
        if what and area:
            found.append((area, what))
    return found
