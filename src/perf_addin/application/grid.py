"""What a sheet is made of: typed cells, addresses, merged ranges and tables.

And the cells that are written into it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from functools import lru_cache

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from datetime import date

_COLUMNS_HELD = 1_024


class CellError(str):
    """An Excel error value in a cell, such as `#N/A`; never a text that looks like one."""

    __slots__ = ()


if TYPE_CHECKING:
    CellValue = Decimal | str | bool | date | CellError
else:
    CellValue = object  # what it is matters to type checkers alone


class Cell(NamedTuple):
    """One cell that holds something.

    Attributes:
        value: a number exactly as stored, cut to Excel's 15 significant digits; a text; a truth
            value; a date (a number under a date format, in the workbook's own date system); or
            an Excel error. For a formula, what was last calculated (an empty text where the
            formula gave one, or where nothing is stored).
        percent: whether the number is shown with a per cent format, so that 0.88 reads 88%.
        formula: whether the cell holds a formula.
    """

    value: CellValue
    percent: bool = False
    formula: bool = False


class Wanted(NamedTuple):
    """What is wanted of every row of an index; all columns are 1-based.

    Attributes:
        texts: columns whose content is wanted as a person reads it.
        figures: columns of figures; the first that holds something is wanted.
        formats: the same columns in any order, as a range where they lie side by side.
        alike: columns by whose content and look rows are compared.
    """

    texts: tuple[int, ...]
    figures: tuple[int, ...]
    formats: Sequence[int]
    alike: tuple[int, ...]


class PlainRow(NamedTuple):
    """What was wanted of a row in which it is all plain text and numbers.

    Attributes:
        texts: the texts, without white space around them; a blank is empty.
        column: the column of the figure.
        number: the figure as stored, cut to Excel's 15 significant digits.
        percent: whether it is shown with a per cent format.
        any_percent: whether any figure of the row is.
        any_bare: whether any figure of the row is shown as a bare number.
        key: the same for all rows of the sheet that are alike in the columns they are compared by,
            and whose figures stand in one column and are shown alike.
    """

    texts: tuple[str, ...]
    column: int
    number: Decimal
    percent: bool
    any_percent: bool
    any_bare: bool
    key: Hashable


class Look(StrEnum):
    """The look of a cell that carries a rating. PLAIN takes an earlier look away."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    PLAIN = "-"


class Format(StrEnum):
    """How a cell shows a number that is put into it."""

    NUMBER = "number"
    PERCENT = "per cent"
    DATE = "date"


class CellWrite(NamedTuple):
    """One cell to be written in a sheet that the user owns.

    Attributes:
        row: 1-based row.
        column: 1-based column.
        value: a text (never read as a formula, whatever it begins with), a number, or None to
            empty the cell.
        look: the rating colour to give the cell, `Look.PLAIN` to take one away, or None to leave
            the cell's style as it is. Everything else of the cell's own style stays.
        like: (row, column) of a cell whose style a cell that does not exist yet starts from.
    """

    row: int
    column: int
    value: str | int | Decimal | None
    look: Look | None = None
    like: tuple[int, int] | None = None


class LeftCell(NamedTuple):
    """A cell that was not written, since that would do damage: where, and a sentence that says why.

    Both numbers are 1-based; the sentence names the cell and what to do.
    """

    row: int
    column: int
    why: str


class CellRange(NamedTuple):
    """A block of cells; all four numbers are 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


class TableInfo(NamedTuple):
    """An Excel Table: where it lies, and how many rows of it are header and totals.

    `columns` are the names of its columns, from left to right.
    """

    name: str
    area: CellRange
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...] = ()


@lru_cache(_COLUMNS_HELD)
def column_letters(column: int) -> str:
    """Give the letters of a 1-based column number: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the 1-based number of a column from its letters, in either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Give the A1-style address of a 1-based row and column."""
    return f"{column_letters(column)}{row}"
