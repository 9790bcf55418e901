"""What is said where no index was found, or part of a workbook was left out."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.detect import find_heads
from perf_addin.application.headings import means
from perf_addin.application.lines import Lines
from perf_addin.application.locate import ANY_YEAR
from perf_addin.application.ports import Workbook
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, synonyms
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import read_period


def no_such_sheet(workbook: Workbook, name: str, candidates: Sequence[Sheet]) -> str:
    """Say that a sheet which was stated is not there, or is one of our own."""
    there = ", ".join(repr(sheet.name) for sheet in candidates)
    return f"{workbook.name}: there is no sheet named {name!r}. The sheets are {there}."


def nothing_found(workbook: Workbook, read: Sequence[tuple[Sheet, Lines]]) -> str:
    """Say what was looked for in which sheets, and how to state where the index is."""
    names = ", ".join(f"'{words}'" for words in synonyms(Field.NAME)[:6])
    sheets = ", ".join(repr(sheet.name) for sheet, _ in read) or "none"
    reason = (
        f"{workbook.name}: no performance index was found (sheets searched: {sheets}). Looked "
        f"for a header row with the indicator's name ({names} ...), figures (month, quarter or "
        "year headings, or 'Actual') and a target, rating, polarity or range column. "
    )
    if any(_has_months_without_year(lines, sheet) for sheet, lines in read):
        return reason + (
            "There are month or quarter headings, but no financial year: state it with "
            "--year 2021/22."
        )
    return reason + (
        "State where it is: --sheet NAME --header-row ROW --column 'Indicator=B' --column "
        "'Actual=F', or keep that on a Settings sheet ('perf-addin init FILE' adds one)."
    )


def _has_months_without_year(lines: Lines, sheet: Sheet) -> bool:
    head = next(find_heads(lines, sheet.merged()), None)
    if head is None:
        return False
    return any(
        means(part) and isinstance(part, str) and read_period(part, financial_year=ANY_YEAR)
        for parts in head.parts.values()
        for part in parts
    )


def without_year(sheet: str) -> Finding:
    """The finding that a sheet was left out, since nothing dates its months."""
    return Finding(
        "months-without-year",
        Severity.WARNING,
        "This sheet reads as an index, but nothing says which year its months or quarters are of; "
        "it was left out. State the year with --year 2021/22, or the index sheets with --sheet.",
        sheet,
    )
