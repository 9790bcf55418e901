"""What signs and functions make of whole columns of values, where that is beyond doubt.

Each column is a list with a value for each row. Whatever programs may see otherwise (texts in
arithmetic, an order among texts, truth values beside numbers) is not worked out here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from math import inf, isfinite

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
    Read,
    Reckoned,
    SideBySide,
)
from perf_addin.application.formulas.quick_functions import (
    along,
    joined,
    native,
    number_of,
    sole_error,
)
from perf_addin.application.functions.finding import NAMES, function_of
from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from perf_addin.application.functions.values import Defaults

Column = Sequence[Scalar]

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_EQUALITY = frozenset({"=", "<>"})
_NUMBERS, _TEXTS = {float}, {str}


def evaluated(
    expression: Expression, reads: Mapping[Read, Column], size: int, defaults: Defaults
) -> Column:
    """What a formula comes to in so many rows.

    Args:
        expression: what the formula says.
        reads: the cells that it reads, row by row; and columns of cells, from top to bottom.
        size: the number of rows.
        defaults: what the workbook's settings state for our functions.

    Raises:
        NotQuickError: some of the rows take more than is known here.
    """
    if isinstance(expression, CellRead):
        return reads[expression]
    if isinstance(expression, AREAS):
        raise NotQuickError(expression)
    if isinstance(expression, Constant):
        return [expression.value] * size
    if isinstance(expression, Reckoned):
        given = [evaluated(one, reads, size, defaults) for one in expression.operands]
        sign = expression.sign
        return _negative(*given) if sign == "negative" else _reckoned(sign, *given)
    return _of_function(expression, reads, size, defaults)


def _of_function(
    expression: Called, reads: Mapping[Read, Column], size: int, defaults: Defaults
) -> Column:
    if expression.function in NAMES:
        return _called(expression, reads, size, defaults)
    if expression.function in COUNTING_IF:
        from perf_addin.application.formulas.quick_tests import counted_if  # noqa: PLC0415 - few

        areas = [reads[one] for one in expression.arguments[::2] if isinstance(one, ColumnRead)]
        tests = [evaluated(one, reads, size, defaults) for one in expression.arguments[1::2]]
        return counted_if(areas, tests)
    if expression.function in LOOKING_UP:
        return _looked_up(expression, reads, size, defaults)
    cells: list[Expression] = []
    for one in expression.arguments:
        cells += one.cells if isinstance(one, SideBySide) else [one]
    if isinstance(cells[0], ColumnRead):
        return along(expression.function, [[value] for value in reads[cells[0]]]) * size
    given = [evaluated(one, reads, size, defaults) for one in cells]
    if expression.function in ALONG:
        if not all(isinstance(one, CellRead) for one in cells):
            raise NotQuickError(expression.function)
        return along(expression.function, given)
    return native(expression.function, given, size)


def _looked_up(call: Called, reads: Mapping[Read, Column], size: int, defaults: Defaults) -> Column:
    from perf_addin.application.formulas.quick_lookups import matched, taken  # noqa: PLC0415 - few

    first, second = call.arguments[:2]
    if isinstance(first, ColumnRead):
        return taken(reads[first], evaluated(second, reads, size, defaults))
    wanted = evaluated(first, reads, size, defaults)
    if isinstance(second, ColumnRead):
        return matched(wanted, reads[second])
    place = call.arguments[2]
    if not isinstance(second, Block) or not isinstance(place, Constant):
        raise NotQuickError(call)
    column = second.columns[int(number_of(place.value)) - 1]
    return taken(reads[column], matched(wanted, reads[second.columns[0]]))


def _called(call: Called, reads: Mapping[Read, Column], size: int, defaults: Defaults) -> Column:
    function = function_of(call.function)
    if function.takes_ranges:
        raise NotQuickError(call.function)
    given = [
        one.value
        if isinstance(one, Constant)
        else [[value] for value in evaluated(one, reads, size, defaults)]
        for one in call.arguments
    ]
    found = function.call(given, defaults)
    return [row[0] for row in found] if isinstance(found, list) else [found] * size


def _reckoned(sign: str, left: Column, right: Column) -> Column:
    """What a sign between two columns gives, row by row."""
    if sign in _ARITHMETIC:
        return _arithmetic(_ARITHMETIC[sign], left, right)
    if sign == "&":
        return _each(lambda *texts: joined(texts), left, right)
    if set(map(type, left)) == set(map(type, right)) == _NUMBERS:
        return list(map(_COMPARISONS[sign], left, right))
    return _each(lambda a, b: _compared(sign, a, b), left, right)


def _negative(column: Column) -> Column:
    """The numbers of a column with the other sign."""
    return [v if isinstance(v, ExcelError) else 0.0 - number_of(v) for v in column]


def _arithmetic(act: Callable[[float, float], float], left: Column, right: Column) -> Column:
    if set(map(type, left)) == set(map(type, right)) == _NUMBERS:
        try:
            found = list(map(act, left, right))  # type: ignore[arg-type] # they are numbers
        except (ZeroDivisionError, OverflowError):
            pass
        else:
            if all(map(isfinite, found)):
                return found

    def one(a: Scalar, b: Scalar) -> Scalar:
        error = sole_error((a, b), number_of)
        if error is not None:
            return error
        try:
            number = act(number_of(a), number_of(b))
        except ZeroDivisionError:
            return ExcelError.DIV0
        except OverflowError:
            number = inf
        return number if isfinite(number) else ExcelError.NUM

    return _each(one, left, right)


def _compared(sign: str, left: Scalar, right: Scalar) -> Scalar:
    for value in (left, right):
        if isinstance(value, ExcelError):
            return value
    a, b = _beside(left, right), _beside(right, left)
    if type(a) is type(b) is float:
        return _COMPARISONS[sign](a, b)
    if sign not in _EQUALITY or isinstance(a, bool) or isinstance(b, bool):
        raise NotQuickError(sign)
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise NotQuickError(sign)
        a, b = a.lower(), b.lower()
    return (type(a) is type(b) and a == b) is (sign == "=")


def _beside(value: Scalar, other: Scalar) -> Scalar:
    """A value as it is compared with another: a blank is nought, or the empty text."""
    if value is not None:
        return value
    if other is None:
        raise NotQuickError(value)
    return "" if isinstance(other, str) else 0.0


def _each(act: Callable[[Scalar, Scalar], Scalar], left: Column, right: Column) -> Column:
    """Act on each pair of values; pairs of texts are looked up where they were met before."""
    pairs = list(zip(left, right, strict=True))
    if set(map(type, left)) == set(map(type, right)) == _TEXTS:
        known = {pair: act(*pair) for pair in set(pairs)}
        return list(map(known.__getitem__, pairs))
    return [act(a, b) for a, b in pairs]
