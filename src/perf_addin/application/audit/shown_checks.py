"""What a reader of the sheet sees or misses: hidden exceptions, colours that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.audit.colours import colour_of, letter_of
from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.grid import Sheet
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place
from perf_addin.domain.findings import Finding, Severity


def check_what_is_shown(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Look at hidden rows and at the colours of conditional formats."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for row in rows:
        yield from _hidden(row, sheets[row.item.sheet])
    for name in dict.fromkeys(row.item.sheet for row in rows):
        rules = workbook.inspection.colour_rules(name)
        if rules:
            cells = {row.number: dict(row.cells()) for row in sheets[name].rows()}
            for row in rows:
                for place in _places(row) if row.item.sheet == name else ():
                    colour = colour_of(rules, cells, place.row, place.column)
                    yield from _differs(row, place, colour)


def _hidden(row: IndexRow, sheet: Sheet) -> Iterator[Finding]:
    item = row.item
    if not item.is_exception and item.breach is None:
        return
    what = f"it is {item.shown_rating}" if item.is_exception else "it is outside its range"
    if row.hidden:
        where = "its row is hidden"
    elif not sheet.visible:
        where = f"the sheet {sheet.name!r} is hidden"
    else:
        return
    yield row.finding(
        "exception-hidden",
        Severity.WARNING,
        f"{what}, but {where}, so that nobody sees it. It is in the report all the same; show it, "
        "or take the indicator out of the index.",
    )


def _places(row: IndexRow) -> Iterator[Place]:
    """The cells whose colour a reader takes for the rating: the rating's own and the figure's."""
    if row.item.rating_place is not None:
        yield row.item.rating_place
    if row.item.actual_place is not None:
        yield row.item.actual_place


def _differs(row: IndexRow, place: Place, colour: str | None) -> Iterator[Finding]:
    seen = letter_of(colour) if colour is not None else None
    letter = row.item.rating.letter
    if seen is None or letter is None or seen == letter:
        return
    yield row.finding(
        "colour-differs",
        Severity.WARNING,
        f"it is {COLOURS[letter]}, but the conditional format of {place.name} shows it "
        f"{COLOURS[seen]}. Correct the rule, or let the rating's own colour stand.",
        place.column,
    )
