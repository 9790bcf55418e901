"""Formulas of the plainest kind, read for whole columns at once.

Calls of ours, arithmetic, rounding, comparisons, joined texts, conditions, and sums and the like
along one row, over cells and constants. Any other formula is not read here; it is worked out cell
by cell.
"""

from __future__ import annotations

from perf_addin.application.functions.finding import NAMES as OURS
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.application.functions.values import Scalar

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ALONG = frozenset({"SUM", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "MAX", "MIN"})
"""Functions that take cells side by side."""
_MOST = 30
# A person's formula has fewer; reading and reckoning go as deep as brackets and signs do.
_DEEPEST, _LONGEST = 30, 300
_NATIVE = {
    "IF": (2, 3),
    **dict.fromkeys(("IFERROR", "IFNA", "ROUND"), (2, 2)),
    **dict.fromkeys(("NOT", "ABS", "ISBLANK", "ISNUMBER", "ISTEXT", "ISERROR", "ISNA"), (1, 1)),
    **dict.fromkeys(("AND", "OR", "CONCATENATE", *ALONG), (1, _MOST)),
    "COUNTBLANK": (1, 1),
    "IFS": (2, _MOST),
}
_TOKEN = lazily(
    r""" *(?:(?:(?:'((?:[^'\[\]]|'')+)'|([A-Za-z_][A-Za-z0-9_]*))!)?"""
    r"""\$?([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})"""
    r"""(?::\$?([A-Z]{1,3})(\$?)([1-9][0-9]{0,6}))?(?![\w.(!\\?\[:\#$])"""
    r"""|(?:\[[0-9]+\]!|_xldudf_|_xll\.|_xludf\.|_xlfn\.(?=IFNA\(|IFS\()|(?!IFNA\(|IFS\())"""
    r"""([A-Z]+)\("""
    r"""|([0-9]+(?:\.[0-9]*)?(?:E[+-]?[0-9]+)?|\.[0-9]+)(?![\w.:(!])"""
    r"""|"((?:[^"]|"")*)"|(TRUE|FALSE)(?![\w.(!:\[])|(<=|>=|<>|[-+*/&=<>%(),])|$)"""
)
_COMPARING = frozenset({"=", "<", ">", "<=", ">=", "<>"})
_LEVELS = (_COMPARING, frozenset("&"), frozenset("+-"), frozenset("*/"))


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


Expression = SideBySide | CellRead | Constant | Reckoned | Called


class QuickFormula(NamedTuple):
    """A formula that was filled down.

    Attributes:
        expression: what it says.
        reads: the cells that it reads, each once.
        calls_ours: whether any function of ours is called in it.
        reckons: whether it has arithmetic in it.
    """

    expression: Expression
    reads: tuple[CellRead, ...]
    calls_ours: bool
    reckons: bool

    @property
    def is_call(self) -> bool:
        """Whether it is a call of ours and nothing else."""
        return isinstance(self.expression, Called) and self.expression.function in OURS


def quick_formula(text: str, row: int, moving: int) -> QuickFormula:
    """Read a formula.

    Args:
        text: the formula without `=`, as it reads in `row`.
        row: the 1-based row of its cell.
        moving: how many row numbers behind letters the text has that move with the cell.

    Raises:
        NotQuickError: it is of another kind, or something else than rows of cells moves.
    """
    reader = _Reader(text, row)
    expression = reader.whole()
    if reader.moving != moving:
        raise NotQuickError(text)
    reads = tuple(dict.fromkeys(reader.reads))
    return QuickFormula(expression, reads, reader.calls_ours, reader.reckons)


