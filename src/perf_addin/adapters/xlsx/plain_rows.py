"""The quick way to read a row of an index: everything that is wanted of it, in one go.

A row like thousands of others has every cell in its place, texts and numbers that Excel stored in
the shortest form. Of any other row the reader says so, and it is read cell by cell.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.adapters.xlsx.cells import LARGEST_POWER
from perf_addin.adapters.xlsx.quick_cells import EXCEL, LETTERS, QuickCells
from perf_addin.adapters.xlsx.row_shapes import RowShapes
from perf_addin.adapters.xlsx.xml_text import is_index
from perf_addin.application.grid import Cell, PlainRow, Wanted
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.needed import Cells

_SHORT = 15  # digits that need no cutting
_NOUGHT = ord("0")
_new = tuple.__new__  # a third of the time of calling the class
_to_number = EXCEL.create_decimal
_Places = tuple[tuple[int, int], ...]


class PlainReader:
    """Reads what is wanted of the rows of one sheet."""

    __slots__ = (
        *("_digits", "_figures", "_keys", "_quick", "_tags", "_texts", "shapes", "wanted"),
    )

    def __init__(self, quick: QuickCells, wanted: Wanted) -> None:
        """Bind what reads single cells, and what is wanted."""
        self._quick, self.wanted = quick, wanted
        self.shapes = RowShapes(quick, wanted)
        self._digits = -1
        self._texts: _Places = ()
        self._figures: _Places = ()
        self._keys: _Places = ()
        self._tags: dict[bytes, tuple[bytes, int]] = {}

    def read(self, pieces: list[bytes], digits: int, cells: Cells) -> PlainRow | None:
        """Read a row; None where that takes reading it cell by cell.

        Args:
            pieces: the row cut at its cells, one for each column from the first on, each from its
                address on.
            digits: how many digits the row's number has, and the quote behind it.
            cells: the other ways to read the row.
        """
        if digits != self._digits:
            self._note(digits)
        number = self._number(pieces, cells)
        if number is None:
            return None
        texts = self._read_texts(pieces, cells)
        if texts is None:
            return None
        column, figure, percent, head = number
        any_percent, any_bare = self._formats(pieces, cells, head, percent=percent)
        end = len(pieces)
        key = [pieces[c][at:] if c < end else b"" for c, at in self._keys]
        formula = self._quick.formula_tag
        if formula in b"".join(key):
            key = [self._without_formula(p) if formula in p else p for p in key]
        alike = (column, any_percent, *key)
        return _new(PlainRow, (texts, column, figure, percent, any_percent, any_bare, alike))

    def _note(self, digits: int) -> None:
        """Note where in the pieces the address ends, for rows of so many digits."""
        self._digits = digits
        wanted = (self.wanted.texts, self.wanted.figures, self.wanted.alike)
        self._texts, self._figures, self._keys = (
            tuple([(column, digits + LETTERS[column]) for column in columns]) for columns in wanted
        )

    def _read_texts(self, pieces: list[bytes], cells: Cells) -> tuple[str, ...] | None:
        quick, end = self._quick, len(pieces)
        kinds, value_tag, cut = quick.kinds, quick.value_tag, quick.cut
        texts = []
        for column, at in self._texts:
            text: str | None = ""
            if column < end and pieces[column]:
                head, _, value = pieces[column][at:].partition(value_tag)
                kind = kinds.get(head)
                value = value[:cut]
                if kind is None or kind.formula or not is_index(value):
                    text = _text(cells.get(column))
                elif kind.type == b"s":
                    text = quick.shared(int(value)).strip()
                elif kind.type == b"n" and len(value) <= _SHORT and value[0] != _NOUGHT:
                    text = value.decode()
                else:
                    return None
            if text is None:
                return None
            texts.append(text)
        return tuple(texts)

    def _number(self, pieces: list[bytes], cells: Cells) -> tuple[int, Decimal, bool, bytes] | None:
        """The first figure: its column, what is stored, and what stands before it in its cell."""
        quick, end = self._quick, len(pieces)
        for column, at in self._figures:
            if column >= end or not pieces[column]:
                continue
            head, found, value = pieces[column][at:].partition(quick.value_tag)
            kind = quick.kinds.get(head)
            if found and kind is None:
                kind = quick.kind_of(head)
            elif not found and cells.get(column) is None:
                continue
            if kind is None or kind.type != b"n":
                return None
            try:
                number = _to_number(value[: quick.cut].decode())
            except (ArithmeticError, UnicodeDecodeError):
                return None
            holds = number.is_finite() and abs(number.adjusted()) <= LARGEST_POWER
            return (column, number, kind.percent, head) if holds else None
        return None

    def _formats(
        self, pieces: list[bytes], cells: Cells, head: bytes, *, percent: bool
    ) -> tuple[bool, bool]:
        columns = self.wanted.formats
        if isinstance(columns, range):
            head, of_formula, _ = head.partition(b"<")
            shape = self._tags.get(head)
            if shape is None:
                tag = b'"' + head + self._quick.value_tag
                # The quotes are those around the address's end and the attributes, no others.
                shape = self._tags[head] = (tag, tag.count(b'"'))
            side_by_side = pieces[columns.start : columns.stop]
            if not of_formula and _are_alike(side_by_side, *shape):
                return percent, not percent
            if _are_alike(self._without_formulas(side_by_side), *shape):
                return percent, not percent
        return cells.number_formats(columns)

    def _without_formula(self, piece: bytes) -> bytes:
        """A cell without its formula, but with a mark that it has one."""
        tag, formula, rest = piece.partition(b">")
        opening, value_tag = self._quick.formula_tag, self._quick.value_tag
        if not rest.startswith(opening):
            return piece
        _, found, value = rest.rpartition(value_tag)
        return b"%b%b%b%b%b" % (tag, formula, opening, found, value)

    def _without_formulas(self, pieces: list[bytes]) -> list[bytes]:
        """The cells that hold a value, without their formulas."""
        value, opening = self._quick.value_tag[:-1], self._quick.formula_tag
        return [
            self._without_formula(piece).replace(opening, b"", 1) if opening in piece else piece
            for piece in pieces
            if value in piece
        ]


def _are_alike(pieces: list[bytes], tag: bytes, quotes: int) -> bool:
    """Whether all cells hold a value right behind one and the same start tag."""
    together, number = b"<".join(pieces), len(pieces)
    return together.count(tag) == number and together.count(b'"') == number * quotes


def _text(cell: Cell | None) -> str | None:
    """The text of a cell; None where it holds something else than plain text."""
    if cell is None:
        return ""
    return cell.value.strip() if type(cell.value) is str else None
