"""Texts that name the year outside the headings: titles move on, all others are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from perf_addin.application.formulas.book import FormulaWorkbook
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import CellValue, cell_name
from perf_addin.application.own_sheets import (
    BENCHMARKS,
    CHART_FIGURES,
    FINDINGS,
    HISTORY,
    IMPORTS,
    REPORT,
    ROLLOVER,
    SETTINGS,
    TREND,
)
from perf_addin.application.ports import Workbook
from perf_addin.application.rollover.blocks import year_of_period
from perf_addin.application.rollover.changes import Changes, What, grouped
from perf_addin.application.sheets import Sheet
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.new_year import moved_years, year_label, years_named
from perf_addin.domain.periods import read_period

_BRACKETED = lazily(r"\[([^\[\]]+)\]")
_OURS = (
    *(FINDINGS, HISTORY, REPORT, ROLLOVER, SETTINGS),
    *(IMPORTS, CHART_FIGURES, BENCHMARKS, TREND),
)


def is_ours(sheet: Sheet) -> bool:
    """Whether a sheet is one that this product lays out.

    The sheet "Committee Paper" is not among them: what stands there is a person's, year and all.
    """
    return any(kind.is_own(sheet) for kind in _OURS)


def move_titles(sheet: Sheet, rows: tuple[int, int], year: int, changes: Changes) -> None:
    """Move texts above a header that name the year, and no other year.

    `rows` are the first row that may be a title, and the first row of the header.
    """
    first, header = rows
    for row in sheet.rows(first):
        if row.number >= header:
            return
        for column, cell in row.cells().items():
            if cell.formula or not isinstance(cell.value, str):
                continue
            if years_named(cell.value) == {year}:
                moved = moved_years(cell.value)
                changes.put(sheet.name, (row.number, column), What.TITLE, cell, moved)


def look_for_leftovers(
    workbook: Workbook,
    year: int,
    moved: Collection[tuple[str, int, int]],
    headers: Mapping[str, int],
) -> Iterator[Finding]:
    """Texts that still name the year, sheet by sheet; above a header also its calendar years.

    Args:
        workbook: the new index.
        year: starting year of the year that has ended.
        moved: the cells that were changed.
        headers: the first header row of each sheet whose figures were moved.
    """
    label = year_label(year)
    for sheet in workbook.sheets:
        if is_ours(sheet):
            continue
        if year in years_named(sheet.name):
            yield Finding(
                "old-year-left",
                Severity.INFO,
                f"The sheet is still called {sheet.name!r}. Rename it in Excel, which takes the "
                "formulas along.",
                sheet.name,
            )
        cells = list(_saying(sheet, year, moved, headers.get(sheet.name, 0)))
        if cells:
            says = "says" if len(cells) == 1 else "say"
            yield Finding(
                "old-year-left",
                Severity.WARNING,
                f"{grouped(cells)} still {says} {label}, or a date in it. Look whether that is to "
                "be changed.",
                sheet.name,
                cells[0],
            )


def _saying(
    sheet: Sheet, year: int, moved: Collection[tuple[str, int, int]], above: int
) -> Iterator[str]:
    """The cells of a sheet that still name the year; `above` is its first header row."""
    for row in sheet.rows():
        for column, cell in row.cells().items():
            still = _still_says(cell.value, year, in_title=row.number < above)
            if still and (sheet.name, row.number, column) not in moved:
                yield cell_name(row.number, column)


def about_quoted_years(workbook: FormulaWorkbook, year: int) -> Iterator[Finding]:
    """Formulas that name the year, or one of its months or quarters, in quotation marks."""
    for sheet in workbook.sheets:
        cells = [
            cell_name(cell.row, cell.column)
            for cell in workbook.formula_cells(sheet.name)
            if '"' in cell.text and any(_names(text, year) for text in _quoted(cell.text))
        ]
        if cells:
            yield Finding(
                "old-year-left",
                Severity.WARNING,
                f"{grouped(cells)}: the formula names {year_label(year)}, or a month or quarter of "
                "it, in quotation marks, and may look for a heading that has moved on.",
                sheet.name,
                cells[0],
            )


def _quoted(formula: str) -> Iterator[str]:
    found = (token.text for token in tokens(formula) if token.kind is Kind.TEXT)
    return (text[1:-1].replace('""', '"') for text in found)


def _names(text: str, year: int) -> bool:
    period = read_period(text)
    if period is not None and year_of_period(period) == year:
        return True
    table = any(year_of_period(p) == year for p in map(read_period, _BRACKETED.findall(text)) if p)
    return table or year in years_named(text)


def about_texts_beside_cells(texts: Iterable[tuple[str, str]], year: int) -> Iterator[Finding]:
    """Texts in charts, drawings and page headers that still name the year, with where they are."""
    for where, text in dict.fromkeys(texts):
        if year in years_named(text):
            yield Finding(
                "old-year-left",
                Severity.WARNING,
                f"{where} still says {' '.join(text.split())!r}. Change it in Excel.",
            )


def _still_says(value: CellValue, year: int, *, in_title: bool) -> bool:
    if not isinstance(value, str):
        return False
    named = years_named(value)
    if year in named:
        return True
    return in_title and not named and any(str(y) in value for y in (year, year + 1))
