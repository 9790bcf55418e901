"""What is known of the indicators of an index besides their dated figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_addin.application.choose import read_cell
from perf_addin.application.commentary_texts import Texts, place_of
from perf_addin.application.grid import Cell
from perf_addin.application.layout import text_of
from perf_addin.application.paper.content import split_lines
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sentences.beside import FigureScale
from perf_addin.application.sentences.comparators import is_count
from perf_addin.application.sentences.evidence import Drafts
from perf_addin.application.vocabulary import Field
from perf_addin.domain.commentary import personal_data, says_see_below
from perf_addin.domain.figure_sentences import Source
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.showing import show_number
from perf_addin.domain.small_numbers import MOST_SUPPRESSED

_PERSONAL = "Left out, since it may hold personal data."
_Spot = tuple[str, Place]


class Beside:
    """Benchmarks, the figure before, commentary and data caveats of indicators.

    Attributes:
        comparison: which earlier figure says whether an indicator improved.
        findings: texts that were left out, and why.
    """

    def __init__(self, workbook: Workbook, result: IndexResult) -> None:
        """Read what stands beside the figures of an index that was rated."""
        self.comparison = result.settings.comparison
        self.findings: list[Finding] = []
        self._drafts = Drafts(workbook, result, result.rated)
        self._texts = Texts(workbook)
        spots = {spot for item in result.rated for spot in _spots(item)}
        self._cells = dict(_read(workbook, spots))

    def benchmarks(self, item: Rated) -> Iterator[tuple[str, str]]:
        """Other bodies' figures beside an indicator's: name, and figure as shown."""
        evidence = self._drafts.evidence_of(item)
        percent = item.actual.percent if item.actual is not None else False
        for each in evidence.those(Source.BENCHMARK) if evidence is not None else ():
            name = each.name.removeprefix("the ").removeprefix("its ")
            yield name[0].upper() + name[1:], show_number(each.value, percent=percent)

    def previous(self, item: Rated) -> Figure | None:
        """The figure of a column such as Previous, on the indicator's scale.

        None where there is none, or it is a small count, which must not be published.
        """
        cell = self._cell(item, Field.EARLIER)
        found = read_cell(cell) if cell is not None else None
        if item.actual is None or not isinstance(found, Figure):
            return None
        if is_count(item.name) and 0 < found.value <= MOST_SUPPRESSED:
            return None
        own = self._cells.get((item.sheet, item.place))
        return FigureScale(item.actual, read_cell(own) if own is not None else None).settle(found)

    def caveats(self, item: Rated) -> tuple[str, ...]:
        """The data caveat of an indicator, line by line."""
        return tuple(split_lines(text_of(self._cell(item, Field.CAVEAT))))

    def commentary(self, item: Rated) -> tuple[str, ...]:
        """The commentary that goes with an indicator; what may hold personal data is left out.

        As in the exception report, there is one only for indicators that it names.
        """
        if not (item.is_exception or item.highlight or item.is_unreportable):
            return ()
        found = self._texts.of(item)
        texts = [found.text if found is not None else "", item.highlight_commentary or ""]
        if texts[1] and says_see_below(texts[0]):
            del texts[0]
        told = dict.fromkeys(line for text in texts for line in split_lines(text))
        if any(personal_data(line) is not None for line in told):
            self.findings.append(_left_out(item))
            return (_PERSONAL,)
        return tuple(told)

    def _cell(self, item: Rated, field: Field) -> Cell | None:
        place = _place(item, field)
        return self._cells.get((item.sheet, place)) if place is not None else None


def _spots(item: Rated) -> Iterator[_Spot]:
    for place in (_place(item, Field.EARLIER), _place(item, Field.CAVEAT), item.actual_place):
        if place is not None:
            yield item.sheet, place


def _place(item: Rated, field: Field) -> Place | None:
    column = item.layout.column_of(field)
    return Place(item.row, column) if column is not None else None


def _read(workbook: Workbook, spots: Iterable[_Spot]) -> Iterator[tuple[_Spot, Cell]]:
    columns: dict[str, dict[int, list[int]]] = {}
    for sheet_name, place in spots:
        columns.setdefault(sheet_name, {}).setdefault(place.row, []).append(place.column)
    for sheet in workbook.sheets:
        wanted = columns.get(sheet.name)
        for row in sheet.rows() if wanted else ():
            for column in (wanted or {}).get(row.number, ()):
                cell = row.get(column)
                if cell is not None:
                    yield (sheet.name, Place(row.number, column)), cell


def _left_out(item: Rated) -> Finding:
    return Finding(
        "personal-data",
        Severity.WARNING,
        f"Indicator {item.label}: the commentary holds what looks like personal data, so the "
        "scorecard goes without it. Take it out of the commentary.",
        item.sheet,
        place_of(item),
    )
