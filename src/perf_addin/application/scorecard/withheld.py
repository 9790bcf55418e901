"""Figures that must not be published, of every period that a scorecard shows.

What must not be is what the check of small numbers says; it is asked for each period by itself,
since a scorecard shows earlier figures too.
"""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.audit.index_rows import IndexRow, read_index_rows
from perf_addin.application.audit.parts import PartsFinder
from perf_addin.application.audit.small_number_checks import check_small_numbers
from perf_addin.application.diff.picture import Held, Picture, Pictured
from perf_addin.application.grid import column_number
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.sentences.evidence import FigureScale
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import Period

SMALL_NUMBERS = ("small-number", "secondary-suppression")
"""The findings that a figure must not be published."""

_CELL = lazily(r"([A-Z]+)(\d+)")

SYMBOL = "c"
"""What stands in the place of a figure that is not published: confidential."""


def withheld(workbook: Workbook, picture: Picture) -> list[Finding]:
    """The findings that a figure must not be published; each names the figure's cell.

    Args:
        workbook: the workbook, for the counts behind its figures.
        picture: its index, rated, with the figures of every period.
    """
    variants = [each for known in picture.indicators for each in _each_period(known)]
    rows = read_index_rows(workbook, Picture(picture.result, tuple(variants)))
    by_period: dict[Period | None, list[IndexRow]] = {}
    for row in rows:
        by_period.setdefault(row.item.period, []).append(row)
    finder = PartsFinder(workbook, {layout.sheet for layout in picture.result.layouts})
    found = (f for rows in by_period.values() for f in check_small_numbers(rows, finder))
    return [finding for finding in found if finding.code in SMALL_NUMBERS]


def _each_period(known: Pictured) -> Iterator[Pictured]:
    """An indicator as it is rated, and as it would be looked at for each of its other figures."""
    item = known.rated
    if item.actual is None:
        return
    yield known
    for period, held in known.entries.items():
        figure = figure_of(item, held, known.entries.get(item.period) if item.period else None)
        place = _place(held)
        if period != item.period and figure is not None and place is not None:
            other = item._replace(row=place.row, period=period, actual=figure, actual_place=place)
            yield known._replace(rated=other)


def figure_of(item: Rated, held: Held, own: Held | None) -> Figure | None:
    """A figure of an indicator on the scale of the one that is rated; None where it has none.

    Args:
        item: the indicator; it has a figure.
        held: what a cell of it holds.
        own: what the cell of the rated figure holds, where it has a period.
    """
    if item.actual is None or not isinstance(held.content, Figure):
        return None
    stored = own.content if own is not None else None
    return FigureScale(item.actual, stored).settle(held.content)


def _place(held: Held) -> Place | None:
    found = _CELL.fullmatch(held.cell)
    return Place(int(found[2]), column_number(found[1])) if found is not None else None
