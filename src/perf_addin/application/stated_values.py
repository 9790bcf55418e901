"""What people state about an index, value by value, and how it is read.

Columns and sheets, rows, names, periods, numbers of points.
"""

from __future__ import annotations

from perf_addin.application.grid import column_number
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple, StrEnum
from perf_addin.domain.periods import Period, read_period

_LAST_ROW, _LAST_COLUMN, _MOST_LETTERS = 1_048_576, 16_384, 3
_ROW_DIGITS = 7


def read_rows(text: str) -> tuple[int, int] | None:
    """Rows as people state them, `5` or `5:6`, as first and last; None where they are no rows."""
    parts = [part.strip() for part in text.split(":")]
    numbers = [int(p) for p in parts if p.isascii() and p.isdigit() and len(p) <= _ROW_DIGITS]
    if len(numbers) != len(parts) or len(parts) > 2:  # noqa: PLR2004 - first and last
        return None
    first, last = numbers[0], numbers[-1]
    return (first, last) if 0 < first <= last <= _LAST_ROW else None


def read_column_letters(text: str) -> int | None:
    """The number of a column from its letters, in either case; None where a sheet has no such."""
    if not (text.isascii() and text.isalpha() and len(text) <= _MOST_LETTERS):
        return None
    number = column_number(text)
    return number if number <= _LAST_COLUMN else None


def read_names(text: str) -> tuple[str, ...] | None:
    """Several names, set apart by semicolons or lines (commas stand within names); None if none."""
    names = (name.strip() for name in text.replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(name for name in names if name)) or None


def read_periods(text: str) -> tuple[Period, ...] | None:
    """Several periods, set apart by semicolons; None where one cannot be read, or there is none."""
    periods = [read_period(part) for part in text.split(";") if part.strip()]
    found = tuple(period for period in periods if period is not None)
    return found if found and len(found) == len(periods) else None


def read_count(text: str) -> int | None:
    """A whole number of points, at least 2; None for anything else."""
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else 0  # noqa: PLR2004
    return number if number > 1 else None


class Origin(StrEnum):
    """Where an input of a rating came from, when it came from no cell of the index."""

    OPTION = "option"
    SETTINGS = "Settings sheet"
    DEFAULT = "built-in default"


class StatedColumn(NamedTuple):
    """A column that a person stated for a field.

    Attributes:
        field: the field.
        column: 1-based column, or None where only the heading was stated.
        heading: the heading as stated, or None where only the column was.
        period: the period of an actual, target or rating column, where it has one.
        cell: the address on the Settings sheet where this stands, for messages.
        bare_period: the period where it is stated without a year, such as `Apr`; it is of the
            index's own year.
    """

    field: Field
    column: int | None
    heading: str | None = None
    period: Period | None = None
    cell: str | None = None
    bare_period: str | None = None


class StatedSheet(NamedTuple):
    """What was stated for one sheet: its header rows (first, last; 1-based) and columns."""

    name: str
    header_rows: tuple[int, int] | None = None
    columns: tuple[StatedColumn, ...] = ()
