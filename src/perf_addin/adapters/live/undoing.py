"""Taking changes back, from the copy of the workbook that was made before them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from perf_addin.adapters.live.blocks import blocks
from perf_addin.adapters.live.sheets import LiveSheet
from perf_addin.application.grid import CellRange
from perf_addin.application.ports import Workbook
from perf_addin.application.recording import Change, PageChange, SheetChange

if TYPE_CHECKING:
    import xlwings as xw


class Undo(NamedTuple):
    """What it takes to take changes back.

    Attributes:
        copy: a copy of the workbook from before; it is ours, and named like no other.
        changes: what was changed since, in order.
        formulas: the formulas of the cells that changed, by sheet and (row, column), as they were.
    """

    copy: Path
    changes: Sequence[Change]
    formulas: dict[str, dict[tuple[int, int], str]]

    def forget(self) -> None:
        """Drop the copy."""
        self.copy.unlink(missing_ok=True)
        self.copy.parent.rmdir()


def prepare_undo(snapshot: Path, workbook: Workbook, changes: Sequence[Change]) -> Undo:
    """Keep what it takes to undo changes.

    Args:
        snapshot: the copy of the workbook as it is before the changes.
        workbook: the same copy, opened and unchanged.
        changes: what will be changed.
    """
    folder = Path(mkdtemp(prefix="perf-addin-"))
    # Excel opens no two workbooks of one name.
    copy = folder / f"before {folder.name} {snapshot.name}"
    copyfile(snapshot, copy)
    formulas: dict[str, dict[tuple[int, int], str]] = {}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for name, areas in _areas(changes):
        rows = {row for area in areas for row in range(area.first_row, area.last_row + 1)}
        columns = {c for area in areas for c in range(area.first_column, area.last_column + 1)}
        found = formulas.setdefault(name, {})
        for row in sheets[name].rows():
            for column in sorted(columns) if row.number in rows else ():
                formula = row.formula(column)
                if formula is not None and not formula.startswith("{"):
                    found[row.number, column] = formula
    return Undo(copy, changes, formulas)


def _areas(changes: Iterable[Change]) -> Iterable[tuple[str, list[CellRange]]]:
    """Which blocks of which sheets change, but for sheets that are added."""
    for change in changes:
        if isinstance(change, SheetChange):
            yield change.sheet, blocks((cell.row, cell.column) for cell in change.cells)
        elif change.rows_before is not None:
            page = change.page
            rows = max([change.rows_before, *(row.number for row in page.rows)])
            cells = (cell.column for row in page.rows for cell in row.cells)
            yield page.name, [CellRange(1, 1, rows, max([page.own_columns, *cells]))]


def undo(book: xw.Book, kept: Undo) -> None:
    """Put an open workbook's cells back as they were, content and look, and drop added sheets."""
    before = book.app.books.open(str(kept.copy), update_links=False, read_only=True)
    try:
        for name, areas in _areas(kept.changes):
            source, target = LiveSheet(before.sheets[name]), LiveSheet(book.sheets[name])
            for area in areas:
                source.block(area).copy(target.block(area))
            # A copied formula would refer to the copy of the workbook.
            for place, formula in kept.formulas.get(name, {}).items():
                target.sheet.range(place).formula = formula
    finally:
        before.close()
    names = [sheet.name for sheet in book.sheets]
    for change in kept.changes:
        if not isinstance(change, PageChange) or change.rows_before is not None:
            continue
        if change.page.name in names:
            book.sheets[change.page.name].delete()
    book.api.Activate()
