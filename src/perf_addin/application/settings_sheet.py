"""The Settings sheet: what a person states about an index, kept in the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.layout import text_of
from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.settings_kinds import COMPARING, Setting
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.stated_values import (
    Origin,
    StatedColumn,
    StatedSheet,
    read_column_letters,
    read_rows,
)
from perf_addin.application.vocabulary import Field, read_field
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import Unreadable
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import read_financial_year, read_period
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.rules import read_rule
from perf_addin.domain.tolerances import read_tolerance

HEADER = ("Setting", "Value", "Meaning")
SHEET_HEADER = ("Sheet", "Field", "Heading", "Period", "Column")
IMPORT_HEADER = ("Import", "In the index", "In the extract")
HEADER_ROWS = "Header rows"
_ANY_YEAR = 2000


def _read_tolerance(cell: Cell) -> object:
    value = cell.value if isinstance(cell.value, Decimal | str) else str(cell.value)
    found = read_tolerance(value, percent=cell.percent)
    return None if isinstance(found, Unreadable) else found


def _read_comparison(cell: Cell) -> object:
    words = text_of(cell).casefold()
    return next((c for c in Comparison if c.value.casefold() == words), None)


def _read_words(cell: Cell) -> object:
    return {"words": True, "letters": False}.get(text_of(cell).casefold())


SETTINGS = (
    Setting(
        "polarity",
        "Default polarity",
        lambda cell: read_polarity(text_of(cell)),
        "High, Low, Range or Info",
        "For indicators whose row states none. Built in: High.",
        tuple(p.value for p in Polarity),
    ),
    Setting(
        "tolerance",
        "Amber tolerance",
        _read_tolerance,
        "10% (of the target), 5pp (percentage points) or 5 (in the indicator's own unit)",
        "For indicators whose row states none. Built in: 10% of the target.",
    ),
    Setting(
        "green_tolerance",
        "Green tolerance",
        _read_tolerance,
        "5%, 2pp or 2",
        "A miss up to this is still green. Built in: none, green only if the target is met.",
    ),
    Setting(
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
    Setting(
        "margin",
        "Margin around a range",
        _read_tolerance,
        "5%, 2pp or 2",
        "How far outside a target range is still amber. Built in: the amber tolerance.",
    ),
    Setting(
        "comparison",
        "Compare with",
        _read_comparison,
        "Previous period, Same period last year or Average of the previous four quarters",
        "Which figure says whether an indicator improved: direction of travel, rule Direction.",
        tuple(c.value for c in Comparison),
    ),
    Setting(
        "financial_year",
        "Financial year",
        lambda cell: read_financial_year(text_of(cell)),
        "2021/22",
        "Completes headings such as Apr or Q1. Blank: read from the headings and titles.",
    ),
    Setting(
        "ratings_in_words",
        "Ratings written as",
        _read_words,
        "Letters or Words",
        "R A G or Red Amber Green. Blank: as the rating column has it already.",
        ("Letters", "Words"),
    ),
    *COMPARING,
)


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


def unknown_settings(sheet: Sheet) -> Iterator[Finding]:
    """Values on the Settings sheet that are beside no known name, and so are not used."""
    known = {setting.name.casefold(): setting.name for setting in SETTINGS}
    for row in sheet.rows():
        texts = [text_of(row.get(c)) for c in range(1, 6)]
        if tuple(texts) == SHEET_HEADER or tuple(texts[:3]) == IMPORT_HEADER:
            return
        name, value = texts[:2]
        if not name or not value or name.casefold() in known or tuple(texts[:3]) == HEADER:
            continue
        nearest = get_close_matches(name.casefold(), known, n=1, cutoff=0)[0]
        yield Finding(
            "unknown-setting",
            Severity.WARNING,
            f"Found the setting {name!r}, which is not known, so its value {value!r} is not used. "
            f"The nearest known name is {known[nearest]!r}. Correct the name, or empty the row.",
            sheet.name,
            cell_name(row.number, 1),
        )


class _Reader:
    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet = sheet
        self.file = file

    def _fail(self, row: int, column: int, found: str, expected: str) -> InputError:
        return InputError(
            f"{self.file}, sheet {self.sheet.name!r}, cell {cell_name(row, column)}: found "
            f"{found!r}, expected {expected}. Correct the cell, or empty it.",
            name=self.file,
        )

    def values(self) -> Iterator[tuple[Setting, object]]:
        by_name = {setting.name.casefold(): setting for setting in SETTINGS}
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
            if tuple(texts) == SHEET_HEADER:
                started = True
                continue
            if tuple(texts[:3]) == IMPORT_HEADER:
                started = False  # what an import is told; application/importing reads it
            if not started or not texts[0] or not texts[1]:
                continue
            columns, rows = gathered.setdefault(texts[0], ([], []))
            if texts[1].casefold() == HEADER_ROWS.casefold():
                rows.append(self._rows(row, texts[4]))
            else:
                columns.append(self._column(row, texts))
        for name, (columns, rows) in gathered.items():
            yield StatedSheet(name, rows[0] if rows else None, tuple(columns))

    def _rows(self, row: Row, text: str) -> tuple[int, int]:
        rows = read_rows(text)
        if rows is None:
            raise self._fail(row.number, 5, text, "a row number such as 5, or rows such as 5:6")
        return rows

    def _column(self, row: Row, texts: Sequence[str]) -> StatedColumn:
        _, name, heading, when, letters = texts
        field = read_field(name)
        if field is None:
            known = ", ".join(f.value for f in Field)
            raise self._fail(row.number, 2, name, f"one of {known}")
        period = bare = None
        if when:
            cell = row.get(4)
            value = cell.value if cell else when
            period = read_period(when if isinstance(value, Decimal | bool) else value)
            if period is None and read_period(when, financial_year=_ANY_YEAR):
                bare = when
            elif period is None:
                raise self._fail(row.number, 4, when, "a period such as Apr 2021 or Q1 2021/22")
        if not letters and not heading:
            raise self._fail(row.number, 5, "", "a column such as F, or a heading in column C")
        column = read_column_letters(letters)
        if letters and column is None:
            raise self._fail(row.number, 5, letters, "a column such as F")
        return StatedColumn(
            field,
            column,
            heading or None,
            period,
            cell_name(row.number, 5 if letters else 3),
            bare,
        )
