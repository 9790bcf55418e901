"""What Excel's own signs and functions make of whole columns of values.

Each column is a list with a value for each row. Whatever programs may see otherwise (texts in
arithmetic, an order among texts, truth values beside numbers) is not worked out here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from math import inf, isfinite

from perf_addin.application.formulas.quick_formulas import NotQuickError
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


def native(function: str, given: list[Column], size: int) -> Column:
    """What a function that looks at each row by itself gives.

    Raises:
        NotQuickError: some of the rows take more than is known here.
    """
    if function == "IF":
        return _chosen(*given, *([[False] * size] if len(given) == 2 else []))  # noqa: PLR2004
    if function == "IFERROR":
        return _without_errors(*given)
    if function == "ISBLANK":
        return [value is None for value in given[0]]
    if function == "ABS":
        return [v if isinstance(v, ExcelError) else abs(_number(v)) for v in given[0]]
    if function == "NOT":
        return [v if isinstance(v, ExcelError) else not _truth(v) for v in given[0]]
    act = all if function == "AND" else any
    return [_first_error(row) or act(list(map(_truth, row))) for row in zip(*given, strict=True)]


def _truth(value: Scalar) -> bool:
    if isinstance(value, bool):
        return value
    if type(value) is float:
        return value != 0
    raise NotQuickError(value)


def _first_error(row: Iterable[Scalar]) -> ExcelError | None:
    return next((value for value in row if isinstance(value, ExcelError)), None)


def along(function: str, columns: Sequence[Column]) -> Column:
    """What a function gives for the numbers of each row; texts among cells do not count.

    Raises:
        NotQuickError: some of the rows take more than is known here.
    """
    act = _ALONG[function]
    found: list[Scalar] = []
    for row in zip(*columns, strict=True):
        if bool in set(map(type, row)):
            raise NotQuickError(row)
        error = None if act is _count else _first_error(row)
        result = error or act([value for value in row if type(value) is float])
        if type(result) is float and not isfinite(result):
            raise NotQuickError(row)
        found.append(result)
    return found


def _sum(numbers: list[float]) -> float:
    return reduce(operator.add, numbers, 0.0)  # one by one, as Excel and the engine do


def _count(numbers: list[float]) -> float:
    return float(len(numbers))  # errors among the cells do not count either


def _average(numbers: list[float]) -> Scalar:
    return _sum(numbers) / len(numbers) if numbers else ExcelError.DIV0


_ALONG: dict[str, Callable[[list[float]], Scalar]] = {
    "SUM": _sum,
    "AVERAGE": _average,
    "COUNT": _count,
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
}


def reckoned(sign: str, left: Column, right: Column) -> Column:
    """What a sign between two columns gives, row by row."""
    if sign in _ARITHMETIC:
        return _arithmetic(_ARITHMETIC[sign], left, right)
    if sign == "&":
        return _each(_joined, left, right)
    if set(map(type, left)) == set(map(type, right)) == _NUMBERS:
        return list(map(_COMPARISONS[sign], left, right))
    return _each(lambda a, b: _compared(sign, a, b), left, right)


def negative(column: Column) -> Column:
    """The numbers of a column with the other sign."""
    return [v if isinstance(v, ExcelError) else 0.0 - _number(v) for v in column]


def _chosen(condition: Column, then: Column, otherwise: Column) -> Column:
    """What IF gives."""
    found: list[Scalar] = []
    for test, yes, no in zip(condition, then, otherwise, strict=True):
        if test is True or test is False:
            found.append(yes if test else no)
        elif isinstance(test, ExcelError):
            found.append(test)
        else:
            found.append(yes if _number(test) else no)
    return found


def _without_errors(column: Column, instead: Column) -> Column:
    """What IFERROR gives."""
    pairs = zip(column, instead, strict=True)
    return [other if isinstance(value, ExcelError) else value for value, other in pairs]


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
        for value in (a, b):
            if isinstance(value, ExcelError):
                return value
        try:
            number = act(_number(a), _number(b))
        except ZeroDivisionError:
            return ExcelError.DIV0
        except OverflowError:
            number = inf
        return number if isfinite(number) else ExcelError.NUM

    return _each(one, left, right)


def _number(value: Scalar) -> float:
    if value is None:
        return 0.0
    if type(value) is float:
        return value
    raise NotQuickError(value)


def _joined(left: Scalar, right: Scalar) -> Scalar:
    texts = []
    for value in (left, right):
        if isinstance(value, ExcelError):
            return value
        if value is not None and not isinstance(value, str):
            raise NotQuickError(value)
        texts.append(value or "")
    return "".join(texts)


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
