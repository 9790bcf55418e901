"""One row of a worksheet, its cells decoded only when they are asked for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.plain_rows import PlainReader
from perf_addin.adapters.xlsx.quick_cells import LETTERS, NOT_SIMPLE, NotSimple, QuickCells
from perf_addin.adapters.xlsx.sheet_scan import Offsets, RowSpan, attributes, column_of, letters_of
from perf_addin.adapters.xlsx.styles import Shown
from perf_addin.application.grid import Cell, Format, Look, PlainRow, Wanted
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.row_patterns import Shape
    from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AA, _AAA = 27, 703
"""The first columns of two letters and of three."""
_FORMATS = {
    Shown.NUMBER: Format.NUMBER,
    Shown.PERCENT: Format.PERCENT,
    Shown.DATE: Format.DATE,
}


class XlsxRow:
    """One row; valid until the next one is asked for."""

    __slots__ = (
        *("_by_address", "_digits", "_offsets", "_pieces", "_plain", "_quick", "_sheet", "_taken"),
        *("_wanted", "number"),
    )

    def __init__(self, sheet: XlsxSheet, quick: QuickCells, offsets: Offsets) -> None:
        """Wrap the bytes of a row."""
        self._wanted: Wanted | None = None
        self._taken: PlainRow | None = None
        self._sheet = sheet
        self._quick = quick
        self._offsets = offsets
        self._pieces: list[bytes] | None = None
        self._by_address: dict[bytes, bytes] | None = None
        self._plain: bool | None = None
        self.number = offsets[0]

    def turn_to(self, offsets: Offsets, wanted: Wanted, taken: PlainRow | None) -> None:
        """Become another row of the sheet, of which a pattern took what is wanted."""
        self._offsets, self.number = offsets, offsets[0]
        self._wanted, self._taken = wanted, taken
        self._pieces = None

    @property
    def _span(self) -> RowSpan:
        return RowSpan(*self._offsets)

    @property
    def hidden(self) -> bool:
        """Whether the row is hidden."""
        _, start, inner, _, _ = self._offsets
        tag = self._sheet.scan.text[start:inner]
        return b"hidden" in tag and attributes(tag).get(b"hidden") in {b"1", b"true"}

    def cells(self) -> dict[int, Cell]:
        """Every cell that holds something, by its 1-based column, from left to right."""
        pieces = self._pieces or self._cut()
        found: dict[int, Cell] = {}
        if self._by_address is not None:
            for column in [cell.column for cell in self._sheet.scan.cells(self._span)]:
                read = self.get(column)
                if read is not None:
                    found[column] = read
            return found
        known, read_simple, digits = self._quick.known, self._quick.cell, self._digits
        for column, piece in enumerate(pieces):
            if column == 0 or piece == b"":
                continue
            rest = piece[digits + LETTERS[column] :]
            cell = known.get(rest, NOT_SIMPLE)
            if cell is NOT_SIMPLE:
                cell = read_simple(rest)
            if cell is NOT_SIMPLE:
                cell = self.get(column)
            if cell is not None:
                found[column] = cell  # type: ignore[assignment] # mypy cannot narrow by identity
        return found

    def get(self, column: int) -> Cell | None:
        """The cell in a 1-based column, or None where it is blank."""
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is None and 0 < column < len(pieces):  # as `piece`, one call less
            piece: bytes | None = pieces[column]
        else:
            piece = self.piece(column)
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

    def has_cell(self, column: int) -> bool:
        """Whether the file has a cell there, blank or not."""
        return self._sheet.scan.start_of(self._span, column) >= 0

    def get_many(self, columns: Sequence[int]) -> list[Cell | None]:
        """The cells in several 1-based columns, in the order asked for; None for each blank."""
        known = self._quick.known
        cell: Cell | NotSimple | None
        cells: list[Cell | None] = []
        pieces = self._pieces
        if pieces is None:
            for column, rest in zip(columns, self._taken_cells(columns), strict=False):
                cell = known.get(rest, NOT_SIMPLE)
                if cell is NOT_SIMPLE:
                    cell = self._quick.cell(rest) if rest else None
                if cell is NOT_SIMPLE:
                    cell = self.get(column)
                cells.append(cell)  # type: ignore[arg-type] # mypy cannot narrow by identity
            if cells:
                return cells
            pieces = self._cut()
        if self._by_address is not None:
            return [self.get(column) for column in columns]
        digits, end = self._digits, len(pieces)
        for column in columns:
            cell = NOT_SIMPLE
            if 0 < column < end:
                cell = known.get(pieces[column][digits + LETTERS[column] :], NOT_SIMPLE)
            if cell is NOT_SIMPLE:
                cell = self.get(column)
            cells.append(cell)  # type: ignore[arg-type] # mypy cannot narrow by identity
        return cells

    def _taken_cells(self, columns: Sequence[int]) -> Sequence[bytes]:
        """Cells that a pattern took, from behind their addresses on; none where it took others."""
        wanted, taken = self._wanted, self._taken
        if wanted is None or taken is None or columns != wanted.alike:
            return ()
        key: tuple[Shape, *tuple[bytes, ...]] = taken.key  # type: ignore[assignment] # of a pattern
        return key[0].cells(key[1:])

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
        if self._wanted is wanted:
            return self._taken
        pieces = self._pieces
        if pieces is None:
            pieces = self._cut()
        if self._by_address is not None:
            return None
        reader = self._sheet.plain_reader
        if reader is None or reader.wanted is not wanted:
            reader = self._sheet.plain_reader = PlainReader(self._quick, wanted)
        row = reader.read(pieces, self._digits, self)
        if row is not None:
            _, start, _, _, end = self._offsets
            following = (self._sheet.scan.stop - end) // (end - start)
            reader.shapes.learn(pieces, self._digits, row, following)
        return row

    def alike_anywhere(self, plain: PlainRow) -> Hashable | None:
        """The key of a plain row, so that it is the same in all workbooks; None where unknown."""
        key = plain.key
        return self._quick.anywhere(key) if isinstance(key, tuple) else None

    def number_formats(self, columns: Sequence[int]) -> tuple[bool, bool]:
        """Whether any of the cells holds a number under a per cent format, and any a bare one."""
        from perf_addin.adapters.xlsx.number_formats import (  # noqa: PLC0415 - rows are mostly alike
            number_formats,
        )

        pieces = self._pieces or self._cut()
        return number_formats(
            self, self._quick, pieces if self._by_address is None else (), columns
        )

    def look(self, column: int) -> Look | None:
        """The rating colour which this product gave the cell earlier, if it still has it."""
        piece = self.piece(column)
        if piece:
            tag = piece.partition(b">")[0].partition(b'"')[2]
            return self._sheet.look_of(self._quick.style(tag))
        scan = self._sheet.scan
        start = scan.start_of(self._span, column)
        return None if start < 0 else self._sheet.look_of(raw_cell(scan, start).style)

    def format_of(self, column: int) -> Format | None:
        """How the cell shows a number, blank or not; None where the file has no cell there."""
        scan = self._sheet.scan
        start = scan.start_of(self._span, column)
        return (
            None if start < 0 else _FORMATS[self._sheet.reader.shown(raw_cell(scan, start).style)]
        )

    def piece(self, column: int) -> bytes | None:
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
            _, _, inner, close, _ = self._offsets
            scan = self._sheet.scan
            every = scan.text.count(b"<%bc" % scan.prefix, inner, close)
            self._plain = every == len(pieces) - 1
        return self._plain

    def _cut(self) -> list[bytes]:
        _, _, inner, close, _ = self._offsets
        pieces = self._pieces = self._quick.cut_row(inner, close)
        self._by_address = self._plain = None
        number = b'%d"' % self.number
        self._digits = len(number)
        last = letters_of(len(pieces) - 1) + number
        if not (pieces[-1].startswith(last) and _in_order(pieces, number[:1])):
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


def _in_order(pieces: list[bytes], digit: bytes) -> bool:
    """Whether the cells are those of the first columns, each once and none left out.

    Letters with the first digit of the row's number behind them are all of a column's letters.
    """
    short, longer = pieces[1:_AA], pieces[_AA:]
    try:  # byte by byte, which is quicker than to cut each
        begun = bytes([piece[0] for piece in short]), bytes([piece[1] for piece in short])
    except IndexError:
        return False
    found = [piece[:3] for piece in longer[: _AAA - _AA]]
    found += [piece[:4] for piece in longer[_AAA - _AA :]]
    return begun == (_ALPHABET[: len(short)], digit * len(short)) and found == [
        letters_of(column) + digit for column in range(_AA, len(pieces))
    ]
