"""The Settings sheet laid out: what is stated, and where the index was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from perf_addin.application import own_sheets
from perf_addin.application.grid import column_letters
from perf_addin.application.headings import read_column
from perf_addin.application.layout import Column, Layout, text_of
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.row_heights import row_height
from perf_addin.application.settings_sheet import (
    HEADER,
    HEADER_ROWS,
    IMPORT_HEADER,
    SETTINGS,
    SHEET_HEADER,
)
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple

_FINANCIAL_YEAR = "Financial year"
_WIDTHS = {1: 30.0, 2: 24.0, 3: 66.0, 4: 14.0, 5: 12.0}

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)


class Year(NamedTuple):
    """Starting years of the financial year, and what else is to be put on the sheet.

    Attributes:
        stated: the year as stated by option.
        detected: the year as detected.
        values: other values that options state, by the name of their setting.
    """

    stated: int | None
    detected: int | None
    values: Mapping[str, str | Decimal] = MappingProxyType({})


ImportLine = tuple[str, str, str]
"""A line of what an import is told: its kind, what the index has, what the extract has."""


def lay_out_settings(
    layouts: Sequence[Layout],
    current: Sheet | None,
    year: Year,
    name: str,
    imports: Sequence[ImportLine] | None = None,
) -> SheetPage:
    """Lay the Settings sheet out, filled with what was detected.

    Args:
        layouts: the indexes that were found.
        current: an existing Settings sheet of ours, whose values are kept; or None.
        year: the financial year, and other values to put there. A year that was only detected is
            shown but not stated, so that it follows the headings and titles of later years.
        name: the name of the sheet.
        imports: what an import is told; None keeps what the existing sheet has of it.
    """
    values = {**values_on(current), **year.values}
    if year.stated is not None:
        values.setdefault(_FINANCIAL_YEAR, _year_text(year.stated))
    rows = [
        PageRow(1, (PageCell(1, own_sheets.SETTINGS.mark, _TITLE),)),
        PageRow(2, (PageCell(1, "An empty value means the built-in default.", _NOTE),)),
        _line(4, HEADER, _HEADER),
    ]
    for number, setting in enumerate(SETTINGS, 5):
        meaning = f"{setting.meaning} Enter {setting.expected}."
        if setting.name == _FINANCIAL_YEAR and year.detected is not None:
            meaning += f" Read now: {_year_text(year.detected)}."
        rows.append(_line(number, (setting.name, values.get(setting.name), meaning), _CELL))
    number = 5 + len(SETTINGS) + 1
    rows.append(PageRow(number, (PageCell(1, "Where the index lies", _TITLE),)))
    number += 1
    rows.append(_line(number, SHEET_HEADER, _HEADER))
    for layout in layouts:
        for texts in _layout_lines(layout):
            number += 1
            rows.append(_line(number, texts, _CELL))
    told = import_lines(current) if imports is None else imports
    if told:
        rows.append(PageRow(number + 2, (PageCell(1, "How extracts are imported", _TITLE),)))
        rows += (
            _line(at, texts, _HEADER if texts == IMPORT_HEADER else _CELL)
            for at, texts in enumerate((IMPORT_HEADER, *told), number + 3)
        )
    choices = [
        Choice(f"B{number}", setting.choices)
        for number, setting in enumerate(SETTINGS, 5)
        if setting.choices
    ]
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=5,
        column_widths=_WIDTHS,
        print_columns=5,
        landscape=True,
        choices=tuple(choices),
    )


def import_lines(current: Sheet | None) -> list[ImportLine]:
    """What the Settings sheet tells an import, line by line; blanks are passed over."""
    lines: list[ImportLine] = []
    started = False
    for row in current.rows() if current is not None else ():
        kind, aim, given = (text_of(row.get(column)) for column in (1, 2, 3))
        if started and (kind or aim or given):
            lines.append((kind, aim, given))
        started = started or (kind, aim, given) == IMPORT_HEADER
    return lines


def _year_text(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def values_on(current: Sheet | None) -> dict[str, str | Decimal]:
    """What an existing Settings sheet states, by the name of the setting."""
    if current is None:
        return {}
    names = {setting.name.casefold(): setting.name for setting in SETTINGS}
    values: dict[str, str | Decimal] = {}
    for row in current.rows():
        name, cell = names.get(text_of(row.get(1)).casefold()), row.get(2)
        if name is not None and cell is not None and text_of(cell):
            if isinstance(cell.value, Decimal) and cell.percent:
                values[name] = f"{(cell.value * 100).normalize():f}%"
            else:
                values[name] = cell.value if isinstance(cell.value, Decimal) else text_of(cell)
    return values


def _line(number: int, values: Sequence[str | Decimal | None], style: PageStyle) -> PageRow:
    cells = tuple(PageCell(c, v if v != "" else None, style) for c, v in enumerate(values, 1))
    texts = [(str(cell.value or ""), _WIDTHS[cell.column]) for cell in cells]
    return PageRow(number, cells, row_height(texts, style.size))


def _layout_lines(layout: Layout) -> Iterator[tuple[str, str, str, str, str]]:
    rows = f"{layout.header_first}:{layout.header_last}"
    yield (layout.sheet, HEADER_ROWS, "", "", rows)
    for column in layout.columns:
        if column.field in {Field.BENCHMARK, Field.OTHER, Field.NOTES}:
            continue
        when = _when(column, layout.financial_year)
        letters = column_letters(column.number)
        yield (layout.sheet, column.field.value, column.heading, when, letters)


def _when(column: Column, year: int | None) -> str:
    """The period of a dated column; without its year where that is the index's own."""
    if column.period is None:
        return ""
    label = column.period.label
    if year is None:
        return label
    parts = column.heading.split(" / ")
    now, later = (read_column(parts, each) for each in (year, year + 1))
    follows = now is not None and now[1] == column.period and now != later
    return label.split()[0] if follows else label
