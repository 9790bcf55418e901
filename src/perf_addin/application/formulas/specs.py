"""What formulas come to, worked out once for all cells that hold the same one.

Formulas that were filled down differ by their rows only. Two cells hold the same formula where
their texts are the same with each relative row replaced by its distance from the cell's own.
"""

from __future__ import annotations

from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.cells import FormulaCell, FormulaKind
from perf_addin.application.formulas.references import (
    Area,
    Corner,
    References,
    references,
    shifted,
)
from perf_addin.application.formulas.simple_calls import simple_call
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import CellRange
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

_ROW = lazily(r"(?<=[A-Za-z])([0-9]+)")
_ROWS = lazily(r"(?<=[A-Za-z])[0-9]+")
_VOLATILE = frozenset(
    {"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO"}
)


Moving = tuple[tuple[str, CellRange, bool], ...]
"""The areas of a formula, each with its sheet and whether it stays where the formula moves."""


class Spec:
    """A formula, at the cell where it was first met."""

    __slots__ = (
        "calls_ours",
        "column",
        "is_pinned",
        "moving",
        "references",
        "renamed",
        "row",
        "simple",
        "single",
        "text",
        "volatile",
    )

    def __init__(self, text: str, row: int, column: int) -> None:
        """Work out what the formula of a cell refers to, and whether it calls ours."""
        self.text, self.row, self.column = text, row, column
        self.references: References = references(text)
        parts = [token for token in tokens(text) if token.kind is not Kind.SPACE]
        self.calls_ours = any(called(token) for token in parts)
        self.volatile = bool(_VOLATILE.intersection(self.references.functions))
        self.renamed = _renamed(parts)
        self.is_pinned = False
        self.moving: Moving | None = None  # told when it is needed
        self.single: bool | None = None  # whether nothing intersects; told when it is needed
        self.simple = simple_call(parts) if self.calls_ours else None

    def pinned(self) -> None:
        """Fix what does not move along with the rows of cells that hold the same formula."""
        self.is_pinned = True
        areas = tuple(map(_pinned, self.references.areas))
        self.references = self.references._replace(areas=areas)
        if self.simple is not None:
            given = [_pinned(a) if isinstance(a, Area) else a for a in self.simple.arguments]
            self.simple = self.simple._replace(arguments=tuple(given))


def _renamed(parts: list[Token]) -> tuple[tuple[str, str], ...] | None:
    """What becomes of the calls of ours in a formula that names no cells otherwise.

    None where names or tables stand for cells, or where a text holds what looks like such a call.
    """
    calls = {f"{token.text}(": f"{name}(" for token in parts if (name := called(token))}
    texts = [token.text for token in parts if token.kind is Kind.TEXT]
    if any(token.kind in {Kind.NAME, Kind.TABLE} for token in parts):
        return None
    if any(call in text for call in calls for text in texts):
        return None
    return tuple(pair for pair in calls.items() if pair[0] != pair[1])


def _pinned(area: Area) -> Area:
    return Area(area.sheet, _fixed(area.first), _fixed(area.last))


def _fixed(corner: Corner) -> Corner:
    return Corner(corner.row, corner.column, corner.row_fixed or not corner.column, True)


class Node(NamedTuple):
    """A formula cell with its formula, and how far it lies from where that was first met."""

    sheet: str
    cell: FormulaCell
    spec: Spec
    rows: int
    columns: int

    @property
    def key(self) -> tuple[str, int, int]:
        """Its sheet, row and column."""
        return self.sheet, self.cell.row, self.cell.column

    @property
    def text(self) -> str:
        """The formula as it reads in this cell."""
        return self.cell.text or shifted(self.spec.text, self.rows, self.columns)


class SpecReader:
    """Gives each formula cell of a sheet its formula."""

    def __init__(self, sheet: str) -> None:
        """Begin a sheet."""
        self._sheet = sheet
        self._shared: dict[int, Spec] = {}
        self._known: dict[str, Spec] = {}

    def node(self, cell: FormulaCell) -> Node | None:
        """The cell with its formula; None where the file does not give it one."""
        if cell.kind is FormulaKind.SHARED and cell.group is not None:
            if cell.text:
                self._shared[cell.group] = Spec(cell.text, cell.row, cell.column)
            spec = self._shared.get(cell.group)
            if spec is None:
                return None
            return Node(self._sheet, cell, spec, cell.row - spec.row, cell.column - spec.column)
        if cell.kind is FormulaKind.DATA_TABLE:
            return Node(self._sheet, cell, Spec("", cell.row, cell.column), 0, 0)
        if not cell.text:
            return None
        parts = _ROW.split(cell.text)
        own = str(cell.row)
        if len(parts) == 1 or set(parts[1::2]) == {own}:
            key = "[0]".join(parts[::2])
        else:
            key = _ROWS.sub(lambda found: f"[{int(found[0]) - cell.row}]", cell.text)
        known = self._known.get(key)
        if known is None:
            known = Spec(cell.text, cell.row, cell.column)
            if not _moves_in_areas_only(cell.text):
                return Node(self._sheet, cell, known, 0, 0)
            known.pinned()
            self._known[key] = known
        return Node(self._sheet, cell, known, cell.row - known.row, 0)


def _moves_in_areas_only(text: str) -> bool:
    """Whether digits behind letters stand in areas only, not in `LOG10` or `"Q1"`."""
    in_areas = 0
    for token in tokens(text):
        if token.kind is Kind.AREA:
            if _ROWS.search(token.text.rpartition("!")[0]):
                return False
            in_areas += len(_ROWS.findall(token.text))
    return in_areas == len(_ROWS.findall(text))
