"""The fast way to read cells: the row cut at its cells, what cells have in common worked out once.

Excel begins each cell with its address and follows with a style and a type that thousands of cells
share. Anything else than `<v>`, or `<is>` with one text, is left to the thorough way.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import LARGEST_POWER, CellReader
from perf_addin.adapters.xlsx.sheet_scan import LAST_COLUMN, SheetScan, attributes
from perf_addin.adapters.xlsx.styles import Shown
from perf_addin.adapters.xlsx.xml_text import is_index, whole_number
from perf_addin.application.grid import Cell
from perf_addin.application.in_common import keep
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_SHORT = 15  # digits that need no cutting
EXCEL = Context(prec=_SHORT, rounding=ROUND_HALF_EVEN)
"""What Excel keeps of a number, as `domain.figures.exact`."""
_REMEMBERED = 4096
_MOST_KINDS, _CONTEXTS_HELD = 1_000, 8
_LONGEST_KEY = 1_000  # bytes and characters; longer ones repeat seldom
LETTERS = b"\0" + b"\1" * 26 + b"\2" * 26**2 + b"\3" * (LAST_COLUMN - 26 - 26**2 + 1)
"""How many letters a 1-based column has, and the one beyond the last."""
_new_cell = tuple.__new__  # a third of the time of calling the class


class NotSimple:
    """Says that a cell wants the thorough way."""


NOT_SIMPLE: Final = NotSimple()


class _Kind:
    """What a start tag says about its cell."""

    __slots__ = ("formula", "percent", "style", "type")

    def __init__(self, style: int, type_: bytes, *, percent: bool, formula: bool) -> None:
        self.style = style
        self.type = type_
        self.percent = percent
        self.formula = formula


_kinds: dict[Hashable, dict[bytes, _Kind]] = {}


def _kinds_before(context: Hashable) -> dict[bytes, _Kind]:
    """The kinds met in sheets whose cells mean the same."""
    known = _kinds.get(context)
    if known is None or len(known) > _MOST_KINDS:
        return keep(_kinds, context, {}, _CONTEXTS_HELD)
    return known


class QuickCells:
    """Reads simple cells of one sheet."""

    def __init__(self, reader: CellReader, scan: SheetScan) -> None:
        """Spell out what simple cells look like under the sheet's namespace prefix."""
        p = scan.prefix
        self._sheet = None if scan.masked else scan.text
        self.prefix = p
        self._opening = b'<%bc r="' % p
        self._reader, self._where = reader, scan.where
        self.shared = reader.shared
        self.value_tag = b"<%bv>" % p
        self.cut = -len(b"</%bv></%bc>" % (p, p))
        self.closing = b"</%bc>" % p
        self._text = b"<%bis><%bt>" % (p, p)
        self._text_end = b"</%bt></%bis></%bc>" % (p, p, p)
        self.formula_tag = b"<%bf" % p
        self.known: dict[bytes, Cell | NotSimple | None] = {}
        self.context = None if reader.context is None else (*reader.context, p)
        self.kinds = {} if self.context is None else _kinds_before(self.context)

    def cut_row(self, inner: int, close: int) -> list[bytes]:
        """A row cut at its cells, each piece from behind `r="` on; none where that is unsafe."""
        text = self._sheet
        return [b""] if text is None else text[inner:close].split(self._opening)

    def style(self, rest_of_tag: bytes) -> int:
        """The style of a cell from what follows its address in the start tag."""
        return self._kind(rest_of_tag).style

    def _kind(self, rest_of_tag: bytes, *, formula: bool = False) -> _Kind:
        key = rest_of_tag + b"f" if formula else rest_of_tag
        kind = self.kinds.get(key)
        if kind is None:
            stated = attributes(rest_of_tag)
            stated_style = stated.get(b"s") or b"0"
            style = whole_number(stated_style, self._where, "the style of a cell")
            type_ = stated.get(b"t", b"n")
            shown = self._reader.shown(style)
            if shown is Shown.DATE and type_ == b"n":
                type_ = b""
            kind = _Kind(style, type_, percent=shown is Shown.PERCENT, formula=formula)
            self.kinds[key] = kind
        return kind

    def cell(self, rest: bytes) -> Cell | NotSimple | None:
        """Read a cell, given from behind its address and the closing quote on, to its end.

        What was read is in `known` until that holds enough, and is begun anew.
        """
        head, found, value = rest.partition(self.value_tag)
        cell: Cell | NotSimple | None
        if found:
            kind = self.kinds.get(head) or self.kind_of(head)
            cell = self._of_value(kind, value[: self.cut]) if kind else NOT_SIMPLE
        else:
            cell = self._of_text(rest)
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[rest] = cell
        return cell

    def anywhere(self, key: Sequence[Hashable]) -> Hashable | None:
        """What is alike in rows, so that it is the same in all workbooks; None where it is long.

        Args:
            key: cells from behind their addresses on (bytes), among other things.
        """
        if self.context is None:
            return None
        length, held = 0, list(key)
        for place, piece in enumerate(key):
            if not isinstance(piece, bytes):
                continue
            head, found, value = piece.partition(self.value_tag)
            length += len(piece)
            if not found:
                continue
            kind = self.kinds.get(head) or (self.kind_of(head) if head else None)
            if kind is None:
                return None
            if kind.type == b"s":
                number = value[: self.cut]
                if not is_index(number):
                    return None
                text = self.shared(int(number))
                length += len(text)
                held[place] = (head, text)
        return (self.context, *held) if length <= _LONGEST_KEY else None

    def kind_of(self, head: bytes) -> _Kind | None:
        """The kind of a cell from what stands between its address and its value."""
        tag, _, formula = head.partition(b">")
        if not formula:
            kind = self.kinds[head] = self._kind(tag)
            return kind
        one_cell = formula.startswith(self.formula_tag) and self.closing not in formula
        return self._kind(tag, formula=True) if one_cell else None

    def _of_text(self, rest: bytes) -> Cell | NotSimple | None:
        tag, _, content = rest.partition(b">")
        if content == self.closing or (not content and tag.endswith(b"/")):
            return None
        if not (content.startswith(self._text) and content.endswith(self._text_end)):
            return NOT_SIMPLE
        text = content[len(self._text) : -len(self._text_end)]
        if b"<" in text or self._kind(tag).type != b"inlineStr":
            return NOT_SIMPLE
        return _new_cell(Cell, (decode(text), False, False)) if text else None

    def _of_value(self, kind: _Kind, text: bytes) -> Cell | NotSimple | None:
        if kind.type == b"n":
            # Whatever else stands before or behind a lone number makes this conversion fail.
            try:
                stored = text.decode()
                short = len(stored) <= _SHORT
                number = Decimal(stored) if short else EXCEL.create_decimal(stored)
            except (ArithmeticError, UnicodeDecodeError):
                return NOT_SIMPLE
            if number.is_finite() and abs(number.adjusted()) <= LARGEST_POWER:
                return _new_cell(Cell, (number, kind.percent, kind.formula))
        elif kind.type == b"s" and is_index(text) and not kind.formula:
            shared = self.shared(int(text))
            return _new_cell(Cell, (shared, False, False)) if shared else None
        elif kind.type == b"str" and text and b"<" not in text:
            return Cell(decode(text), formula=kind.formula)
        return NOT_SIMPLE
