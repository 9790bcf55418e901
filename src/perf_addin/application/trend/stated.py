"""What a person states about the trend of single indicators, on the sheet "Trend" itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.indicators import reference
from perf_addin.application.kept_lines import Line
from perf_addin.application.layout import text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.settings_kinds import read_rebase
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.stated_values import read_count
from perf_addin.domain.errors import InputError
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.projection import Way
from perf_addin.domain.targets import Target, read_target

STATED_HEADER = ("Fix after", "Rebase at", "Screening", "Targets by period", "Year end by")
"""The headings of the columns that people fill in, in their order."""

Dated = tuple[Period, Target]
_T = TypeVar("_T")


class Stated(NamedTuple):
    """What is stated for one indicator; None and empty where nothing is.

    Attributes:
        texts: the cells as they stand, under the headings.
        fix_after: how many points at the start settle the limits.
        rebase_at: periods that start limits of their own.
        screening: whether large moving ranges are left out.
        targets: targets with the period from whose start on they hold.
        way: how the year's figures make up the year.
    """

    texts: tuple[str, ...] = ("",) * len(STATED_HEADER)
    fix_after: int | None = None
    rebase_at: tuple[Period, ...] = ()
    screening: bool | None = None
    targets: tuple[Dated, ...] = ()
    way: Way | None = None


def read_stated(sheet: Sheet | None, workbook: Workbook) -> list[Line[Stated]]:
    """Read what the sheet states beside indicators.

    Raises:
        InputError: a cell cannot be understood; the message names it.
    """
    stated: list[Line[Stated]] = []
    columns: dict[str, int] = {}
    for row in sheet.rows() if sheet is not None else ():
        cells = row.cells()
        if not columns:
            found = {text_of(cell): column for column, cell in cells.items()}
            if all(heading in found for heading in STATED_HEADER):
                columns = {heading: found[heading] for heading in STATED_HEADER}
            continue
        first = cells.get(1)
        no = (reference(first) if first is not None else None) or ""
        name = text_of(cells.get(2))
        is_stated = any(column in cells for column in columns.values())
        if (no or name) and sheet is not None and is_stated:
            read = _Reader(workbook.name, sheet.name, row, columns).read()
            stated.append(Line(no, name, read))
    return stated


class _Reader:
    """Reads the cells of one row."""

    def __init__(self, file: str, sheet: str, row: Row, columns: Mapping[str, int]) -> None:
        self._file = file
        self._sheet = sheet
        self._row = row
        self._columns = columns

    def read(self) -> Stated:
        fix, rebase, screening, targets, way = STATED_HEADER
        return Stated(
            tuple(self._text(heading) for heading in STATED_HEADER),
            self._take(fix, lambda cell: read_count(_plain(cell)), "a number of points such as 12"),
            self._take(rebase, read_rebase, "periods such as Apr 2021; Apr 2022") or (),
            self._take(screening, _switch, "On or Off"),
            self._take(targets, _targets, "targets such as Apr 2020: 85%; Apr 2021: 90%") or (),
            self._take(way, _way, "Cumulative, Sum, Average or None"),
        )

    def _text(self, heading: str) -> str:
        cell = self._row.get(self._columns[heading])
        if cell is None:
            return ""
        rebase = read_rebase(cell) if heading == STATED_HEADER[1] else None
        return "; ".join(period.label for period in rebase) if rebase else _plain(cell)

    def _take(self, heading: str, read: Callable[[Cell], _T | None], expected: str) -> _T | None:
        column = self._columns[heading]
        cell = self._row.get(column)
        if cell is None or not text_of(cell):
            return None
        value = read(cell)
        if value is None:
            raise InputError(
                f"{self._file}, sheet {self._sheet!r}, cell {cell_name(self._row.number, column)}: "
                f"found {text_of(cell)!r}, expected {expected}. Correct the cell, or empty it.",
                name=self._file,
            )
        return value


def _plain(cell: Cell) -> str:
    return reference(cell) or ""


def _switch(cell: Cell) -> bool | None:
    return {"on": True, "off": False, "yes": True, "no": False}.get(text_of(cell).casefold())


def _way(cell: Cell) -> Way | None:
    words = text_of(cell).casefold()
    return next((way for way in Way if way.value.casefold() == words), None)


def _targets(cell: Cell) -> tuple[Dated, ...] | None:
    found = []
    for part in text_of(cell).replace("\n", ";").split(";"):
        if not part.strip():
            continue
        when, _, aim = part.partition(":")
        period = read_period(when.strip().removeprefix("from ").strip())
        target = read_target(aim.strip())
        if period is None or not isinstance(target, Target) or target.value is None:
            return None
        found.append((period, target))
    return tuple(found)
