"""The rows of an index or of a sheet behind it: figures move a year, the year's own are emptied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.detect import is_header
from perf_addin.application.grid import Cell, Look, cell_name
from perf_addin.application.headings import heading_text, read_period_heading
from perf_addin.application.layout import text_of
from perf_addin.application.rated import Rated
from perf_addin.application.rollover.blocks import STANDARDS, Block
from perf_addin.application.rollover.carried import Target, carry_targets
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import moved_heading
from perf_addin.application.rollover.outturn import Taken, find_outturn
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.new_year import years_named

_CLEARED = {
    Field.RATING: What.RATING,
    Field.REASON: What.TEXT,
    Field.COMMENTARY: What.TEXT,
    Field.HIGHLIGHT: What.TEXT,
    Field.HIGHLIGHT_COMMENTARY: What.TEXT,
}
_SAID = frozenset({Field.COMMENTARY, Field.HIGHLIGHT, Field.HIGHLIGHT_COMMENTARY})
_OF_THE_FIGURE = frozenset(
    {"direction of travel", "dot", "trend", "variance", "numerator", "denominator"}
)


class Dropped(NamedTuple):
    """A figure of the oldest year, which has no column any more, with the heading that it had."""

    heading: str
    sheet: str
    cell: str
    no: str
    name: str
    held: Cell


class Kept(NamedTuple):
    """A text of the year that is put away: whose, of which field, and the text."""

    item: Rated
    field: Field
    text: str


class Moved:
    """What was found in the rows of a block, for the log and the findings."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.taken: list[Taken] = []
        self.targets: list[Target] = []
        self.dropped: list[Dropped] = []
        self.texts: list[Kept] = []
        self.caveats: list[Rated] = []
        self.ratings: list[tuple[str, int, int]] = []


def move_headings(sheet: Sheet, block: Block, changes: Changes) -> None:
    """Move the headings of a block on."""
    first, last = block.layout.header_first, block.layout.header_last
    for row in sheet.rows(first):
        if row.number > last:
            return
        _move_heading_row(row, block, changes)


def _move_heading_row(row: Row, block: Block, changes: Changes) -> None:
    for column, cell in row.cells().items():
        moved = moved_heading(cell.value, column, block)
        if cell.formula and column in block.slots:
            changes.formula_headings.append((block.layout.sheet, row.number, column))
        elif moved is not None and not cell.formula:
            place = (row.number, column)
            changes.put(block.layout.sheet, place, What.HEADING, cell, moved)


def move_rows(
    sheet: Sheet, block: Block, last_row: int, rated: Mapping[int, Rated], changes: Changes
) -> Moved:
    """Move the figures of a block on, row by row.

    Args:
        sheet: its sheet.
        block: its columns.
        last_row: the last row that is its own.
        rated: its indicators, by row. What lies below a blank row under the last is not the index.
        changes: takes what changes.
    """
    moved = Moved()
    last_indicator = max(rated, default=last_row)
    before = 0
    for row in sheet.rows(block.layout.header_last + 1):
        if row.number > last_row or (row.number > last_indicator and row.number > before + 1):
            break
        before = row.number
        item = rated.get(row.number)
        if item is None and _repeats_headings(row, block):
            _move_heading_row(row, block, changes)
            continue
        _move_figures(row, block, item, changes, moved)
        if item is not None:
            _clear_remarks(row, block, item, changes, moved)
            moved.targets += carry_targets(row, block, item, changes)
    return moved


def _repeats_headings(row: Row, block: Block) -> bool:
    """Whether a row has the block's headings again, or those of another period block."""
    if is_header(row.cells()):
        return True
    cells = (row.get(column) for column in block.slots)
    named = [c for c in cells if c is not None and not isinstance(c.value, Decimal)]
    periods = [c for c in named if read_period_heading(c.value, block.year) is not None]
    return len(periods) > 1 and len(periods) == len(named)


def _move_figures(
    row: Row, block: Block, item: Rated | None, changes: Changes, moved: Moved
) -> None:
    """Give every column of a year the figure of the year after, and empty those of the year."""
    if item is not None:
        moved.taken.append(_taken(row, block, item))
    oldest = {
        (slot.field, slot.kind): min(s.year for s in block.slots.values() if s[:2] == slot[:2])
        for slot in block.slots.values()
    }
    for column, slot in sorted(block.slots.items(), key=lambda each: each[1].year):
        old = row.get(column)
        is_carried = slot.field in STANDARDS and slot.year == block.year
        if is_carried or not _is_entry(old, item):
            continue
        if old is not None and not old.formula and oldest[slot[:2]] == slot.year < block.year:
            moved.dropped.append(_dropped(block, row.number, column, item, old))
        _move_figure(row, block, column, item, changes)
    for column in (*block.year_end, *block.undated):
        if column not in block.slots and _is_entry(row.get(column), item):
            _clear(row, column, block.layout.sheet, What.CLEARED, changes)


