"""What a formula of conditional formatting gives in a cell, as far as it can be followed.

Comparisons, arithmetic and the functions that such formulas use; numbers are compared by 15 digits,
as Excel does. Everything else is not followed rather than guessed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, NoReturn

from perf_addin.application.audit.rule_functions import (
    FUNCTIONS,
    Blank,
    Following,
    NotFollowedError,
    RuleError,
    Value,
    as_number,
    as_text,
    is_true,
    value_of,
)
from perf_addin.application.formulas.references import Area, area_of, plain_name
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import Cell, CellError, CellRange
from perf_addin.domain.figures import exact
from perf_addin.domain.rating import WIDE

CellsOf = Callable[[str | None], Mapping[int, Mapping[int, Cell]] | None]
"""The cells of a sheet by name, of the rule's own for None; None where there is no such sheet."""

_MOST_CELLS = 10_000
_DEEPEST, _LARGEST_POWER = 60, 307
_ORDERS: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Standpoint(NamedTuple):
    """The cell that a rule is looked at from.

    Attributes:
        row: its 1-based row.
        column: its 1-based column.
        base: the row and column that relative references count from; None where that is unclear.
        cells_of: gives the cells of sheets.
    """

    row: int
    column: int
    base: tuple[int, int] | None
    cells_of: CellsOf

    def value(self, row: int, column: int, sheet: str | None = None) -> Value:
        """What a cell holds."""
        cells = self.cells_of(sheet)
        if cells is None:
            raise RuleError
        return value_of(cells.get(row, {}).get(column))


def base_of(areas: Sequence[CellRange]) -> tuple[int, int] | None:
    """What relative references of a rule count from; None where its first area is not top left."""
    corner = min(a.first_row for a in areas), min(a.first_column for a in areas)
    return corner if corner == (areas[0].first_row, areas[0].first_column) else None


def result_of(formula: str, at: Standpoint) -> Value | None:
    """What a formula gives; None where it cannot be followed.

    An error, whichever it is, is an empty `CellError`.
    """
    try:
        return _Reading(formula, at).whole()
    except RuleError:
        return CellError("")
    except NotFollowedError:
        return None


def holds(formula: str, at: Standpoint) -> bool | None:
    """Whether a formula holds: true, or a number that is not 0; None where it cannot be told."""
    found = result_of(formula, at)
    if found is None:
        return None
    return not isinstance(found, (str, CellError, Blank)) and is_true(found)


def compare(comparison: str, left: Value, right: Value) -> bool:
    """Compare as Excel does: numbers before texts before truth values, texts in any case."""
    if isinstance(left, Blank):
        left = _like(right)
    if isinstance(right, Blank):
        right = _like(left)
    if isinstance(left, CellError) or isinstance(right, CellError):
        raise RuleError
    first, second = _rank(left), _rank(right)
    if first != second:
        return _ORDERS[comparison]((first > second) - (first < second), 0)
    if isinstance(left, str) and isinstance(right, str):
        one, other = left.casefold(), right.casefold()
        if one != other and comparison not in {"=", "<>"}:
            raise NotFollowedError  # the order of letters is that of the computer's language
        return _ORDERS[comparison](int(one != other), 0)
    a, b = exact(as_number(left)), exact(as_number(right))
    return _ORDERS[comparison]((a > b) - (a < b), 0)


def _like(other: Value) -> Value:
    """What a blank is beside another value."""
    return "" if isinstance(other, str) else False if isinstance(other, bool) else Decimal(0)


def _held(number: Decimal) -> Decimal:
    """A result as Excel holds it: one that is too large is an error, too small a one 0."""
    if number and number.adjusted() > _LARGEST_POWER:
        raise RuleError
    return number if number.adjusted() >= -_LARGEST_POWER else Decimal(0)


