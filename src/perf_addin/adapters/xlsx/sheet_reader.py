"""A worksheet as the use cases read it: rows and cells decoded only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from perf_addin.adapters.xlsx.cells import CellReader, raw_cell
from perf_addin.adapters.xlsx.formulas import Formulas
from perf_addin.adapters.xlsx.plain_rows import PlainReader
from perf_addin.adapters.xlsx.quick_cells import LETTERS, NOT_SIMPLE, NotSimple, QuickCells
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import (
    QUOTED,
    RowSpan,
    SheetScan,
    attributes,
    column_of,
    letters_of,
)
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.application.grid import (
    Cell,
    CellRange,
    Look,
    PlainRow,
    TableInfo,
    Wanted,
    column_number,
)
from perf_addin.domain.lazy_patterns import lazily

_MERGE = lazily(rb"<(?:[^\s:<>/]+:)?mergeCell(?=[\s/])(" + QUOTED + b")>")
_HOLDS = (b"v", b"is", b"f")
_AREA = lazily(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")


class Surroundings(Protocol):
    """What a sheet needs from its workbook."""

    @property
    def styles(self) -> Styles:
        """The workbook's styles."""

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1904."""

    def strings(self) -> SharedStrings:
        """The workbook's shared strings."""

    def sheet_xml(self, part: str) -> bytes:
        """A worksheet part, in UTF-8."""

    def sheet_tables(self, part: str) -> list[TableInfo]:
        """The tables of a worksheet part."""


class Tab(NamedTuple):
    """A sheet as the workbook lists it: name, part, shown or not, and 0-based place of all."""

    name: str
    part: str
    visible: bool
    place: int


def area_of(text: str) -> CellRange | None:
    """Read `A1` or `$A$1:C7`; None where the text is neither."""
    found = _AREA.fullmatch(text.strip())
    if found is None:
        return None
    first, top, last, bottom = found.groups()
    left, row = column_number(first), int(top)
    return CellRange(row, left, int(bottom or top), column_number(last) if last else left)


