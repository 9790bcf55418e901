"""The pattern of rows like one, and what it takes of them.

It says which cells there are, under which style and type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, groupby, repeat, starmap
from operator import add

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import LARGEST_POWER
from perf_addin.adapters.xlsx.quick_cells import EXCEL, LETTERS
from perf_addin.adapters.xlsx.sheet_scan import LAST_COLUMN, letters_of
from perf_addin.application.grid import PlainRow, Wanted
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.row_shapes import Shared, Taken

_PLAIN_NUMBER = b"0123456789.-"
_new = tuple.__new__  # a third of the time of calling the class
_to_number = EXCEL.create_decimal

_STYLE = rb'(?: s="\d++"|)'
_STORED_NUMBER = rb"-?\d+(?:\.\d+)?(?:[Ee][-+]?\d+)?"
_ATTRIBUTES = ([b""], [b" s=", b""], [b" t=", b""], [b" s=", b" t=", b""])
# How a text is stored, and the beginning of its group's name.
SHARED, INLINE, NUMBER = _KINDS = ("shared", "inline", "number")


class _Held(NamedTuple):
    """A cell behind its address: its tag's attributes, its type, and what it holds.

    `opened` says that its tag is not closed at once.
    """

    tag: bytes = b""
    kind: bytes | None = None
    formula: bool = False
    value: bool = False
    inline: bytes | None = None
    opened: bool = False


_Cells = tuple[bytes, bool]
"""Cells of a column: the pattern of all behind the address, and whether they may lack."""


class RowPattern:
    """Makes the pattern of rows like one.

    Columns side by side that are alike are matched as so many cells in these columns, since no more
    matters of cells that are not wanted themselves. Nothing is matched twice in different ways,
    so that an unlike row takes no longer than another.
    """

    def __init__(self, wanted: Wanted, like: PlainRow, prefix: bytes) -> None:
        """Bind what is wanted, what was read of the row, and the prefix of its names."""
        self._wanted, self._like, self._prefix = wanted, like, prefix
        self._p = p = re.escape(prefix)
        self._v, self._v_end = b"<%bv>" % p, b"</%bv></%bc>" % (p, p)
        self._c_end = b"</%bc>" % p
        self._formula = b"<%bf[^<]*+(?:</%bf>|)" % (p, p)
        self._known: dict[bytes, _Held | None] = {}

    def of(self, pieces: list[bytes], digits: int) -> bytes | None:
        """The pattern; None where a cell that matters is of another kind than it can say."""
        wanted, p = self._wanted, self._p
        texts = [c for c in wanted.texts if c <= LAST_COLUMN]
        apart = [*texts, *wanted.figures, *wanted.alike]
        if pieces[0] or len(set(apart)) < len(apart) or digits < 2:  # noqa: PLR2004 - and the quote
            return None
        columns: list[tuple[bytes, _Cells]] = []
        for column in range(1, max(len(pieces) - 1, *texts, *wanted.alike) + 1):
            piece = pieces[column] if column < len(pieces) else b""
            held = self._held(piece[digits + LETTERS[column] :]) if piece else _Held()
            made = None if held is None else self._column(column, held)
            if made is None:
                return None
            columns.append((letters_of(column), made))
        alike = groupby(columns, lambda column: (column[0][:-1], column[1]))
        cells = b"".join([self._side_by_side([*run]) for _, run in alike])
        return rb'((<%brow r="(\d{1,9})"[^<>/]*+>)%b</%brow>)' % (p, cells, p)

    def _held(self, rest: bytes) -> _Held | None:
        """What a cell holds, worked out once for all with a value that differ in it alone."""
        prefix = self._prefix
        head, _, value = rest.partition(b"<%bv>" % prefix)
        text = value.removesuffix(b"</%bv></%bc>" % (prefix, prefix))
        if not text or text == value or b"<" in text:
            return _held_in(rest, prefix)
        if head not in self._known:
            self._known[head] = _held_in(rest, prefix)
        return self._known[head]

    def _side_by_side(self, run: list[tuple[bytes, _Cells]]) -> bytes:
        letters, (rest, may_lack) = run[0]
        if len(run) > 1:
            letters = b"%b[%b-%b]" % (letters[:-1], letters[-1:], run[-1][0][-1:])
        cell = rb'<%bc r="%b\3"%b' % (self._p, letters, rest)
        if len(run) == 1:
            return b"(?>%b|)" % cell if may_lack else cell
        return b"(?:%b){%d,%d}+" % (cell, 0 if may_lack else len(run), len(run))

    def _column(self, column: int, held: _Held) -> _Cells | None:
        wanted = self._wanted
        if column in wanted.texts:
            return self._text(wanted.texts.index(column), held)
        if column in wanted.alike:
            return self._key(wanted.alike.index(column), held)
        if column in wanted.figures:
            return self._figure(column == self._like.column, held)
        return self._content(held), True

    def _content(self, held: _Held) -> bytes:
        """All of cells like one, from behind the address on."""
        text = b"%b[^<]*+</%bv>" % (self._v, self._p)
        if held.inline is not None:
            text = self._inline(b"[^<]*+")
        elif held.opened and not held.value:
            text = b"(?:%b|)" % text
        formula = self._formula if held.formula else b""
        return b"[^<]*+(?:%b%b%b|)" % (formula, text, self._c_end)

    def _text(self, place: int, held: _Held) -> _Cells | None:
        """A cell with a text, stored in the same way, or nothing; a whole number reads as text."""
        kind = held.kind
        if held.formula or (held.value and kind not in {None, b"s", b"n"}):
            return None
        if held.value and kind != b"s":
            number = rb"%b>%b(?P<number%d>[1-9]\d{0,14})%b"
            return number % (held.tag, self._v, place, self._v_end), False
        text = rb' t="s">%b(?P<shared%d>\d{1,9})%b' % (self._v, place, self._v_end)
        if held.inline is not None:
            if kind != b"inlineStr":
                return None
            text = b' t="inlineStr">' + self._inline(b"(?P<inline%d>[^<]*+)" % place) + self._c_end
        return b"%b(?:%b|/>|>%b)" % (_STYLE, text, self._c_end), True

    def _key(self, place: int, held: _Held) -> _Cells:
        """A cell by which rows are compared: all of it, but for the text of its formula."""
        if not held.formula:
            return b"(?P<key%d>%b)" % (place, self._content(held)), True
        p = self._p
        value = b"(?:%b[^<]*+</%bv>|%b|)%b" % (self._v, p, self._inline(b"[^<]*+"), self._c_end)
        rest = b"(?P<key%d>[^<>/]*+>)%b(?P<key%d_v>%b)" % (place, self._formula, place, value)
        return rest, False

    def _figure(self, is_wanted: bool, held: _Held) -> _Cells | None:
        """A cell of a figure, under the very same tag; the one that is wanted, or another."""
        if held.inline:
            rest = b"%b>%b%b" % (held.tag, self._inline(b"[^<]++"), self._c_end)
            return None if held.formula else (rest, False)
        if not held.value:
            blank = b"%b(?:/>|>%b)" % (_STYLE, self._c_end)
            return None if held.formula or held.inline is not None else (blank, True)
        content = b"[^<]++"
        if held.formula and held.kind in {None, b"n"}:
            content = _STORED_NUMBER
        if is_wanted:
            content = b"(?P<figure>%b)" % content
        formula = self._formula if held.formula else b""
        return b"%b>%b%b%b%b" % (held.tag, formula, self._v, content, self._v_end), False

    def _inline(self, text: bytes) -> bytes:
        p = self._p
        return b"<%bis><%bt>%b</%bt></%bis>" % (p, p, text, p, p)


def _held_in(rest: bytes, p: bytes) -> _Held | None:
    """What a cell holds, from behind its address on; None where it is not written as usual."""
    tag, _, content = rest.partition(b">")
    end = b"</%bc>" % p
    opened = content.endswith(end)
    if not opened and (content or not tag.endswith(b"/")):
        return None
    tag, content = (tag, content[: -len(end)]) if opened else (tag[:-1], b"")
    words = tag.split(b'"')
    if words[::2] not in _ATTRIBUTES or not all(map(bytes.isalnum, words[1::2])):
        return None
    kind = words[-2] if b" t=" in words else None
    formula = content.startswith((b"<%bf>" % p, b"<%bf " % p, b"<%bf/" % p))
    value = _within(content, b"<%bv>" % p, b"</%bv>" % p, formula=formula)
    inline = _within(content, b"<%bis><%bt>" % (p, p), b"</%bt></%bis>" % (p, p), formula=formula)
    if content and not (formula or value or inline is not None):
        return None
    return _Held(tag, kind, formula, bool(value), inline, opened)


def _within(content: bytes, opening: bytes, end: bytes, *, formula: bool) -> bytes | None:
    """The text of the element that a cell ends with; of its only one, where it has no formula."""
    before, found, text = content.rpartition(opening)
    text = text.removesuffix(end) if text.endswith(end) else b"<"
    return None if not found or b"<" in text or (before and not formula) else text


class Shape:
    """A pattern of a whole row, and what its groups hold.

    Its first groups are the row itself, its start tag and its number.
    """

    __slots__ = (
        *("_close", "_figure", "_find_all", "_formats", "_formulas", "_keys", "_texts", "match"),
    )

    def __init__(self, pattern: bytes, wanted: Wanted, like: PlainRow, prefix: bytes) -> None:
        """Compile the pattern; `like` is the row that it was made from."""
        compiled = re.compile(pattern)
        self.match, self._find_all = compiled.match, compiled.findall
        self._close = len(prefix) + len(b"</row>")
        self._formats = (like.column, like.percent, like.any_percent, like.any_bare)
        places = {name: number - 1 for name, number in compiled.groupindex.items()}
        self._figure = places["figure"]
        self._texts = [
            next(((k, places[f"{k}{n}"]) for k in _KINDS if f"{k}{n}" in places), ("", 0))
            for n in range(len(wanted.texts))
        ]
        keys = [name for n in range(len(wanted.alike)) for name in (f"key{n}", f"key{n}_v")]
        self._keys = [places[name] for name in keys if name in places]
        self._formulas = [b"<%bf/>" % prefix if name in places else b"" for name in keys[1::2]]

    def find(self, text: bytes, at: int, stop: int, shared: Shared) -> Taken:
        """The rows of this shape that follow each other from where one starts, one at least.

        Args:
            text: the sheet.
            at: where the first of them starts.
            stop: how far to look; a row that ends behind it is not found.
            shared: gives shared strings by their numbers.
        """
        columns = list(zip(*self._find_all(text, at, stop), strict=True))
        rows = columns[0]
        starts = list(accumulate(map(len, rows), initial=at))
        if not text.startswith(b"".join(rows), at):
            # Something else stands between them: they are taken up to there.
            alike = next(n for n, row in enumerate(rows) if not text.startswith(row, starts[n]))
            columns = [column[:alike] for column in columns]
        _, tags, numbers, *_ = columns
        ends = starts[1:]
        inner = map(add, starts, map(len, tags))
        close = [end - self._close for end in ends]
        spans = zip(map(int, numbers), starts, inner, close, ends, strict=False)
        return list(spans), self._read(columns, shared)

    def cells(self, key: Sequence[bytes]) -> Sequence[bytes]:
        """The cells of a row's key, from behind their addresses on; formulas without their text."""
        if len(key) == len(self._formulas):
            return key
        taken = iter(key)
        return [next(taken) + (formula and formula + next(taken)) for formula in self._formulas]

    def _read(self, columns: list[tuple[bytes, ...]], shared: Shared) -> list[PlainRow | None]:
        texts = [_texts(kind, columns[place], shared) for kind, place in self._texts]
        keys = [columns[place] for place in self._keys]
        column, percent, any_percent, any_bare = self._formats
        fields = zip(
            zip(*texts, strict=False),
            repeat(column),
            _numbers(columns[self._figure]),
            repeat(percent),
            repeat(any_percent),
            repeat(any_bare),
            zip(repeat(self), *keys, strict=False),
            strict=False,
        )
        rows = starmap(_new, zip(repeat(PlainRow), fields, strict=False))
        return [None if row[2] is None else row for row in rows]


def _numbers(stored: Sequence[bytes]) -> list[Decimal | None]:
    """Figures as stored, cut to Excel's digits; None for each that is no number Excel can hold."""
    together, commas = b",".join(stored), b"," * (len(stored) - 1)
    if max(map(len, stored)) < LARGEST_POWER and together.translate(None, _PLAIN_NUMBER) == commas:
        try:
            return list(map(_to_number, together.decode().split(",")))
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
        return b",".join(stored).decode().split(",")
    return [decode(text).strip() for text in stored] if kind is INLINE else repeat("")
