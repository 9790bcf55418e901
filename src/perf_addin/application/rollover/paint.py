"""Colours that a person gave to cells by hand: ratings lose theirs, all others are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from perf_addin.application.grid import cell_name
from perf_addin.application.rollover.changes import Change, What, grouped
from perf_addin.domain.findings import Finding, Severity

_FIGURES = frozenset({What.CLEARED, What.OUTTURN, What.SHIFTED})
Place = tuple[str, int, int]


class PaintedWorkbook(Protocol):
    """A workbook whose hand-painted cells can be told and cleaned."""

    def painted(self, sheet: str, cells: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of some cells, by row and column, that a person painted red, amber or green."""

    def take_paint_away(self, sheet: str, cells: Collection[tuple[int, int]]) -> None:
        """Take such a colour away from some cells; all else of their style stays."""


def take_paint_away(
    workbook: PaintedWorkbook, ratings: Sequence[Place], made: Iterable[Change]
) -> Iterator[Finding]:
    """Take the colours of last year's ratings away, and tell which figures had one.

    A red cell without a rating would read as red; a figure's colour may be the sheet's design.
    """
    for sheet, cells in _by_sheet(ratings).items():
        workbook.take_paint_away(sheet, cells)
    figures = [(c.sheet, c.row, c.column) for c in made if c.what in _FIGURES]
    for sheet, cells in _by_sheet(set(figures) - set(ratings)).items():
        left = sorted(workbook.painted(sheet, cells))
        if left:
            yield Finding(
                "colour-left",
                Severity.WARNING,
                f"{grouped(cell_name(*place) for place in left)}: painted red, amber or green by "
                "hand beside last year's figure; the colour was left. Take it away where it was a "
                "rating.",
                sheet,
                cell_name(*left[0]),
            )


def _by_sheet(places: Iterable[Place]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet, row, column in places:
        found.setdefault(sheet, []).append((row, column))
    return found
