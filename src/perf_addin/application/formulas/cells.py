"""Formula cells as a workbook stores them: the formula, and what it was last calculated to."""

from __future__ import annotations

from perf_addin.application.grid import CellRange
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from perf_addin.application.functions.values import Scalar


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
