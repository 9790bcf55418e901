"""The figures of an indicator over its periods, with their cells, as a chart draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from perf_addin.application.choose import read_cell, rhythm_months
from perf_addin.application.grid import Cell, CellError, CellRange
from perf_addin.application.indicators import read_indicators
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sheets import Row
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period, PeriodKind

_FEWEST_ALIKE = 3
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}

Place = tuple[str, int]


class Point(NamedTuple):
    """A period of a series: the cell for it, 1-based, and what that holds; None for a blank."""

    period: Period
    row: int
    column: int
    cell: Cell | None

    @property
    def figure(self) -> Figure | None:
        """Its figure as read, or None."""
        found = read_cell(self.cell) if self.cell is not None else None
        return found if isinstance(found, Figure) else None

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number, and no text that can be read as one."""
        return self.cell is not None and isinstance(self.cell.value, Decimal)

    @property
    def is_drawn_right(self) -> bool:
        """Whether a chart that refers to the cell draws it right: text would be drawn as zero."""
        if self.cell is None or self.is_number:
            return True
        return isinstance(self.cell.value, CellError) and self.cell.value.upper() == "#N/A"


class Series(NamedTuple):
    """An indicator's periods up to the rated one, oldest first.

    Attributes:
        item: the indicator.
        points: one for each period that it reports in; for a quarterly indicator in monthly
            columns those of its quarters.
        bridged: whether periods in between were left out.
    """

    item: Rated
    points: tuple[Point, ...]
    bridged: bool = False

    @property
    def figures(self) -> list[tuple[Point, Figure]]:
        """The points that have a figure."""
        return [(p, figure) for p in self.points if (figure := p.figure) is not None]


def read_series(
    workbook: Workbook, result: IndexResult, wanted: Iterable[Rated]
) -> dict[Place, Series]:
    """Read the series of some indicators, by their sheet and row.

    An indicator whose rated figure has no period has none.
    """
    items = {(item.sheet, item.row): item for item in wanted if item.period is not None}
    wide = {place: item for place, item in items.items() if not item.layout.is_long}
    found = dict(_wide(workbook, wide))
    if len(wide) < len(items):
        found |= _long(workbook, result, [i for i in items.values() if i.layout.is_long])
    return found


def _wide(workbook: Workbook, items: dict[Place, Rated]) -> Iterator[tuple[Place, Series]]:
    names = {sheet for sheet, _ in items}
    for sheet in workbook.sheets:
        if sheet.name not in names:
            continue
        for row in sheet.rows():
            item = items.get((sheet.name, row.number))
            if item is not None:
                yield (sheet.name, row.number), _of_row(item, row)


def _of_row(item: Rated, row: Row) -> Series:
    layout = item.layout
    dated = sorted({*layout.actuals(), *layout.yearly()})
    points = [Point(period, row.number, c, row.get(c)) for period, c in dated]
    stated = layout.column_of(Field.FREQUENCY)
    frequency = text_of(row.get(stated)) if stated is not None else ""
    return _series(item, points, frequency)


def _long(workbook: Workbook, result: IndexResult, items: Sequence[Rated]) -> dict[Place, Series]:
    wanted = {(item.sheet, item.no, item.name): item for item in items}
    stated = {s.name for s in result.settings.sheets if s.columns}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    found: dict[Place, Series] = {}
    for layout in _once(item.layout for item in items):
        is_stated = bool(result.settings.columns) or layout.sheet in stated
        for each in read_indicators(sheets[layout.sheet], layout, stated=is_stated, findings=[]):
            item = wanted.get((layout.sheet, each.no, each.name))
            if item is None:
                continue
            readings = reversed([*each.latest_first()])
            points = [Point(r.period, r.row, r.column, r.cell) for r in readings if r.period]
            found[item.sheet, item.row] = _series(item, points, "")
    return found


def _once(layouts: Iterable[Layout]) -> list[Layout]:
    return list({layout.sheet: layout for layout in layouts}.values())


def _series(item: Rated, points: Sequence[Point], frequency: str) -> Series:
    """Keep one kind of period, up to the rated one, in the indicator's own rhythm."""
    last = item.period
    kept = [p for p in points if last and p.period.kind is last.kind and p.period <= last]
    every = _step(kept, frequency)
    rhythm = [p for i, p in enumerate(kept, 1) if (len(kept) - i) % every == 0]
    return Series(item, tuple(rhythm), bridged=every > 1)


def _step(points: Sequence[Point], frequency: str) -> int:
    """Every how many periods there is a figure, counted back from the last; 1 where unclear.

    That is what the index states as frequency, where its entries keep to it. Without a stated
    one it is the distance between entries where at least three of them are equally far apart.
    """
    filled = [i for i, point in enumerate(points) if point.cell is not None]
    gaps = {after - before for before, after in pairwise(filled)}
    if not points or not filled or filled[-1] != len(points) - 1:
        return 1
    stated = rhythm_months(frequency) // _MONTHS[points[0].period.kind] if frequency else 1
    if stated > 1 and all(gap % stated == 0 for gap in gaps):
        return stated
    return gaps.pop() if len(gaps) == 1 and len(filled) >= _FEWEST_ALIKE else 1


def sparkline_area(series: Series) -> CellRange | None:
    """The block of cells that holds just the periods of a series, or None.

    It lies in one row or column, each cell would be drawn right, and between those of a quarterly
    indicator stand but its own blank ones.
    """
    points = series.points
    if not all(point.is_drawn_right for point in points):
        return None
    rows, columns = [p.row for p in points], [p.column for p in points]
    across = range(columns[0], columns[-1] + 1)
    if len({*rows}) == 1:
        kind = points[-1].period.kind
        layout = series.item.layout
        own = {c for p, c in (*layout.actuals(), *layout.yearly()) if p.kind is kind}
        fits = columns == sorted(columns) and own.issuperset(across)
    else:
        fits = len(across) == 1 and rows == [*range(rows[0], rows[-1] + 1)]
    return CellRange(rows[0], columns[0], rows[-1], columns[-1]) if fits else None
