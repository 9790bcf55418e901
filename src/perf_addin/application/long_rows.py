"""Indicators of a long layout: one row for each indicator and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell, Look, cell_name
from perf_addin.application.indicators import Indicator, Reading, named_rows
from perf_addin.application.layout import Columns, FieldGroup, Layout
from perf_addin.application.row_kinds import about_total, is_indicator, is_total
from perf_addin.application.row_period import PeriodReader
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

_MOST_NAMED = 5


class _PeriodRow(NamedTuple):
    """What is wanted of one row; the row itself will not stay."""

    number: int
    period: Period | None
    cells: dict[Field, Cell | None]
    readings: tuple[Reading, ...]
    has_empty_formula: bool

    @property
    def figure(self) -> Reading | None:
        """Its first entry that is a figure, or None."""
        return next((r for r in self.readings if isinstance(read_cell(r.cell), Figure)), None)

    @property
    def use(self) -> int:
        """How much there is to rate: a figure, only an entry, or nothing."""
        return 2 if self.figure is not None else len(self.readings[:1])


class LongIndicator(Indicator):
    """An indicator of a long layout, its rows gathered before it is used."""

    __slots__ = ("_by_period", "_looks", "_readings", "_rows")

    def __init__(
        self, columns: Columns, row: Row, name: str, no: str | None, period: Period | None
    ) -> None:
        """Begin with its first row."""
        super().__init__(columns, row, name, no)
        self._rows: list[_PeriodRow] = []
        self._by_period: dict[Period | None, _PeriodRow] = {}
        self._readings: list[Reading] = []
        self._looks: dict[tuple[int, int], Look | None] = {}
        self.take(row, period)

    def take(self, row: Row, period: Period | None) -> None:
        """Take everything out of a row of it."""
        one = Indicator(self.columns, row, self.name, self.no)
        rating = self.columns.undated.get(Field.RATING)
        if rating is not None:
            self._looks[row.number, rating] = row.look(rating)
        self._rows.append(
            _PeriodRow(
                row.number,
                period,
                {field: one.cell(field, None) for field in Field},
                tuple(reading._replace(period=period) for reading in one.latest_first()),
                one.has_empty_formula(),
            )
        )

    def close(self) -> Iterator[Finding]:
        """Order the periods once all rows are in; one row stands for each.

        Yields:
            Which rows were left out, since they state a period that another one states too.
        """
        alike: dict[Period | None, list[_PeriodRow]] = {}
        for row in self._rows:
            alike.setdefault(row.period, []).append(row)
        for period, rows in alike.items():
            self._by_period[period] = used = max(rows, key=lambda row: row.use)
            if sum(bool(row.readings) for row in rows) > 1:
                yield self._about_repeated(used, [row for row in rows if row.readings])
        self._rows = sorted(
            self._by_period.values(),
            key=lambda row: (row.period is not None, row.period),
            reverse=True,
        )
        self._readings = [reading for row in self._rows for reading in row.readings]
        if self._readings:
            self.row = self._readings[0].row

    def _about_repeated(self, used: _PeriodRow, rows: Sequence[_PeriodRow]) -> Finding:
        numbers = [str(row.number) for row in rows[:_MOST_NAMED]]
        if len(rows) > _MOST_NAMED:
            numbers.append(f"{len(rows) - _MOST_NAMED} more")
        named = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
        of = f"are of {used.period.label}" if used.period else "have no period that can be read"
        column = self.layout.column_of(Field.PERIOD) or self.layout.column_of(Field.YEAR)
        return Finding(
            "repeated-period",
            Severity.WARNING,
            f"Indicator {self.no or self.name}: the rows {named} {of}; only row {used.number} was "
            "used. Correct the periods, or give different indicators different numbers or names.",
            self.layout.sheet,
            cell_name(used.number, column or 1),
        )

    def cell(self, field: Field, period: Period | None) -> Cell | None:
        """The cell of a field in the row of a period."""
        if period is None and self._readings:
            period = self._readings[0].period
        row = self._by_period.get(period)
        return row.cells[field] if row is not None else None

    def cells(self, group: FieldGroup, period: Period | None) -> list[Cell | None]:
        """The cells of a group of fields, each as `cell` gives it."""
        return [self.cell(field, period) for field in group.fields]

    def latest_first(self) -> Iterator[Reading]:
        """Its figures, latest period first."""
        return iter(self._readings)

    def has_empty_formula(self) -> bool:
        """Whether a formula stands for a figure and shows nothing, or was never calculated."""
        return any(row.has_empty_formula for row in self._rows)

    def other_rows(self, rated_row: int) -> Iterator[tuple[Reading, Iterator[Reading]]]:
        """Its rows of other periods: the figure of each, and the entries before it.

        Of rows without a figure only those that still have a rating of ours.
        """
        place = self.columns.undated.get(Field.RATING, 0)
        for at, row in enumerate(self._rows):
            reading = row.figure
            if reading is None and self._looks.get((row.number, place)) is not None:
                reading = Reading(row.period, row.number, self.columns.actuals[0][1], Cell(""))
            if reading is not None and row.number != rated_row:
                yield reading, (r for later in self._rows[at + 1 :] for r in later.readings)

    def number_formats(self) -> tuple[bool, bool]:
        """Whether any of its figures is shown as per cent, and any is a bare number."""
        shown = {r.cell.percent for r in self._readings if isinstance(r.cell.value, Decimal)}
        return True in shown, False in shown

    def look(self, column: int, row: int) -> Look | None:
        """The rating colour of ours in the rating column of a row."""
        return self._looks.get((row, column))


def read_long(sheet: Sheet, layout: Layout, findings: list[Finding]) -> Iterator[LongIndicator]:
    """Gather the rows of each indicator; the row of its latest period stands for it.

    Args:
        sheet: the sheet to read.
        layout: how the index lies on it.
        findings: gets what should be known about rows that are passed over.
    """
    columns = Columns(layout)
    periods = PeriodReader(layout)
    totals: dict[str, Finding] = {}
    gathered: dict[tuple[str | None, str], LongIndicator] = {}
    for row, name, no, _ in named_rows(sheet, columns):
        if not is_indicator(columns, row):
            continue
        if is_total(name, no):
            totals.setdefault(name, about_total(columns, row.number, name))
            continue
        period = periods.read(row)
        known = gathered.get((no, name))
        if known is None:
            gathered[no, name] = LongIndicator(columns, row, name, no, period)
        else:
            known.take(row, period)
    findings += totals.values()
    for indicator in gathered.values():
        findings += indicator.close()
        yield indicator
