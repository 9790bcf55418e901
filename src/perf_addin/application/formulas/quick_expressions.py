"""What formulas of the plainest kind say, and which cells they read."""

from __future__ import annotations

from perf_addin.application.functions import NAMES as OURS
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perf_addin.application.functions.values import Scalar

ALONG = frozenset({"SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "MAX", "MIN"})
"""Functions that take cells side by side."""
COUNTING_IF = frozenset({"COUNTIF", "COUNTIFS"})
"""Functions that take an area, and what its cells are held against, by turns."""


LOOKING_UP = {"MATCH": (3, 3), "INDEX": (2, 2), "VLOOKUP": (4, 4)}
"""Functions that look values up, with the fewest and the most arguments that are known here."""


class NotQuickError(Exception):
    """Something takes working formulas out one by one."""


class CellRead(NamedTuple):
    """A cell that a formula reads.

    Attributes:
        sheet: the sheet's name, or None for the formula's own.
        column: the 1-based column.
        row: the 1-based row, or how many rows below the formula's own the cell lies.
        fixed: whether `row` is the row itself.
    """

    sheet: str | None
    column: int
    row: int
    fixed: bool


class ColumnRead(NamedTuple):
    """Cells of one column that a formula reads, the same ones from wherever it stands.

    Attributes:
        sheet: the sheet's name, or None for the formula's own.
        column: the 1-based column.
        top: the 1-based first row.
        bottom: the 1-based last row.
    """

    sheet: str | None
    column: int
    top: int
    bottom: int

    def meets(self, rows: Iterable[int]) -> bool:
        """Whether any of some rows of the column is read."""
        return any(self.top <= row <= self.bottom for row in rows)


Read = CellRead | ColumnRead


class Constant(NamedTuple):
    """A constant of a formula."""

    value: Scalar


class Reckoned(NamedTuple):
    """What a sign makes of one expression or two."""

    sign: str
    operands: tuple[Expression, ...]


class Called(NamedTuple):
    """What a function makes of its arguments."""

    function: str
    arguments: tuple[Expression, ...]


class SideBySide(NamedTuple):
    """Cells side by side that a formula reads together."""

    cells: tuple[CellRead, ...]


class Block(NamedTuple):
    """Columns of cells side by side, that a formula looks something up in."""

    columns: tuple[ColumnRead, ...]


Expression = Block | SideBySide | ColumnRead | CellRead | Constant | Reckoned | Called


class QuickFormula(NamedTuple):
    """A formula that was filled down.

    Attributes:
        expression: what it says.
        reads: the cells and columns of cells that it reads, each once.
        calls_ours: whether any function of ours is called in it.
        reckons: whether it has arithmetic in it.
    """

    expression: Expression
    reads: tuple[Read, ...]
    calls_ours: bool
    reckons: bool

    @property
    def is_call(self) -> bool:
        """Whether it is a call of ours and nothing else."""
        return isinstance(self.expression, Called) and self.expression.function in OURS


AREAS = (SideBySide, ColumnRead, Block)
"""What stands for several cells at once."""