class XlsxRow:
    """One row; valid until the next one is asked for."""

    __slots__ = (
        *("_by_address", "_digits", "_pieces", "_plain", "_quick", "_sheet", "_span"),
        "number",
    )

    def __init__(self, sheet: XlsxSheet, quick: QuickCells, span: RowSpan) -> None:
        """Wrap the bytes of a row."""
        self._sheet = sheet
        self._quick = quick
        self._span = span
        self._pieces: list[bytes] | None = None
        self._by_address: dict[bytes, bytes] | None = None
        self._plain: bool | None = None
        self.number = span.number

    @property
    def hidden(self) -> bool:
        """Whether the row is hidden."""
        tag = self._sheet.scan.text[self._span.start : self._span.inner]
        return b"hidden" in tag and attributes(tag).get(b"hidden") in {b"1", b"true"}

    def cells(self) -> dict[int, Cell]:
        """Every cell that holds something, by its 1-based column, from left to right."""
        pieces = self._pieces or self._cut()
        columns: Iterable[int] = range(1, len(pieces))
        if self._by_address is not None:
            columns = [cell.column for cell in self._sheet.scan.cells(self._span)]
        return {column: cell for column in columns if (cell := self.get(column)) is not None}

    def get(self, column: int) -> Cell | None:
        """The cell in a 1-based column, or None where it is blank."""
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is None and 0 < column < len(pieces):  # as `_piece`, one call less
            piece: bytes | None = pieces[column]
        else:
            piece = self._piece(column)
        if piece == b"":
            return None
        if piece is not None:
            rest = piece[self._digits + LETTERS[column] :]
            cell = self._quick.known.get(rest, NOT_SIMPLE)
            if cell is NOT_SIMPLE:
                cell = self._quick.cell(rest)
            if cell is not NOT_SIMPLE:
                return cell  # type: ignore[return-value] # mypy cannot narrow by identity
        elif self._by_address is None and len(pieces) > 1 and self._is_plain(pieces):
            return None
        start = self._sheet.scan.start_of(self._span, column)
        return None if start < 0 else self._sheet.reader.cell(start)

    def get_many(self, columns: Sequence[int]) -> list[Cell | None]:
        """The cells in several 1-based columns, in the order asked for; None for each blank."""
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is not None:
            return [self.get(column) for column in columns]
        known, digits, end = self._quick.known, self._digits, len(pieces)
        cells: list[Cell | None] = []
        for column in columns:
            cell: Cell | NotSimple | None = NOT_SIMPLE
            if 0 < column < end:
                cell = known.get(pieces[column][digits + LETTERS[column] :], NOT_SIMPLE)
            if cell is NOT_SIMPLE:
                cell = self.get(column)
            cells.append(cell)  # type: ignore[arg-type] # mypy cannot narrow by identity
        return cells

    def formula(self, column: int) -> str | None:
        """The formula in a cell as a person sees it, or None where there is none."""
        scan = self._sheet.scan
        start = scan.start_of(self._span, column)
        if start < 0:
            return None
        end = scan.end_of(start, self._span)
        return self._sheet.formulas.shown(start, end, self.number, column)

    def plain(self, wanted: Wanted) -> PlainRow | None:
        """All that is wanted of the row at once; None where that takes reading cell by cell."""
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is not None:
            return None
        reader = self._sheet.plain_reader
        if reader is None or reader.wanted is not wanted:
            reader = self._sheet.plain_reader = PlainReader(self._quick, wanted)
        return reader.read(pieces, self._digits, self)

    def number_formats(self, columns: Sequence[int]) -> tuple[bool, bool]:
        """Whether any of the cells holds a number under a per cent format, and any a bare one."""
        pieces = self._pieces or self._cut()
        if isinstance(columns, range) and columns and columns.step == 1:
            side_by_side = pieces[columns.start : columns.stop]
            if self._by_address is None and len(side_by_side) == len(columns):
                alike = self._quick.alike_shown(side_by_side)
                if alike is not None:
                    return alike, not alike
        percent = bare = False
        for column in columns:
            piece = self._piece(column)
            shown = None if piece is None else self._quick.number_shown(piece.partition(b'"')[2])
            if shown is None:
                cell = self.get(column)
                shown = cell.percent if cell and isinstance(cell.value, Decimal) else NOT_SIMPLE
            if shown is True:
                percent = True
            elif shown is False:
                bare = True
        return percent, bare

    def look(self, column: int) -> Look | None:
        """The rating colour which this product gave the cell earlier, if it still has it."""
        piece = self._piece(column)
        if piece:
            tag = piece.partition(b">")[0].partition(b'"')[2]
            return self._sheet.look_of(self._quick.style(tag))
        scan = self._sheet.scan
        start = scan.start_of(self._span, column)
        return None if start < 0 else self._sheet.look_of(raw_cell(scan, start).style)

    def _piece(self, column: int) -> bytes | None:
        """A cell from behind `r="` on, if it begins with its address as Excel writes it."""
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is None:
            return pieces[column] if 0 < column < len(pieces) else None
        return self._by_address.get(b"%b%d" % (letters_of(column), self.number))

    def _is_plain(self, pieces: list[bytes]) -> bool:
        """Whether each cell of the row begins with its address, so that it is one of the pieces."""
        if self._plain is None:
            _, _, inner, close, _ = self._span
            scan = self._sheet.scan
            every = scan.text.count(b"<%bc" % scan.prefix, inner, close)
            self._plain = every == len(pieces) - 1
        return self._plain

    def _cut(self) -> list[bytes]:
        _, _, inner, close, _ = self._span
        pieces = self._pieces = self._quick.cut_row(inner, close)
        number = b'%d"' % self.number
        self._digits = len(number)
        last = letters_of(len(pieces) - 1) + number
        # Columns rise, so where the last cell's column is the number of cells, none is left out.
        if not pieces[-1].startswith(last):
            spread = self._spread(pieces) if self._is_plain(pieces) else None
            if spread is None:
                self._by_address = {p.partition(b'"')[0]: p for p in reversed(pieces)}
            else:
                pieces = self._pieces = spread
        return pieces

    def _spread(self, pieces: list[bytes]) -> list[bytes] | None:
        """The cells of a row in which some are left out, each put in its column's place.

        None where the cells are out of order, or their addresses are not those of the row.
        """
        number, cut = b"%d" % self.number, 1 - self._digits
        spread = pieces[:1]
        for piece in pieces[1:]:
            address = piece.partition(b'"')[0]
            if not address.endswith(number) or not address[:cut].isalpha():
                return None
            left_out = column_of(address[:cut]) - len(spread)
            if left_out:
                if left_out < 0:
                    return None
                spread += [b""] * left_out
            spread.append(piece)
        return spread


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
        for span in scan.rows():
            if span.number < first_row:
                continue
            _, _, inner, close, _ = span
            if (
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
        areas = (area_of(attributes(tag).get(b"ref", b"").decode()) for tag in tags)
        return [area for area in areas if area is not None]

    def tables(self) -> Sequence[TableInfo]:
        """The Excel Tables on the sheet."""
        return self._workbook.sheet_tables(self.tab.part)
