"""Formula cells as a workbook stores them: the formula, and what it was last calculated to.

One by one, and as they were filled down; and what became of all of them when they were calculated.
"""

from __future__ import annotations

from perf_addin.application.grid import CellRange
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perf_addin.application.functions.values import Scalar
    from perf_addin.domain.findings import Finding


class FormulaKind(StrEnum):
    """How a formula is stored."""

    OWN = "own"
    SHARED = "shared"
    ARRAY = "array"
    DATA_TABLE = "data table"


class FormulaCell(NamedTuple):
    """A cell with a formula.

    Attributes:
        row: 1-based row.
        column: 1-based column.
        text: the formula without `=`; empty in the cells of a shared formula that point to it.
        kind: how it is stored.
        group: the number of its shared formula, or None.
        area: the cells that an array formula or a data table fills, or that share a formula.
        stored: what is stored as its result; None where nothing is.
        dynamic: whether its result spills (cell metadata says so).
    """

    row: int
    column: int
    text: str
    kind: FormulaKind
    group: int | None
    area: CellRange | None
    stored: Scalar
    dynamic: bool


class FormulaColumn:
    """Cells of one column whose formulas differ by their rows only, as they were filled down.

    Attributes:
        column: the 1-based column.
        text: the formula without `=`, as it reads in the first of the rows.
        moving: how many row numbers of the text move along with the cell's row.
        rows: the 1-based rows, rising.
    """

    __slots__ = ("_decode", "_stored", "column", "moving", "rows", "text")

    def __init__(
        self,
        column: int,
        text: str,
        moving: int,
        rows: list[int],
        decode: Callable[[], Sequence[Scalar]],
    ) -> None:
        """Bind what was read; stored results are decoded when they are asked for."""
        self.column, self.text, self.moving, self.rows = column, text, moving, rows
        self._decode = decode
        self._stored: Sequence[Scalar] | None = None

    @property
    def stored(self) -> Sequence[Scalar]:
        """What is stored as the results, row by row; None where nothing is."""
        if self._stored is None:
            self._stored = self._decode()
        return self._stored


class DefinedName(NamedTuple):
    """A name.

    Attributes:
        name: as formulas use it.
        sheet: the sheet that it is bound to, or None for the whole workbook.
        text: what it stands for, without `=`.
        comment: what is said of it beside the list of names.
    """

    name: str
    sheet: str | None
    text: str
    comment: str = ""

    @property
    def is_function(self) -> bool:
        """Whether it is a function of the workbook's own, to be called by its name."""
        return self.text.lstrip().upper().startswith(("_XLFN.LAMBDA(", "LAMBDA("))


_EXCEL = ("Excel", "Excel Online")  # as Excel names itself on every system


class Calculation(NamedTuple):
    """What a workbook says of its last calculation.

    Attributes:
        by: the program that saved it, as it calls itself; empty where it does not say.
        manual: whether it is calculated only when somebody asks.
        on_load: whether it asks to be calculated when it is opened.
        iterative: whether circular references are iterated.
    """

    by: str
    manual: bool
    on_load: bool
    iterative: bool

    @property
    def doubt(self) -> str:
        """Why the stored results are not to be trusted; empty where they are."""
        if not (self.by.startswith("Microsoft ") and self.by.endswith(_EXCEL)):
            return f"it was saved by {self.by or 'an unknown program'}, not by Excel"
        if self.manual:
            return "it is calculated only when somebody asks"
        return "it asks to be calculated when it is opened" if self.on_load else ""


class Recalculated(NamedTuple):
    """What became of the formulas: how many were worked out, how many results changed.

    `unsettled` are formulas that kept their stored result, though altered cells may bear on it.
    """

    calculated: int
    changed: int
    findings: tuple[Finding, ...]
    unsettled: tuple[tuple[str, int, int], ...] = ()
