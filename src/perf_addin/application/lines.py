"""The first rows of a sheet, which are looked at to find an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from perf_addin.application.grid import Cell, Row, Sheet
from perf_addin.domain.declaring import NamedTuple

ROWS_SEARCHED = 60

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
