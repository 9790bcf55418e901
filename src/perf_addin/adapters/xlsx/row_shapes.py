"""Rows that are like thousands of others, taken apart by one pattern of the whole row.

A row that was read cell by cell shows what rows like it look like: which cells there are, under
which style and type, and which of them hold what is wanted. What the pattern takes is read as that
row was; a row that differs in anything that matters is not taken, and is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, repeat

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import LARGEST_POWER
from perf_addin.adapters.xlsx.quick_cells import EXCEL, QuickCells
from perf_addin.adapters.xlsx.row_patterns import INLINE, NUMBER, SHARED, RowPattern
from perf_addin.adapters.xlsx.sheet_scan import RowSpan
from perf_addin.application.grid import PlainRow, Wanted
from perf_addin.application.in_common import keep

_WORTH_LEARNING = 6  # rows read cell by cell, before a pattern is made of the next
_WORTH_ROWS = 300  # rows that must follow, since to compile one takes as long as to read so many
_MOST_SHAPES = 6
_ROWS_OF_SMALL_SHEETS = 300  # read cell by cell in many sheets, which is as much
_SHEETS_HELD = 8
_PATIENCE = 100  # rows that no pattern took, before the patterns are given up
# How many bytes are looked at in one go: more after each time that all rows in them were alike.
_FIRST_LOOK, _FURTHEST_LOOK = 1 << 13, 1 << 17
_PLAIN_NUMBER = b"0123456789.-"
_new = tuple.__new__  # a third of the time of calling the class
_to_number = EXCEL.create_decimal

Shared = Callable[[int], str]
Taken = tuple[RowSpan, PlainRow | None]


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

    def find(self, text: bytes, at: int, stop: int, shared: Shared) -> list[Taken]:
        """The rows of this shape that follow each other from an offset on, where one starts.

        Args:
            text: the sheet.
            at: where the first of them starts.
            stop: how far to look; a row that ends behind it is not found.
            shared: gives shared strings by their numbers.

        Returns:
            Each with what is wanted of it: None where its figure is no number.
        """
        columns = list(zip(*self._find_all(text, at, stop), strict=True))
        rows, numbers, tags, *_ = columns
        ends = list(accumulate(map(len, rows), initial=at))
        if b"".join(rows) != text[at : ends[-1]]:
            # Something else stands between them: they are taken up to there.
            alike = next(n for n, row in enumerate(rows) if not text.startswith(row, ends[n]))
            columns = [column[:alike] for column in columns]
        inner = [
            at + self._around + len(number) + len(tag)
            for at, number, tag in zip(ends, numbers, tags, strict=False)
        ]
        close = [end - self._close for end in ends[1:]]
        spans = zip(map(int, numbers), ends, inner, close, ends[1:], strict=False)
        return list(
            zip(map(_new, repeat(RowSpan), spans), self._read(columns, shared), strict=False)
        )

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

    def take(self, text: bytes, at: int, stop: int) -> Iterator[Taken]:
        """The rows from an offset on that have known shapes, up to the first that has none."""
        look = _FIRST_LOOK
        while (first := self._first(text, at)) is not None:
            shape, end = first
            found = shape.find(text, at, min(stop, max(end, at + look)), self._shared)
            self.taken += len(found)
            yield from found
            end = found[-1][0][-1]
            look = min(2 * look, _FURTHEST_LOOK) if end - at > look // 2 else _FIRST_LOOK
            at = end

    def _first(self, text: bytes, at: int) -> tuple[Shape, int] | None:
        """The shape of the row that starts at an offset, where it has a known one, and its end."""
        shapes = self._learned.shapes
        for shape in shapes:
            found = shape.match(text, at)
            if found is not None:
                if shape is not shapes[0]:
                    self._learned.shapes = [shape, *(s for s in shapes if s is not shape)]
                return shape, found.end()
        return None

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
        pattern = RowPattern(self._wanted, like, re.escape(self._prefix)).of(pieces, digits)
        learned.waiting = 0
        if pattern is not None:
            learned.shapes = [*shapes, Shape(pattern, self._wanted, like, self._prefix)]
