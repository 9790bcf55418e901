"""Where the fields of an index lie on a sheet: what was found, and which choices were made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perf_addin.application.grid import Cell, column_letters
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period, PeriodKind


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


def settle_duplicates(
    sheet: str, columns: Sequence[Column], financial_year: int | None
) -> tuple[list[Column], list[Finding]]:
    """Keep one column for each field and period; say which was taken.

    Of several columns for one undated field, a heading with the index's financial year wins, then
    the first. Fields that may repeat (benchmarks, others) are kept as they are.
    """
    kept: list[Column] = []
    taken: dict[tuple[Field, Period | None], Column] = {}
    findings: list[Finding] = []
    for column in columns:
        key = (column.field, column.period)
        if column.field in {Field.BENCHMARK, Field.OTHER} or key not in taken:
            taken.setdefault(key, column)
            kept.append(column)
            continue
        first = taken[key]
        better = _of_year(column, financial_year) and not _of_year(first, financial_year)
        winner, loser = (column, first) if better else (first, column)
        if better:
            kept[kept.index(first)] = column
            taken[key] = column
        findings.append(_two_readings(sheet, winner, loser))
    return kept, findings


def _of_year(column: Column, financial_year: int | None) -> bool:
    if financial_year is None:
        return False
    short = f"{(financial_year + 1) % 100:02d}"
    return any(
        f"{financial_year}{dash}{tail}" in column.heading
        for dash in "/-"
        for tail in (short, str(financial_year + 1))
    )


def _two_readings(sheet: str, winner: Column, loser: Column) -> Finding:
    return Finding(
        "two-readings",
        Severity.INFO,
        f"Columns {column_letters(winner.number)} ({winner.heading!r}) and "
        f"{column_letters(loser.number)} ({loser.heading!r}) both read as {winner.field.value}: "
        f"{column_letters(winner.number)} was taken. State the other with "
        f"--column '{winner.field.value}={column_letters(loser.number)}' or on the Settings sheet.",
        sheet,
    )


def text_of(cell: Cell | None) -> str:
    """A cell's value as a person reads it; a blank is an empty text."""
    if cell is None:
        return ""
    value = cell.value
    return value.strip() if isinstance(value, str) else str(value)
