"""An indicator with all that its row holds, as the audit looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.diff.picture import Held, Picture
from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
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

    def series(self) -> list[tuple[Held, Decimal]]:
        """Its figures up to the rated period, oldest first, one kind of period, on one scale.

        Empty where the rated figure has no period, or some are shown as per cent and some not.
        """
        item = self.item
        if item.period is None:
            return []
        found = [
            (held, held.content)
            for period, held in sorted(self.entries.items())
            if period <= item.period
            and period.kind is item.period.kind
            and isinstance(held.content, Figure)
        ]
        if len({figure.percent for _, figure in found}) > 1:
            return []
        return [(held, figure.value) for held, figure in found]

    def finding(
        self, code: str, severity: Severity, message: str, column: int | None = None
    ) -> Finding:
        """A finding about the indicator, in a column of its row or at its figure."""
        item = self.item
        cell = cell_name(item.row, column) if column is not None else item.place.name
        return Finding(code, severity, f"Indicator {item.label}: {message}", item.sheet, cell)


def read_index_rows(workbook: Workbook, picture: Picture) -> list[IndexRow]:
    """Read the rows of an index that was rated, in its order."""
    wanted = {(each.rated.sheet, each.rated.row) for each in picture.indicators}
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
                found[sheet.name, row.number] = (row.hidden, dict(cells), formulas)
    nothing: tuple[bool, dict[int, Cell], dict[int, str]] = (False, {}, {})
    return [
        IndexRow(each.rated, each.entries, *found.get((each.rated.sheet, each.rated.row), nothing))
        for each in picture.indicators
    ]
