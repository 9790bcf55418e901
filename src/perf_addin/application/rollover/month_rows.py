"""A sheet behind an index with one row for each month or quarter of the year."""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell
from perf_addin.application.headings import read_period_heading
from perf_addin.application.lines import Line, top_lines
from perf_addin.application.rollover.blocks import year_of_period
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import a_year_later
from perf_addin.application.rollover.titles import move_titles
from perf_addin.application.sheets import Sheet
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.periods import Period, PeriodKind

_COLUMNS_SEARCHED = 6
_LEAST_PERIODS = 3


class MonthRows(NamedTuple):
    """The rows of a year's months or quarters: the column that names them, and the rows."""

    column: int
    lines: tuple[Line, ...]

    @property
    def first(self) -> int:
        """The first of the rows, 1-based."""
        return self.lines[0].number


def find_month_rows(sheet: Sheet, year: int) -> MonthRows | None:
    """Find the rows of a year on a sheet that has that year alone.

    None where a period occurs twice, which makes the sheet a list of cases, and where other years
    have rows too, which makes it a series that goes on.
    """
    lines = top_lines(sheet)
    for column in range(1, _COLUMNS_SEARCHED + 1):
        found = [
            (line, period)
            for line in lines
            if (period := _period(line.cells.get(column))) is not None
        ]
        periods = {period for _, period in found}
        if len(found) < _LEAST_PERIODS or len(periods) < len(found):
            continue
        if all(year_of_period(period) == year for period in periods):
            return MonthRows(column, tuple(line for line, _ in found))
    return None


def _period(cell: Cell | None) -> Period | None:
    """The month or quarter that a cell names in full: a list of `Apr` and 1 may serve to sort."""
    period = read_period_heading(cell.value, None) if cell is not None else None
    return period if period is not None and period.kind is not PeriodKind.YEAR else None


def move_month_rows(sheet: Sheet, rows: MonthRows, year: int, changes: Changes) -> None:
    """Move the rows a year on: their periods, the titles above them; their figures are emptied."""
    move_titles(sheet, (1, rows.first), year, changes)
    for line in rows.lines:
        for column, cell in line.cells.items():
            place = (line.number, column)
            if column == rows.column:
                moved = None if cell.formula else a_year_later(cell.value)
                if moved is not None:
                    changes.put(sheet.name, place, What.HEADING, cell, moved)
            elif not cell.formula and isinstance(read_cell(cell), Figure | Missing):
                changes.put(sheet.name, place, What.CLEARED, cell, None)
