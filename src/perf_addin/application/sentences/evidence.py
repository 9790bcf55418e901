"""Gathers what stands around an indicator's figure: benchmarks, the period before, last year.

A second reading of the index, made only for the indicators that a paper names: rating thousands of
rows needs none of this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import cell_name
from perf_addin.application.indicators import Indicator, Reading, read_indicators
from perf_addin.application.layout import Layout
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sentences.beside import Beside, Comparisons, FigureScale
from perf_addin.application.sentences.comparators import BenchmarkColumn, benchmark_columns
from perf_addin.application.settings import Comparison
from perf_addin.application.sources import sources
from perf_addin.application.vocabulary import Field
from perf_addin.domain.earlier import Earlier, find_earlier
from perf_addin.domain.figure_sentences import (
    Comparator,
    Evidence,
    Sentence,
    Source,
    figure_sentences,
)
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period
from perf_addin.domain.targets import Target

_LIMITS = (Field.LOWER.value, Field.UPPER.value, Field.RANGE.value)


class Drafts:
    """Draft sentences for the indicators of an index.

    Attributes:
        findings: figures beside an indicator that no sentence could use, and why.
    """

    def __init__(
        self,
        workbook: Workbook,
        result: IndexResult,
        wanted: Sequence[Rated],
        hidden: Collection[tuple[str, str]] = (),
    ) -> None:
        """Read what stands around the figures of the indicators that are wanted.

        Figures in the hidden cells, each by sheet and address, are not to be told.
        """
        self._result = result
        wanted = [item for item in wanted if (item.sheet, item.place.name) not in hidden]
        self._hidden = hidden
        self._comparisons = Comparisons()
        self.findings = self._comparisons.findings
        items = {_place(item): item for item in wanted if item.actual is not None}
        beside = dict(_beside(workbook, items))
        readings = dict(_readings(workbook, result, items.values()))
        self._known = {
            place: self._gather(item, beside.get(place, ()), readings.get(_key(item), ()))
            for place, item in items.items()
        }

    def of(self, item: Rated) -> tuple[Sentence, ...]:
        """The sentences about an indicator; none where it has no figure or was not wanted."""
        evidence = self.evidence_of(item)
        return tuple(figure_sentences(evidence)) if evidence is not None else ()

    def evidence_of(self, item: Rated) -> Evidence | None:
        """What stands around an indicator's figure; None where it has none or was not wanted."""
        return self._known.get(_place(item))

    def _gather(
        self, item: Rated, beside: Sequence[Beside], readings: Sequence[Reading]
    ) -> Evidence | None:
        figure, place = item.actual, item.actual_place
        if figure is None or place is None:
            return None
        own = next((r for r in readings if (r.row, r.column) == (place.row, place.column)), None)
        scale = FigureScale(figure, read_cell(own.cell) if own is not None else None)
        known = dict(sources(item, self._result.settings))
        comparators = (
            *self._comparisons.benchmarks(item, beside, scale),
            *self._earlier(item, readings, scale),
            *self._comparisons.outturns(item, beside, scale),
        )
        stated = known.get(Field.TARGET.value)
        return Evidence(
            figure,
            place.name,
            item.polarity,
            item.letter,
            item.target if isinstance(item.target, Target) else None,
            (stated,) if stated else (),
            item.acceptable_range,
            tuple(known[name] for name in _LIMITS if name in known),
            tuple(c for c in comparators if (item.sheet, c.cell) not in self._hidden),
        )

    def _earlier(
        self, item: Rated, readings: Sequence[Reading], scale: FigureScale
    ) -> Iterator[Comparator]:
        """The last figure before, and that of the same period last year.

        The mean of the four quarters before too, where the index compares with it.
        """
        period = item.period
        if period is None:
            return
        before = [
            r
            for r in readings
            if r.period is not None and r.period < period and r.period.kind is period.kind
        ]
        last_year = period.same_period_last_year()
        figures = [(r, found) for r in before if isinstance(found := read_cell(r.cell), Figure)]
        wanted = figures[:1] + [pair for pair in figures[1:] if pair[0].period == last_year]
        for reading, found in wanted:
            settled = scale.settle(found)
            if settled is not None and reading.period is not None:
                yield Comparator(
                    Source.EARLIER,
                    f"in {reading.period.label}",
                    settled.value,
                    cell_name(reading.row, reading.column),
                )
        if self._result.settings.comparison is Comparison.FOUR_QUARTERS:
            yield from _average(period, figures, scale)


def _average(
    period: Period, figures: Sequence[tuple[Reading, Figure]], scale: FigureScale
) -> Iterator[Comparator]:
    """The mean of the four quarters before, with the first and the last of its cells."""
    values: dict[Period, Decimal] = {}
    places: dict[Period, str] = {}
    for reading, found in figures:
        settled = scale.settle(found)
        if settled is not None and reading.period is not None:
            values[reading.period] = settled.value
            places[reading.period] = cell_name(reading.row, reading.column)
    mean = find_earlier(Comparison.FOUR_QUARTERS, period, values)
    if isinstance(mean, Earlier):
        used = [places[each] for each in sorted(values)[-mean.figures :]]
        cells = f"{used[0]}:{used[-1]}"
        yield Comparator(Source.EARLIER, f"in {mean.label}", mean.value, cells)


def _place(item: Rated) -> tuple[str, int]:
    return item.sheet, item.row


def _key(item: Rated) -> tuple[str, int | None, str | None, str]:
    """What an indicator is found again by: its row, or in a long layout its number and name."""
    return item.sheet, None if item.layout.is_long else item.row, item.no, item.name


def _beside(
    workbook: Workbook, items: dict[tuple[str, int], Rated]
) -> Iterator[tuple[tuple[str, int], list[Beside]]]:
    """The benchmarks in the rows of the indicators that are wanted."""
    wanted = {name for name, _ in items}
    for sheet in workbook.sheets:
        if sheet.name not in wanted:
            continue
        columns: dict[int, list[BenchmarkColumn]] = {}
        for row in sheet.rows():
            item = items.get((sheet.name, row.number))
            if item is None:
                continue
            if id(item.layout) not in columns:
                columns[id(item.layout)] = benchmark_columns(sheet, item.layout)
            found = ((column, row.get(column.number)) for column in columns[id(item.layout)])
            yield (
                _place(item),
                [
                    Beside(column, cell, cell_name(row.number, column.number))
                    for column, cell in found
                    if cell is not None
                ],
            )


def _readings(
    workbook: Workbook, result: IndexResult, items: Iterable[Rated]
) -> Iterator[tuple[tuple[str, int | None, str | None, str], list[Reading]]]:
    """All entries of the indicators that are wanted, latest first."""
    wanted = {_key(item) for item in items}
    names = {key[0] for key in wanted}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    stated = {s.name for s in result.settings.sheets if s.columns}
    for layout in result.layouts:
        if layout.sheet not in names:
            continue
        is_stated = bool(result.settings.columns) or layout.sheet in stated
        for each in read_indicators(sheets[layout.sheet], layout, stated=is_stated, findings=[]):
            key = _indicator_key(each, layout)
            if key in wanted:
                dated = [*each.latest_first(), *each.yearly()]
                yield key, dated


def _indicator_key(indicator: Indicator, layout: Layout) -> tuple[str, int | None, str | None, str]:
    row = None if layout.is_long else indicator.row
    return layout.sheet, row, indicator.no, indicator.name
