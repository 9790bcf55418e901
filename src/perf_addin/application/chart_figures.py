"""The hidden sheet "Chart Figures": what charts show beside the index's own cells.

Periods, targets and limits stand there as numbers and texts, and the figures of an indicator where
the index has symbols among them, which a chart would draw as zero, or has them far apart. Only a
workbook file has it written: what is open in Excel keeps its charts as they are, and so the cells
that they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.drawn import Block, Chart
from perf_addin.application.grid import CellRange
from perf_addin.application.own_sheets import CHART_FIGURES
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.sheets import Sheet

_COLUMNS = 6
_FIRST_ROW = 4
_TITLE = PageStyle(bold=True, size=12, colour="1F3A5F")
_HEADING = PageStyle(bold=True)
_TEXT = PageStyle()
_NOTE = (
    "Periods, targets and limits that the charts of the exception report show. This sheet is "
    "written anew each time."
)


class Copied(NamedTuple):
    """Figures that a sparkline shows from here: whose they are, their periods, the numbers."""

    title: str
    labels: tuple[str, ...]
    values: tuple[Decimal | None, ...]


class Behind(NamedTuple):
    """The sheet, the charts with the cells that they show, and the areas of copied figures."""

    page: SheetPage
    charts: dict[str, Chart]
    areas: dict[str, CellRange]


def lay_out_figures(
    sheets: Sequence[Sheet], charts: Mapping[str, Chart], copies: Mapping[str, Copied]
) -> Behind:
    """Lay the sheet out.

    Args:
        sheets: those of the workbook, where the sheet may be already.
        charts: by their key, in order; lines that have no cells yet get some.
        copies: figures to be copied for sparklines, by their key.
    """
    existing = CHART_FIGURES.find(sheets)
    name = existing.name if existing is not None else CHART_FIGURES.free_name(sheets)
    rows = [_row(1, _TITLE, CHART_FIGURES.mark), _row(2, _TEXT, _NOTE)]
    placed: dict[str, Chart] = {}
    at = _FIRST_ROW
    for key, chart in charts.items():
        lines = {line.name: line.values for line in chart.lines}
        rows += _block(at, chart.title, chart.labels, lines)
        placed[key] = _shown(chart, name, at + 2)
        at += len(chart.labels) + 3
    areas: dict[str, CellRange] = {}
    for key, copy in copies.items():
        rows += _block(at, copy.title, copy.labels, {"Actual": copy.values})
        areas[key] = CellRange(at + 2, 2, at + 1 + len(copy.labels), 2)
        at += len(copy.labels) + 3
    page = SheetPage(
        name,
        tuple(rows),
        own_columns=_COLUMNS,
        column_widths=dict.fromkeys(range(1, _COLUMNS + 1), 16.0),
        hidden=True,
        replaces_formulas=True,
    )
    return Behind(page, placed, areas)


def _block(
    at: int,
    title: str,
    labels: Sequence[str],
    lines: Mapping[str, Sequence[Decimal | None]],
) -> Iterator[PageRow]:
    """A title, the names of the lines, and a row for each period."""
    yield _row(at, _HEADING, title)
    yield _row(at + 1, _HEADING, "Period", *lines)
    for number, label in enumerate(labels):
        values = (line[number] for line in lines.values())
        yield _row(at + 2 + number, _TEXT, label, *values)


def _row(number: int, style: PageStyle, *values: str | Decimal | None) -> PageRow:
    cells = (PageCell(c, v, style) for c, v in enumerate(values, 1) if v is not None)
    return PageRow(number, tuple(cells))


def _shown(chart: Chart, sheet: str, first: int) -> Chart:
    numbers = range(first, first + len(chart.labels))

    def column(place: int) -> Block:
        return Block(sheet, tuple((number, place) for number in numbers))

    lines = (
        line if line.source is not None else line._replace(source=column(place))
        for place, line in enumerate(chart.lines, 2)
    )
    return chart._replace(label_source=column(1), lines=tuple(lines))
