"""Ratings typed beside earlier periods, each held against the figure of its own period."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.indicators import Indicator, read_indicators
from perf_addin.application.layout import Columns, Layout
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult, Rater
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period, financial_year_of

_CODES = frozenset({"typed-rating-differs", "unknown-rating"})


def check_typed(workbook: Workbook, result: IndexResult) -> Iterator[Finding]:
    """Recompute every typed rating but that of the rated period, which was done already.

    In a long layout every row has its own target. Elsewhere a rating of another financial year
    is passed over unless that year has a target of its own: it was given against another one.
    """
    for other in result.others:
        yield from _about(other)
    rated = {(item.sheet, item.row): item for item in result.rated}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    stated = {s.name for s in result.settings.sheets if s.columns}
    raters: dict[Period, Rater] = {}
    for layout in result.layouts:
        if layout.is_long or not _dated_ratings(layout):
            continue
        is_stated = bool(result.settings.columns) or layout.sheet in stated
        for indicator in read_indicators(
            sheets[layout.sheet], layout, stated=is_stated, findings=[]
        ):
            item = rated.get((layout.sheet, indicator.row))
            for period in _other_periods(indicator, item) if item is not None else ():
                if period not in raters:
                    raters[period] = Rater(result.settings._replace(period=period))
                earlier = raters[period].rate_any(indicator)
                if earlier.period == period:
                    yield from _about(earlier)


def _dated_ratings(layout: Layout) -> bool:
    return any(c.field is Field.RATING and c.period is not None for c in layout.columns)


def _other_periods(indicator: Indicator, item: Rated) -> Iterator[Period]:
    """The periods beside the rated one that have a rating and a target that it was given for."""
    columns: Columns = indicator.columns
    year = financial_year_of(item.period.start) if item.period is not None else None
    for field, period in columns.dated:
        if field is not Field.RATING or period == item.period:
            continue
        if financial_year_of(period.start) == year or (Field.TARGET, period) in columns.dated:
            yield period


def _about(item: Rated) -> Iterator[Finding]:
    when = item.period.label if item.period is not None else ""
    for finding in item.findings:
        if finding.code in _CODES:
            subject = f"Indicator {item.label}"
            message = finding.message.replace(f"{subject}:", f"{subject}, {when}:", 1)
            yield finding._replace(message=message if when else finding.message)
