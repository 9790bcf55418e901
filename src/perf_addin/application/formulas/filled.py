"""Formulas that were filled down, and the order in which whole columns can be worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from perf_addin.application.formulas.quick_expressions import (
    ColumnRead,
    NotQuickError,
    QuickFormula,
    Read,
)
from perf_addin.application.formulas.quick_formulas import quick_formula
from perf_addin.application.formulas.sameness import is_error
from perf_addin.application.functions import NAMES
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.application.formulas.cells import FormulaColumn
    from perf_addin.application.formulas.tables import Placed
    from perf_addin.application.functions.values import Scalar

CALLS = tuple(f"{name.lower()}(" for name in NAMES)
"""What every call of ours has in it, in lower case."""
_VOLATILE = (
    *("NOW(", "TODAY(", "RAND(", "RANDBETWEEN(", "RANDARRAY("),
    *("OFFSET(", "INDIRECT(", "CELL(", "INFO("),
)
Place = tuple[str, int]
"""A column of a sheet."""


class Filled:
    """A formula and its cells."""

    __slots__ = ("_tables", "cells", "formula", "sheet")

    def __init__(
        self, sheet: str, cells: FormulaColumn, tables: Callable[[], Mapping[str, Placed]]
    ) -> None:
        """Bind the cells; the formula is read when it is asked for.

        Args:
            sheet: the sheet.
            cells: the cells.
            tables: gives the workbook's tables by name in lower case.
        """
        self.sheet, self.cells, self._tables = sheet, cells, tables
        self.formula: QuickFormula | None = None

    def read(self) -> QuickFormula:
        """What the formula says.

        Raises:
            NotQuickError: it is not of the plainest kind.
        """
        if self.formula is None:
            text, rows, moving = self.cells.text, self.cells.rows, self.cells.moving
            if _may_name_table(text):
                from perf_addin.application.formulas.row_references import (  # noqa: PLC0415 - few
                    with_cells,
                )

                text, more = with_cells(text, self.sheet, rows, self._tables())
                moving += more
            self.formula = quick_formula(text, rows[0], moving, alone=len(rows) == 1)
        return self.formula

    @property
    def may_call_ours(self) -> bool:
        """Whether it can hold a call of ours: none is missed."""
        text = self.cells.text.lower()
        return any(call in text for call in CALLS)

    @property
    def is_volatile(self) -> bool:
        """Whether it calls what may give something else at every calculation."""
        text = self.cells.text.upper()
        return any(call in text for call in _VOLATILE)

    @property
    def place(self) -> Place:
        """Its sheet and column."""
        return self.sheet, self.cells.column


def _may_name_table(text: str) -> bool:
    """Whether a bracket stands right behind a name, as in every reference to a table."""
    return any(
        before[-1:].isalnum() or before.endswith(("_", ".")) for before in text.split("[")[:-1]
    )


class FilledColumns:
    """All formulas of a workbook, by their columns."""

    def __init__(self, sheets: Iterable[str]) -> None:
        """Begin with the names of all sheets, and no formula."""
        self._names = {name.casefold(): name for name in sheets}
        self._by_place: dict[Place, list[Filled]] = {}
        self.all: list[Filled] = []

    def add(self, filled: Filled) -> None:
        """Add a formula."""
        self.all.append(filled)
        self._by_place.setdefault(filled.place, []).append(filled)

    def at(self, place: Place) -> Sequence[Filled]:
        """The formulas of a column."""
        return self._by_place.get(place, ())

    def place_of(self, filled: Filled, read: Read) -> Place:
        """The column that a formula reads.

        Raises:
            NotQuickError: there is no such sheet.
        """
        if read.sheet is None:
            return filled.sheet, read.column
        sheet = self._names.get(read.sheet.casefold())
        if sheet is None:
            raise NotQuickError(read.sheet)
        return sheet, read.column

    def before(self, filled: Filled) -> list[Filled]:
        """The formulas that one reads results of; itself where it goes on from the row above."""
        return [
            other
            for read in filled.read().reads
            for other in self.at(self.place_of(filled, read))
            if meets(filled, read, other)
        ]

    def in_order(self, todo: Sequence[Filled]) -> list[Filled]:
        """Some formulas, each behind those that it reads results of.

        Raises:
            NotQuickError: there is a circle, or a column goes on from the row above.
        """
        wanted = {id(filled) for filled in todo}
        before = {
            id(filled): [other for other in self.before(filled) if id(other) in wanted]
            for filled in todo
        }
        order: list[Filled] = []
        state: dict[int, bool] = {}  # whether it is in order; False while its own are looked at
        for filled in todo:
            _visit(filled, before, state, order)
        return order


def _visit(
    filled: Filled,
    before: Mapping[int, list[Filled]],
    state: dict[int, bool],
    order: list[Filled],
) -> None:
    known = state.get(id(filled))
    if known is False:
        raise NotQuickError(filled.cells.text)
    if known:
        return
    state[id(filled)] = False
    for other in before[id(filled)]:
        _visit(other, before, state, order)
    state[id(filled)] = True
    order.append(filled)


def meets(filled: Filled, read: Read, other: Filled) -> bool:
    """Whether a formula reads any cell of another one, or of its own."""
    rows, others = filled.cells.rows, other.cells.rows
    if isinstance(read, ColumnRead):
        return read.meets(others)
    if read.fixed:
        return read.row in others
    if not read.row and rows is others:
        return True
    return not {row + read.row for row in rows}.isdisjoint(others)


def meets_error(reads: Mapping[Read, Sequence[Scalar]], place: int) -> bool:
    """Whether any cell that a formula reads in one of its places holds an error."""
    return any(
        any(map(is_error, values)) if isinstance(read, ColumnRead) else is_error(values[place])
        for read, values in reads.items()
    )
