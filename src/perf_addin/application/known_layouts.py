"""Layouts that were found before in this process, on sheets that begin with the same rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from perf_addin.application.grid import Cell, CellRange, TableInfo
from perf_addin.application.in_common import keep
from perf_addin.application.layout import Layout
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perf_addin.application.lines import Line, Lines

_LINES, _CELLS, _AREAS, _SHEETS = 12, 600, 60, 64
_LONGEST = 300  # characters of a heading


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
