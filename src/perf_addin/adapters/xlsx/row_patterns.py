"""The pattern of rows like one, and what it takes of them.

It says which cells there are, under which style and type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, repeat

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import LARGEST_POWER
from perf_addin.adapters.xlsx.quick_cells import EXCEL, LETTERS
from perf_addin.adapters.xlsx.sheet_scan import LAST_COLUMN, RowSpan, letters_of
from perf_addin.application.grid import PlainRow, Wanted
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.row_shapes import Shared, Taken

_PLAIN_NUMBER = b"0123456789.-"
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
# How a text is stored, and the beginning of its group's name.
SHARED, INLINE, NUMBER = "shared", "inline", "number"


class RowPattern:
    """Makes the pattern of rows like one.

    Its first groups are the row itself, its number, and its other attributes up to the `>`.
    """

    def __init__(self, wanted: Wanted, like: PlainRow, prefix: bytes) -> None:
        """Bind what is wanted, what was read of the row, and the prefix of its names, escaped."""
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
        return b'(<%brow r="(\\d+)"%b%b</%brow>)' % (p, attributes, b"".join(cells), p)

    def _cell(self, column: int, held: re.Match[bytes] | None) -> bytes | None:
        wanted = self._wanted
        address = b'<%bc r="%b\\2"' % (self._p, letters_of(column))
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


class Shape:
    """A pattern of a whole row, and what its groups hold.

    Its first groups are the row itself, its number and its other attributes up to the `>`.
    """

    __slots__ = (
        "_around",
        "_close",
        "_figure",
        "_find_all",
        "_formats",
        "_keys",
        "_texts",
        "match",
    )

    def __init__(self, pattern: bytes, wanted: Wanted, like: PlainRow, prefix: bytes) -> None:
        """Compile the pattern; `like` is the row that it was made from."""
        compiled = re.compile(pattern)
        self.match, self._find_all = compiled.match, compiled.findall
        self._close = len(prefix) + len(b"</row>")
        self._around = len(prefix) + len(b'<row r=""')
        self._formats = (like.column, like.percent, like.any_percent, like.any_bare)
        places = {name: number - 1 for name, number in compiled.groupindex.items()}
        self._figure = places["figure"]
        self._texts = [
            next(
                ((k, places[f"{k}{n}"]) for k in (SHARED, INLINE, NUMBER) if f"{k}{n}" in places),
                ("", 0),
            )
            for n in range(len(wanted.texts))
        ]
        self._keys = [place for name, place in places.items() if name.startswith("key")]

    def find(self, text: bytes, at: int, stop: int, shared: Shared) -> Taken:
        """The rows of this shape that follow each other from an offset on, where one starts.

        Args:
            text: the sheet.
            at: where the first of them starts.
            stop: how far to look; a row that ends behind it is not found.
            shared: gives shared strings by their numbers.

        Returns:
            The rows and what is wanted of each: one at least.
        """
        columns = list(zip(*self._find_all(text, at, stop), strict=True))
        rows = columns[0]
        ends = list(accumulate(map(len, rows), initial=at))
        if not text.startswith(b"".join(rows), at):
            # Something else stands between them: they are taken up to there.
            alike = next(n for n, row in enumerate(rows) if not text.startswith(row, ends[n]))
            columns = [column[:alike] for column in columns]
        _, numbers, tags, *_ = columns
        inner = [
            at + self._around + len(number) + len(tag)
            for at, number, tag in zip(ends, numbers, tags, strict=False)
        ]
        close = [end - self._close for end in ends[1:]]
        spans = zip(map(int, numbers), ends, inner, close, ends[1:], strict=False)
        return list(map(_new, repeat(RowSpan), spans)), self._read(columns, shared)

    def _read(self, columns: list[tuple[bytes, ...]], shared: Shared) -> list[PlainRow | None]:
        texts = [_texts(kind, columns[place], shared) for kind, place in self._texts]
        keys = [columns[place] for place in self._keys]
        column, percent, any_percent, any_bare = self._formats
        return [
            None
            if number is None
            else _new(PlainRow, (of_row, column, number, percent, any_percent, any_bare, key))
            for number, of_row, key in zip(
                _numbers(columns[self._figure]),
                zip(*texts, strict=False),
                zip(repeat(self), *keys, strict=False),
                strict=False,
            )
        ]


def _numbers(stored: Sequence[bytes]) -> list[Decimal | None]:
    """Figures as stored, cut to Excel's digits; None for each that is no number Excel can hold."""
    longest = max(map(len, stored))
    if longest < LARGEST_POWER and not b"".join(stored).translate(None, _PLAIN_NUMBER):
        try:
            return [_to_number(figure.decode()) for figure in stored]
        except ArithmeticError:
            pass  # one of them is none
    return list(map(_number, stored))


def _number(stored: bytes) -> Decimal | None:
    try:
        number = _to_number(stored.decode())
    except (ArithmeticError, UnicodeDecodeError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= LARGEST_POWER else None


def _texts(kind: str, stored: Sequence[bytes], shared: Shared) -> Iterable[str]:
    """The texts of a column of cells that are stored in one way, or blank."""
    if kind is SHARED:
        return [shared(int(number)).strip() if number else "" for number in stored]
    if kind is NUMBER:
        return [number.decode() for number in stored]
    return [decode(text).strip() for text in stored] if kind is INLINE else repeat("")
