"""An indicator with all that its row holds, as the audit looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_addin.application.diff.picture import (
    Held,
    entries_key,
    held,
    on_its_scale,
    read_entries,
)
from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.layout import Columns
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.series import At, series_of
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period


class IndexRow(NamedTuple):
    """An indicator as its row has it.

    Attributes:
        item: what was decided about it.
        entries: its entry of every period that has one.
        hidden: whether the row is hidden.
        cells: every cell of the row that holds something, by 1-based column.
        formulas: the formula of each cell that has one, by 1-based column.
    """

    item: Rated
    entries: Mapping[Period, Held]
    hidden: bool
    cells: Mapping[int, Cell]
    formulas: Mapping[int, str]

    def series(self) -> list[At]:
        """Its figures up to the rated period, oldest first, one kind of period, on one scale.

        Empty where the rated figure has no period, or some are shown as per cent and some not.
        """
        found = series_of(self.item, self.entries)
        figures = (at.held.content for at in found)
        kinds = {figure.percent for figure in figures if isinstance(figure, Figure)}
        return found if len(kinds) == 1 else []

    def finding(
        self, code: str, severity: Severity, message: str, column: int | None = None
    ) -> Finding:
        """A finding about the indicator, in a column of its row or at its figure."""
        item = self.item
        cell = cell_name(item.row, column) if column is not None else item.place.name
        return Finding(code, severity, f"Indicator {item.label}: {message}", item.sheet, cell)


def read_index_rows(workbook: Workbook, result: IndexResult) -> list[IndexRow]:
    """Read the rows of an index that was rated, in its order."""
    wanted = {(item.sheet, item.row) for item in result.rated}
    names = {name for name, _ in wanted}
    found: dict[tuple[str, int], tuple[bool, dict[int, Cell], dict[int, str]]] = {}
    for sheet in workbook.sheets:
        if sheet.name not in names:
            continue
        for row in sheet.rows():
            if (sheet.name, row.number) in wanted:
                cells = row.cells()
                formulas = {
                    c: text
                    for c, cell in cells.items()
                    if cell.formula and (text := row.formula(c)) is not None
                }
                found[sheet.name, row.number] = (row.hidden, cells, formulas)
    entries = _Entries(workbook, result)
    nothing: tuple[bool, dict[int, Cell], dict[int, str]] = (False, {}, {})
    rows = []
    for item in result.rated:
        hidden, cells, formulas = found.get((item.sheet, item.row), nothing)
        held_by = on_its_scale(item, entries.of(item, cells))
        rows.append(IndexRow(item, held_by, hidden, cells, formulas))
    return rows


class _Entries:
    """The entries of indicators: those of a row from its cells, those of several rows read anew."""

    def __init__(self, workbook: Workbook, result: IndexResult) -> None:
        """Read the entries of long layouts, and find the columns of the others when needed."""
        self._long = read_entries(workbook, result, long_only=True)
        self._columns: dict[int, list[tuple[Period, int]]] = {}

    def of(self, item: Rated, cells: Mapping[int, Cell]) -> Mapping[Period, Held]:
        """The entry of every period that has one."""
        layout = item.layout
        if layout.is_long:
            return self._long.get(entries_key(layout, item), {})
        columns = self._columns.get(id(layout))
        if columns is None:
            known = Columns(layout)
            pairs = [*known.actuals, *known.yearly]
            columns = self._columns[id(layout)] = [(p, c) for p, c in pairs if p is not None]
        return {
            period: held(cell, item.sheet, item.row, column)
            for period, column in columns
            if (cell := cells.get(column)) is not None and cell.value != ""
        }
