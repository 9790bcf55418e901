"""A worksheet as the use cases read it: rows and cells decoded only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.adapters.xlsx.cells import CellReader
from perf_addin.adapters.xlsx.plain_rows import PlainReader
from perf_addin.adapters.xlsx.quick_cells import QuickCells
from perf_addin.adapters.xlsx.rows import XlsxRow
from perf_addin.adapters.xlsx.sheet_scan import Offsets, SheetScan, attributes
from perf_addin.adapters.xlsx.xml_text import QUOTED
from perf_addin.application.grid import (
    CellRange,
    Look,
    PlainRow,
    TableInfo,
    Wanted,
    column_number,
)
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.formulas import Formulas
    from perf_addin.adapters.xlsx.needed import Surroundings

_MERGE = lazily(rb"<(?:[^\s:<>/]+:)?mergeCell(?=[\s/])(" + QUOTED + b")>")
_HOLDS = (b"v", b"is", b"f")
_AREA = lazily(rb"\$?([A-Za-z]{1,3})\$?(\d{1,9})(?::\$?([A-Za-z]{1,3})\$?(\d{1,9}))?")


class Tab(NamedTuple):
    """A sheet as the workbook lists it: name, part, shown or not, and 0-based place of all."""

    name: str
    part: str
    visible: bool
    place: int


def area_of(text: str | bytes) -> CellRange | None:
    """Read `A1` or `$A$1:C7`; None where the text is neither."""
    stored = text.encode("utf-8", "replace") if isinstance(text, str) else text
    found = _AREA.fullmatch(stored.strip())
    if found is None:
        return None
    first, top, last, bottom = found.groups()
    left, row = column_number(first.decode()), int(top)
    right = column_number(last.decode()) if last else left
    return CellRange(row, left, int(bottom or top), right)


class _Taking:
    """Takes the rows of a sheet by their shapes, once its reader has learned some.

    Attributes:
        wanted: what was wanted of the row that was taken last; None where the last was not.
        plain: what those that follow it come to.
    """

    __slots__ = ("_sheet", "plain", "wanted")

    def __init__(self, sheet: XlsxSheet) -> None:
        self._sheet = sheet
        self.wanted: Wanted | None = None
        self.plain: Iterator[PlainRow | None] = iter(())

    def rows_from(self, at: int) -> Iterator[list[Offsets]]:
        """The rows from an offset on, up to the first that has no known shape, some at once."""
        reader = self._sheet.plain_reader
        if reader is None:
            return
        scan = self._sheet.scan
        self.wanted = reader.wanted
        for spans, plain in reader.shapes.take(scan.text, at, scan.stop):
            self.plain = iter(plain)
            yield spans
        self.wanted = None


class XlsxSheet:
    """A worksheet of a workbook file."""

    def __init__(self, workbook: Surroundings, tab: Tab) -> None:
        """Bind a sheet to its workbook; nothing is read yet."""
        self._workbook = workbook
        self.tab = tab
        self._scan: SheetScan | None = None
        self._reader: CellReader | None = None
        self._formulas: Formulas | None = None
        self.plain_reader: PlainReader | None = None

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self.tab.name

    @property
    def visible(self) -> bool:
        """Whether the tab is shown."""
        return self.tab.visible

    @property
    def scan(self) -> SheetScan:
        """The sheet's XML with its rows found; read once and held until `release`."""
        if self._scan is None:
            xml = self._workbook.sheet_xml(self.tab.part)
            self._scan = SheetScan(xml, f"Sheet {self.name!r}")
        return self._scan

    def release(self) -> None:
        """Let go of the sheet's XML; it is read anew when it is needed again."""
        self._scan = self._reader = self._formulas = self.plain_reader = None

    @property
    def formulas(self) -> Formulas:
        """The formulas of the sheet."""
        if self._formulas is None:
            from perf_addin.adapters.xlsx.formulas import Formulas  # noqa: PLC0415 - few ask

            self._formulas = Formulas(self.scan)
        return self._formulas

    def look_of(self, style: int) -> Look | None:
        """The rating whose colours a style has, if this product gave them."""
        return self._workbook.styles.look(style)

    @property
    def reader(self) -> CellReader:
        """What turns this sheet's stored cells into values."""
        if self._reader is None:
            workbook = self._workbook
            self._reader = CellReader(
                self.scan, workbook.styles, workbook.strings, from_1904=workbook.from_1904
            )
        return self._reader

    def rows(self, first_row: int = 1) -> Iterator[XlsxRow]:
        """Every row from `first_row` on that holds something, from top to bottom."""
        scan = self.scan
        quick = QuickCells(self.reader, scan)
        value, rich, formula = (b"<" + scan.prefix + name for name in _HOLDS)
        find = scan.text.find
        taking = _Taking(self)
        # Once all rows were gone through, they are found quickest from memory.
        known = self.plain_reader is None and scan.knows_rows
        row: XlsxRow | None = None
        for span in scan.offsets(None if known or scan.masked else taking.rows_from):
            wanted = taking.wanted
            if wanted is not None:
                plain = next(taking.plain)
                if span[0] >= first_row:
                    row = row or XlsxRow(self, quick, span)
                    row.turn_to(span, wanted, plain)
                    yield row
                continue
            number, _, inner, close, _ = span
            if number >= first_row and (
                find(value, inner, close) >= 0
                or find(rich, inner, close) >= 0
                or find(formula, inner, close) >= 0
            ):
                yield XlsxRow(self, quick, span)

    def merged(self) -> list[CellRange]:
        """The merged ranges."""
        scan = self.scan
        after = max(scan.data_end, 0)
        if scan.text.find(b"mergeCell", after) < 0:
            return []
        tags = _MERGE.findall(scan.text, after)
        areas = (area_of(attributes(tag).get(b"ref", b"")) for tag in tags)
        return [area for area in areas if area is not None]

    def tables(self) -> Sequence[TableInfo]:
        """The Excel Tables on the sheet."""
        return self._workbook.sheet_tables(self.tab.part)
