"""Charts and sparklines of the exception report: for which indicators, of what, and where.

A chart stands in a section of its own at the end of what is printed, below all tables, so that no
table has a column or a picture more than the paper wants. Sparklines stand in the column right of
the commentary, which belongs to no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perf_addin.application.chart_figures import Behind, Copied, lay_out_figures
from perf_addin.application.chart_series import Place, Series, read_series, sparkline_area
from perf_addin.application.chart_words import description, lines_of, why_not
from perf_addin.application.diff.picture import picture_of
from perf_addin.application.drawn import CHART_NAME, Block, Chart, Drawn, Sparkline, plain
from perf_addin.application.exception_report import (
    BASIS,
    CHARTS,
    EXCEPTIONS,
    ExceptionReport,
    Section,
)
from perf_addin.application.grid import CellRange, cell_name
from perf_addin.application.own_sheets import CHART_FIGURES
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.remarks import Highlight
from perf_addin.application.report_rows import Extra, row_key
from perf_addin.application.report_sheet import COMMENTARY
from perf_addin.application.scorecard.withheld import withheld
from perf_addin.domain.findings import Finding, Severity

ROWS = 16
"""Rows that a chart covers: 8 cm where rows are as high as Excel makes them."""
_TREND_COLUMN = COMMENTARY + 1
_TREND_WIDTH = 14.0
_ON_A_PAGE = 2
_TREND = PageStyle(bold=True, size=9, colour="595959", horizontal="center")
_SMALL = PageStyle(size=9, colour="595959")
_DRAWN = frozenset({Highlight.OF_NOTE, Highlight.PERFORMING_WELL, Highlight.CORRECTION})


class Plan(NamedTuple):
    """What is to be drawn in a report.

    Attributes:
        report: the report with the section of charts.
        extras: the rows of that section.
        charts: by their key, in order; which rows they cover is not known yet.
        behind: the sheet of what charts show beside the index's own cells.
        trends: what the sparkline of a row shows, by the key of the row.
        findings: which indicators have no chart, and why.
    """

    report: ExceptionReport
    extras: Mapping[str, list[Extra]]
    charts: Mapping[str, Chart]
    behind: SheetPage
    trends: Mapping[str, Sparkline]
    findings: tuple[Finding, ...]

    def on(self, page: SheetPage) -> SheetPage:
        """The laid-out page with what is drawn on it."""
        rows = {row_key(row): row.number for row in page.rows}
        breaks = [rows[f"{CHARTS}.heading"] - 1]
        charts = []
        for count, (key, chart) in enumerate(self.charts.items()):
            last = rows[f"{CHARTS}.{key}.end"] - 1
            area = CellRange(last - ROWS + 1, 1, last, COMMENTARY)
            charts.append(chart._replace(area=area))
            if count and count % _ON_A_PAGE == 0:
                breaks.append(rows[f"{CHARTS}.{key}"] - 1)
        trends = [t._replace(row=rows[key]) for key, t in self.trends.items() if key in rows]
        return page._replace(
            rows=tuple(map(_with_trend, page.rows)),
            column_widths={**page.column_widths, _TREND_COLUMN: _TREND_WIDTH},
            hidden_columns=tuple(c for c in page.hidden_columns if c != _TREND_COLUMN),
            print_columns=_TREND_COLUMN,
            page_breaks=tuple(breaks),
            drawn=Drawn(tuple(charts), tuple(trends), _TREND_COLUMN, self.behind),
        )


def plan_charts(workbook: Workbook, result: IndexResult, report: ExceptionReport) -> Plan:
    """Plan a chart for every indicator of note and a sparkline for every amber or red one.

    An indicator that cannot be reported accurately gets none: its figures are not to be shown.
    """
    noted = [item for item in result.rated if item.highlight in _DRAWN]
    exceptions = {
        entry.key: entry.items[0]
        for section in report.sections
        if section.key == EXCEPTIONS
        for entry in section.entries
    }
    series = read_series(workbook, result, [*noted, *exceptions.values()])
    charts: dict[str, Chart] = {}
    findings: list[Finding] = []
    drawn_of: list[Series] = []
    for item in noted:
        found = series.get((item.sheet, item.row))
        reason = why_not(item, found)
        if found is None or reason:
            findings.append(_left_out(item, reason))
            continue
        drawn_of.append(found)
        key = _key(item.label, charts)
        charts[key] = _chart(found, f"{CHART_NAME}{key.removeprefix('chart:')}")
    findings += _not_to_be_shown(workbook, result, drawn_of)
    shown = _shown(exceptions, series)
    copies = {key: _copied(each) for key, each in shown.items() if sparkline_area(each) is None}
    behind = lay_out_figures(workbook.sheets, charts, copies)
    return Plan(
        _with_section(report, drawn=bool(charts)),
        {CHARTS: list(_captions(charts))},
        behind.charts,
        behind.page,
        dict(_trends(shown, behind)),
        tuple(findings),
    )


def _not_to_be_shown(
    workbook: Workbook, result: IndexResult, charts: Sequence[Series]
) -> Iterator[Finding]:
    """Charts that show small numbers, which must not be published with the report."""
    small = withheld(workbook, picture_of(workbook, result)) if charts else []
    hidden = {(finding.sheet, finding.cell) for finding in small}
    for each in charts:
        item = each.item
        points = [p for p in each.points if (item.sheet, cell_name(p.row, p.column)) in hidden]
        if points:
            yield Finding(
                "small-number",
                Severity.WARNING,
                f"Indicator {item.label}: its chart shows what must not be published "
                f"({', '.join(point.period.label for point in points)}), and so do the chart's "
                "words. Take the chart out of what is published, or enter c (confidential).",
                item.sheet,
                cell_name(points[0].row, points[0].column),
            )


def without_charts(workbook: Workbook, page: SheetPage) -> SheetPage:
    """The page with nothing of ours drawn on it; a sheet of figures behind charts is emptied."""
    behind = None
    if CHART_FIGURES.find(workbook.sheets) is not None:
        behind = lay_out_figures(workbook.sheets, {}, {}).page
    return page._replace(drawn=Drawn(trend_column=_TREND_COLUMN, behind=behind))


def _with_section(report: ExceptionReport, *, drawn: bool) -> ExceptionReport:
    intro = (
        "The figures of the indicators of note up to the period of the report."
        if drawn
        else "No indicator of note has figures of two periods to draw."
    )
    charts = Section(CHARTS, "Charts", intro, ("", "", "", ""), ())
    printed = [s for s in report.sections if s.key != BASIS]
    basis = [s for s in report.sections if s.key == BASIS]
    return report._replace(sections=(*printed, charts, *basis))


def _key(label: str, taken: Mapping[str, Chart]) -> str:
    """A key that no other chart has; `@` would make it that of a table's row."""
    label = plain(label.replace("@", " ").replace("|", " "))
    key, count = f"chart:{label}", 1
    while key in taken:
        count += 1
        key = f"chart:{label} ({count})"
    return key


