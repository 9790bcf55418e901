"""Where an extract has its headings, and which of its columns are what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from perf_addin.application.detect import find_layout
from perf_addin.application.grid import column_letters
from perf_addin.application.headings import heading_text, read_column, read_period_heading
from perf_addin.application.importing.extract import Extract, Part
from perf_addin.application.layout import Column, Layout
from perf_addin.application.lines import Line, Lines, top_lines
from perf_addin.application.sheets import Sheet
from perf_addin.application.stated_values import read_column_letters
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.errors import InputError
from perf_addin.domain.periods import Period

_FIELDS = {
    Field.NO: Part.NO,
    Field.NAME: Part.NAME,
    Field.PERIOD: Part.PERIOD,
    Field.YEAR: Part.YEAR,
    Field.ACTUAL: Part.VALUE,
}
_WORDS = {
    Part.NO: "indicator no|measure code|measure reference|kpi code|indicator reference",
    Part.NAME: "indicator name|measure name",
    Part.VALUE: "percentage|percent|%|rate|indicator value|measure value|reported value|outcome",
    Part.NUMERATOR: "numerator|numerator value|numerator count|numerators",
    Part.DENOMINATOR: "denominator|denominator value|denominator count|denom|den|denominators|base",
}
_PART_OF = {words: part for part, listed in _WORDS.items() for words in listed.split("|")}
_SHORT_NUMERATOR = "num"  # beside `Den`; alone it is a number
_ANY_YEAR = 2000
_IDENTITY = frozenset({Part.NO, Part.NAME})
_PARTS = frozenset({Part.NUMERATOR, Part.DENOMINATOR})


class Shape(StrEnum):
    """How an extract lies."""

    LONG = "a row for each indicator and period"
    WIDE = "a row for each indicator, a column for each period"
    LIST = "a row for each child or event, which are counted"


class Found(NamedTuple):
    """The headings of an extract.

    Attributes:
        sheet: the sheet that they are on.
        shape: how it lies.
        header: the last row of headings, 1-based.
        columns: the 1-based column of each part that there is.
        periods: the columns of periods, in a wide extract.
        headings: every heading of the lowest header row by its column.
        layout: the same for what reads the periods of rows.
        assumed_year: the starting year that completes months and quarters of the extract that
            state none; None where they all do.
    """

    sheet: Sheet
    shape: Shape
    header: int
    columns: Mapping[Part, int]
    periods: Sequence[tuple[Period, int]]
    headings: Mapping[int, str]
    layout: Layout
    assumed_year: int | None = None


class Stated(NamedTuple):
    """What was stated about an extract: the column of each part, by its heading or letters."""

    columns: Mapping[Part, str]
    period: Period | None
    financial_year: int | None


def read_part(name: str) -> Part | None:
    """The part that a setting or an option names, in either case."""
    words = plain_words(name)
    return next((part for part in Part if part.value.casefold() == words), None)


def find_columns(extract: Extract, stated: Stated, listed: Sequence[Sequence[str]]) -> Found:
    """Find the headings of an extract, on the first sheet that has them.

    Args:
        extract: the extract.
        stated: what was stated about it.
        listed: the headings that each rule of counting names; a sheet that has all those of any
            rule is a list.

    Raises:
        InputError: there are none, or two columns could be meant by one part.
    """
    for sheet in extract.sheets:
        lines = top_lines(sheet)
        found = (
            (_as_list(sheet, lines, listed) if listed else None)
            or _row_by_row(extract, sheet, lines, stated, wide=False)
            or _as_layout(sheet, lines, stated)
            or _row_by_row(extract, sheet, lines, stated, wide=True)
        )
        if found is not None:
            return found
    raise InputError(_nothing_found(extract, stated, listed), file=extract.file)


def _headings(line: Line) -> dict[int, str]:
    return {column: heading_text(cell.value) for column, cell in line.cells.items()}


def _as_list(sheet: Sheet, lines: Lines, listed: Sequence[Sequence[str]]) -> Found | None:
    for line in lines:
        headings = _headings(line)
        if any(has_all(headings, each) for each in listed):
            layout = _layout(sheet, line.number, {}, headings, None)
            return Found(sheet, Shape.LIST, line.number, {}, (), headings, layout)
    return None


def has_all(headings: Mapping[int, str], wanted: Sequence[str]) -> bool:
    """Whether a row of headings has all those that a rule of counting names."""
    there = {plain_words(text) for text in headings.values()}
    return all(plain_words(heading) in there for heading in wanted)


def _row_by_row(
    extract: Extract, sheet: Sheet, lines: Lines, stated: Stated, *, wide: bool
) -> Found | None:
    for line in lines:
        headings = _headings(line)
        candidates = _candidates(headings, stated.columns)
        if not (candidates.keys() & _IDENTITY and _all_stated(candidates, stated.columns)):
            continue
        dated = _dated(line, stated.financial_year) if wide else ()
        has_figure = Part.VALUE in candidates or candidates.keys() >= _PARTS
        when = bool(candidates.keys() & {Part.PERIOD, Part.YEAR}) or (
            stated.period is not None and not _dated(line, stated.financial_year)
        )
        if not (dated if wide else has_figure and when):
            continue
        columns = {part: _only(extract, part, at, headings) for part, at in candidates.items()}
        shape = Shape.WIDE if wide else Shape.LONG
        layout = _layout(sheet, line.number, columns, headings, stated.financial_year)
        complete = len(_dated(line, None)) == len(dated)
        assumed = None if complete else stated.financial_year
        return Found(sheet, shape, line.number, columns, dated, headings, layout, assumed)
    return None


def _candidates(headings: Mapping[int, str], stated: Mapping[Part, str]) -> dict[Part, list[int]]:
    """The columns that each part may be."""
    found: dict[Part, list[int]] = {}
    parts = {column: _meaning(text) for column, text in headings.items()}
    short = {c for c, text in headings.items() if plain_words(text) == _SHORT_NUMERATOR}
    for column, part in parts.items():
        numerator = column in short and Part.DENOMINATOR in parts.values()
        known = Part.NUMERATOR if numerator else part
        if known is not None and known not in stated:
            found.setdefault(known, []).append(column)
    for part, place in stated.items():
        at = column_at(headings, place)
        if at is not None:
            found = {p: [c for c in columns if c != at] for p, columns in found.items()}
            found[part] = [at]
    return {part: columns for part, columns in found.items() if columns}


def _meaning(text: str) -> Part | None:
    known = _PART_OF.get(plain_words(text)) or _PART_OF.get(text.strip())
    if known is not None:
        return known
    field = read_heading(text)
    return _FIELDS.get(field) if field is not None else None


def column_at(headings: Mapping[int, str], place: str) -> int | None:
    """The column that a heading names, word for word or by its words, or else its letters."""
    aim = place.strip().casefold()
    exact = [c for c, text in headings.items() if text.casefold() == aim]
    alike = exact or [c for c, text in headings.items() if plain_words(text) == plain_words(aim)]
    if alike:
        return alike[0]
    letters = read_column_letters(place.strip())
    return letters if letters is not None and letters <= max(headings, default=0) else None


def _all_stated(candidates: Mapping[Part, object], stated: Mapping[Part, str]) -> bool:
    return all(part in candidates for part in stated)


def _only(extract: Extract, part: Part, at: Sequence[int], headings: Mapping[int, str]) -> int:
    """The one column of a part; of names and numbers the first will do, of figures it must not.

    Raises:
        InputError: two columns could hold the figures or periods.
    """
    if len(at) > 1 and part not in _IDENTITY:
        places = " and ".join(f"{column_letters(c)} ({headings[c]!r})" for c in at[:3])
        raise InputError(
            f"{extract.file}: columns {places} both read as {part.value}. State which is meant "
            f"with --map '{part.value}={column_letters(at[0])}'.",
            file=extract.file,
        )
    return at[0]


def _dated(line: Line, year: int | None) -> list[tuple[Period, int]]:
    found = []
    for column, cell in line.cells.items():
        meaning = read_column([cell.value], year)
        if meaning is not None and meaning[0] is Field.ACTUAL and meaning[1] is not None:
            found.append((meaning[1], column))
    return found


def _as_layout(sheet: Sheet, lines: Lines, stated: Stated) -> Found | None:
    """A wide extract with several rows of headings, found as an index is."""
    if stated.columns:
        return None
    own, given = (
        find_layout(sheet, lines=lines, financial_year=year, demand_standard=False)
        for year in (None, stated.financial_year)
    )
    layout = own or given  # what its own headings and titles say of the year comes first
    if layout is None or layout.is_long:
        return None
    dated = [(c.period, c.number) for c in layout.columns if c.period and c.field is Field.ACTUAL]
    if not dated:
        return None
    columns = {
        _FIELDS[c.field]: c.number
        for c in reversed(layout.columns)
        if c.field in {Field.NO, Field.NAME}
    }
    headings = {c.number: c.heading for c in layout.columns}
    assumed = stated.financial_year if own is None else None
    return Found(sheet, Shape.WIDE, layout.header_last, columns, dated, headings, layout, assumed)


def _layout(
    sheet: Sheet,
    header: int,
    columns: Mapping[Part, int],
    headings: Mapping[int, str],
    year: int | None,
) -> Layout:
    fields = {part: field for field, part in _FIELDS.items()}
    known = [
        Column(number, fields[part], headings.get(number, ""))
        for part, number in columns.items()
        if part in fields
    ]
    last = max(headings, default=0)
    return Layout(
        sheet.name, header, header, None, tuple(known), last, is_long=True, financial_year=year
    )


def _nothing_found(extract: Extract, stated: Stated, listed: Sequence[Sequence[str]]) -> str:
    sheets = ", ".join(repr(sheet.name) for sheet in extract.sheets)
    where = f"{extract.file} (sheets searched: {sheets})" if len(extract.sheets) > 1 else ""
    rules = ""
    if listed:
        names = ", ".join(repr(heading) for heading in dict.fromkeys(listed[0]))
        rules = (
            f" Nor is there a row with all headings that a rule of counting names, such as {names}."
        )
    if stated.financial_year is None and _months_without_year(extract):
        rules += " There are months or quarters without a year: state it with --year 2021/22."
    if stated.columns:
        places = ", ".join(f"{part.value}={text}" for part, text in stated.columns.items())
        rules += f" Columns were stated: {places}."
    return (
        f"{where or extract.file}: found no row of headings with the indicator's number or name "
        "and its figures: a period with a value, or with numerator and denominator, or a column "
        f"for each period.{rules} State columns with --map 'Value=HEADING', or the period of all "
        "rows with --period."
    )


def _months_without_year(extract: Extract) -> bool:
    """Whether any heading is a month or quarter without a year."""
    return any(
        read_period_heading(cell.value, None) is None
        and read_period_heading(cell.value, _ANY_YEAR) is not None
        for sheet in extract.sheets
        for line in top_lines(sheet)
        for cell in line.cells.values()
    )
