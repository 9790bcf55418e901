"""A workbook that is read from a snapshot and whose changes are recorded, to be made elsewhere.

The workbook that is open in Excel changes only after a use case has come to its end: one that fails
half-way has changed nothing. The snapshot is written into as well, so that what is read later is
what was written earlier, and so that the same cells are refused as in a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell, Look
from perf_addin.application.ports import CellWrite, Inspection, LeftCell, SheetPage, Workbook
from perf_addin.application.sheets import Sheet

Entered = str | int | Decimal | None


class CellChange(NamedTuple):
    """A cell that becomes another one.

    Attributes:
        row: 1-based row.
        column: 1-based column.
        sets_value: whether `value` is another one than the cell holds.
        value: what it shall hold: a text (never a formula), a number, or nothing.
        look: the rating colour that it gets, PLAIN to take one away, or None where it has the
            right one.
        like: (row, column) of the cell whose look a cell without one of its own starts from.
    """

    row: int
    column: int
    sets_value: bool
    value: Entered
    look: Look | None
    like: tuple[int, int] | None


class SheetChange(NamedTuple):
    """Cells of a sheet of the user's that change."""

    sheet: str
    cells: tuple[CellChange, ...]


class PageChange(NamedTuple):
    """A sheet of ours that is laid out.

    `rows_before` is the last row that it had so far; None where the sheet is new.
    """

    page: SheetPage
    rows_before: int | None


Change = SheetChange | PageChange


class _State(NamedTuple):
    cell: Cell | None
    look: Look | None
    exists: bool


_ABSENT = _State(None, None, exists=False)


class RecordedWorkbook:
    """A workbook whose changes are kept in `changes`, in order."""

    def __init__(self, snapshot: Workbook, name: str) -> None:
        """Wrap a snapshot; `name` is what a person calls the workbook."""
        self._snapshot = snapshot
        self.name = name
        self.changes: list[Change] = []

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The worksheets of the snapshot."""
        return self._snapshot.sheets

    def write(
        self, sheet: str, writes: Sequence[CellWrite], left: list[LeftCell] | None = None
    ) -> None:
        """Put cells into a sheet of the user's; see `Workbook.write`."""
        before = self._states(sheet, writes)
        already_left = len(left) if left is not None else 0
        self._snapshot.write(sheet, writes, left)
        skipped = {(cell.row, cell.column) for cell in (left or ())[already_left:]}
        last = {(write.row, write.column): write for write in writes}
        changes = (
            _change(write, before.get(key, _ABSENT))
            for key, write in sorted(last.items())
            if key not in skipped
        )
        kept = tuple(change for change in changes if change is not None)
        if kept:
            self.changes.append(SheetChange(sheet, kept))

    def put_sheet(self, page: SheetPage) -> None:
        """Add or refresh a sheet that this product lays out; see `Workbook.put_sheet`."""
        wanted = page.name.casefold()
        existing = next((s for s in self.sheets if s.name.casefold() == wanted), None)
        rows = None
        if existing is not None:
            page = page._replace(name=existing.name)
            rows = max((row.number for row in existing.rows()), default=0)
        self._snapshot.put_sheet(page)
        self.changes.append(PageChange(page, rows))

    @property
    def inspection(self) -> Inspection:
        """What a check looks at besides cells, in the snapshot."""
        return self._snapshot.inspection

    def _states(self, sheet: str, writes: Sequence[CellWrite]) -> dict[tuple[int, int], _State]:
        found = next((s for s in self.sheets if s.name == sheet), None)
        columns: dict[int, set[int]] = {}
        for write in writes:
            columns.setdefault(write.row, set()).add(write.column)
        return {
            (row.number, column): _State(row.get(column), row.look(column), row.has_cell(column))
            for row in (found.rows() if found is not None else ())
            for column in columns.get(row.number, ())
        }


def _change(write: CellWrite, state: _State) -> CellChange | None:
    """What a write changes, or None where it changes nothing."""
    holds = state.cell.value if state.cell is not None else None
    value = write.value if write.value != "" else None
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    is_same = (holds if holds != "" else None) == value and not isinstance(holds, bool)
    look = write.look
    if look is (Look.PLAIN if state.look is None else state.look):
        look = None
    like = None if state.exists or (value is None and look is None) else write.like
    if is_same and look is None and like is None:
        return None
    return CellChange(write.row, write.column, not is_same, value, look, like)
