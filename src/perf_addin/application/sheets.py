"""A sheet as the reader sees it: rows that give their cells when they are asked for."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from perf_addin.application.grid import (
    Cell,
    CellRange,
    Format,
    Look,
    PlainRow,
    TableInfo,
    Wanted,
)
from perf_addin.domain.declaring import Protocol


class Row(Protocol):
    """One row of a sheet. Cells that hold nothing are absent."""

    @property
    def number(self) -> int:
        """The row's number, 1-based as in Excel."""

    @property
    def hidden(self) -> bool:
        """Whether the row is hidden."""

    def cells(self) -> dict[int, Cell]:
        """Every cell that holds something, by its 1-based column, from left to right."""

    def get(self, column: int) -> Cell | None:
        """The cell in a 1-based column, or None where it is blank."""

    def has_cell(self, column: int) -> bool:
        """Whether the sheet has a cell of its own there, blank or not, and so a look of its own."""

    def get_many(self, columns: Sequence[int]) -> list[Cell | None]:
        """The cells in several 1-based columns, in the order asked for; None for each blank."""

    def formula(self, column: int) -> str | None:
        """The formula in a cell from its `=` on, in braces where it is an array formula.

        None where there is none, or one that has no text (a data table).
        """

    def plain(self, wanted: Wanted) -> PlainRow | None:
        """All that is wanted of the row at once; None where that takes reading cell by cell."""

    def alike_anywhere(self, plain: PlainRow) -> Hashable | None:
        """The key of a plain row, made the same for rows of all sheets and workbooks.

        Rows are then alike where the columns that they are compared by are the same too. None
        where that cannot be told.
        """

    def number_formats(self, columns: Sequence[int]) -> tuple[bool, bool]:
        """Whether any of the cells holds a number under a per cent format, and any a bare one.

        Columns that lie side by side are best given as a `range`.
        """

    def look(self, column: int) -> Look | None:
        """The rating colour which this product gave the cell earlier, if it still has it."""

    def format_of(self, column: int) -> Format | None:
        """How the cell shows a number, blank or not; None where the sheet has no cell there."""


class Sheet(Protocol):
    """A worksheet that can be read."""

    @property
    def name(self) -> str:
        """The name on the tab."""

    @property
    def visible(self) -> bool:
        """Whether the tab is shown."""

    def rows(self, first_row: int = 1) -> Iterator[Row]:
        """Every row from `first_row` on that holds something, from top to bottom.

        May be called more than once; a row is only valid until the next one is asked for.
        """

    def merged(self) -> Sequence[CellRange]:
        """The merged ranges."""

    def tables(self) -> Sequence[TableInfo]:
        """The Excel Tables on the sheet."""
