"""The use case: reckon the trend of every indicator of an index, and lay it out as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.audit.index_rows import IndexRow, read_index_rows
from perf_addin.application.keep_settings import keep_stated
from perf_addin.application.kept_lines import Line, match_lines
from perf_addin.application.layout import text_of
from perf_addin.application.named_columns import Named
from perf_addin.application.own_sheets import TREND
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.series import At, series_of
from perf_addin.application.settings import Settings
from perf_addin.application.trend.charts import Plan
from perf_addin.application.trend.columns import fill_trends
from perf_addin.application.trend.methods import Asked, method_of
from perf_addin.application.trend.page import lay_out_trend
from perf_addin.application.trend.reckon import Trend, reckon
from perf_addin.application.trend.stated import Stated, read_stated
from perf_addin.application.trend.target_columns import (
    TargetColumn,
    target_columns,
    targets_of,
)
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.spc import Method

_BASELINE = range(12, 21)


class Trends(NamedTuple):
    """What became of an index.

    Attributes:
        result: the index, rated.
        trends: every indicator, in the order of the index.
        method: how the charts were reckoned.
        findings: what was stated and could not be used.
        gone: what was stated about indicators that the index has no more.
    """

    result: IndexResult
    trends: tuple[Trend, ...]
    method: Method
    findings: tuple[Finding, ...]
    gone: tuple[Line[Stated], ...] = ()


def find_trends(workbook: Workbook, options: Settings, asked: Asked) -> Trends:
    """Reckon the trend of every indicator; nothing is written.

    Raises:
        InputError: there is no index, or a cell of the sheet "Trend" cannot be understood.
    """
    result = rate_index(workbook, options)
    settings = result.settings
    stated, gone = match_lines(read_stated(TREND.find(workbook.sheets), workbook), result.rated)
    plan = Plan(method_of(settings, asked), settings)
    columns = _TargetColumns(workbook)
    rows_of: dict[tuple[str, str | None, str], list[Rated]] = {}
    for each in result.others:
        rows_of.setdefault((each.sheet, each.no, each.name), []).append(each)
    trends: list[Trend] = []
    findings: list[Finding] = []
    for row in read_index_rows(workbook, result):
        item = row.item
        own = stated.get((item.sheet, item.row), Stated())
        series = series_of(item, row.entries)
        others = rows_of.get((item.sheet, item.no, item.name), ())
        targets = targets_of(item, columns.of(row), row.cells, own.targets, others)
        plan = plan._replace(frequency=_frequency(row))
        trends.append(reckon(item, series, targets, own, plan))
        findings += _unused(row, series, own, settings)
    findings += _without_effect(settings, trends)
    return Trends(result, tuple(trends), plan.method, tuple(findings), tuple(gone))


def put_trend(
    workbook: Workbook, found: Trends, options: Settings, *, overwrite: bool = False
) -> tuple[list[Named], list[Finding]]:
    """Add the sheet "Trend", or bring it up to date; fill the columns of the index that say so.

    Returns:
        The cells of the index that were filled, and what was left as it was.

    Raises:
        OutputError: sheets that are not ours have its names, or it cannot be written.
    """
    filled, left = fill_trends(workbook, found.trends, overwrite=overwrite)
    existing = TREND.find(workbook.sheets)
    name = existing.name if existing is not None else TREND.free_name(workbook.sheets)
    gone = [line for line in found.gone if any(line.value.texts)]
    about = about_trends(found)
    workbook.put_sheet(lay_out_trend(found.trends, gone, about, name, found.method))
    keep_stated(workbook, found.result, options)
    return filled, left


def about_trends(found: Trends) -> str:
    """How everything was reckoned, in a line."""
    settings, method = found.result.settings, found.method
    base = "NHS England's Excel tool" if settings.official_spc else "NHSRplotthedots"
    screening = "" if method.screen else ", very large steps kept"
    return (
        f"Direction of travel: against {_lower(settings.comparison.value)}. Control charts: XmR as "
        f"{base} reckons them, runs of {method.run}{screening}."
    )


def _lower(text: str) -> str:
    return f"the {text[0].lower()}{text[1:]}"


def _frequency(row: IndexRow) -> str:
    column = row.item.layout.column_of(Field.FREQUENCY)
    return text_of(row.cells.get(column)) if column is not None else ""


class _TargetColumns:
    """The columns of dated targets, looked up once for each layout."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self._known: dict[int, list[TargetColumn]] = {}

    def of(self, row: IndexRow) -> list[TargetColumn]:
        layout = row.item.layout
        if id(layout) not in self._known:
            self._known[id(layout)] = target_columns(self._sheets[layout.sheet], layout)
        return self._known[id(layout)]


def _without_effect(settings: Settings, trends: Sequence[Trend]) -> Iterator[Finding]:
    """Periods at which all limits are to be rebased, from which on no indicator has a figure."""
    for period in settings.rebase_at:
        starts = [at.period.start for trend in trends for at in trend.series[1:]]
        if not any(start >= period.start for start in starts):
            yield Finding(
                "trend-rebase-unused",
                Severity.WARNING,
                f"Limits are to be rebased at {period.label}, but no indicator has a figure from "
                "then on. Correct --rebase or the Settings sheet, or wait for the figure.",
            )


def _unused(
    row: IndexRow, series: Sequence[At], own: Stated, settings: Settings
) -> Iterator[Finding]:
    """What was stated about an indicator's chart and has no effect, or is not the method's."""
    for period in own.rebase_at:
        if series and not any(at.period.start >= period.start for at in series[1:]):
            yield row.finding(
                "trend-rebase-unused",
                Severity.WARNING,
                f"its limits are to be rebased at {period.label}, but it has no figure from then "
                "on. Correct the sheet Trend, or wait for the figure.",
            )
    fix_after = own.fix_after or settings.fix_after
    if settings.official_spc and fix_after is not None and fix_after not in _BASELINE:
        yield row.finding(
            "trend-baseline",
            Severity.WARNING,
            f"its limits are fixed by {fix_after} figures, where the official tool takes 12 to 20.",
        )
