"""Cells of a person's on a sheet that is refreshed: the same content in another place."""

from __future__ import annotations

from functools import cached_property

from perf_addin.adapters.xlsx.cell_xml import restyled
from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.formulas import followed, formula_xml, stored_formula
from perf_addin.adapters.xlsx.part_tree import set_attribute
from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
from perf_addin.adapters.xlsx.sheet_scan import RowSpan
from perf_addin.application.grid import cell_name


class KeptCells:
    """Gives cells of a sheet as they are to stand in another row, or by themselves."""

    def __init__(self, sheet: XlsxSheet) -> None:
        """Bind the sheet."""
        self._scan = sheet.scan
        self._formulas = sheet.formulas

    @cached_property
    def _rows(self) -> dict[int, RowSpan]:
        return {span.number: span for span in self._scan.rows()}

    def start(self, row: int, column: int) -> int:
        """Where the element of a cell starts, or -1 where there is no such cell."""
        span = self._rows.get(row)
        return -1 if span is None else self._scan.start_of(span, column)

    def is_blank(self, row: int, column: int) -> bool:
        """Whether a cell that there is holds nothing but its style."""
        raw = raw_cell(self._scan, self.start(row, column))
        return raw.text is None and not raw.formula

    def xml(self, old: int, new: int, column: int, style: int | None) -> bytes:
        """The element of a cell that there is, for the same column of another row.

        Args:
            old: its row.
            new: the row it is to stand in, which may be the same.
            column: its column.
            style: its new style, or None for its own.
        """
        scan, start = self._scan, self.start(old, column)
        raw = raw_cell(scan, start)
        found = scan.patterns.start_tag.match(scan.text, start)
        tag = scan.xml[start : found.end()] if found else b""
        inner = self.inner(start, raw.end, old, column, new) if raw.formula else None
        if inner is None:
            inner = scan.xml[start + len(tag) : raw.end]
        if new != old:
            tag = set_attribute(tag, b"r", cell_name(new, column))
        return restyled(tag, raw.style if style is None else style) + inner

    def inner(
        self, start: int, end: int, row: int, column: int, new: int | None = None
    ) -> bytes | None:
        """What follows the start tag of a cell with a formula, the formula standing by itself.

        None where it does so already, and its row stays.
        """
        scan, new = self._scan, row if new is None else new
        stored = stored_formula(scan.xml[start:end], self._formulas.place_of(row, column))
        alone = stored is not None and (
            stored.kind == "normal"
            or (stored.kind == "array" and stored.area == cell_name(row, column))
        )
        if alone and new == row:
            return None
        shown = self._formulas.shown(start, end, row, column)
        xml = b""
        if shown is not None:
            xml = formula_xml(followed(shown, row, new), scan.prefix, new, column)
        first, last = self._formulas.place(start, end)
        tag = scan.patterns.start_tag.match(scan.text, start)
        behind = tag.end() if tag else start
        return scan.xml[behind:first] + xml + scan.xml[last:end]