def _title(item: Rated) -> str:
    return f"{item.no}: {item.name}" if item.no else item.name


def _chart(series: Series, name: str) -> Chart:
    item, (latest, figure) = series.item, series.figures[-1]
    return Chart(
        name,
        _title(item),
        description(series),
        tuple(point.period.label for point in series.points),
        tuple(lines_of(series)),
        Block(item.sheet, ((latest.row, latest.column),)),
        as_percent=figure.percent and not latest.is_number,
    )


def _captions(charts: Mapping[str, Chart]) -> Iterator[Extra]:
    """The heading of each chart with room for it, and a row below in which people may write."""
    for key, chart in charts.items():
        yield Extra(f"{CHARTS}.{key}", chart.title, room=ROWS)
        yield Extra(f"{CHARTS}.{key}.end", style=_SMALL)


def _shown(exceptions: Mapping[str, Rated], series: Mapping[Place, Series]) -> dict[str, Series]:
    """The series that sparklines show, by the key of the row."""
    found = {key: (item, series.get((item.sheet, item.row))) for key, item in exceptions.items()}
    return {
        key: each
        for key, (item, each) in found.items()
        if each is not None and not why_not(item, each)
    }


def _copied(series: Series) -> Copied:
    figures = next(lines_of(series))
    labels = tuple(point.period.label for point in series.points)
    return Copied(_title(series.item), labels, figures.values)


def _trends(shown: Mapping[str, Series], behind: Behind) -> Iterator[tuple[str, Sparkline]]:
    for key, series in shown.items():
        area = sparkline_area(series)
        if area is not None:
            yield key, Sparkline(0, series.item.sheet, area, series.bridged)
        else:
            yield key, Sparkline(0, behind.page.name, behind.areas[key])


def _left_out(item: Rated, reason: str) -> Finding:
    return Finding(
        "chart-left-out",
        Severity.INFO,
        f"Indicator {item.label} is of note, but has no chart: {reason}.",
        item.sheet,
        item.place.name,
    )


def _with_trend(row: PageRow) -> PageRow:
    """The heading of the column of sparklines, in the row of the table's headings."""
    if row_key(row) != f"{EXCEPTIONS}.header":
        return row
    return row._replace(cells=(*row.cells, PageCell(_TREND_COLUMN, "Trend", _TREND)))
