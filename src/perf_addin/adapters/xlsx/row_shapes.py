"""Rows that are like thousands of others, taken apart by one pattern of the whole row.

A row that was read cell by cell shows what rows like it look like: which cells there are, under
which style and type, and which of them hold what is wanted. What the pattern takes is read as that
row was; a row that differs in anything that matters is not taken, and is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import LARGEST_POWER
from perf_addin.adapters.xlsx.quick_cells import EXCEL, LETTERS, QuickCells
from perf_addin.adapters.xlsx.sheet_scan import LAST_COLUMN, RowSpan, letters_of
from perf_addin.application.grid import PlainRow, Wanted
from perf_addin.application.in_common import keep
from perf_addin.domain.lazy_patterns import lazily

_WORTH_LEARNING = 6  # rows read cell by cell, before a pattern is made of the next
_WORTH_ROWS = 300  # rows that must follow, since to compile one takes as long as to read so many
_MOST_SHAPES = 6
_ROWS_OF_SMALL_SHEETS = 300  # read cell by cell in many sheets, which is as much
_SHEETS_HELD = 8
_PATIENCE = 100  # rows that no pattern took, before the patterns are given up
_new = tuple.__new__  # a third of the time of calling the class
_to_number = EXCEL.create_decimal

_STYLE = rb'(?: s="\d+")?'
_STORED_NUMBER = rb"-?\d+(?:\.\d+)?(?:[Ee][-+]?\d+)?"
# A cell from behind its address on: its tag's attributes, a formula, a value or a text.
_CELL = lazily(
    rb'((?: s="\d+")?(?: t="(\w+)")?)(?:/>|>(<(?:\w+:)?f[\s/>].*?)?'
    rb"(?:<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>|<(?:\w+:)?is><(?:\w+:)?t>([^<]*)</(?:\w+:)?t>"
    rb"</(?:\w+:)?is>)?</(?:\w+:)?c>)",
    re.DOTALL,
)
_SHARED, _INLINE, _NUMBER, _NONE = "shared", "inline", "number", ""  # how a text is stored


class Shape:
    """A pattern of a whole row, and what its groups hold."""

    __slots__ = ("_close", "_formats", "_kinds", "_tag", "_wanted", "match")

    def __init__(self, pattern: bytes, wanted: Wanted, like: PlainRow, close: int) -> None:
        """Compile the pattern; `like` is the row that it was made from."""
        compiled = re.compile(pattern)
        self.match = compiled.match
        self._close = close
        self._formats = (like.column, like.percent, like.any_percent, like.any_bare)
        groups = compiled.groupindex
        self._tag = groups["tag"]
        self._kinds = tuple(
            next((k for k in (_SHARED, _INLINE, _NUMBER) if f"{k}{n}" in groups), _NONE)
            for n in range(len(wanted.texts))
        )
        texts = [groups.get(f"{k}{n}", groups["nothing"]) for n, k in enumerate(self._kinds)]
        keys = [number for name, number in groups.items() if name.startswith("key")]
        self._wanted = (groups["figure"], *texts, *keys)

    def span(self, found: re.Match[bytes]) -> RowSpan:
        """Where the row lies that the pattern took."""
        start, end = found.span()
        inner = found.end(self._tag)
        span: RowSpan = _new(RowSpan, (int(found[1]), start, inner, end - self._close, end))
        return span

    def read(self, found: re.Match[bytes], shared: Callable[[int], str]) -> PlainRow | None:
        """What is wanted of the row; None where its figure is no number.

        Args:
            found: what the pattern took.
            shared: gives shared strings by their numbers.
        """
        figure, *stored = found.group(*self._wanted)
        try:
            number = _to_number(figure.decode())
        except (ArithmeticError, UnicodeDecodeError):
            return None
        if not number.is_finite() or abs(number.adjusted()) > LARGEST_POWER:
            return None
        texts = [
            ""
            if text is None
            else shared(int(text)).strip()
            if kind is _SHARED
            else decode(text).strip()
            for text, kind in zip(stored, self._kinds, strict=False)
        ]
        key = (self, *stored[len(texts) :])
        column, percent, any_percent, any_bare = self._formats
        row: PlainRow = _new(
            PlainRow, (tuple(texts), column, number, percent, any_percent, any_bare, key)
        )
        return row


Taken = tuple[Shape, re.Match[bytes]]


class _Learned:
    """Shapes, and how many rows no pattern took since the last was made."""

    __slots__ = ("shapes", "waiting")

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.waiting = 0


_learned: dict[Hashable, _Learned] = {}


def _learned_before(quick: QuickCells, wanted: Wanted) -> _Learned:
    """What was learned from sheets whose cells mean the same, and of which the same is wanted."""
    if quick.context is None:
        return _Learned()
    texts, figures, formats, alike = wanted
    side_by_side = formats if isinstance(formats, range) else tuple(formats)
    key = (quick.context, texts, figures, side_by_side, alike)
    return _learned.get(key) or keep(_learned, key, _Learned(), _SHEETS_HELD)


class RowShapes:
    """The shapes of one sheet's rows, learned from its rows and from earlier sheets like it."""

    def __init__(self, quick: QuickCells, wanted: Wanted) -> None:
        """Begin with what is known."""
        self._wanted, self._prefix = wanted, quick.prefix
        self._shared = quick.shared
        self._learned = _learned_before(quick, wanted)
        self._unlike = self.taken = 0

    def take(self, text: bytes, at: int) -> Taken | None:
        """The row that starts at an offset, where it has a known shape."""
        shapes = self._learned.shapes
        for shape in shapes:
            found = shape.match(text, at)
            if found is not None:
                if shape is not shapes[0]:
                    self._learned.shapes = [shape, *(s for s in shapes if s is not shape)]
                self.taken += 1
                return shape, found
        return None

    def read(self, taken: Taken) -> PlainRow | None:
        """What is wanted of a row that was taken."""
        return taken[0].read(taken[1], self._shared)

    def learn(self, pieces: list[bytes], digits: int, like: PlainRow, following: int) -> None:
        """Learn from a row that no pattern took, once there were enough of such.

        Args:
            pieces: the row cut at its cells, one for each column, as `PlainReader.read` takes it.
            digits: how many digits the row's number has, and the quote behind it.
            like: what was wanted of it.
            following: how many rows follow, by their bytes.
        """
        learned = self._learned
        self._unlike += 1
        learned.waiting += 1
        if self._unlike > _PATIENCE + self.taken:
            self._learned = _Learned()
            return
        shapes = learned.shapes
        if learned.waiting >= _ROWS_OF_SMALL_SHEETS:
            shapes = shapes[: _MOST_SHAPES - 1]
        elif (
            following < _WORTH_ROWS or self._unlike % _WORTH_LEARNING or len(shapes) >= _MOST_SHAPES
        ):
            return
        p = re.escape(self._prefix)
        pattern = _Pattern(self._wanted, like, p).of(pieces, digits)
        learned.waiting = 0
        if pattern is not None:
            close = len(self._prefix) + len(b"</row>")
            learned.shapes = [*shapes, Shape(pattern, self._wanted, like, close)]


