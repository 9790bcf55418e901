"""The indicators of an index as an import looks for them: by number, by name, with their cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from perf_addin.application.choose import read_cell, rhythm_months
from perf_addin.application.formulas.tables import Placed
from perf_addin.application.grid import Cell, Format
from perf_addin.application.importing.parts_cells import PartsCells, parts_cells
from perf_addin.application.indicators import Indicator, named_rows, read_indicators
from perf_addin.application.layout import Columns, Layout, text_of
from perf_addin.application.rating_index import Index
from perf_addin.application.row_kinds import is_indicator, is_total
from perf_addin.application.row_period import PeriodReader
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period
from perf_addin.domain.scales import says_percentage

_STANDARDS = (Field.TARGET, Field.GREEN, Field.AMBER, Field.LOWER, Field.UPPER)
Held = tuple[int, int]
T = TypeVar("T")


class Slot(NamedTuple):
    """A cell that a figure may go to, as it stands.

    Attributes:
        sheet: its sheet.
        row: 1-based.
        column: 1-based.
        cell: what it holds, or None.
        formula: its formula, or None.
        shown: how it shows a number; None where the sheet has no cell there.
    """

    sheet: str
    row: int
    column: int
    cell: Cell | None
    formula: str | None
    shown: Format | None

    @classmethod
    def of(cls, sheet: str, row: Row, column: int) -> Slot:
        """The cell of a row."""
        cell = row.get(column)
        formula = row.formula(column) if cell is not None and cell.formula else None
        if cell is not None and cell.formula and formula is None:
            formula = "="  # a data table has no text of its own
        return cls(sheet, row.number, column, cell, formula, row.format_of(column))


class Entry:
    """An indicator of the index.

    Attributes:
        sheet: its sheet.
        no: its number, or None.
        name: its name.
        row: its row; in a long layout its first.
        unit: what it is measured in, in the words of the index; empty where it does not say.
        months: how many months it reports on at a time, by its frequency; 1 where none is stated.
        standards: its target, thresholds and limits, as read.
        says_percentage: whether its name or unit says that it is a percentage.
        places: the row and column of the figure of each period that has a place.
        slots: the cells at those places, once they were read.
        beside: where the index itself has a numerator and a denominator for a period.
        repeated: periods that several rows state, so that none of them is known to be meant.
    """

    def __init__(self, indicator: Indicator) -> None:
        """Take what is wanted of a row; the row will not stay."""
        self.sheet = indicator.layout.sheet
        self.no = indicator.no
        self.name = indicator.name
        self.row = indicator.row
        self.months = rhythm_months(text_of(indicator.cell(Field.FREQUENCY, None)))
        self.unit = text_of(indicator.cell(Field.UNIT, None))
        cells = [indicator.cell(field, None) for field in _STANDARDS]
        read = [read_cell(cell) for cell in cells if cell is not None]
        self.standards = tuple(figure for figure in read if isinstance(figure, Figure))
        self.says_percentage = says_percentage(self.name) or says_percentage(self.unit)
        self.places: dict[Period | None, Held] = {}
        self.slots: dict[Period | None, Slot] = {}
        self.beside: dict[Period | None, PartsCells] = {}
        self.repeated: set[Period] = set()

    @property
    def label(self) -> str:
        """Its number, or its name where it has none."""
        return self.no or self.name

    def has_place(self, period: Period) -> bool:
        """Whether the index has a cell for a period."""
        return self._at(self.places, period) is not None

    def slot(self, period: Period) -> Slot | None:
        """The cell for a period, once cells were read; None where there is none."""
        return self._at(self.slots, period)

    def _at(self, cells: Mapping[Period | None, T], period: Period) -> T | None:
        """What there is for a period: its own, else that of another which ends with it.

        A figure for Q1 of an indicator that is reported quarterly goes into the column of June
        where there is none for quarters, and one for June into that of Q1 where there is none for
        months. The only column of an index without periods takes any.
        """
        if period in cells:
            return cells[period]
        if None in cells:
            return cells[None]
        for each, there in cells.items():
            if each is None or each.end != period.end or self.months == 1:
                continue
            if self.months in {each.months, period.months}:
                return there
        return None


class Entries:
    """Every indicator of an index."""

    def __init__(self, index: Index) -> None:
        """Read the indicators; `fill` reads the cells of those that turn out to be wanted."""
        self._index = index
        self._sheets = {sheet.name: sheet for sheet in index.workbook.sheets}
        stated = {s.name for s in index.settings.sheets if s.columns}
        self.all: list[Entry] = []
        for layout in index.layouts:
            sheet = self._sheets[layout.sheet]
            if layout.is_long:
                self.all += _read_long(sheet, layout)
            else:
                pinned = bool(index.settings.columns) or layout.sheet in stated
                self.all += _read_wide(sheet, layout, stated=pinned)

    @property
    def financial_year(self) -> int | None:
        """The starting year of the index's latest financial year, where one is known."""
        years = [layout.financial_year for layout in self._index.layouts]
        return max((year for year in years if year is not None), default=None)

    @cached_property
    def tables(self) -> Mapping[str, Placed]:
        """The tables of the workbook by name in lower case."""
        return {
            table.name.casefold(): Placed(sheet.name, table)
            for sheet in self._sheets.values()
            for table in sheet.tables()
        }

    def parts_of(self, slot: Slot) -> PartsCells | None:
        """The cells that the formula of a cell divides; None where it has no such formula."""
        if slot.formula is None:
            return None
        return parts_cells(slot.formula, (slot.sheet, slot.row, slot.column), self.tables)

    def fill(self, wanted: Collection[Entry]) -> None:
        """Read the cells of some indicators."""
        rows: dict[tuple[str, int], list[tuple[Entry, Period | None, int]]] = {}
        for entry in wanted:
            for period, (number, column) in entry.places.items():
                rows.setdefault((entry.sheet, number), []).append((entry, period, column))
        for name in dict.fromkeys(sheet for sheet, _ in rows):
            for row in self._sheets[name].rows():
                for entry, period, column in rows.get((name, row.number), ()):
                    entry.slots[period] = Slot.of(name, row, column)

    def cells(
        self, wanted: Collection[tuple[str, int, int]]
    ) -> Mapping[tuple[str, int, int], Slot]:
        """Other cells of the workbook, by sheet, row and column; of rows that hold nothing none."""
        found: dict[tuple[str, int, int], Slot] = {}
        columns: dict[tuple[str, int], list[int]] = {}
        for at in wanted:
            columns.setdefault(at[:2], []).append(at[2])
        for name in dict.fromkeys(name for name, _, _ in wanted if name in self._sheets):
            for row in self._sheets[name].rows():
                for column in columns.get((name, row.number), ()):
                    found[name, row.number, column] = Slot.of(name, row, column)
        return found


