"""Targets, with their limits and tolerances, that are carried into the new year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell
from perf_addin.application.headings import heading_text
from perf_addin.application.layout import Column, text_of
from perf_addin.application.rated import Rated
from perf_addin.application.rollover.blocks import STANDARDS, Block
from perf_addin.application.rollover.changes import Changes, What
from perf_addin.application.sheets import Row
from perf_addin.application.vocabulary import Field
from perf_addin.domain.new_year import years_named


class Target(NamedTuple):
    """A target that was carried: whose it is, where it stands, and its text."""

    sheet: str
    row: int
    column: int
    no: str | None
    name: str
    shown: str


def carry_targets(row: Row, block: Block, item: Rated, changes: Changes) -> Iterator[Target]:
    """Move the targets of several years on, and give the target that holds for the new year."""
    sheet, columns = block.layout.sheet, block.layout.columns
    carried = {column: row.get(column) for column in block.next_targets}
    for column, source in block.next_targets.items():
        cell = row.get(source) if source is not None else None
        is_blank = cell is None or cell.value == ""
        if source == column or (is_blank and _names_year(block, column)):
            continue  # the year's own target holds until another one is stated
        carried[column] = None if is_blank else cell
        value = cell.value if cell is not None and not is_blank else None
        place = (row.number, column)
        changes.put(sheet, place, What.TARGET, row.get(column), value, source=cell)
    told = standards_text(lambda c: carried[c] if c in carried else row.get(c), columns)
    if told:
        yield Target(sheet, row.number, standards_column(columns), item.no, item.name, told)


def _names_year(block: Block, column: int) -> bool:
    """Whether a column of targets is headed with the year that ends."""
    return block.year in years_named(heading_text(block.head.parts[column][-1]))


def standards_column(columns: Sequence[Column]) -> int:
    """The column of the target; without one that of the first limit."""
    found = [c.number for c in columns if c.field in STANDARDS]
    return next((c.number for c in columns if c.field is Field.TARGET), found[0] if found else 1)


def standards_text(get: Callable[[int], Cell | None], columns: Sequence[Column]) -> str:
    """The target of a row with its limits and tolerances, in one text; empty where it has none.

    Args:
        get: gives the cell of a column.
        columns: the columns of the index.
    """
    told: dict[str, list[str]] = {}
    for column in columns:
        text = shown(get(column.number)) if column.field in STANDARDS else ""
        if text:
            told.setdefault(column.field.value, []).append(text)
    if list(told) == [Field.TARGET.value]:
        return ", ".join(told[Field.TARGET.value])
    return "; ".join(f"{name} {', '.join(texts)}" for name, texts in told.items())


def shown(cell: Cell | None) -> str:
    """What a cell holds, exactly, a percentage as one; empty for a blank."""
    if cell is None:
        return ""
    if isinstance(cell.value, Decimal):
        value = cell.value.scaleb(2) if cell.percent else cell.value
        return f"{value.normalize():f}{'%' if cell.percent else ''}"
    return text_of(cell)
