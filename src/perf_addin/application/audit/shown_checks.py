"""What a reader of the sheet sees or misses: hidden exceptions, colours that say otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from perf_addin.application.audit.colours import Colours, Shown, letter_of
from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.grid import Cell
from perf_addin.application.looks import look_of
from perf_addin.application.ports import Inspection, Workbook
from perf_addin.application.rated import Place
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.rating import Letter


def check_what_is_shown(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Look at hidden rows, and at colours and lights that say another rating."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for row in rows:
        yield from _hidden(row, sheets[row.item.sheet])
    cells = SheetCells(sheets)
    for name in dict.fromkeys(row.item.sheet for row in rows):
        here = [row for row in rows if row.item.sheet == name]
        yield from _colours(workbook, cells, name, here)


class SheetCells:
    """The cells of sheets by row and column; a sheet is read when it is first asked for."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        """Bind the sheets by their names."""
        self._sheets = {name.casefold(): sheet for name, sheet in sheets.items()}
        self._known: dict[str, Mapping[int, Mapping[int, Cell]]] = {}

    def of(self, name: str) -> Mapping[int, Mapping[int, Cell]] | None:
        """The cells of a sheet; None where there is no such sheet."""
        key = name.casefold()
        if key not in self._known and key in self._sheets:
            self._known[key] = {r.number: r.cells() for r in self._sheets[key].rows()}
        return self._known.get(key)


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


def _is_new(row: IndexRow, place: Place, seen: Letter) -> bool:
    """Whether a colour says another rating, which no typed letter in that cell says already."""
    item = row.item
    typed = item.typed.letter if item.typed is not None else None
    is_typed = place == item.rating_place and typed == seen
    return item.letter not in {None, seen} and not is_typed


def _places(row: IndexRow) -> list[Place]:
    """The cells whose colour a reader takes for the rating: the rating's own and the figure's."""
    return [p for p in (row.item.rating_place, row.item.actual_place) if p is not None]


def _colours(
    workbook: Workbook, cells: SheetCells, name: str, rows: Sequence[IndexRow]
) -> Iterator[Finding]:
    """Compare what is seen in the cells of ratings and figures with the ratings."""
    inspection = workbook.inspection
    rules = inspection.colour_rules(name)
    shown = Colours(rules, lambda other: cells.of(other or name))
    fills = _own_fills(inspection, name, rows)
    for row in rows:
        letter = row.item.letter
        for place in _places(row) if letter is not None else ():
            seen = shown.at(place.row, place.column) if rules else Shown()
            by_rule = letter_of(seen.colour) if seen.colour is not None else None
            if by_rule is not None and not (seen.by_scale and "A" in {by_rule, letter}):
                what = "the colour scale" if seen.by_scale else "the conditional format"
                yield from _differs(row, place, by_rule, f"{what} of {place.name}")
            elif seen.light is not None:
                yield from _differs(row, place, seen.light, f"the icon in {place.name}")
            elif seen.colour is None and seen.is_sure and place in fills:
                yield from _filled(row, place, fills[place][0], is_ours=fills[place][1])


def _differs(row: IndexRow, place: Place, seen: Letter, what: str) -> Iterator[Finding]:
    letter = row.item.letter
    if letter is not None and _is_new(row, place, seen):
        yield row.finding(
            "colour-differs",
            Severity.WARNING,
            f"it is {COLOURS[letter]}, but {what} shows it {COLOURS[seen]}. Correct the rule, or "
            "let the rating's own colour stand.",
            place.column,
        )


def _filled(row: IndexRow, place: Place, seen: Letter, *, is_ours: bool) -> Iterator[Finding]:
    letter = row.item.letter
    if letter is not None and _is_new(row, place, seen):
        how = "still has the fill of an earlier rating" if is_ours else "is filled by hand"
        remedy = "Run `perf-addin recalc`." if is_ours else "Take the fill away, or correct it."
        yield row.finding(
            "colour-differs",
            Severity.WARNING,
            f"it is {COLOURS[letter]}, but {place.name} {how} and shows it {COLOURS[seen]}. "
            f"{remedy}",
            place.column,
        )


def _own_fills(
    inspection: Inspection, name: str, rows: Sequence[IndexRow]
) -> Mapping[Place, tuple[Letter, bool]]:
    """The cells of ratings and figures whose own fill looks like a rating, and whether it is ours.

    A fill that reaches across the row, and one and the same that most figures have, are there for
    the looks of the sheet.
    """
    beside = {row.item.row: row.item.layout.column_of(Field.NAME) or 1 for row in rows}
    places = [place for row in rows for place in _places(row)]
    fills = inspection.fills(name, [*places, *beside.items()])
    found: dict[Place, str] = {}
    for row in rows:
        own = fills.get((row.item.row, beside[row.item.row]))
        for place in _places(row):
            fill = fills.get((place.row, place.column))
            if fill is not None and fill != own and letter_of(fill) is not None:
                found[place] = fill
    ratings = {row.item.rating_place for row in rows}
    of_figures = Counter(fill for place, fill in found.items() if place not in ratings)
    for_looks = {fill for fill, count in of_figures.items() if 2 * count > len(rows) > 1}
    return {
        place: (letter, look_of(fill) is not None)
        for place, fill in found.items()
        if (letter := letter_of(fill)) and (place in ratings or fill not in for_looks)
    }