def _move_figure(row: Row, block: Block, column: int, item: Rated | None, changes: Changes) -> None:
    """Give a column the figure that is its own a year later."""
    old, source = row.get(column), block.sources[column]
    new = row.get(source) if source is not None else None
    what = What.SHIFTED if source is not None else What.CLEARED
    if column == block.outturn and (new is None or new.value == ""):
        outturn = find_outturn(row, block)
        what = What.OUTTURN
        new, source = (outturn.cell, outturn.column) if outturn is not None else (None, None)
    if new is not None and (new.value == "" or not _is_entry(new, item)):
        new = None
    if old is not None and old.formula and what is What.CLEARED:
        return  # the formulas of the year's own months go on
    look = None
    if block.slots[column].field is Field.RATING:
        look = row.look(source) if source is not None else None
        look = look or (Look.PLAIN if row.look(column) is not None else None)
    changes.put(
        block.layout.sheet,
        (row.number, column),
        what,
        old,
        new.value if new is not None else None,
        look=look,
        like=(row.number, source) if source is not None else None,
        source=new,
    )


def _dropped(block: Block, row: int, column: int, item: Rated | None, held: Cell) -> Dropped:
    texts = list(dict.fromkeys(map(heading_text, block.head.parts.get(column, ()))))
    heading = texts[-1] if texts and years_named(texts[-1]) else " / ".join(texts)
    name, no = (item.name, item.no or "") if item is not None else ("", "")
    return Dropped(heading, block.layout.sheet, cell_name(row, column), no, name, held)


def _is_entry(cell: Cell | None, item: Rated | None) -> bool:
    """Whether a cell may change: in a row of no indicator only figures and their symbols do."""
    if item is not None:
        return True
    if cell is None:
        return False
    return cell.formula or isinstance(read_cell(cell), Figure | Missing)


def _taken(row: Row, block: Block, item: Rated) -> Taken:
    frequency = _text(row, block.layout.column_of(Field.FREQUENCY)).casefold()
    texts = [text_of(cell) for cell in row.cells().values() if isinstance(cell.value, str)]
    due = block.figures[0][0] if block.figures else None
    return Taken(
        item.sheet,
        row.number,
        item.no,
        item.name,
        " ".join(texts).casefold(),
        find_outturn(row, block),
        due,
        block.outturn,
        frequency.startswith(("ann", "year")),
        tuple(_figures(row, block)),
    )


def _figures(row: Row, block: Block) -> Iterator[Decimal]:
    """The figures of the year's months, or of its quarters where it has no months."""
    finest = min((period.months for period, _ in block.figures), default=0)
    for period, column in block.figures:
        cell = row.get(column) if period.months == finest else None
        figure = read_cell(cell) if cell is not None else None
        if isinstance(figure, Figure):
            yield figure.value


def _text(row: Row, column: int | None) -> str:
    return text_of(row.get(column)) if column is not None else ""


def _clear(row: Row, column: int, sheet: str, what: What, changes: Changes) -> None:
    cell = row.get(column)
    look = Look.PLAIN if what is What.RATING and row.look(column) is not None else None
    if (cell is not None and not cell.formula) or look is not None:
        changes.put(sheet, (row.number, column), what, cell, None, look=look)


def _clear_remarks(row: Row, block: Block, item: Rated, changes: Changes, moved: Moved) -> None:
    """Empty the rating and what was said of the year's figure; texts are put away."""
    if _text(row, block.layout.column_of(Field.CAVEAT)):
        moved.caveats.append(item)
    for column in block.fields.values():
        if column.field is Field.RATING and row.formula(column.number) is None:
            moved.ratings.append((block.layout.sheet, row.number, column.number))
        if column.number in block.slots and column.field not in _SAID:
            continue
        what = _CLEARED.get(column.field)
        if what is None and column.field is Field.OTHER:
            of_figure = plain_words(column.heading.split(" / ")[-1]) in _OF_THE_FIGURE
            what = What.CLEARED if of_figure else None
        if what is None or read_heading(column.heading) is Field.NOTES:
            continue
        text = _text(row, column.number)
        cell = row.get(column.number)
        is_said = what is What.TEXT and text and column.field is not Field.REASON
        if is_said and cell is not None and not cell.formula:
            moved.texts.append(Kept(item, column.field, text))
        _clear(row, column.number, block.layout.sheet, what, changes)
