"""The Settings sheet: what a person states about an index, kept in the workbook itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell, Row, Sheet, cell_name, column_letters, column_number
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.settings import (
    Comparison,
    Origin,
    Settings,
    StatedColumn,
    StatedSheet,
)
from perf_addin.application.vocabulary import Field, read_field
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import Unreadable
from perf_addin.domain.periods import read_financial_year, read_period
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.rules import read_rule
from perf_addin.domain.tolerances import read_tolerance

SETTINGS_SHEET = "Settings"
OTHER_SETTINGS_SHEET = "Performance Settings"
MARK = "Performance settings"
_SHEET_HEADER = ("Sheet", "Field", "Period", "Column", "Heading")
_HEADER_ROWS = "Header rows"
_WIDTHS = {1: 34.0, 2: 24.0, 3: 16.0, 4: 12.0, 5: 60.0}

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)


class _Setting(NamedTuple):
    """A setting by name: its attribute, how it is read and shown, what it means."""

    attribute: str
    name: str
    read: Callable[[Cell], object]
    expected: str
    meaning: str
    choices: tuple[str, ...] = ()


def _read_tolerance(cell: Cell) -> object:
    value = cell.value if isinstance(cell.value, Decimal | str) else str(cell.value)
    found = read_tolerance(value, percent=cell.percent)
    return None if isinstance(found, Unreadable) else found


def _read_comparison(cell: Cell) -> object:
    words = text_of(cell).casefold()
    return next((c for c in Comparison if c.value.casefold() == words), None)


def _read_words(cell: Cell) -> object:
    return {"words": True, "letters": False}.get(text_of(cell).casefold())


_SETTINGS = (
    _Setting(
        "polarity",
        "Default polarity",
        lambda cell: read_polarity(text_of(cell)),
        "High, Low, Range or Info",
        "For indicators whose row states none. Built in: High.",
        tuple(p.value for p in Polarity),
    ),
    _Setting(
        "tolerance",
        "Amber tolerance",
        _read_tolerance,
        "10% (of the target), 5pp (percentage points) or 5 (in the indicator's own unit)",
        "For indicators whose row states none. Built in: 10% of the target.",
    ),
    _Setting(
        "green_tolerance",
        "Green tolerance",
        _read_tolerance,
        "5%, 2pp or 2",
        "A miss up to this is still green. Built in: none, green only if the target is met.",
    ),
    _Setting(
        "rule",
        "Rating rule",
        lambda cell: read_rule(text_of(cell)),
        "Tolerance, Two thresholds, In range, Binary, Direction or Information only",
        "For indicators whose row states none. Built in: by what the row holds.",
        (
            "Tolerance",
            "Two thresholds",
            "In range",
            "Binary",
            "Direction",
            "Information only",
        ),
    ),
    _Setting(
        "margin",
        "Margin around a range",
        _read_tolerance,
        "5%, 2pp or 2",
        "How far outside a target range is still amber. Built in: the amber tolerance.",
    ),
    _Setting(
        "comparison",
        "Compare with",
        _read_comparison,
        "Previous period or Same period last year",
        "Which figure says whether an indicator improved, for the rule Direction.",
        tuple(c.value for c in Comparison),
    ),
    _Setting(
        "financial_year",
        "Financial year",
        lambda cell: read_financial_year(text_of(cell)),
        "2021/22",
        "Completes headings such as Apr or Q1. Blank: read from the headings and titles.",
    ),
    _Setting(
        "ratings_in_words",
        "Ratings written as",
        _read_words,
        "Letters or Words",
        "R A G or Red Amber Green. Blank: as the rating column has it already.",
        ("Letters", "Words"),
    ),
)


def find_settings_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    """The Settings sheet of ours, told from another sheet of that name by its first cell."""
    for sheet in sheets:
        if sheet.name in {SETTINGS_SHEET, OTHER_SETTINGS_SHEET}:
            first = next(iter(sheet.rows()), None)
            if first is not None and text_of(first.get(1)) == MARK:
                return sheet
    return None


def settings_name(sheets: Sequence[Sheet]) -> str:
    """The name for a Settings sheet that is to be added."""
    taken = {sheet.name.casefold() for sheet in sheets}
    return SETTINGS_SHEET if SETTINGS_SHEET.casefold() not in taken else OTHER_SETTINGS_SHEET


def read_settings(sheet: Sheet, file: str, options: Settings) -> Settings:
    """Read the Settings sheet; what an option states comes before it.

    Args:
        sheet: the Settings sheet.
        file: the workbook's name, for messages.
        options: what was stated by options.

    Raises:
        InputError: a value cannot be understood; the message names its cell.
    """
    reader = _Reader(sheet, file)
    changes: dict[str, object] = {}
    origins = dict(options.origins)
    for setting, value in reader.values():
        if setting.attribute not in origins:
            changes[setting.attribute] = value
            origins[setting.attribute] = Origin.SETTINGS
    sheets = options.sheets or tuple(reader.sheets())
    if options.sheets:
        by_name = {stated.name: stated for stated in reader.sheets()}
        sheets = tuple(by_name.get(stated.name, stated) for stated in options.sheets)
    return options._replace(sheets=sheets, origins=origins, **changes)  # type: ignore[arg-type]


class _Reader:
    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet = sheet
        self.file = file

    def _fail(self, row: int, column: int, found: str, expected: str) -> InputError:
        return InputError(
            f"{self.file}, sheet {self.sheet.name!r}, cell {cell_name(row, column)}: found "
            f"{found!r}, expected {expected}. Correct the cell, or empty it."
        )

    def values(self) -> Iterator[tuple[_Setting, object]]:
        by_name = {setting.name.casefold(): setting for setting in _SETTINGS}
        for row in self.sheet.rows():
            setting = by_name.get(text_of(row.get(1)).casefold())
            cell = row.get(2)
            if setting is None or cell is None or not text_of(cell):
                continue
            value = setting.read(cell)
            if value is None:
                raise self._fail(row.number, 2, text_of(cell), setting.expected)
            yield setting, value

    def sheets(self) -> Iterator[StatedSheet]:
        gathered: dict[str, tuple[list[StatedColumn], list[tuple[int, int]]]] = {}
        started = False
        for row in self.sheet.rows():
            texts = [text_of(row.get(c)) for c in range(1, 6)]
            if tuple(texts) == _SHEET_HEADER:
                started = True
                continue
            if not started or not texts[0] or not texts[1]:
                continue
            columns, rows = gathered.setdefault(texts[0], ([], []))
            if texts[1].casefold() == _HEADER_ROWS.casefold():
                rows.append(self._rows(row, texts[3]))
            else:
                columns.append(self._column(row, texts))
        for name, (columns, rows) in gathered.items():
            yield StatedSheet(name, rows[0] if rows else None, tuple(columns))

    def _rows(self, row: Row, text: str) -> tuple[int, int]:
        first, _, last = text.partition(":")
        if not first.isdigit() or not (last or first).isdigit():
            raise self._fail(row.number, 4, text, "a row number such as 5, or rows such as 5:6")
        return int(first), int(last or first)

    def _column(self, row: Row, texts: Sequence[str]) -> StatedColumn:
        _, name, when, letters, heading = texts
        field = read_field(name)
        if field is None:
            known = ", ".join(f.value for f in Field)
            raise self._fail(row.number, 2, name, f"one of {known}")
        period = None
        if when:
            cell = row.get(3)
            value = cell.value if cell else when
            period = read_period(when if isinstance(value, Decimal | bool) else value)
            if period is None:
                raise self._fail(row.number, 3, when, "a period such as Apr 2021 or Q1 2021/22")
        if not letters and not heading:
            raise self._fail(row.number, 4, "", "a column such as F, or a heading in column E")
        if letters and not (letters.isascii() and letters.isalpha()):
            raise self._fail(row.number, 4, letters, "a column such as F")
        return StatedColumn(
            field,
            column_number(letters) if letters else None,
            heading or None,
            period,
            cell_name(row.number, 4 if letters else 5),
        )


def lay_out_settings(
    layouts: Sequence[Layout], current: Sheet | None, year: int | None, name: str
) -> SheetPage:
    """Lay the Settings sheet out, filled with what was detected.

    Args:
        layouts: the indexes that were found.
        current: an existing Settings sheet of ours, whose values are kept; or None.
        year: the financial year that was detected, or None.
        name: the name of the sheet.
    """
    values = _values(current)
    if "Financial year" not in values and year is not None:
        values["Financial year"] = f"{year}/{(year + 1) % 100:02d}"
    rows = [
        PageRow(1, (PageCell(1, MARK, _TITLE),)),
        PageRow(2, (PageCell(1, "An empty value means the built-in default.", _NOTE),)),
        _line(4, ("Setting", "Value", "Meaning"), _HEADER, (1, 2, 5)),
    ]
    for number, setting in enumerate(_SETTINGS, 5):
        value = values.get(setting.name)
        cells = ((1, setting.name), (2, value), (5, f"{setting.meaning} {setting.expected}."))
        rows.append(PageRow(number, tuple(PageCell(c, v, _CELL) for c, v in cells)))
    number = 5 + len(_SETTINGS) + 1
    rows.append(PageRow(number, (PageCell(1, "Where the index lies", _TITLE),)))
    number += 1
    rows.append(_line(number, _SHEET_HEADER, _HEADER))
    for layout in layouts:
        for texts in _layout_lines(layout):
            number += 1
            rows.append(_line(number, texts, _CELL))
    choices = [
        Choice(f"B{number}", setting.choices)
        for number, setting in enumerate(_SETTINGS, 5)
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


def _values(current: Sheet | None) -> dict[str, str | Decimal]:
    if current is None:
        return {}
    names = {setting.name for setting in _SETTINGS}
    values: dict[str, str | Decimal] = {}
    for row in current.rows():
        name, cell = text_of(row.get(1)), row.get(2)
        if name in names and cell is not None and text_of(cell):
            if isinstance(cell.value, Decimal) and cell.percent:
                values[name] = f"{(cell.value * 100).normalize():f}%"
            else:
                values[name] = cell.value if isinstance(cell.value, Decimal) else text_of(cell)
    return values


def _line(
    number: int, texts: Sequence[str], style: PageStyle, columns: Sequence[int] = (1, 2, 3, 4, 5)
) -> PageRow:
    cells = (PageCell(c, text or None, style) for c, text in zip(columns, texts, strict=False))
    return PageRow(number, tuple(cells))


def _layout_lines(layout: Layout) -> Iterator[tuple[str, str, str, str, str]]:
    rows = f"{layout.header_first}:{layout.header_last}"
    yield (layout.sheet, _HEADER_ROWS, "", rows, "")
    for column in layout.columns:
        if column.field in {Field.BENCHMARK, Field.OTHER, Field.NOTES}:
            continue
        when = column.period.label if column.period else ""
        letters = column_letters(column.number)
        yield (layout.sheet, column.field.value, when, letters, column.heading)
