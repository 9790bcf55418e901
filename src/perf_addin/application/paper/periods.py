"""What a paper says of the time that it covers, and what its index is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.vocabulary import Field
from perf_addin.domain.periods import Period, PeriodKind, financial_year_of

_RHYTHMS = (("quarter", "quarterly"), ("month", "monthly"), ("ann", "annual"), ("year", "annual"))
_KINDS = {
    PeriodKind.QUARTER: "quarterly",
    PeriodKind.MONTH: "monthly",
    PeriodKind.YEAR: "annual",
}
_ORDER = ("quarterly", "monthly", "annual")


def index_title(workbook: Workbook, result: IndexResult) -> str:
    """The title above the index's headings, or the file's name where there is none."""
    layout = result.layouts[0]
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == layout.sheet)
    for row in sheet.rows():
        if row.number >= layout.header_first:
            break
        for cell in row.cells().values():
            if isinstance(cell.value, str) and cell.value.strip():
                return " ".join(cell.value.split())
    return workbook.name


def purpose(workbook: Workbook, result: IndexResult, title: str) -> str | None:
    """One sentence on what the paper covers; None where no period is known, or nothing has figures.

    `This report summarises performance for 2021/22, up to 30 June 2021 for quarterly indicators
    and up to August 2021 for monthly indicators, as set out in ...`
    """
    period = result.period
    if period is None:
        return None
    rhythms = _rhythms(workbook, result)
    latest: dict[str, Period] = {}
    for item in result.rated:
        if item.period is not None:
            rhythm = rhythms.get((item.sheet, item.row)) or _KINDS[item.period.kind]
            latest[rhythm] = max(latest.get(rhythm, item.period), item.period)
    if not latest:
        return None
    year = financial_year_of(period.start)
    if len(latest) == 1:
        covered = f"up to {_end(period, 'monthly')}"
        if any(item.period not in {None, period} for item in result.rated):
            covered += " or, for indicators without a figure for it, the latest one before"
    else:
        told = [f"up to {_end(latest[r], r)} for {r} indicators" for r in _ORDER if r in latest]
        covered = " and ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return (
        f"This report summarises performance for {year}/{(year + 1) % 100:02d}, {covered}, as set "
        f"out in the accompanying document, {title}."
    )


def _end(period: Period, rhythm: str) -> str:
    """`August 2021` for a month by itself, `30 June 2021` for the end of a longer time."""
    if period.kind is PeriodKind.MONTH and rhythm == "monthly":
        return month(period.end)
    return long_date(period.end)


def long_date(day: date) -> str:
    """A day as people write it, `29 September 2021`."""
    return f"{day.day} {month(day)}"


def month(day: date) -> str:
    """A month in full, `August 2021`, whatever the machine's language is."""
    names = (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
    return f"{names[day.month - 1]} {day.year}"


def _rhythms(workbook: Workbook, result: IndexResult) -> dict[tuple[str, int], str]:
    """How often each indicator is reported, by its sheet and row, where its row says so."""
    found: dict[tuple[str, int], str] = {}
    for sheet in workbook.sheets:
        items = {item.row: item for item in result.rated if item.sheet == sheet.name}
        columns = dict(_columns(items.values()))
        if not any(columns.values()):
            continue
        for row in sheet.rows():
            item = items.get(row.number)
            column = columns.get(id(item.layout)) if item is not None else None
            if column is None:
                continue
            words = text_of(row.get(column)).casefold()
            rhythm = next((name for word, name in _RHYTHMS if words.startswith(word)), None)
            if rhythm is not None:
                found[sheet.name, row.number] = rhythm
    return found


def _columns(items: Iterable[Rated]) -> Iterator[tuple[int, int | None]]:
    layouts: dict[int, Layout] = {id(item.layout): item.layout for item in items}
    for key, layout in layouts.items():
        yield key, layout.column_of(Field.FREQUENCY)
