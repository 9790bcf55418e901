"""Finding an index on a sheet by what its headings say, never by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile

from perf_addin.application.grid import Cell, CellRange, CellValue, TableInfo
from perf_addin.application.headings import (
    heading_text,
    means,
    notes_as_commentary,
    prefer_periods,
    read_column,
    read_period_heading,
    settle_duplicates,
    settle_name,
)
from perf_addin.application.layout import Column, Layout
from perf_addin.application.lines import Cells, Line, Lines, Search, recall, remember
from perf_addin.application.vocabulary import NAME_HEADINGS, Field, plain_words, read_heading
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.periods import PeriodKind, read_financial_year

if TYPE_CHECKING:
    from perf_addin.application.sheets import Sheet

_HEADER_ROWS_AT_MOST = 4
_STATES_A_STANDARD = frozenset(
    {Field.TARGET, Field.RATING, Field.POLARITY, Field.RANGE, Field.LOWER, Field.UPPER}
    | {Field.GREEN, Field.AMBER, Field.TOLERANCE}
)


class Head(NamedTuple):
    """Header rows that were found: which rows, and the texts above each column."""

    first: int
    last: int
    parts: Mapping[int, tuple[CellValue, ...]]


def find_layout(
    sheet: Sheet,
    *,
    lines: Lines,
    financial_year: int | None,
    header_rows: tuple[int, int] | None = None,
    demand_standard: bool = True,
) -> Layout | None:
    """Find the first index on a sheet, among `lines`.

    Args:
        sheet: the sheet that the lines come from.
        lines: rows to search, in order.
        financial_year: starting year of the index where it is stated; otherwise it is taken from
            the headings, then from the texts above them, then from the sheet's name.
        header_rows: header rows that the user stated; nothing else is then considered.
        demand_standard: whether a target, rating, polarity or range column is asked for, which
            tells an index from a table of raw data.

    Returns:
        The layout, or None where no row reads as the header of an index.
    """
    areas = (sheet.merged(), sheet.tables())
    search = Search(sheet.name, *areas, financial_year, header_rows, demand_standard)
    key = search.key
    if key is None:
        return _search(search, lines)
    found = recall(key, lines)
    if found is not None:
        return found.layout
    layout = _search(search, lines)
    names: set[int] = set()
    if layout is not None and header_rows is None:
        rows = range(layout.header_first, layout.header_last + 1)
        header = [line.cells for line in lines.read if line.number in rows]
        names = {c for cells in header for c, cell in cells.items() if _names_indicator(cell)}
    return remember(key, lines, layout, frozenset(names))


def _search(search: Search, lines: Lines) -> Layout | None:
    for head in find_heads(lines, search.merged, search.header_rows):
        layout = _layout_below(search, lines, head)
        if layout is not None:
            return layout
    return None


def _layout_below(search: Search, lines: Lines, found: Head) -> Layout | None:
    sheet = search.sheet
    table = _table_at(search.tables, found)
    year = search.financial_year or _year_near(lines, found, sheet)
    columns = _columns(found, year)
    data = (line.cells for line in lines if line.number > found.last)
    columns = settle_name(columns, data)
    kept, findings = settle_duplicates(sheet, columns, year)
    fields = {c.field for c in kept}
    has_figures = Field.ACTUAL in fields
    if Field.NAME not in fields or not has_figures:
        return None
    if search.demand_standard and not fields & _STATES_A_STANDARD:
        return None
    has_periods = bool(fields & {Field.PERIOD, Field.YEAR})
    is_long = has_periods and not any(c.period for c in kept if c.field is Field.ACTUAL)
    if not is_long:
        kept = [c for c in kept if c.field not in {Field.PERIOD, Field.YEAR}]
        kept, extra = prefer_periods(sheet, kept)
        findings += extra
    if Field.COMMENTARY not in fields:
        kept, extra = notes_as_commentary(sheet, kept)
        findings += extra
    return Layout(
        sheet=sheet,
        header_first=found.first,
        header_last=found.last,
        last_row=table.area.last_row - table.totals_rows if table else None,
        columns=tuple(sorted(kept, key=lambda c: c.number)),
        last_column=max([*found.parts, table.area.last_column if table else 0]),
        is_long=is_long,
        findings=tuple(findings),
        financial_year=year,
    )


def find_heads(
    lines: Lines,
    merged: Sequence[CellRange],
    stated: tuple[int, int] | None = None,
) -> Iterator[Head]:
    """Give each block of header rows: a row with the indicator's name, and what belongs to it."""
    if stated is not None:
        chosen = [line for line in lines if stated[0] <= line.number <= stated[1]]
        if chosen:
            yield _head(chosen, merged)
        return
    for index, line in enumerate(lines):
        if is_header(line.cells):
            first = _extend(lines, index, merged, -1)
            last = _extend(lines, index, merged, +1)
            yield _head(list(islice(lines, first, last + 1)), merged)


