"""The first rows of a sheet, which are looked at to find an index, and what was found on them.

Layouts are kept for sheets that begin with the same rows, as long as the process lives.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import islice

from perf_addin.application.grid import Cell, CellRange, TableInfo
from perf_addin.application.in_common import keep
from perf_addin.application.layout import Layout
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perf_addin.application.sheets import Row, Sheet

ROWS_SEARCHED = 60
_LINES, _CELLS, _AREAS, _SHEETS = 12, 600, 60, 64
_LONGEST = 300  # characters of a heading

Cells = Mapping[int, Cell]


class Line(NamedTuple):
    """A row that was looked at: its number and its cells by column."""

    number: int
    cells: Cells


class Lines:
    """Rows of a sheet, read when they are first asked for: mostly the header is among the first.

    `read` are those so far; `ended` tells whether it was found that there are no more.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        """Bind rows that are still to be read."""
        self._rows = rows
        self._next: Row | None = None
        self.read: list[Line] = []
        self.ended = False

    def __iter__(self) -> Iterator[Line]:
        """Every line, from the first on."""
        index = 0
        while (line := self.get(index)) is not None:
            yield line
            index += 1

    def get(self, index: int) -> Line | None:
        """The line at a 0-based place; None before the first and behind the last."""
        while index >= len(self.read):
            row = self._peek()
            if row is None:
                return None
            self._next = None
            self.read.append(Line(row.number, row.cells()))
        return self.read[index] if index >= 0 else None

    def holds(self, index: int, number: int, columns: frozenset[int]) -> bool:
        """Whether the line at a place is the row of a number and holds something in columns."""
        if index < len(self.read):
            line = self.read[index]
            return line.number == number and columns <= line.cells.keys()
        row = self._peek() if index == len(self.read) else None
        if row is None or row.number != number:
            return False
        return all(row.get(column) is not None for column in columns)

    def _peek(self) -> Row | None:
        """The next row, which is not decoded yet."""
        if self._next is None:
            self._next = next(self._rows, None)
            self.ended = self._next is None
        return self._next


def top_lines(sheet: Sheet, first_row: int = 1, count: int = ROWS_SEARCHED) -> Lines:
    """The first rows, from `first_row` on, that hold something."""
    return Lines(islice(sheet.rows(first_row), count))


class _Found(NamedTuple):
    """What a search came to.

    Attributes:
        lines: the lines that it read, as `_exact` gives them; but not the line below the header.
        below: the number of that line, where it ended the header by holding an indicator's name,
            or by a gap above it; else 0.
        names: the columns in which it holds something for that.
        layout: what was found.
    """

    lines: tuple[Hashable, ...]
    below: int
    names: frozenset[int]
    layout: Layout | None


_known: dict[Hashable, _Found] = {}


class Search(NamedTuple):
    """What a search for a layout depends on, but for the lines that it reads."""

    sheet: str
    merged: Sequence[CellRange]
    tables: Sequence[TableInfo]
    financial_year: int | None
    header_rows: tuple[int, int] | None
    demand_standard: bool

    @property
    def key(self) -> Hashable | None:
        """What it is kept under; None where that would be too much."""
        if len(self.merged) + len(self.tables) > _AREAS:
            return None
        return (self.sheet, tuple(self.merged), tuple(self.tables), *self[3:])


def recall(key: Hashable, lines: Lines) -> _Found | None:
    """What the same search came to before; None where it was not made, or read other lines."""
    found = _known.get(key)
    if found is None:
        return None
    lines_, below, names, _ = found
    for index, line in enumerate(lines_):
        if _exact(lines.get(index)) != line:
            return None
    if below and not lines.holds(len(lines_), below, names):
        return None
    return found


def remember(
    key: Hashable, lines: Lines, layout: Layout | None, names: frozenset[int]
) -> Layout | None:
    """Keep what a search came to, if it read few lines; gives the layout.

    Args:
        key: what the search depends on besides.
        lines: those that it read.
        layout: what it found.
        names: the columns in which the header has the heading of an indicator's name.
    """
    read: list[Line | None] = [*lines.read]
    below = 0
    if lines.ended:
        read.append(None)
    elif layout is not None and names:
        # Of the line below it matters only that it has a name, or a gap above it: it is no header.
        number, cells = lines.read[-1]
        is_next = number == layout.header_last + 1
        if number > layout.header_last and (not is_next or names <= cells.keys()):
            below, names = number, names if is_next else frozenset()
            read.pop()
    if len(read) <= _LINES:
        exact = tuple(map(_exact, read))
        if ... not in exact:
            keep(_known, key, _Found(exact, below, names, layout), _SHEETS)
    return layout


def _exact(line: Line | None) -> Hashable:
    """A line so that only one with the very same cells equals it; `...` where it is too much."""
    if line is None:
        return None
    number, cells = line
    if len(cells) > _CELLS:
        return ...
    held = [(column, *_cell(cell)) for column, cell in cells.items()]
    return ... if any(len(each[1]) > _LONGEST for each in held) else (number, *held)


def _cell(cell: Cell) -> tuple[str, type, bool, bool]:
    value = cell[0]
    return str(value), value.__class__, cell[1], cell[2]
