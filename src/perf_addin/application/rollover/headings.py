"""Headings that move on with the year, in the spelling that they had."""

from __future__ import annotations

from datetime import date

from perf_addin.application.grid import CellValue
from perf_addin.application.headings import read_column, read_period_heading
from perf_addin.application.rollover.blocks import STANDARDS, Block
from perf_addin.application.vocabulary import Field
from perf_addin.domain.new_year import (
    day_a_year_later,
    moved_years,
    spellings_a_year_later,
    years_named,
)
from perf_addin.domain.periods import Period

_OF_THE_YEAR = STANDARDS | {
    *(Field.RATING, Field.REASON, Field.COMMENTARY, Field.HIGHLIGHT, Field.HIGHLIGHT_COMMENTARY),
    *(Field.ACTUAL, Field.RULE, Field.CAVEAT),
}


def moved_heading(value: CellValue, column: int, block: Block) -> CellValue | None:
    """What a heading of a column becomes; None where it stays.

    Headings of columns that move on move with them, whatever year they name. Of other columns
    those of targets, limits, ratings and texts that name the year do. What is neither stays.
    """
    if column in block.slots:
        return a_year_later(value)
    if not isinstance(value, str):
        return None
    field = block.fields[column].field if column in block.fields else None
    is_of_the_year = column in block.year_end or column in block.next_targets
    if is_of_the_year or (field in _OF_THE_YEAR and years_named(value) == {block.year}):
        moved = moved_years(value)
        return moved if moved != value else None
    return None


def a_year_later(value: CellValue) -> CellValue | None:
    """A heading that names a period or a year, a year later in its own spelling; else None.

    `Aug 21 RAG` names a period beside a field.
    """
    if isinstance(value, date):
        return day_a_year_later(value)
    if not isinstance(value, str):
        number = str(value)
        is_year = number.isdecimal() and len(number) == len("2021")
        return None if isinstance(value, bool) or not is_year else value + 1
    period = _named(value)
    if period is None:
        moved = moved_years(value)
        return moved if moved != value else None
    wanted = period.same_period_next_year()
    return next((text for text in spellings_a_year_later(value) if _named(text) == wanted), None)


def _named(text: str) -> Period | None:
    """The period that a heading names in full, alone or beside a field."""
    period = read_period_heading(text, None)
    if period is None:
        meaning = read_column((text,), None)
        period = meaning[1] if meaning is not None else None
    return period
