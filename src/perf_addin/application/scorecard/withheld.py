"""Figures that must not be published, of every period that a scorecard shows.

What must not be is what the check of small numbers says; it is asked for each period by itself,
since a scorecard shows earlier figures too.
"""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.audit.index_rows import IndexRow, read_index_rows
from perf_addin.application.audit.parts import PartsFinder
from perf_addin.application.audit.small_number_checks import check_small_numbers
from perf_addin.application.audit.suppression import check_suppression
from perf_addin.application.diff.picture import Held, Picture, Pictured
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.sentences.beside import FigureScale
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period

SMALL_NUMBERS = ("small-number", "secondary-suppression")
"""The findings that a figure must not be published."""

SYMBOL = "c"
"""What stands in the place of a figure that is not published: confidential."""


def withheld(workbook: Workbook, picture: Picture) -> list[Finding]:
    """The findings that a figure must not be published; each names the figure's cell.

    Args:
        workbook: the workbook, for the counts behind its figures.
        picture: its index, rated, with the figures of every period.
    """
    result = picture.result
    variants = tuple(each for known in picture.indicators for each in _each_period(known))
    rows = read_index_rows(workbook, result._replace(rated=variants))
    by_period: dict[Period | None, list[IndexRow]] = {}
    for row in rows:
        by_period.setdefault(row.item.period, []).append(row)
    finder = PartsFinder(workbook, {layout.sheet for layout in result.layouts})
    rated = {id(item) for item in result.rated}
    together = [[row for row in rows if id(row.item) in rated], *by_period.values()]
    found = [
        *(each for rows in by_period.values() for each in check_small_numbers(rows, finder)),
        *(each for rows in together for each in check_suppression(workbook, result, rows)),
    ]
    return list(dict.fromkeys(finding for finding in found if finding.code in SMALL_NUMBERS))


def _each_period(known: Pictured) -> Iterator[Rated]:
    """An indicator as it is rated, and as it would be looked at for each of its other entries.

    An entry that the scorecard shows as a symbol, or not at all, counts too: with a total and the
    other parts of it, it could be worked out.
    """
    item = known.rated
    yield item
    own = known.entries.get(item.period) if item.period is not None else None
    for period, held in known.entries.items():
        if period == item.period:
            continue
        figure = held.content if isinstance(held.content, Figure) else None
        if item.actual is not None:
            figure = figure_of(item, held, own)
        yield item.at(Place(held.row, held.column), period, figure)


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
