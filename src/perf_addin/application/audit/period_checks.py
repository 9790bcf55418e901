"""Periods: indicators that lag behind the others, and a title of another year than the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.choose import rhythm_months
from perf_addin.application.grid import cell_name
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figure_texts import read_missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period, financial_year_of, read_financial_year


def check_periods(
    workbook: Workbook, layouts: Sequence[Layout], rows: Sequence[IndexRow]
) -> Iterator[Finding]:
    """Look at the period of every indicator, and at the titles above the headings."""
    yield from _behind(rows)
    for layout in layouts:
        yield from _titles(workbook, layout)


def _behind(rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Indicators whose latest figure is further back than their frequency allows."""
    latest = max((row.item.period.end for row in rows if row.item.period), default=None)
    for row in rows:
        period = row.item.period
        if period is None or latest is None:
            continue
        column = row.item.layout.column_of(Field.FREQUENCY)
        stated = text_of(row.cells.get(column)) if column is not None else ""
        rhythm = max(rhythm_months(stated), period.months, _usual_gap(row, period))
        if _months_between(_accounted_for(row, period), latest) >= rhythm:
            yield row.finding(
                "period-behind",
                Severity.WARNING,
                f"its latest figure is for {period.label}, while the index goes to "
                f"{latest.strftime('%B %Y')}. Ask for the figure, or enter a symbol for a missing "
                "one.",
            )


def _accounted_for(row: IndexRow, period: Period) -> date:
    """The end of the last period that has a figure, or a symbol that says why it has none."""
    texts = ((p, held.content) for p, held in row.entries.items())
    said = (p.end for p, text in texts if isinstance(text, str) and read_missing(text) is not None)
    return max((period.end, *said))


def _usual_gap(row: IndexRow, period: Period) -> int:
    """How many months lie between the latest figure and the one before; 1 where there is none."""
    before = [p for p in row.entries if p < period and p.kind is period.kind]
    return _months_between(max(before).end, period.end) if before else 1


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _titles(workbook: Workbook, layout: Layout) -> Iterator[Finding]:
    """Financial years named above the headings, none of which the columns are of."""
    years = {
        financial_year_of(c.period.start)
        for c in layout.columns
        if c.field is Field.ACTUAL and c.period is not None
    }
    sheet = next((s for s in workbook.sheets if s.name == layout.sheet), None)
    if not years or sheet is None:
        return
    named: list[tuple[int, str]] = []
    for row in takewhile(lambda r: r.number < layout.header_first, sheet.rows()):
        for column, cell in row.cells().items():
            year = read_financial_year(cell.value) if isinstance(cell.value, str) else None
            if year is not None:
                named.append((year, cell_name(row.number, column)))
    if named and not years & {year for year, _ in named}:
        year, where = named[0]
        latest = max(years)
        yield Finding(
            "title-year-differs",
            Severity.WARNING,
            f"The title says {_shown(year)}, but the columns are of {_shown(latest)}. Correct the "
            "one that is wrong: figures may be published under another year.",
            layout.sheet,
            where,
        )


def _shown(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
