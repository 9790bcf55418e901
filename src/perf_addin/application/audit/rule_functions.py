"""The functions that formulas of conditional formatting use, for values that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeGuard

from perf_addin.application.grid import Cell, CellError
from perf_addin.domain.figure_texts import read_number
from perf_addin.domain.rating import WIDE

_TWO, _THREE = 2, 3
_MOST_DIGITS = 15


class NotFollowedError(Exception):
    """That a formula holds what is not followed here."""


class RuleError(Exception):
    """That a formula gives an Excel error, so that the rule does not hold."""


class Blank:
    """What a blank cell gives."""


BLANK = Blank()
Value = Decimal | str | bool | CellError | Blank


class Following(NamedTuple):
    """A call: the row and column of the cell, and the values of each argument."""

    row: int
    column: int
    arguments: Sequence[Sequence[Value]]

    def one(self, at: int) -> Value:
        """An argument that is a single value."""
        if at >= len(self.arguments) or len(self.arguments[at]) != 1:
            raise NotFollowedError
        return self.arguments[at][0]

    def each(self) -> Iterator[Value]:
        """All values of all arguments."""
        for argument in self.arguments:
            yield from argument

    def numbers(self) -> list[Decimal]:
        """The numbers among them; an error among them is the result."""
        found = list(self.each())
        if any(isinstance(value, CellError) for value in found):
            raise RuleError
        return [value for value in found if is_number(value)]


def value_of(cell: Cell | None) -> Value:
    """What a cell gives to a formula.

    Raises:
        NotFollowedError: it holds a date.
    """
    if cell is None:
        return BLANK
    if isinstance(cell.value, (Decimal, str, bool)):  # errors are texts of their own kind
        return cell.value
    raise NotFollowedError


def is_number(value: object) -> TypeGuard[Decimal]:
    """Whether a value is a number, and no truth value."""
    return isinstance(value, Decimal)


def is_true(value: Value) -> bool:
    """The truth of a value, as AND takes it; a text is an error."""
    if isinstance(value, str):
        raise RuleError
    return value is True or (is_number(value) and value != 0)


def as_number(value: Value) -> Decimal:
    """A value as arithmetic takes it."""
    if isinstance(value, CellError):
        raise RuleError
    if isinstance(value, str):
        read = read_number(value)
        if read is None:
            raise RuleError
        if read[1]:
            raise NotFollowedError
        return read[0]
    return Decimal(value) if isinstance(value, (Decimal, bool)) else Decimal(0)


def as_text(value: Value) -> str:
    """A value as `&` takes it."""
    if isinstance(value, CellError):
        raise RuleError
    if isinstance(value, bool):
        return str(value).upper()
    if is_number(value):
        return format(value.normalize(), "f")
    return value if isinstance(value, str) else ""


def _all(call: Following) -> Value:
    return all(_truths(call))


def _any(call: Following) -> Value:
    return any(_truths(call))


def _truths(call: Following) -> list[bool]:
    """The truth of every value; texts in areas are passed over, those that stand alone are not."""
    found = []
    for argument in call.arguments:
        for value in argument:
            if isinstance(value, CellError):
                raise RuleError
            if len(argument) > 1 and isinstance(value, (str, Blank)):
                continue
            found.append(is_true(value))
    return found


def _if(call: Following) -> Value:
    if is_true(call.one(0)):
        return call.one(1)
    return call.one(2) if len(call.arguments) > _TWO else False


def _round(call: Following) -> Value:
    number, digits = as_number(call.one(0)), int(as_number(call.one(1)))
    if abs(digits) > _MOST_DIGITS:
        raise NotFollowedError
    if number.adjusted() + digits > _MOST_DIGITS:
        return number  # it has no digits there
    return number.scaleb(digits).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-digits)


def _modulo(call: Following) -> Value:
    number, by = as_number(call.one(0)), as_number(call.one(1))
    if not by:
        raise RuleError
    times = WIDE.divide(number, by).to_integral_value(ROUND_FLOOR)
    return WIDE.subtract(number, WIDE.multiply(by, times))


def _search(call: Following) -> Value:
    if len(call.arguments) > _TWO or any(sign in as_text(call.one(0)) for sign in "?*~"):
        raise NotFollowedError
    at = as_text(call.one(1)).casefold().find(as_text(call.one(0)).casefold())
    if at < 0:
        raise RuleError
    return Decimal(at + 1)


def _place(call: Following, own: int) -> Value:
    if call.arguments:
        raise NotFollowedError
    return Decimal(own)


def _left(call: Following) -> Value:
    count = int(as_number(call.one(1))) if len(call.arguments) > 1 else 1
    return as_text(call.one(0))[: max(count, 0)]


def _right(call: Following) -> Value:
    count = int(as_number(call.one(1))) if len(call.arguments) > 1 else 1
    return as_text(call.one(0))[-count:] if count > 0 else ""


def _average(call: Following) -> Value:
    numbers = call.numbers()
    if not numbers:
        raise RuleError
    return WIDE.divide(sum(numbers, Decimal(0)), Decimal(len(numbers)))


FUNCTIONS: Mapping[str, Callable[[Following], Value]] = {
    "AND": _all,
    "OR": _any,
    "NOT": lambda call: not is_true(call.one(0)),
    "IF": _if,
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "ISBLANK": lambda call: isinstance(call.one(0), Blank),
    "ISNUMBER": lambda call: is_number(call.one(0)),
    "ISTEXT": lambda call: isinstance(call.one(0), str) and not isinstance(call.one(0), CellError),
    "ISERROR": lambda call: isinstance(call.one(0), CellError),
    "IFERROR": lambda call: call.one(int(isinstance(call.one(0), CellError))),
    "ABS": lambda call: abs(as_number(call.one(0))),
    "ROUND": _round,
    "MOD": _modulo,
    "MIN": lambda call: min(call.numbers(), default=Decimal(0)),
    "MAX": lambda call: max(call.numbers(), default=Decimal(0)),
    "SUM": lambda call: sum(call.numbers(), Decimal(0)),
    "AVERAGE": _average,
    "COUNT": lambda call: Decimal(sum(is_number(value) for value in call.each())),
    "COUNTA": lambda call: Decimal(sum(not isinstance(value, Blank) for value in call.each())),
    "LEN": lambda call: Decimal(len(as_text(call.one(0)))),
    "TRIM": lambda call: " ".join(as_text(call.one(0)).split()),
    "UPPER": lambda call: as_text(call.one(0)).upper(),
    "LOWER": lambda call: as_text(call.one(0)).lower(),
    "EXACT": lambda call: as_text(call.one(0)) == as_text(call.one(1)),
    "LEFT": _left,
    "RIGHT": _right,
    "SEARCH": _search,
    "ROW": lambda call: _place(call, call.row),
    "COLUMN": lambda call: _place(call, call.column),
}
