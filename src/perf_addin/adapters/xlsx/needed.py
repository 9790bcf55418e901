"""What a sheet needs of its workbook, and a reader of rows of a row; for type checkers only."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.application.grid import Cell, TableInfo
from perf_addin.domain.declaring import Protocol


class Surroundings(Protocol):
    """What a sheet needs from its workbook."""

    @property
    def styles(self) -> Styles:
        """The workbook's styles."""

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1904."""

    def strings(self) -> SharedStrings:
        """The workbook's shared strings."""

    def sheet_xml(self, part: str) -> bytes:
        """A worksheet part, in UTF-8."""

    def sheet_tables(self, part: str) -> list[TableInfo]:
        """The tables of a worksheet part."""


class Cells(Protocol):
    """The other ways to read the row."""

    def get(self, column: int) -> Cell | None:
        """The cell in a 1-based column, or None where it is blank."""

    def number_formats(self, columns: Sequence[int]) -> tuple[bool, bool]:
        """Whether any cell holds a number under a per cent format, and any a bare one."""
