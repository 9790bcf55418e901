"""Where the fields of an index lie on a sheet: what was found, and which choices were made."""

from __future__ import annotations

from perf_addin.application.grid import Cell, column_number
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period, PeriodKind

_LAST_ROW, _LAST_COLUMN, _MOST_LETTERS = 1_048_576, 16_384, 3
_ROW_DIGITS = 7


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


def read_rows(text: str) -> tuple[int, int] | None:
    """Rows as people state them, `5` or `5:6`, as first and last; None where they are no rows."""
    parts = [part.strip() for part in text.split(":")]
    numbers = [int(p) for p in parts if p.isascii() and p.isdigit() and len(p) <= _ROW_DIGITS]
    if len(numbers) != len(parts) or len(parts) > 2:  # noqa: PLR2004 - first and last
        return None
    first, last = numbers[0], numbers[-1]
    return (first, last) if 0 < first <= last <= _LAST_ROW else None


def read_column_letters(text: str) -> int | None:
    """The number of a column from its letters, in either case; None where a sheet has no such."""
    if not (text.isascii() and text.isalpha() and len(text) <= _MOST_LETTERS):
        return None
    number = column_number(text)
    return number if number <= _LAST_COLUMN else None