class _Reader:
    """Reads one formula, by the ranks of its signs."""

    def __init__(self, text: str, row: int) -> None:
        self._text, self._row, self._at = text, row, 0
        self._groups: tuple[str | None, ...] = ()
        self._depth = self._signs = 0
        self.reads: list[CellRead] = []
        self.moving = 0
        self.calls_ours = self.reckons = False
        self._next()

    def whole(self) -> Expression:
        """The whole formula."""
        found = self._level(0)
        if (
            isinstance(found, SideBySide)
            or self._at < len(self._text)
            or any(group is not None for group in self._groups)
        ):
            raise NotQuickError(self._text)
        return found

    def _next(self) -> None:
        found = _TOKEN.match(self._text, self._at)
        self._signs += 1
        if found is None or self._signs > _LONGEST:
            raise NotQuickError(self._text)
        self._at, self._groups = found.end(), found.groups()

    @property
    def _sign(self) -> str | None:
        return self._groups[-1]

    def _level(self, rank: int) -> Expression:
        if rank == len(_LEVELS):
            return self._signed()
        left = self._level(rank + 1)
        while (sign := self._sign) in _LEVELS[rank]:
            self._next()
            left = self._reckoned(sign or "", left, self._level(rank + 1))
            self.reckons |= rank > 1
        return left

    def _reckoned(self, sign: str, *operands: Expression) -> Reckoned:
        if any(isinstance(one, SideBySide) for one in operands):
            raise NotQuickError(self._text)
        return Reckoned(sign, operands)

    def _signed(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotQuickError(self._text)
        found = self._with_sign()
        self._depth -= 1
        return found

    def _with_sign(self) -> Expression:
        sign = self._sign
        if sign is not None and sign in "+-":
            self._next()
            inner = self._signed()
            self.reckons = True
            return self._reckoned("negative", inner) if sign == "-" else inner
        found = self._single()
        while self._sign == "%":
            self._next()
            found = self._reckoned("/", found, Constant(100.0))
            self.reckons = True
        return found

    def _single(self) -> Expression:
        quoted, bare, letters, _, _, _, _, _, call, number, text, truth, sign = self._groups
        if sign == "(":
            self._next()
            found = self._level(0)
            self._expect(")")
            return found
        if call is not None:
            return self._call(call)
        if letters is not None:
            return self._cells(quoted.replace("''", "'") if quoted else bare)
        self._next()
        if number is not None:
            return Constant(float(number))
        if text is not None:
            return Constant(text.replace('""', '"'))
        if truth is not None:
            return Constant(truth == "TRUE")
        raise NotQuickError(self._text)

    def _cells(self, sheet: str | None) -> CellRead | SideBySide:
        _, _, letters, dollar, digits, last, last_dollar, last_digits, *_ = self._groups
        row, first = int(digits or 0), self._column(letters)
        if row > LAST_ROW:
            raise NotQuickError(self._text)
        fixed = dollar == "$"
        row = row if fixed else row - self._row
        self.moving += not fixed
        if last is None:
            found = CellRead(sheet, first, row, fixed)
            self.reads.append(found)
            self._next()
            return found
        end = self._column(last)
        if (last_dollar, last_digits) != (dollar, digits) or end < first:
            raise NotQuickError(self._text)
        self.moving += not fixed
        cells = tuple(CellRead(sheet, column, row, fixed) for column in range(first, end + 1))
        self.reads += cells
        self._next()
        return SideBySide(cells)

    def _column(self, letters: str | None) -> int:
        column = 0
        for letter in letters or "":
            column = column * 26 + ord(letter) - ord("@")
        if column > LAST_COLUMN:
            raise NotQuickError(self._text)
        return column

    def _call(self, name: str) -> Called:
        least, most = _NATIVE.get(name, (1, 9) if name in OURS else (0, -1))
        self.calls_ours |= name in OURS
        self._next()
        arguments = [self._argument(name)]
        while self._sign == ",":
            self._next()
            arguments.append(self._argument(name))
        self._expect(")")
        odd = name not in ALONG and any(isinstance(one, SideBySide) for one in arguments)
        odd |= name == "IFS" and len(arguments) % 2 == 1
        if odd or not least <= len(arguments) <= most:
            raise NotQuickError(self._text)
        return Called(name, tuple(arguments))

    def _argument(self, name: str) -> Expression:
        if self._sign in {",", ")"} and name in OURS:
            from perf_addin.application.functions.values import OMITTED  # noqa: PLC0415

            return Constant(OMITTED)  # type: ignore[arg-type] # ours know what was left out
        return self._level(0)

    def _expect(self, sign: str) -> None:
        if self._sign != sign:
            raise NotQuickError(self._text)
        self._next()