class _Pattern:
    """Makes the pattern of rows like one."""

    def __init__(self, wanted: Wanted, like: PlainRow, prefix: bytes) -> None:
        self._wanted, self._like, self._p = wanted, like, prefix
        self._v, self._v_end = b"<%bv>" % prefix, b"</%bv></%bc>" % (prefix, prefix)
        self._c_end = b"</%bc>" % prefix
        self._formula = rb"<%bf[^<>]*+>(?:[^<]*+</%bf>)?+" % (prefix, prefix)
        self._held = b"(?:<%bv>[^<]*+</%bv>|%b)" % (prefix, prefix, self._inline(b"[^<]*+"))

    def of(self, pieces: list[bytes], digits: int) -> bytes | None:
        """The pattern; None where a cell that matters is of another kind than it can say."""
        wanted, p = self._wanted, self._p
        texts = [c for c in wanted.texts if c <= LAST_COLUMN]
        apart = [*texts, *wanted.figures, *wanted.alike]
        if pieces[0] or len(set(apart)) < len(apart) or digits < 2:  # noqa: PLR2004 - and the quote
            return None
        cells = []
        for column in range(1, max(len(pieces) - 1, *texts, *wanted.alike) + 1):
            rest = b""
            if column < len(pieces) and pieces[column]:
                rest = pieces[column][digits + LETTERS[column] :]
            held = _CELL.fullmatch(rest) if rest else None
            if rest and held is None:
                return None
            cell = self._cell(column, held)
            if cell is None:
                return None
            cells.append(cell)
        attributes = rb'(?P<tag>(?: [\w:.]+="[^"<>]*+")*+>)'
        nothing = b"(?:(?!)(?P<nothing>))?"
        return b'<%brow r="(\\d+)"%b%b%b</%brow>' % (p, attributes, nothing, b"".join(cells), p)

    def _cell(self, column: int, held: re.Match[bytes] | None) -> bytes | None:
        wanted = self._wanted
        address = b'<%bc r="%b\\1"' % (self._p, letters_of(column))
        if column in wanted.texts:
            return self._text(address, wanted.texts.index(column), held)
        if column in wanted.alike:
            return self._key(address, wanted.alike.index(column), held)
        if column in wanted.figures:
            return self._figure(address, column, held)
        unread = b'<%bc r="%b\\d++"[^<>]*+>' % (self._p, letters_of(column))
        return b"(?:%b%b)?+" % (unread, self._content(held))

    def _content(self, held: re.Match[bytes] | None) -> bytes:
        """What cells like one hold behind their tags, where that is not closed at once."""
        _, _, formula, value, inline = _parts(held)
        text = b"<%bv>[^<]*+</%bv>" % (self._p, self._p)
        if inline is not None:
            text = self._inline(b"[^<]*+")
        elif held is not None and not value and held[0].endswith(b"c>"):
            text = b"(?:%b)?+" % text
        return b"(?:%b%b%b)?+" % (self._formula if formula else b"", text, self._c_end)

    def _text(self, address: bytes, place: int, held: re.Match[bytes] | None) -> bytes | None:
        """A cell with a text, stored in the same way, or nothing; a whole number reads as text."""
        tag, kind, formula, value, inline = _parts(held)
        if formula or (value and kind not in {None, b"s", b"n"}):
            return None
        if value and kind != b"s":
            number = b">%b(?P<number%d>[1-9]\\d{0,14})%b" % (self._v, place, self._v_end)
            return address + re.escape(tag) + number
        text = b' t="s">%b(?P<shared%d>\\d++)%b' % (self._v, place, self._v_end)
        if inline is not None:
            if kind != b"inlineStr":
                return None
            text = b' t="inlineStr">' + self._inline(b"(?P<inline%d>[^<]*+)" % place) + self._c_end
        return b"(?:%b%b(?:%b|/>|>%b))?+" % (address, _STYLE, text, self._c_end)

    def _key(self, address: bytes, place: int, held: re.Match[bytes] | None) -> bytes:
        """A cell by which rows are compared: all of it, but for the text of its formula."""
        if held and held[3]:
            end = b"(?P<key%d_v>%b?+%b)" % (place, self._held, self._c_end)
            return b"%b(?P<key%d>[^<>/]*+>)%b%b" % (address, place, self._formula, end)
        rest = b"[^<>]*+>" + self._content(held)
        return b"(?:%b(?P<key%d>%b))?+" % (address, place, rest)

    def _figure(self, address: bytes, column: int, held: re.Match[bytes] | None) -> bytes | None:
        """A cell of a figure, under the very same tag; the one that is wanted, or another."""
        tag, kind, formula, value, inline = _parts(held)
        if inline:
            return (
                None if formula else address + re.escape(tag) + b">" + self._inline() + self._c_end
            )
        if not value:
            blank = b"(?:%b%b(?:/>|>%b))?+" % (address, _STYLE, self._c_end)
            return blank if inline is None and not formula else None
        content = b"[^<]++"
        if formula and kind in {None, b"n"}:
            content = _STORED_NUMBER
        if column == self._like.column:
            content = b"(?P<figure>%b)" % content
        made = self._formula if formula else b""
        return b"%b%b>%b%b%b%b" % (address, re.escape(tag), made, self._v, content, self._v_end)

    def _inline(self, text: bytes = b"[^<]++") -> bytes:
        p = self._p
        return b"<%bis><%bt>%b</%bt></%bis>" % (p, p, text, p, p)


def _parts(
    held: re.Match[bytes] | None,
) -> tuple[bytes, bytes | None, bytes | None, bytes | None, bytes | None]:
    """A cell's tag, type, formula, value and inline text."""
    if held is None:
        return b"", None, None, None, None
    tag, kind, formula, value, inline = held.groups()
    return tag, kind, formula, value, inline
