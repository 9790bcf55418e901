"""What Excel's own signs make of whole columns of values.

Each column is a list with a value for each row. Whatever programs may see otherwise (texts in
arithmetic, an order among texts, truth values beside numbers) is not worked out here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from math import inf, isfinite

from perf_addin.application.formulas.quick_expressions import NotQuickError
from perf_addin.application.formulas.quick_functions import joined, number_of, sole_error
from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from perf_addin.application.formulas.quick_values import Column

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


def reckoned(sign: str, left: Column, right: Column) -> Column:
    """What a sign between two columns gives, row by row."""
    if sign in _ARITHMETIC:
        return _arithmetic(_ARITHMETIC[sign], left, right)
    if sign == "&":
        return _each(lambda *texts: joined(texts), left, right)
    if set(map(type, left)) == set(map(type, right)) == _NUMBERS:
        return list(map(_COMPARISONS[sign], left, right))
    return _each(lambda a, b: _compared(sign, a, b), left, right)


def negative(column: Column) -> Column:
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
