"""The columns of an index that are of a year: which move on, and where their figures come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from perf_addin.application.detect import Head, find_heads
from perf_addin.application.grid import CellValue
from perf_addin.application.headings import heading_text
from perf_addin.application.layout import Column, Layout
from perf_addin.application.lines import top_lines
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.errors import InputError
from perf_addin.domain.new_year import years_named
from perf_addin.domain.periods import Period, PeriodKind, financial_year_of

_NOT_OURS = frozenset(
    {"england", "national", "london", "region", "regional", "neighbour", "neighbours", "stat"}
    | {"statistical", "sn", "outer", "inner", "nearest", "target", "plan", "quartile", "rank"}
    | {"median", "authorities", "average", "group", "family", "similar", "peer", "peers", "ipf"}
    | {"cipfa", "comparator", "comparators", "best", "all"}
)
OWN_WORDS = frozenset(
    {"", "outturn", "outturns", "actual", "result", "performance", "year end", "annual outturn"}
    | {"previous year", "last year", "prior year", "previous outturn", "own", "council", "final"}
)
"""What stands beside the year in a heading of the index's own earlier years, in plain words."""
_LAST_YEAR = frozenset({"last year", "previous year", "prior year", "previous outturn"})
_YEAR_END = frozenset(
    {"outturn", "year end", "year-end", "full year", "annual outturn", "year end outturn"}
    | {"final outturn", "ytd", "year to date", "outturn to date", "actual ytd", "ytd actual"}
)
_MAY_BE_EARLIER = frozenset({Field.BENCHMARK, Field.EARLIER, Field.OTHER, Field.ACTUAL})
_APRIL = 4
STANDARDS = frozenset(
    {Field.TARGET, Field.TOLERANCE, Field.GREEN_TOLERANCE, Field.GREEN, Field.AMBER, Field.LOWER}
    | {Field.UPPER, Field.RANGE, Field.MARGIN}
)


class Slot(NamedTuple):
    """What a column is of: field, kind of period, year, and how many months into the year."""

    field: Field
    kind: PeriodKind
    year: int
    months_in: int = 0

    def later(self) -> Slot:
        """The same a year later."""
        return self._replace(year=self.year + 1)


class Block(NamedTuple):
    """The columns of one index block that matter when the year ends; all numbers are 1-based.

    Attributes:
        layout: how the block lies.
        head: its header rows, with the texts above each column.
        year: starting year of the financial year that ends.
        slots: the columns that move on a year, with what each is of.
        sources: for each of those the column that its new figures come from, or None for none.
        outturn: the column that takes the year's outturn, or None.
        year_end: columns in which the index itself states the year's outturn, likeliest first.
        figures: the columns of the year's own months or quarters, latest first, with their period.
        undated: columns of a figure without a period.
        next_targets: columns of a year's targets, with the column that each takes its targets of.
        fields: the field of each column that has one.
    """

    layout: Layout
    head: Head
    year: int
    slots: Mapping[int, Slot]
    sources: Mapping[int, int | None]
    outturn: int | None
    year_end: tuple[int, ...]
    figures: tuple[tuple[Period, int], ...]
    undated: tuple[int, ...]
    next_targets: Mapping[int, int | None]
    fields: Mapping[int, Column]


def year_of(layout: Layout) -> int | None:
    """The year that an index is of: that of its latest period, else what its texts state."""
    dated = [c.period for c in layout.columns if c.field is Field.ACTUAL and c.period]
    if dated:
        return max(year_of_period(period) for period in dated)
    return layout.financial_year


def year_of_period(period: Period) -> int:
    """The financial year of a period, as its starting year; of a calendar year that year."""
    if period.kind is PeriodKind.YEAR:
        return period.start.year
    return financial_year_of(period.start)


def slot_of(column: Column) -> Slot | None:
    """What a column is of; None where it has no period."""
    period = column.period
    if period is None:
        return None
    months_in = 0 if period.kind is PeriodKind.YEAR else (period.start.month - _APRIL) % 12
    return Slot(column.field, period.kind, year_of_period(period), months_in)


def head_of(sheet: Sheet, first: int, last: int) -> Head:
    """The header rows of a block, as they were found before."""
    lines = top_lines(sheet, first, last - first + 1)
    return next(find_heads(lines, sheet.merged(), (first, last)))


def read_block(sheet: Sheet, layout: Layout, year: int, *, file: str | None) -> Block:
    """Find out which columns of a block move on.

    Args:
        sheet: its sheet.
        layout: how it lies.
        year: the financial year that ends.
        file: the workbook's name, for messages; None where no columns of earlier years that state
            no period are looked for.

    Raises:
        InputError: more than one series of columns could be the index's own earlier years.
    """
    head = head_of(sheet, layout.header_first, layout.header_last)
    fields = {column.number: column for column in layout.columns}
    dated = {c.number: slot for c in layout.columns if (slot := slot_of(c)) and slot.year <= year}
    year_slot = Slot(Field.ACTUAL, PeriodKind.YEAR, year)
    if file is not None and year_slot._replace(year=year - 1) not in dated.values():
        dated = _own_earlier((file, sheet.name), head, fields, year) | dated
    slots, sources = _chained(dated, year)
    places = {slot: column for column, slot in slots.items()}
    outturn = places.get(year_slot._replace(year=year - 1))
    of_year = _figures_of(layout, slots, year)
    whole = [number for period, number in of_year if period.kind is PeriodKind.YEAR]
    undated = [c.number for c in layout.columns if c.field is Field.ACTUAL and c.period is None]
    ends = [n for n, parts in head.parts.items() if n not in slots and _is_year_end(parts, year)]
    return Block(
        layout,
        head,
        year,
        slots,
        sources,
        outturn,
        (*whole, *ends),
        tuple(figure for figure in of_year if figure[0].kind is not PeriodKind.YEAR),
        tuple(undated),
        _targets(head, fields, year),
        fields,
    )


