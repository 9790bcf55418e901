"""An index as it can be held against another one: every indicator with all its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.indicators import Indicator, read_indicators
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.settings import Settings
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period
from perf_addin.domain.showing import show_number

Key = tuple[str, int | None, str | None, str]


class Held(NamedTuple):
    """What a cell holds for a period: the figure, or the text in its place, and where it stands."""

    content: Figure | str
    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The A1-style address."""
        return cell_name(self.row, self.column)

    @property
    def shown(self) -> str:
        """As a person reads it."""
        if isinstance(self.content, str):
            return self.content
        return show_number(self.content.value, percent=self.content.percent)

    def is_same(self, other: Held) -> bool:
        """Whether two cells state the same fact; 88% does so beside 88 and beside a bare 0.88."""
        one, two = self.content, other.content
        if not isinstance(one, Figure) or not isinstance(two, Figure):
            return one == two
        if one.percent is not two.percent:
            bare, points = (two.value, one.value) if one.percent else (one.value, two.value)
            return points in {bare, bare.scaleb(2)}
        return one.value == two.value


class Pictured(NamedTuple):
    """An indicator: what was decided about it, and its entry of every period that has one."""

    rated: Rated
    entries: Mapping[Period, Held]


class Picture(NamedTuple):
    """A whole index: how it was rated, and its indicators in order."""

    result: IndexResult
    indicators: tuple[Pictured, ...]


def take_picture(workbook: Workbook, options: Settings) -> Picture:
    """Rate an index and read all its figures.

    Raises:
        InputError: there is no index, or what was stated does not fit.
    """
    return picture_of(workbook, rate_index(workbook, options))


def picture_of(workbook: Workbook, result: IndexResult) -> Picture:
    """Read all figures of an index that was rated."""
    entries = read_entries(workbook, result)
    indicators = (
        Pictured(item, on_its_scale(item, entries.get(entries_key(item.layout, item), {})))
        for item in result.rated
    )
    return Picture(result, tuple(indicators))


def read_entries(
    workbook: Workbook, result: IndexResult, *, long_only: bool = False
) -> Mapping[Key, Mapping[Period, Held]]:
    """Read all figures of an index that was rated, by the key of the indicator (`entries_key`).

    Args:
        workbook: the workbook.
        result: how it was rated.
        long_only: whether only layouts with a row for each period are read.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    stated = {s.name for s in result.settings.sheets if s.columns}
    entries: dict[Key, dict[Period, Held]] = {}
    for layout in result.layouts:
        if long_only and not layout.is_long:
            continue
        is_stated = bool(result.settings.columns) or layout.sheet in stated
        for indicator in read_indicators(
            sheets[layout.sheet], layout, stated=is_stated, findings=[]
        ):
            key = entries_key(layout, indicator)
            entries.setdefault(key, {}).update(_entries(indicator))
    return entries


def on_its_scale(item: Rated, entries: Mapping[Period, Held]) -> Mapping[Period, Held]:
    """Bare figures of a percentage in points, as the rated one of them was read; else as typed."""
    rated = entries.get(item.period) if item.period is not None else None
    if item.actual is None or not item.actual.percent or rated is None:
        return entries
    bare = rated.content
    if not isinstance(bare, Figure) or bare.percent or not bare.value:
        return entries
    ratios = item.actual.value == bare.value.scaleb(2)
    return {period: _in_points(held, ratios=ratios) for period, held in entries.items()}


def _in_points(held: Held, *, ratios: bool) -> Held:
    bare = held.content
    if not isinstance(bare, Figure) or bare.percent:
        return held
    value = bare.value.scaleb(2) if ratios else bare.value
    return held._replace(content=Figure(value, percent=True))


def entries_key(layout: Layout, indicator: Indicator | Rated) -> Key:
    """What an indicator is found again by: its row, or in a long layout its number and name."""
    row = None if layout.is_long else indicator.row
    return layout.sheet, row, indicator.no, indicator.name


def _entries(indicator: Indicator) -> dict[Period, Held]:
    readings = [*indicator.latest_first(), *indicator.yearly()]
    return {
        reading.period: held(reading.cell, indicator.layout.sheet, reading.row, reading.column)
        for reading in readings
        if reading.period is not None
    }


def held(cell: Cell, sheet: str, row: int, column: int) -> Held:
    """What a cell holds, and where it stands."""
    found = read_cell(cell)
    content = found if isinstance(found, Figure) else text_of(cell)
    return Held(content, sheet, row, column)
