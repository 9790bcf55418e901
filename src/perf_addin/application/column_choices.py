"""Which column is taken where several could be read for one field, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from perf_addin.application.grid import Cell, column_letters
from perf_addin.application.layout import Column, text_of
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

_BEST_NAMES = frozenset({"performance indicator", "performance indicators", "indicator"})


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


def settle_name(columns: list[Column], rows: Iterable[Mapping[int, Cell]]) -> list[Column]:
    """Of several columns that could name the indicator, take the one with the longest texts.

    `KPI` beside `Description` is the number then, where nothing else is.
    """
    names = [c for c in columns if c.field is Field.NAME]
    if len(names) < 2:  # noqa: PLR2004 - nothing to settle
        return columns
    read = list(rows)

    def length(column: Column) -> tuple[bool, float]:
        texts = [text_of(cells.get(column.number)) for cells in read]
        filled = [len(t) for t in texts if t]
        best = plain_words(column.heading) in _BEST_NAMES
        mean = sum(filled) / len(filled) if filled else 0
        return (best and mean > 0, mean)

    winner = max(names, key=length)
    has_number = any(c.field is Field.NO for c in columns)
    settled = []
    for column in columns:
        if column.field is Field.NAME and column is not winner:
            if has_number:
                continue
            has_number = True
            settled.append(Column(column.number, Field.NO, column.heading))
        else:
            settled.append(column)
    return settled


def prefer_periods(sheet: str, columns: list[Column]) -> tuple[list[Column], list[Finding]]:
    """With period columns on the sheet, an undated `YTD` or `Current` column is not read."""
    dated = [c for c in columns if c.field is Field.ACTUAL and c.period]
    undated = [c for c in columns if c.field is Field.ACTUAL and not c.period]
    if not dated or not undated:
        return columns, []
    findings = [
        Finding(
            "two-readings",
            Severity.INFO,
            f"The period columns were read for the actuals; column {column.heading!r}, which "
            "states no period, was not.",
            sheet,
        )
        for column in undated
    ]
    return [c for c in columns if c not in undated], findings


def notes_as_commentary(sheet: str, columns: list[Column]) -> tuple[list[Column], list[Finding]]:
    """Read the notes for the commentary, where nothing else is there for it."""
    notes = next((c for c in columns if c.field is Field.NOTES), None)
    if notes is None:
        return columns, []
    found = Finding(
        "two-readings",
        Severity.INFO,
        f"No commentary column was found; the column {notes.heading!r} was read for it.",
        sheet,
    )
    taken = Column(notes.number, Field.COMMENTARY, notes.heading)
    return [taken if c is notes else c for c in columns], [found]