def _literal(text: str) -> Decimal:
    """A number that stands in a formula; Excel takes none beyond those that cells hold."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotFollowedError from None
    if number and abs(number.adjusted()) > _LARGEST_POWER:
        raise NotFollowedError
    return number


def _rank(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _give_up() -> NoReturn:
    raise NotFollowedError


class _Reading:
    """A formula read from left to right, and calculated on the way."""

    def __init__(self, formula: str, at: Standpoint) -> None:
        """Bind the formula, without `=`, and the cell that it is read in."""
        self._left = [t for t in tokens(formula) if t.kind is not Kind.SPACE][::-1]
        self._at = at
        self._depth = 0

    def whole(self) -> Value:
        """What all of it gives."""
        found = self._comparison()
        return found if not self._left else _give_up()

    def _take(self, *texts: str) -> str | None:
        """The next token, if it is one of these."""
        if self._left and self._left[-1].text in texts:
            return self._left.pop().text
        return None

    def _comparison(self) -> Value:
        self._depth += 1
        if self._depth > _DEEPEST:
            _give_up()
        value = self._joined()
        while sign := self._take(*_ORDERS):
            value = compare(sign, value, self._joined())
        self._depth -= 1
        return value

    def _joined(self) -> Value:
        value = self._sum()
        while self._take("&"):
            value = as_text(value) + as_text(self._sum())
        return value

    def _sum(self) -> Value:
        value = self._product()
        while sign := self._take("+", "-"):
            other = as_number(self._product())
            value = _held(WIDE.add(as_number(value), other if sign == "+" else -other))
        return value

    def _product(self) -> Value:
        value = self._signed()
        while sign := self._take("*", "/"):
            one, other = as_number(value), as_number(self._signed())
            if sign == "/" and not other:
                raise RuleError
            value = _held(WIDE.multiply(one, other) if sign == "*" else WIDE.divide(one, other))
        return value

    def _signed(self) -> Value:
        signs = []
        while sign := self._take("-", "+"):
            signs.append(sign)
        value = self._one()
        while self._take("%"):
            value = as_number(value).scaleb(-2)
        if "-" in signs:
            value = as_number(value)
            return -value if signs.count("-") % 2 else value
        return value

    def _one(self) -> Value:
        token = self._left.pop() if self._left else _give_up()
        if token.kind is Kind.NUMBER:
            return _literal(token.text)
        if token.kind is Kind.TEXT:
            return token.text[1:-1].replace('""', '"')
        if token.kind is Kind.OPEN and token.text == "(":
            value = self._comparison()
            return value if self._take(")") else _give_up()
        if token.kind is Kind.NAME and token.text.upper() in {"TRUE", "FALSE"}:
            return token.text.upper() == "TRUE"
        if token.kind is Kind.ERROR or "#REF!" in token.text.upper():
            raise RuleError
        if token.kind is Kind.AREA:
            values = self._values(token)
            return values[0] if len(values) == 1 else _give_up()
        return self._call(plain_name(token.text)) if token.kind is Kind.CALL else _give_up()

    def _call(self, name: str) -> Value:
        function = FUNCTIONS.get(name)
        if function is None or not self._take("("):
            _give_up()
        arguments: list[list[Value]] = []
        while not self._take(")"):
            if arguments and not self._take(","):
                _give_up()
            arguments.append(self._argument())
        return function(Following(self._at.row, self._at.column, arguments))

    def _argument(self) -> list[Value]:
        """An argument: the cells of an area that stands alone, else one value or error."""
        token = self._left[-1] if self._left else _give_up()
        following = self._left[-2].text if len(self._left) > 1 else ""
        if token.kind is Kind.AREA and following in {",", ")"} and "#REF!" not in token.text:
            self._left.pop()
            return self._values(token)
        rest = self._after_argument()
        depth = self._depth
        try:
            return [self._comparison()]
        except RuleError:
            self._left, self._depth = rest, depth
            return [CellError("")]

    def _after_argument(self) -> list[Token]:
        """What is left once the argument that comes next has been read."""
        depth, rest = 0, list(self._left)
        while rest and (depth or rest[-1].text not in {",", ")"}):
            kind = rest.pop().kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        return rest

    def _values(self, token: Token) -> list[Value]:
        area = area_of(token.text)
        cells = self._range(area) if area is not None else None
        if area is None or cells is None or cells.cells > _MOST_CELLS:
            _give_up()
        return [
            self._at.value(row, column, area.sheet)
            for row in range(cells.first_row, cells.last_row + 1)
            for column in range(cells.first_column, cells.last_column + 1)
        ]

    def _range(self, area: Area) -> CellRange | None:
        corners = (area.first, area.last)
        if all(c.row_fixed and c.column_fixed for c in corners):
            return area.at(0, 0)
        base = self._at.base
        return area.at(self._at.row - base[0], self._at.column - base[1]) if base else None
