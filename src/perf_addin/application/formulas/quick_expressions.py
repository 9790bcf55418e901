"""What formulas of the plainest kind are made of, what they say, and which cells they read."""

from __future__ import annotations

from perf_addin.application.functions import NAMES as OURS
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from perf_addin.application.functions.values import Scalar

_SHEET = lazily(r"(?:'((?:[^'\[\]]|'')+)'|([A-Za-z_][A-Za-z0-9_]*))!")
_CELL = lazily(r"\$?([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})")
_LONGER = "_.(!\\?[:#$"  # behind a cell, these make something else of it; so do letters and digits
_CONSTANT = lazily(
    r"""([0-9]+(?:\.[0-9]*)?(?:E[+-]?[0-9]+)?|\.[0-9]+)(?![\w.:(!])"""
    r"""|"((?:[^"]|"")*)"|(TRUE|FALSE)(?![\w.(!:\[])"""
)
_BEFORE_OURS = ("_xldudf_", "_xll.", "_xludf.")
_YOUNGER, _BEFORE_YOUNGER = frozenset({"IFNA", "IFS"}), "_xlfn."
ALONG = frozenset({"SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "MAX", "MIN"})
"""Functions that take cells side by side."""
COUNTING_IF = frozenset({"COUNTIF", "COUNTIFS"})
"""Functions that take an area, and what its cells are held against, by turns."""


LOOKING_UP = {"MATCH": (3, 3), "INDEX": (2, 2), "VLOOKUP": (4, 4)}
"""Functions that look values up, with the fewest and the most arguments that are known here."""


class NotQuickError(Exception):
    """Something takes working formulas out one by one."""


class CellRead(NamedTuple):
    """A cell that a formula reads.

    Attributes:
        sheet: the sheet's name, or None for the formula's own.
        column: the 1-based column.
        row: the 1-based row, or how many rows below the formula's own the cell lies.
        fixed: whether `row` is the row itself.
    """

    sheet: str | None
    column: int
    row: int
    fixed: bool


class ColumnRead(NamedTuple):
    """Cells of one column that a formula reads, the same ones from wherever it stands.

    Attributes:
        sheet: the sheet's name, or None for the formula's own.
        column: the 1-based column.
        top: the 1-based first row.
        bottom: the 1-based last row.
    """

    sheet: str | None
    column: int
    top: int
    bottom: int

    def meets(self, rows: Iterable[int]) -> bool:
        """Whether any of some rows of the column is read."""
        return any(self.top <= row <= self.bottom for row in rows)


Read = CellRead | ColumnRead


class Constant(NamedTuple):
    """A constant of a formula."""

    value: Scalar


class Reckoned(NamedTuple):
    """What a sign makes of one expression or two."""

    sign: str
    operands: tuple[Expression, ...]


class Called(NamedTuple):
    """What a function makes of its arguments."""

    function: str
    arguments: tuple[Expression, ...]


class SideBySide(NamedTuple):
    """Cells side by side that a formula reads together."""

    cells: tuple[CellRead, ...]


class Block(NamedTuple):
    """Columns of cells side by side, that a formula looks something up in."""

    columns: tuple[ColumnRead, ...]


Expression = Block | SideBySide | ColumnRead | CellRead | Constant | Reckoned | Called


class QuickFormula(NamedTuple):
    """A formula that was filled down.

    Attributes:
        expression: what it says.
        reads: the cells and columns of cells that it reads, each once.
        calls_ours: whether any function of ours is called in it.
        reckons: whether it has arithmetic in it.
    """

    expression: Expression
    reads: tuple[Read, ...]
    calls_ours: bool
    reckons: bool

    @property
    def is_call(self) -> bool:
        """Whether it is a call of ours and nothing else."""
        return isinstance(self.expression, Called) and self.expression.function in OURS


AREAS = (SideBySide, ColumnRead, Block)
"""What stands for several cells at once."""

Corner = tuple[str, str, str]
"""A cell as it is spelled: its letters, the sign that fixes its row, and its digits."""


class Spelled(NamedTuple):
    """A cell or an area as it is spelled."""

    sheet: str | None
    first: Corner
    last: Corner | None


def between_signs(text: str, at: int) -> tuple[int, Spelled | Constant | str]:
    """Read what stands at an offset of a formula, where no sign does.

    Returns:
        Where it ends; and cells, a constant, or the name of a function that is called.

    Raises:
        NotQuickError: it is something else.
    """
    found = _reference(text, at)
    if found is not None:
        return found
    bracket = text.find("(", at)
    name = _called(text[at:bracket]) if bracket > 0 else ""
    if name:
        return bracket + 1, name
    constant = _CONSTANT.match(text, at)
    if constant is None:
        raise NotQuickError(text)
    number, quoted, truth = constant.groups()
    if number is not None:
        return constant.end(), Constant(float(number))
    value = truth == "TRUE" if quoted is None else quoted.replace('""', '"')
    return constant.end(), Constant(value)


def _reference(text: str, at: int) -> tuple[int, Spelled] | None:
    sheet = None
    named = _SHEET.match(text, at) if "!" in text[at:] else None
    if named is not None:
        quoted, sheet = named.groups()
        sheet = quoted.replace("''", "'") if quoted else sheet
        at = named.end()
    first = _CELL.match(text, at)
    if first is None:
        return None
    last = _CELL.match(text, first.end() + 1) if text.startswith(":", first.end()) else None
    end = (last or first).end()
    behind = text[end : end + 1]
    if behind.isalnum() or (behind and behind in _LONGER):
        return None
    return end, Spelled(sheet, _corner(first), _corner(last) if last is not None else None)


def _corner(found: re.Match[str]) -> Corner:
    letters, dollar, digits = found.groups()
    return letters, dollar, digits


def _called(head: str) -> str:
    """The name of a function from what stands before its bracket; empty where it is none."""
    mark = next(filter(head.startswith, (*_BEFORE_OURS, _BEFORE_YOUNGER)), "")
    name = head.removeprefix(mark)
    if head.startswith("["):
        book, mark, name = head[1:].partition("]!")
        if not (book.isdigit() and book.isascii()):
            return ""
    if not (name.isalpha() and name.isupper() and name.isascii()):
        return ""
    if mark in {"", _BEFORE_YOUNGER} and (name in _YOUNGER) is not bool(mark):
        return ""
    return name
