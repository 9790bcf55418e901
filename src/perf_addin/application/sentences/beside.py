"""What stands in the row of an indicator beside its figure: other bodies, its own earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell
from perf_addin.application.layout import text_of
from perf_addin.application.rated import Rated
from perf_addin.application.sentences.comparators import BenchmarkColumn, is_count
from perf_addin.domain.figure_sentences import Comparator, Source
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import financial_year_of


class Beside(NamedTuple):
    """A benchmark in the row of an indicator: its column, its cell and the cell's address."""

    column: BenchmarkColumn
    cell: Cell
    address: str


class FigureScale:
    """Brings what stands beside a figure to its scale, by what was done with the figure itself."""

    def __init__(self, figure: Figure, stored: object) -> None:
        """Bind the figure, and what its cell holds."""
        self._percent = figure.percent
        bare = stored if isinstance(stored, Figure) and not stored.percent else None
        self._bare = bare is not None
        self._ratio = bare is not None and bare.value != figure.value

    def settle(self, found: Figure) -> Figure | None:
        """A figure on the indicator's scale; None where it may be on another one."""
        if found.percent or not self._percent:
            return found if found.percent is self._percent else None
        if self._ratio:
            return Figure(found.value.scaleb(2), percent=True) if abs(found.value) <= 1 else None
        if self._bare or abs(found.value) > 1 or not found.value:
            return Figure(found.value, percent=True)
        return None


class Comparisons:
    """Brings what stands beside figures to their scale.

    Attributes:
        findings: what could not be compared, and why.
    """

    def __init__(self) -> None:
        """Begin without findings."""
        self.findings: list[Finding] = []

    def benchmarks(
        self, item: Rated, beside: Sequence[Beside], scale: FigureScale
    ) -> Iterator[Comparator]:
        """The latest figure of each body beside an indicator."""
        latest: dict[str, Beside] = {}
        for each in beside:
            held = latest.get(each.column.name)
            if each.column.is_outturn:
                continue
            if held is None or (each.column.year or 0) > (held.column.year or 0):
                latest[each.column.name] = each
        for each in latest.values():
            yield from self._settled(item, each.column.name, each, scale, Source.BENCHMARK)

    def outturns(
        self, item: Rated, beside: Sequence[Beside], scale: FigureScale
    ) -> Iterator[Comparator]:
        """Whole-year figures of the year before; not for a count, of which a year holds more."""
        if item.period is None or is_count(item.name):
            return
        wanted = financial_year_of(item.period.start) - 1
        for each in beside:
            if each.column.is_outturn and each.column.year == wanted:
                name = f"for {each.column.name}"
                yield from self._settled(item, name, each, scale, Source.EARLIER)

    def _settled(
        self, item: Rated, name: str, each: Beside, scale: FigureScale, source: Source
    ) -> Iterator[Comparator]:
        found = read_cell(each.cell)
        if not isinstance(found, Figure):
            return
        settled = scale.settle(found)
        if settled is not None:
            yield Comparator(source, name, settled.value, each.address)
            return
        self.findings.append(
            Finding(
                "comparator-left-out",
                Severity.WARNING,
                f"Indicator {item.label}: {text_of(each.cell)} for {each.column.name} and the "
                f"indicator's own figure in {item.place.name} may be on two scales, so no sentence "
                "compares them. Give both cells one number format.",
                item.sheet,
                each.address,
            )
        )