def _figures_of(layout: Layout, slots: Mapping[int, Slot], year: int) -> list[tuple[Period, int]]:
    """The columns of a year's figures with their periods, latest first."""
    found = [
        (c.period, c.number)
        for c in layout.columns
        if c.period and c.field is Field.ACTUAL and c.number in slots
    ]
    return sorted((f for f in found if slots[f[1]].year == year), reverse=True)


def _chained(dated: Mapping[int, Slot], year: int) -> tuple[dict[int, Slot], dict[int, int | None]]:
    """The columns that move on: those of the year, and of each year before without a gap."""
    places = {slot: number for number, slot in dated.items()}
    slots: dict[int, Slot] = {}
    sources: dict[int, int | None] = {}
    for number, slot in sorted(dated.items(), key=lambda item: -item[1].year):
        source = places.get(slot.later())
        is_outturn = slot == Slot(Field.ACTUAL, PeriodKind.YEAR, year - 1)
        if slot.year == year or is_outturn or source in slots:
            slots[number] = slot
            sources[number] = source if slot.year < year else None
    return slots, sources


def _own_earlier(
    place: tuple[str, str], head: Head, fields: Mapping[int, Column], year: int
) -> dict[int, Slot]:
    """The columns of the index's own earlier years, by what their headings say.

    The place is the file and the sheet, for messages.
    """
    series: dict[str, dict[int, int]] = {}
    stated: set[str] = set()
    for number, parts in head.parts.items():
        field = fields[number].field if number in fields else None
        if field is not None and field not in _MAY_BE_EARLIER:
            continue
        of, stem = _earlier_year(parts, year)
        if of is None or of >= year:
            continue
        series.setdefault(stem, {})[of] = number
        if field is Field.EARLIER:
            stated.add(stem)
    chosen = _the_own(place, series, stated)
    return {n: Slot(Field.ACTUAL, PeriodKind.YEAR, of) for of, n in chosen.items()}


def _the_own(
    place: tuple[str, str], series: Mapping[str, dict[int, int]], stated: set[str]
) -> dict[int, int]:
    if len(series) > 1:
        likely = [s for s in series if s in stated] or [s for s in series if s in OWN_WORDS]
        if len(likely) != 1:
            names = ", ".join(repr(stem or "a year alone") for stem in sorted(series))
            file, sheet = place
            raise InputError(
                f"{file}, sheet {sheet!r}: several series of columns could be the index's own "
                f"earlier years ({names}). State the column of the year before with "
                "--column 'Previous=COLUMN'.",
                name=file,
            )
        return series[likely[0]]
    return next(iter(series.values()), {})


def _earlier_year(parts: Sequence[CellValue], year: int) -> tuple[int | None, str]:
    """The year of a column of whole-year figures, and its heading without the year."""
    texts = [heading_text(part) for part in parts if not isinstance(part, date)]
    words = {word for text in texts for word in plain_words(text).split()}
    if not texts or words & _NOT_OURS:
        return None, ""
    last = texts[-1]
    if "benchmark" in plain_words(last):
        return None, ""
    named = {int(last)} if _is_calendar_year(last) else years_named(last)
    stem = plain_words(last)
    if len(named) == 1:
        return next(iter(named)), stem
    return (year - 1, stem) if stem in _LAST_YEAR else (None, "")


def _is_calendar_year(text: str) -> bool:
    return text.isdecimal() and len(text) == len("2021") and text.startswith("20")


def _is_year_end(parts: Sequence[CellValue], year: int) -> bool:
    text = heading_text(parts[-1])
    return plain_words(text) in _YEAR_END and years_named(text) <= {year}


def _targets(head: Head, fields: Mapping[int, Column], year: int) -> dict[int, int | None]:
    """Columns of targets whose heading names a year, and the column that each takes its targets of.

    The column of the year keeps what it has, unless there is one of the next year's targets: then
    it takes these, and theirs is emptied (None). One of a year before takes the targets after it.
    """
    by_year: dict[int, int] = {}
    for number, parts in head.parts.items():
        text = heading_text(parts[-1])
        known = fields[number].field if number in fields else read_heading(text)
        named = years_named(text)
        if known is Field.TARGET and len(named) == 1:
            by_year.setdefault(next(iter(named)), number)
    found: dict[int, int | None] = {}
    for of in sorted(by_year, reverse=True):
        after = by_year.get(of + 1)
        if of > year:
            found[by_year[of]] = after
        elif of == year:
            found[by_year[of]] = by_year[of] if after is None else after
        elif after in found:
            found[by_year[of]] = after
    return found
