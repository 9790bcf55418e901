"""The rows of an index as indicators: one row each, or one row for each period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.detect import find_layout, is_header, top_lines
from perf_addin.application.grid import Cell, CellError, Look, Row, Sheet, cell_name
from perf_addin.application.headings import read_period_heading
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.vocabulary import NAME_HEADINGS, Field
from perf_addin.domain.periods import Period, read_financial_year

_EVIDENCE = frozenset(
    {Field.NO, Field.POLARITY, Field.TARGET, Field.RATING, Field.GREEN, Field.AMBER}
    | {Field.RANGE, Field.LOWER, Field.UPPER, Field.FREQUENCY, Field.HIGHLIGHT}
)


class Reading(NamedTuple):
    """A figure that the index holds for an indicator: its period and the cell it stands in."""

    period: Period | None
    row: int
    column: int
    cell: Cell


@dataclass(slots=True)
class Indicator:
    """One indicator as its rows have it, before anything is decided.

    Attributes:
        layout: how its sheet lies.
        row: the row it stands in; in a long layout the row of its latest period.
        no: number or reference as shown, or None.
        name: name as shown.
        group: group row or group column above or beside it, or None.
        cells: its undated fields.
        dated: fields that hold for one period only (target, rating, commentary by period).
        readings: its figures, latest period first; cells that hold nothing are left out.
        yearly: figures in year columns that stand beside finer ones, latest first.
        looks: rating colours of ours, by the (row, column) that carries them.
    """

    layout: Layout
    row: int
    no: str | None
    name: str
    group: str | None
    cells: Mapping[Field, Cell]
    dated: Mapping[tuple[Field, Period], Cell]
    readings: list[Reading]
    yearly: list[Reading]
    looks: dict[tuple[int, int], Look]

    def cell(self, field: Field, period: Period | None) -> Cell | None:
        """The cell of a field: the one for the period where the index has one, else the undated.

        Where a field has its own column for the period, or each period has its own row, a blank
        stays a blank: another period's target or rating is never borrowed.
        """
        if period is not None:
            found = self.dated.get((field, period))
            if found is not None or self.layout.is_long or self.layout.is_dated(field, period):
                return found
        return self.cells.get(field)


    def place_name(self, column: int, reading: Reading | None) -> str:
        """The address of a column in the row of a reading, or in the indicator's own row."""
        return cell_name(reading.row if reading else self.row, column)


def read_indicators(sheet: Sheet, layout: Layout, *, stated: bool) -> Iterator[Indicator]:
    """Read the indicators below a header, top to bottom.

    Rows without a name, group rows and repeated headers are passed over. A header that differs
    from the first starts a new block with its own columns, unless the columns were stated.

    Args:
        sheet: the sheet to read.
        layout: how the index lies on it.
        stated: whether a person stated the columns, so that they hold for the whole sheet.

    Yields:
        Each indicator. It must be used before the next one is asked for.
    """
    if layout.is_long:
        yield from _read_long(sheet, layout)
        return
    current: Layout | None = layout
    while current is not None:
        reader = _WideReader(sheet, current, stated=stated)
        yield from reader.indicators()
        current = reader.next_block


