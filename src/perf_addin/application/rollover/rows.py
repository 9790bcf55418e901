"""The rows of an index or of a sheet behind it: figures move a year, the year's own are emptied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.detect import is_header
from perf_addin.application.grid import Cell, Look, Row, Sheet, cell_name
from perf_addin.application.headings import heading_text, read_period_heading
from perf_addin.application.layout import Column, text_of
from perf_addin.application.rated import Rated
from perf_addin.application.rollover.blocks import STANDARDS, Block
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.rollover.headings import moved_heading
from perf_addin.application.rollover.outturn import Taken, find_outturn
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.figures import Figure, Missing

_CLEARED = {
    Field.RATING: What.RATING,
    Field.REASON: What.TEXT,
    Field.COMMENTARY: What.TEXT,
    Field.HIGHLIGHT: What.TEXT,
    Field.HIGHLIGHT_COMMENTARY: What.TEXT,
}
_OF_THE_FIGURE = frozenset(
    {"direction of travel", "dot", "trend", "variance", "numerator", "denominator"}
)
NO_SOURCES: Mapping[int, int | None] = MappingProxyType({})


class Target(NamedTuple):
    """A target that was carried: whose it is, where it stands, and its text."""

    sheet: str
    row: int
    column: int
    no: str | None
    name: str
    shown: str


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
        if moved is not None:
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
        if _repeats_headings(row, block):
            _move_heading_row(row, block, changes)
            continue
        _move_figures(row, block, rated.get(row.number), changes, moved)
        item = rated.get(row.number)
        if item is not None:
            _clear_remarks(row, block, item, changes, moved)
            _carry_targets(row, block, item, changes, moved)
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
    outturn = find_outturn(row, block)
    sheet, number = block.layout.sheet, row.number
    if item is not None:
        moved.taken.append(_taken(row, block, item))
    oldest = {
        slot[0]: min(s[1] for s in block.slots.values() if s[0] == slot[0])
        for slot in block.slots.values()
    }
    for column, (kind, of, _) in sorted(block.slots.items(), key=lambda each: each[1][1]):
        old = row.get(column)
        if not _is_entry(old, item):
            continue
        source = block.sources[column]
        new = row.get(source) if source is not None else None
        what = What.SHIFTED if source is not None else What.CLEARED
        if column == block.outturn and (source is None or new is None or new.value == ""):
            new, what = (outturn.cell if outturn else None), What.OUTTURN
            source = outturn.column if outturn else None
        if item is None and new is not None and not _is_entry(new, item):
            new = None
        is_formula = old is not None and old.formula
        if of == oldest[kind] and of < block.year and old is not None and not is_formula:
            moved.dropped.append(_dropped(block, number, column, item, old))
        if is_formula and what is What.CLEARED:
            continue
        value = new.value if new is not None and new.value != "" else None
        like = (number, source) if source is not None else None
        changes.put(sheet, (number, column), what, old, value, like=like, source=new)
    for column in (*block.year_end, *block.undated):
        if column not in block.slots and _is_entry(row.get(column), item):
            _clear(row, column, sheet, What.CLEARED, changes)


def _dropped(block: Block, row: int, column: int, item: Rated | None, held: Cell) -> Dropped:
    parts = block.head.parts.get(column, ())
    heading = " / ".join(dict.fromkeys(heading_text(part) for part in parts))
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
    )


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


def _carry_targets(row: Row, block: Block, item: Rated, changes: Changes, moved: Moved) -> None:
    """Note the target that holds for the new year, and move those of several years."""
    sheet = block.layout.sheet
    for column, source in block.next_targets.items():
        if source == column:
            continue
        cell = row.get(source) if source is not None else None
        value = cell.value if cell is not None and cell.value != "" else None
        place = (row.number, column)
        changes.put(sheet, place, What.TARGET, row.get(column), value, source=cell)
    columns = block.layout.columns
    told = standards_text(row.get, columns, block.next_targets)
    if told:
        moved.targets.append(
            Target(sheet, row.number, standards_column(columns), item.no, item.name, told)
        )


def standards_column(columns: Sequence[Column]) -> int:
    """The column of the target; without one that of the first limit."""
    found = [c.number for c in columns if c.field in STANDARDS and c.period is None]
    return next((c.number for c in columns if c.field is Field.TARGET), found[0] if found else 1)


def standards_text(
    get: Callable[[int], Cell | None],
    columns: Sequence[Column],
    sources: Mapping[int, int | None] = NO_SOURCES,
) -> str:
    """The target of a row with its limits and tolerances, in one text; empty where it has none.

    Args:
        get: gives the cell of a column.
        columns: the columns of the index.
        sources: for a column of targets, the one that they are to be taken from.
    """
    told = []
    for column in columns:
        source = sources.get(column.number, column.number)
        if column.field not in STANDARDS or column.period is not None or source is None:
            continue
        text = shown(get(source))
        if text:
            told.append(text if column.field is Field.TARGET else f"{column.field.value} {text}")
    return "; ".join(told)


def shown(cell: Cell | None) -> str:
    """What a cell holds, exactly, a percentage as one; empty for a blank."""
    if cell is None:
        return ""
    if isinstance(cell.value, Decimal):
        value = cell.value.scaleb(2) if cell.percent else cell.value
        return f"{value.normalize():f}{'%' if cell.percent else ''}"
    return text_of(cell)
