"""Formulas of the plainest kind, read for whole columns at once.

Calls of ours, arithmetic, rounding, comparisons, joined texts, conditions, and sums and the like
along one row, over cells and constants. Any other formula is not read here; it is worked out cell
by cell.
"""

from __future__ import annotations

from perf_addin.application.formulas.quick_expressions import (
    ALONG,
    AREAS,
    COUNTING_IF,
    LOOKING_UP,
    Block,
    Called,
    CellRead,
    ColumnRead,
    Constant,
    Expression,
    NotQuickError,
    QuickFormula,
    Read,
    Reckoned,
    SideBySide,
    Spelled,
    between_signs,
)
from perf_addin.application.functions import NAMES as OURS
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST = 30
_LARGEST_AREA = 200_000  # cells
# A person's formula has fewer; reading and reckoning go as deep as brackets and signs do.
_DEEPEST, _LONGEST = 30, 300
_NATIVE = {
    "IF": (2, 3),
    **dict.fromkeys(("IFERROR", "IFNA", "ROUND"), (2, 2)),
    **dict.fromkeys(("NOT", "ABS", "ISBLANK", "ISNUMBER", "ISTEXT", "ISERROR", "ISNA"), (1, 1)),
    **dict.fromkeys(("AND", "OR", "CONCATENATE", *ALONG), (1, _MOST)),
    "COUNTBLANK": (1, 1),
    "COUNTIF": (2, 2),
    "COUNTIFS": (2, _MOST),
    "IFS": (2, _MOST),
    **LOOKING_UP,
}
_EXACT = Constant(0.0)  # FALSE is the same
_TWOFOLD = ("<=", ">=", "<>")
_SIGNS = frozenset({*"-+*/&=<>%(),", *_TWOFOLD})
_COMPARING = frozenset({"=", "<", ">", "<=", ">=", "<>"})
_LEVELS = (_COMPARING, frozenset("&"), frozenset("+-"), frozenset("*/"))


def quick_formula(text: str, row: int, moving: int, *, alone: bool = False) -> QuickFormula:
    """Read a formula.

    Args:
        text: the formula without `=`, as it reads in `row`.
        row: the 1-based row of its cell.
        moving: how many row numbers behind letters the text has that move with the cell.
        alone: whether no other cell holds it, so that nothing moves after all.

    Raises:
        NotQuickError: it is of another kind, or something else than rows of cells moves.
    """
    reader = _Reader(text, row, alone=alone)
    expression = reader.whole()
    if reader.moving != moving:
        raise NotQuickError(text)
    reads = tuple(dict.fromkeys(reader.reads))
    return QuickFormula(expression, reads, reader.calls_ours, reader.reckons)


def _fit(name: str, arguments: Sequence[Expression]) -> bool:
    """Whether areas stand where a function takes some, and values by pairs where it takes pairs."""
    if name in COUNTING_IF:
        areas, tests = arguments[::2], arguments[1::2]
        fits = all(isinstance(one, ColumnRead) for one in areas) and len(areas) == len(tests)
        return fits and not any(isinstance(one, AREAS) for one in tests)
    if name in LOOKING_UP:
        return _looks_up(name, arguments)
    if name in ALONG:
        is_down = len(arguments) == 1 and isinstance(arguments[0], ColumnRead)
        return is_down or not any(isinstance(one, (ColumnRead, Block)) for one in arguments)
    paired = name != "IFS" or len(arguments) % 2 == 0
    return paired and not any(isinstance(one, AREAS) for one in arguments)


def _looks_up(name: str, arguments: Sequence[Expression]) -> bool:
    """Whether something is looked up in columns that stay, and an exact match is asked for."""
    if name == "INDEX":
        area, wanted = arguments
        return isinstance(area, ColumnRead) and not isinstance(wanted, AREAS)
    wanted, area, *others = arguments
    if isinstance(wanted, AREAS) or others[-1] != _EXACT:
        return False
    if name == "MATCH":
        return isinstance(area, ColumnRead)
    place = others[0].value if isinstance(others[0], Constant) else None
    if not isinstance(area, Block) or not isinstance(place, float):
        return False
    return place.is_integer() and 1 <= place <= len(area.columns)


class _Reader:
    """Reads one formula, by the ranks of its signs."""

    def __init__(self, text: str, row: int, *, alone: bool) -> None:
        self._text, self._row, self._at = text, row, 0
        self._alone = alone
        self._sign: str | None = None
        self._token: Spelled | Constant | str | None = None  # a text is a function's name
        self._depth = self._signs = 0
        self.reads: list[Read] = []
        self.moving = 0
        self.calls_ours = self.reckons = False
        self._next()

    def whole(self) -> Expression:
        """The whole formula."""
        found = self._level(0)
        if (
            isinstance(found, AREAS)
            or self._at < len(self._text)
            or self._sign is not None
            or self._token is not None
        ):
            raise NotQuickError(self._text)
        return found

    def _next(self) -> None:
        """Go on to the next sign, or to what stands between signs; neither is there at the end."""
        text, at = self._text, self._at
        while text.startswith(" ", at):
            at += 1
        self._signs += 1
        if self._signs > _LONGEST:
            raise NotQuickError(text)
        sign = text[at : at + (2 if text.startswith(_TWOFOLD, at) else 1)]
        self._at, self._sign, self._token = at + len(sign), sign or None, None
        if sign and sign not in _SIGNS:
            self._sign = None
            self._at, self._token = between_signs(text, at)

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
        if any(isinstance(one, AREAS) for one in operands):
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
        sign, token = self._sign, self._token
        if isinstance(token, str):
            return self._call(token)
        if isinstance(token, Spelled):
            return self._cells(token)
        self._next()
        if isinstance(token, Constant):
            return token
        if sign != "(":
            raise NotQuickError(self._text)
        found = self._level(0)
        self._expect(")")
        return found

    def _cells(self, spelled: Spelled) -> Expression:
        sheet, (letters, dollar, digits), corner = spelled
        row, first = int(digits), self._column(letters)
        if row > LAST_ROW:
            raise NotQuickError(self._text)
        fixed = dollar == "$"
        row = row if fixed else row - self._row
        self.moving += not fixed
        if corner is None:
            found = CellRead(sheet, first, row, fixed)
            self.reads.append(found)
            self._next()
            return found
        last, last_dollar, last_digits = corner
        end = self._column(last)
        self.moving += last_dollar != "$"
        if end >= first and last_digits != digits:
            if not (self._alone or (fixed and last_dollar == "$")):
                raise NotQuickError(self._text)
            rows = int(digits), int(last_digits)
            return self._down(sheet, range(first, end + 1), rows)
        if (last_dollar, last_digits) != (dollar, digits) or end < first:
            raise NotQuickError(self._text)
        cells = tuple(CellRead(sheet, column, row, fixed) for column in range(first, end + 1))
        self.reads += cells
        self._next()
        return SideBySide(cells)

    def _down(self, sheet: str | None, columns: range, rows: tuple[int, int]) -> Expression:
        """The cells of one column or several from one row to another."""
        top, bottom = rows
        if not top < bottom <= LAST_ROW or (bottom - top) * len(columns) > _LARGEST_AREA:
            raise NotQuickError(self._text)
        found = tuple(ColumnRead(sheet, column, top, bottom) for column in columns)
        self.reads += found
        self._next()
        return found[0] if len(found) == 1 else Block(found)

    def _column(self, letters: str) -> int:
        column = 0
        for letter in letters:
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
        if not least <= len(arguments) <= most or not _fit(name, arguments):
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
