"""Where the fields of an index lie on a sheet: what was found, and which choices were made.

And its columns, looked up once for each layout instead of for each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.grid import Cell, Wanted
from perf_addin.application.in_common import keep
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period, PeriodKind

_EVIDENCE = (
    *(Field.NO, Field.POLARITY, Field.TARGET, Field.RATING, Field.GREEN, Field.AMBER),
    *(Field.RANGE, Field.LOWER, Field.UPPER, Field.FREQUENCY, Field.HIGHLIGHT),
)


class Column(NamedTuple):
    """One column of an index: its 1-based number, field, period and heading as found."""

    number: int
    field: Field
    heading: str
    period: Period | None = None


class Layout(NamedTuple):
    """How an index lies on one sheet.

    Attributes:
        sheet: the sheet's name.
        header_first: first header row, 1-based.
        header_last: last header row; indicators begin below it.
        last_row: last row of the index where an Excel Table ends it, else None.
        columns: every column with a field, from left to right.
        last_column: the last column that the header or an Excel Table reaches.
        is_long: whether each row is one indicator in one period.
        financial_year: starting year that completes a bare `Apr` or `Q1`, where known.
        findings: the choices that were made between several readings.
    """

    sheet: str
    header_first: int
    header_last: int
    last_row: int | None
    columns: tuple[Column, ...]
    last_column: int
    is_long: bool = False
    findings: tuple[Finding, ...] = ()
    financial_year: int | None = None

    def column_of(self, wanted: Field) -> int | None:
        """The column of an undated field."""
        return next(
            (c.number for c in self.columns if c.field is wanted and c.period is None), None
        )

    def actuals(self) -> list[tuple[Period, int]]:
        """The period columns with actuals, latest first; years apart where finer ones exist."""
        dated = [(c.period, c.number) for c in self.columns if c.field is Field.ACTUAL and c.period]
        if any(p.kind is not PeriodKind.YEAR for p, _ in dated):
            dated = [(p, n) for p, n in dated if p.kind is not PeriodKind.YEAR]
        return sorted(dated, key=lambda pair: pair[0], reverse=True)

    def yearly(self) -> list[tuple[Period, int]]:
        """The year columns, latest first: what an annual indicator is read from."""
        dated = [
            (c.period, c.number)
            for c in self.columns
            if c.field is Field.ACTUAL and c.period and c.period.kind is PeriodKind.YEAR
        ]
        return sorted(dated, key=lambda pair: pair[0], reverse=True)


def text_of(cell: Cell | None) -> str:
    """A cell's value as a person reads it; a blank is an empty text."""
    if cell is None:
        return ""
    value = cell.value
    return value.strip() if isinstance(value, str) else str(value)


class FieldGroup:
    """Fields whose cells are asked for together."""

    __slots__ = ("fields",)

    def __init__(self, *fields: Field) -> None:
        """Name the fields."""
        self.fields = fields


STANDARDS = FieldGroup(
    *(Field.POLARITY, Field.RULE, Field.TARGET, Field.TOLERANCE, Field.GREEN_TOLERANCE),
    *(Field.GREEN, Field.AMBER, Field.LOWER, Field.UPPER, Field.RANGE, Field.MARGIN, Field.UNIT),
)
"""What an indicator is rated against."""

REMARKS = FieldGroup(
    *(Field.RATING, Field.REASON, Field.HIGHLIGHT, Field.COMMENTARY, Field.HIGHLIGHT_COMMENTARY)
)
"""What is said of an indicator beside its figures."""

BASIS = FieldGroup(*STANDARDS.fields, Field.RATING, Field.HIGHLIGHT)
"""What plain rows are compared by: their standards, and what bears on their rating besides."""

_NO_COLUMN = 16_385  # just beyond the last that a sheet can have


class Placed(NamedTuple):
    """Where the fields of a group lie.

    Attributes:
        columns: the column of each field, or None where it has none.
        present: those that there are.
        slots: for each field, which of those is its; None where all fields have a column.
    """

    columns: tuple[int | None, ...]
    present: tuple[int, ...]
    slots: tuple[int, ...] | None


_COLUMNS_HELD = 16
_known: dict[int, Columns] = {}


def columns_of(layout: Layout) -> Columns:
    """The columns of a layout; the same ones for the same layout."""
    known = _known.get(id(layout))
    if known is not None and known.layout is layout:
        return known
    return keep(_known, id(layout), Columns(layout), _COLUMNS_HELD)


class Columns:
    """The columns of a layout, looked up once instead of for each row."""

    def __init__(self, layout: Layout) -> None:
        """Work out where the fields and the figures are."""
        self.layout = layout
        unread = {Field.ACTUAL, Field.BENCHMARK, Field.LEAD, Field.OTHER, Field.NOTES}
        plain = [c for c in layout.columns if c.field not in unread]
        self.undated = {c.field: c.number for c in plain if c.period is None}
        self.dated = {(c.field, c.period): c.number for c in plain if c.period is not None}
        self.actuals: list[tuple[Period | None, int]] = [*layout.actuals()]
        if not self.actuals:
            self.actuals = [(None, c.number) for c in layout.columns if c.field is Field.ACTUAL]
        self.period_of = {number: period for period, number in self.actuals}
        self.yearly = [pair for pair in layout.yearly() if pair[1] not in self.period_of]
        self.figures = _side_by_side([*self.period_of])
        self.evidence = [self.undated[f] for f in _EVIDENCE if f in self.undated]
        self.no = self.undated.get(Field.NO)
        self.wanted = self._wanted()
        self._placed: dict[FieldGroup | tuple[FieldGroup, Period | None], Placed] = {}

    def _wanted(self) -> Wanted | None:
        """What is wanted of each row; None where rows differ in the columns that bear on them."""
        name = self.undated.get(Field.NAME)
        if self.layout.is_long or self.dated or self.yearly or name is None:
            return None
        texts = (self.no, *map(self.undated.get, (Field.COMMENTARY, Field.HIGHLIGHT_COMMENTARY)))
        return Wanted(
            (name, *(column or _NO_COLUMN for column in texts)),
            tuple([column for _, column in self.actuals]),
            self.figures,
            tuple([self.undated[field] for field in BASIS.fields if field in self.undated]),
        )

    def find(self, field: Field, period: Period | None) -> int | None:
        """The column of a field: the period's own where there is one, else the undated."""
        if self.dated and period is not None:
            found = self.dated.get((field, period))
            if found is not None:
                return found
        return self.undated.get(field)

    def place(self, group: FieldGroup, period: Period | None) -> Placed:
        """The columns of a group of fields, each as `find` gives it."""
        key = (group, period) if self.dated else group
        placed = self._placed.get(key)
        if placed is None:
            columns = tuple([self.find(field, period) for field in group.fields])
            present = tuple([column for column in columns if column is not None])
            slots = None
            if len(present) < len(columns):
                slots = tuple([-1 if c is None else present.index(c) for c in columns])
            placed = self._placed[key] = Placed(columns, present, slots)
        return placed


def _side_by_side(columns: list[int]) -> Sequence[int]:
    """Columns in rising order, as a range where they lie side by side."""
    columns = sorted(columns)
    if columns and columns[-1] - columns[0] == len(columns) - 1:
        return range(columns[0], columns[-1] + 1)
    return columns
