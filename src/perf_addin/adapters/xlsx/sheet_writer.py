"""Putting cells into a sheet that the user owns: only the bytes of those cells and rows change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import lt

from perf_addin.adapters.xlsx.cell_xml import (
    LAST_ROW,
    Written,
    check,
    extensions_of,
    new_cell,
    plain_lines,
    refilled,
    restyled,
)
from perf_addin.adapters.xlsx.cells import CellReader, RawCell, number_of, raw_cell
from perf_addin.adapters.xlsx.guarded import Guard
from perf_addin.adapters.xlsx.part_tree import Edit, set_attribute
from perf_addin.adapters.xlsx.row_edits import PlainEdits, RowEdits
from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet, area_of
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, attributes
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.adapters.xlsx.xml_text import QUOTED, tag_end
from perf_addin.application.grid import CellRange, CellWrite, LeftCell, Look, cell_name
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import OutputError
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.fresh_styles import FreshStyles

_DIMENSION = lazily(rb"<(?:[^\s:<>/]+:)?dimension(?=\s)" + QUOTED + b">")
_TEXTS = frozenset({b"s", b"inlineStr", b"str"})


def holds(reader: CellReader, raw: RawCell, value: Written) -> bool:
    """Whether a stored cell (no formula) holds just this value already."""
    if value is None or value == "":
        return reader.value(raw) in {None, ""}
    if isinstance(value, str):
        return raw.kind in _TEXTS and reader.value(raw) == plain_lines(value)
    return raw.kind == b"n" and raw.text is not None and number_of(raw.text) == _cut(value)


def _cut(value: int | Decimal) -> Decimal | None:
    return number_of(str(value))


def sheet_edits(scan: SheetScan, edits: list[Edit], reached: CellRange | None) -> list[Edit]:
    """All edits of a sheet in order: what is put into it, its data opened, its dimension widened.

    Args:
        scan: the sheet.
        edits: edits of rows and cells, in rising order.
        reached: the block that new cells lie in, or None where no cell is new.
    """
    if not edits:
        return edits
    if scan.stop == scan.first == scan.data_end and scan.first >= 0:
        rows = b"".join(text for _, _, text in edits)
        tag = scan.xml[scan.data_start : scan.first].rstrip(b">").rstrip(b"/").rstrip()
        end = b"</" + scan.prefix + b"sheetData>"
        edits = [(scan.data_start, scan.first, tag + b">" + rows + end)]
    if reached is None:
        return edits
    found = _DIMENSION.search(scan.text, 0, scan.data_start)
    area = area_of(attributes(found[0]).get(b"ref", b"")) if found else None
    if not (found and area):
        return edits
    wide = CellRange(*map(min, area[:2], reached[:2]), *map(max, area[2:], reached[2:]))
    if wide == area:
        return edits
    tag = set_attribute(found[0], b"ref", f"{cell_name(*wide[:2])}:{cell_name(*wide[2:])}")
    return [(found.start(), found.end(), tag), *edits]


def around(cells: Iterable[tuple[int, int]]) -> CellRange | None:
    """The smallest block around cells, each given as (row, column)."""
    every = list(cells)
    if not every:
        return None
    rows, columns = zip(*every, strict=True)
    return CellRange(min(rows), min(columns), max(rows), max(columns))


class SheetWriter:
    """Works out the edits for writes into one sheet."""

    def __init__(
        self, sheet: XlsxSheet, styles: Styles, left: list[LeftCell] | None = None
    ) -> None:
        """Bind the sheet, and read what in it must stay whole.

        Where `left` is given, it takes the cells that must not be written.
        """
        self._left = left
        self._sheet = sheet
        self._scan = sheet.scan
        self._styles = styles
        self._reader = sheet.reader
        self._guard = Guard(sheet)
        self._writes: Sequence[CellWrite] = ()
        self._fresh: FreshStyles | None = None
        self._added: list[tuple[int, int]] = []

    def edits(self, writes: Sequence[CellWrite]) -> list[Edit]:
        """The edits for these writes; of several for one cell the last counts.

        Raises:
            InputError: the rows of the sheet are not in order.
            OutputError: a cell cannot be written without damage.
        """
        self._writes = writes
        numbers: Sequence[int] = [write.row for write in writes]
        rows: Iterable[Sequence[CellWrite]] = zip(writes)
        if not all(map(lt, numbers, numbers[1:])):
            by_row = _by_row(writes)
            numbers, rows = list(by_row), by_row.values()
        within = bool(numbers) and 1 <= numbers[0] <= numbers[-1] <= LAST_ROW
        plain = within and not self._scan.masked and self._guard.idle
        found = PlainEdits(self._scan, self._any, self._new_row)
        edits = found.edits(numbers, rows, plain=plain)
        return sheet_edits(self._scan, edits, around(self._added))

    def _any(self, span: RowSpan, writes: Sequence[CellWrite]) -> list[Edit]:
        row = RowEdits(self._scan, span)
        for write in writes:
            check(self._sheet.name, *write[:3])
            start = self._scan.start_of(span, write.column)
            if start >= 0:
                self._existing(row, raw_cell(self._scan, start), write)
            elif _wanted(write) and self._is_free(write):
                self._added.append((write.row, write.column))
                row.add(write.column, self._fresh_style(write, row.tag, span), write.value)
        return row.edits()

    def _new_row(self, number: int, at: int, writes: Sequence[CellWrite]) -> list[Edit]:
        cells = []
        for write in writes:
            check(self._sheet.name, *write[:3])
            if _wanted(write) and self._is_free(write):
                self._added.append((write.row, write.column))
                style = self._fresh_style(write, b"")
                cells.append(new_cell(self._scan.prefix, number, write.column, style, write.value))
        if not cells:
            return []
        p = self._scan.prefix
        return [(at, at, b'<%brow r="%d">%b</%brow>' % (p, number, b"".join(cells), p))]

    def _existing(self, row: RowEdits, raw: RawCell, write: CellWrite) -> None:
        same = not raw.formula and holds(self._reader, raw, write.value)
        if not same and not self._is_free(write, is_formula=raw.formula):
            return
        style = raw.style
        if write.look is not None:
            style = self._styles.with_look(style, write.look)
        if same and (style == raw.style or not self._is_free(write)):
            return
        text = self._scan.text
        tag = text[raw.start : max(tag_end(text, raw.start), raw.start)]
        if same:
            row.replace(raw.start, raw.start + len(tag), restyled(tag, style))
        else:
            kept = extensions_of(self._scan, raw.start, raw.end)
            cell = refilled(tag, style, write.value, self._scan.prefix, kept)
            row.replace(raw.start, raw.end, cell)

    def _is_free(self, write: CellWrite, *, is_formula: bool = False) -> bool:
        """Whether a cell may be written; where not, it is noted or refused."""
        try:
            if is_formula:
                self._guard.refuse_formula(write.row, write.column)
            self._guard.check(write.row, write.column)
        except OutputError as error:
            if self._left is None:
                raise
            self._left.append(LeftCell(write.row, write.column, str(error)))
            return False
        return True

    def _fresh_style(self, write: CellWrite, row_tag: bytes, span: RowSpan | None = None) -> int:
        if self._fresh is None:
            from perf_addin.adapters.xlsx.fresh_styles import (  # noqa: PLC0415 - cells are mostly there
                FreshStyles,
            )

            self._fresh = FreshStyles(self._scan, self._styles, self._writes)
        return self._fresh.style(write, row_tag, span)


def _by_row(writes: Sequence[CellWrite]) -> dict[int, list[CellWrite]]:
    """Writes by row, from left to right in each; of several for one cell the last."""
    last = {(write.row, write.column): write for write in writes}
    rows: dict[int, list[CellWrite]] = {}
    for row, column in sorted(last):
        rows.setdefault(row, []).append(last[row, column])
    return rows


def _wanted(write: CellWrite) -> bool:
    blank = write.value is None or write.value == ""
    return not (blank and write.look in {None, Look.PLAIN})