def is_header(cells: Cells) -> bool:
    """Whether a row reads as a header: the heading of the indicator's name and one more."""
    if not any(_names_indicator(cell) for cell in cells.values()):
        return False
    known = (cell for cell in cells.values() if means(cell.value))
    return len([*islice(known, 2)]) > 1


def _names_indicator(cell: Cell) -> bool:
    return isinstance(cell.value, str) and plain_words(cell.value) in NAME_HEADINGS


def _extend(lines: Lines, index: int, merged: Sequence[CellRange], step: int) -> int:
    """Move from the header's main row up or down over rows that are part of the header."""
    main = before = next(islice(lines, index, None))
    name_column = next(c for c, cell in main.cells.items() if _names_indicator(cell))
    reached = index
    for _ in range(_HEADER_ROWS_AT_MOST - 1):
        line = lines.get(reached + step)
        if line is None or abs(line.number - before.number) != 1 or name_column in line.cells:
            break
        known = sum(means(cell.value) for cell in line.cells.values())
        banners = sum(_is_banner(merged, line.number, c) for c in line.cells)
        if step > 0 and known < 2:  # noqa: PLR2004 - one word alone may be a group's name
            break
        if step < 0 and known + banners == 0:
            break
        if step < 0 and max(line.cells) <= min(main.cells):
            break  # a title over the first column, merged or not
        reached, before = reached + step, line
    return reached


def _is_banner(merged: Sequence[CellRange], row: int, column: int) -> bool:
    return any(
        m.first_row <= row <= m.last_row and m.first_column == column and m.last_column > column
        for m in merged
    )


def _head(lines: Sequence[Line], merged: Sequence[CellRange]) -> Head:
    first, last = lines[0].number, lines[-1].number
    by_row: dict[int, dict[int, CellValue]] = {
        line.number: {c: cell.value for c, cell in line.cells.items()} for line in lines
    }
    for area in merged:
        if area.first_row > last or area.last_row < first:
            continue
        value = by_row.get(area.first_row, {}).get(area.first_column)
        if value is None:
            continue
        for column in range(area.first_column, area.last_column + 1):
            by_row[area.first_row][column] = value
    if last > first:
        main = max(by_row.values(), key=lambda row: sum(means(v) for v in row.values()))
        lowest = by_row[last]
        for row in by_row.values():
            if row is not lowest:
                _carry_banners(row, set(lowest) | set(main))
    columns = sorted({c for row in by_row.values() for c in row})
    parts = {
        c: tuple([row[c] for row in by_row.values() if c in row and str(row[c]).strip()])
        for c in columns
    }
    return Head(first, last, {c: p for c, p in parts.items() if p})


def _carry_banners(row: dict[int, CellValue], below: set[int]) -> None:
    """Spread a banner that is not merged (`2021/22` over twelve months) to the right."""
    carried: CellValue | None = None
    for column in range(min(row, default=1), max(below | set(row), default=0) + 1):
        if column in row:
            value = row[column]
            heading = read_heading(value) if isinstance(value, str) else None
            spreads = heading is Field.BENCHMARK or (heading is None and means(value))
            carried = value if spreads else None
        elif carried is not None and column in below:
            row[column] = carried


def _columns(found: Head, year: int | None) -> list[Column]:
    columns = []
    for number, parts in found.parts.items():
        meaning = read_column(parts, year)
        if meaning is not None:
            heading = " / ".join(dict.fromkeys([heading_text(p) for p in parts]))
            columns.append(Column(number, meaning[0], heading, meaning[1]))
    return columns


def _year_near(lines: Lines, found: Head, sheet_name: str) -> int | None:
    """The financial year of the index.

    It is that of its latest month or quarter where the headings state one in full, else the latest
    that a target's heading states, else the nearest above the header, else that of the name.
    """
    parts = [part for above in found.parts.values() for part in above]
    stated = [p for part in parts if (p := read_period_heading(part, None)) is not None]
    finer = [p for p in stated if p.kind is not PeriodKind.YEAR]
    if finer:
        return max(finer).financial_year
    texts = [heading_text(part) for part in parts]
    targets = [read_financial_year(t) for t in texts if read_heading(t) is Field.TARGET]
    years = [year for year in targets if year is not None]
    if years:
        return max(years)
    above = [
        heading_text(cell.value)
        for line in reversed([*takewhile(lambda line: line.number < found.first, lines)])
        for cell in line.cells.values()
    ]
    found_years = (read_financial_year(text) for text in (*above, sheet_name))
    return next((year for year in found_years if year is not None), None)


def _table_at(tables: Sequence[TableInfo], found: Head) -> TableInfo | None:
    """The Table whose header is the one found, or (without a header row) begins below it."""
    for table in tables:
        first = table.area.first_row
        if table.header_rows and found.first <= first <= found.last:
            return table
        if not table.header_rows and first == found.last + 1:
            return table
    return None