class _WideReader:
    """Reads one block of a wide layout; the columns are looked up once, not for each row."""

    def __init__(self, sheet: Sheet, layout: Layout, *, stated: bool) -> None:
        self.sheet = sheet
        self.layout = layout
        self.stated = stated
        self.next_block: Layout | None = None
        skipped = {Field.ACTUAL, Field.BENCHMARK, Field.OTHER, Field.NOTES}
        plain = [c for c in layout.columns if c.field not in skipped]
        self.fields = [(c.field, c.number) for c in plain if c.period is None]
        self.dated = [((c.field, c.period), c.number) for c in plain if c.period is not None]
        self.actuals: list[tuple[Period | None, int]] = [*layout.actuals()]
        if not self.actuals:
            self.actuals = [
                (None, c.number) for c in layout.columns if c.field is Field.ACTUAL
            ]
        finer = {number for _, number in self.actuals}
        self.yearly = [pair for pair in layout.yearly() if pair[1] not in finer]
        self.rating_columns = [c.number for c in plain if c.field is Field.RATING]
        self.name_column = layout.column_of(Field.NAME) or 0
        self.no_column = layout.column_of(Field.NO)

    def indicators(self) -> Iterator[Indicator]:
        group: str | None = None
        last = self.layout.last_row
        for row in self.sheet.rows(self.layout.header_last + 1):
            if last is not None and row.number > last:
                return
            name_cell = row.get(self.name_column)
            name = text_of(name_cell)
            if name.casefold() in NAME_HEADINGS and self._starts_block(row):
                if self.next_block is not None:
                    return
                continue
            indicator = self._indicator(row, name, group) if name else None
            if indicator is not None:
                yield indicator
                continue
            heading = name or self._lone_text(row)
            if heading:
                group = heading

    def _starts_block(self, row: Row) -> bool:
        cells = {c: cell for c in row.columns() if (cell := row.get(c)) is not None}
        if not is_header(cells):
            return False
        if not self.stated:
            lines = top_lines(self.sheet, row.number)
            year = next(
                (
                    c.period.start.year - (c.period.start.month < 4)  # noqa: PLR2004 - April
                    for c in self.layout.columns
                    if c.period
                ),
                None,
            )
            self.next_block = find_layout(self.sheet, lines=lines, financial_year=year)
        return True

    def _indicator(self, row: Row, name: str, group: str | None) -> Indicator | None:
        get = row.get
        cells: dict[Field, Cell] = {}
        evident = False
        for field, column in self.fields:
            cell = get(column)
            if cell is not None and cell.value != "":
                cells[field] = cell
                evident = evident or field in _EVIDENCE
        readings = [
            Reading(period, row.number, column, cell)
            for period, column in self.actuals
            if (cell := get(column)) is not None and cell.value != ""
        ]
        if not readings and not evident:
            return None
        yearly = [
            Reading(period, row.number, column, cell)
            for period, column in self.yearly
            if (cell := get(column)) is not None
        ]
        dated = {key: c for key, column in self.dated if (c := get(column)) is not None}
        looks = {
            (row.number, c): look
            for c in self.rating_columns
            if (look := row.look(c)) is not None
        }
        no = cells.get(Field.NO)
        if Field.GROUP in cells:
            group = text_of(cells[Field.GROUP])
        return Indicator(
            self.layout,
            row.number,
            reference(no) if no else None,
            name,
            group,
            cells,
            dated,
            readings,
            yearly,
            looks,
        )

    def _lone_text(self, row: Row) -> str | None:
        """The text of a group row: one that holds a single text, left of the figures."""
        columns = row.columns()
        if len(columns) != 1 or columns[0] > self.name_column:
            return None
        cell = row.get(columns[0])
        if cell is None or not isinstance(cell.value, str) or isinstance(cell.value, CellError):
            return None
        return text_of(cell) or None


def reference(cell: Cell) -> str:
    """An indicator's number as a person reads it: `2`, `2.10` typed as text, `CP01`."""
    if isinstance(cell.value, Decimal):
        return format(cell.value.normalize(), "f")
    return text_of(cell)


def _read_long(sheet: Sheet, layout: Layout) -> Iterator[Indicator]:
    """Gather the rows of each indicator; the row of its latest period stands for it."""
    gathered: dict[tuple[str | None, str], list[tuple[Period | None, Indicator]]] = {}
    reader = _WideReader(sheet, layout, stated=True)
    years = read_financial_year(sheet.name)
    for indicator in reader.indicators():
        cell = indicator.cells.get(Field.PERIOD)
        period = read_period_heading(cell.value, years) if cell else None
        gathered.setdefault((indicator.no, indicator.name), []).append((period, indicator))
    for rows in gathered.values():
        dated = sorted(
            ((p, i) for p, i in rows if p is not None), key=lambda pair: pair[0], reverse=True
        )
        ordered: list[tuple[Period | None, Indicator]] = [*dated]
        ordered += [(p, i) for p, i in rows if p is None]
        yield _joined(ordered)


def _joined(rows: list[tuple[Period | None, Indicator]]) -> Indicator:
    latest = rows[0][1]
    dated: dict[tuple[Field, Period], Cell] = {}
    readings: list[Reading] = []
    for period, indicator in rows:
        readings += [r._replace(period=period) for r in indicator.readings]
        if period is not None:
            dated |= {(field, period): cell for field, cell in indicator.cells.items()}
        latest.looks |= indicator.looks
    latest.dated = dated
    latest.readings = readings
    return latest