def _read_wide(sheet: Sheet, layout: Layout, *, stated: bool) -> Iterator[Entry]:
    for indicator in read_indicators(sheet, layout, stated=stated, findings=[]):
        entry = Entry(indicator)
        columns = (*indicator.columns.yearly, *indicator.columns.actuals)
        entry.places = {period: (indicator.row, column) for period, column in columns}
        for period, pair in _parts_columns(indicator.layout).items():
            if period in entry.places and period is not None:
                entry.beside[period] = _in_row(sheet.name, indicator.row, pair)
        yield entry


def _read_long(sheet: Sheet, layout: Layout) -> Iterator[Entry]:
    """The indicators of a long layout, each with its row of every period."""
    columns, periods = Columns(layout), PeriodReader(layout)
    value = columns.actuals[0][1]
    pair = _parts_columns(layout).get(None)
    known: dict[tuple[str | None, str], Entry] = {}
    for row, name, no, _ in named_rows(sheet, columns):
        period = periods.read(row)
        if is_total(name, no) or (period is None and not is_indicator(columns, row)):
            continue
        entry = known.get((no, name))
        if entry is None:
            entry = known[no, name] = Entry(Indicator(columns, row, name, no))
        if period is None:
            continue
        if period in entry.places:
            entry.repeated.add(period)
        entry.places.setdefault(period, (row.number, value))
        if pair is not None:
            entry.beside[period] = _in_row(sheet.name, row.number, pair)
    return iter(known.values())


def _parts_columns(layout: Layout) -> dict[Period | None, tuple[int, int]]:
    """The columns of the index that are headed Numerator and Denominator, by their period."""
    found: dict[Period | None, dict[str, int]] = {}
    for column in layout.columns:
        words = column.heading.casefold()
        for word in PartsCells._fields:
            if column.field is Field.OTHER and word in words:
                found.setdefault(column.period, {}).setdefault(word, column.number)
    return {
        period: (at["numerator"], at["denominator"])
        for period, at in found.items()
        if len(at) == len(PartsCells._fields)
    }


def _in_row(sheet: str, row: int, columns: tuple[int, int]) -> PartsCells:
    return PartsCells((sheet, row, columns[0]), (sheet, row, columns[1]))
