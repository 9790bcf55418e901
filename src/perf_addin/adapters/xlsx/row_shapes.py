"""Rows that are like thousands of others, taken apart by one pattern of the whole row.

A row that was read cell by cell shows what rows like it look like: which cells there are, under
which style and type, and which of them hold what is wanted. What the pattern takes is read as that
row was; a row that differs in anything that matters is not taken, and is read cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from perf_addin.adapters.xlsx.quick_cells import QuickCells
from perf_addin.adapters.xlsx.sheet_scan import Offsets
from perf_addin.application.grid import PlainRow, Wanted
from perf_addin.application.in_common import keep
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.row_patterns import Shape

_WORTH_LEARNING = 6  # a pattern is made of each sixth row that none took, from the first on
_WORTH_ROWS = 300  # rows that must follow, since to compile one takes as long as to read so many
_MOST_SHAPES = 6
_ROWS_OF_SMALL_SHEETS = 300  # read cell by cell in many sheets, which is as much
_SHEETS_HELD = 8
_PATIENCE = 100  # rows that no pattern took, before the patterns are given up
# How many bytes are looked at in one go: more after each time that all rows in them were alike.
_FIRST_LOOK, _FURTHEST_LOOK = 1 << 13, 1 << 17

Shared = Callable[[int], str]
# Rows that follow each other, and what is wanted of each: None where its figure is no number.
Taken = tuple[list[Offsets], list[PlainRow | None]]


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
        """The rows from an offset on that have known shapes, up to the first that has none.

        Yields:
            Some of them at once: one at least.
        """
        look = _FIRST_LOOK
        while (first := self._first(text, at)) is not None:
            shape, end = first
            found = shape.find(text, at, min(stop, max(end, at + look)), self._shared)
            self.taken += len(found[0])
            yield found
            end = found[0][-1][-1]
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
        """Learn from a row that no pattern took: from the first, then from every so many.

        Args:
            pieces: the row cut at its cells, one for each column, as `PlainReader.read` takes it.
            digits: how many digits the row's number has, and the quote behind it.
            like: what was wanted of it.
            following: how many rows follow, by their bytes.
        """
        learned = self._learned
        early = self._unlike % _WORTH_LEARNING
        self._unlike += 1
        learned.waiting += 1
        if self._unlike > _PATIENCE + self.taken:
            self._learned = _Learned()
            return
        shapes = learned.shapes
        if learned.waiting >= _ROWS_OF_SMALL_SHEETS:
            shapes = shapes[: _MOST_SHAPES - 1]
        elif early or following < _WORTH_ROWS or len(shapes) >= _MOST_SHAPES:
            return
        from perf_addin.adapters.xlsx.row_patterns import (  # noqa: PLC0415 - not for small sheets
            RowPattern,
            Shape,
        )

        pattern = RowPattern(self._wanted, like, self._prefix).of(pieces, digits)
        learned.waiting = 0
        if pattern is not None:
            learned.shapes = [*shapes, Shape(pattern, self._wanted, like, self._prefix)]
