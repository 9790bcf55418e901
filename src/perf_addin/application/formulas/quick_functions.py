"""What Excel's own functions make of whole columns of values, where that is beyond doubt."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from math import isfinite

from perf_addin.application.formulas.quick_expressions import NotQuickError
from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.domain.figures import exact

Column = Sequence[Scalar]

_MOST_PLACES, _LARGEST = 9, 1e14
"""Up to which decimals, and below which size, numbers are rounded here."""
_LEAST_SHOWN, _MOST_DIGITS = 1e-4, 15
"""What Excel shows in a text as it stands: no smaller number with decimals, and no more digits."""


def number_of(value: Scalar) -> float:
    """A value in arithmetic; a blank is 0.

    Raises:
        NotQuickError: a text or a truth value.
    """
    if value is None:
        return 0.0
    if type(value) is float:
        return value
    raise NotQuickError(value)


def _truth(value: Scalar) -> bool:
    if isinstance(value, bool):
        return value
    if type(value) is float:
        return value != 0
    raise NotQuickError(value)


def _first_error(row: Iterable[Scalar]) -> ExcelError | None:
    return next((value for value in row if isinstance(value, ExcelError)), None)


def sole_error(row: Sequence[Scalar], read: Callable[[Scalar], object]) -> ExcelError | None:
    """The first error of a row, all else of which can be read; None where there is none.

    Beside a text in arithmetic it is not known which of two errors comes of it.

    Raises:
        NotQuickError: something else beside an error cannot be read.
    """
    error = _first_error(row)
    if error is not None:
        for value in row:
            if not isinstance(value, ExcelError):
                read(value)
    return error


def joined(values: Iterable[Scalar]) -> Scalar:
    """Values as one text, or the first error among them."""
    texts = []
    for value in values:
        if isinstance(value, ExcelError):
            return value
        texts.append(_text(value))
    return "".join(texts)


def _text(value: Scalar) -> str:
    """A value in a text; numbers with more digits than Excel shows are left to the thorough way."""
    if value is None or isinstance(value, str):
        return value or ""
    if type(value) is not float:
        raise NotQuickError(value)
    if value.is_integer() and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    shown = repr(value)
    digits = shown.lstrip("-0.").replace(".", "")
    if "e" in shown or abs(value) < _LEAST_SHOWN or len(digits) > _MOST_DIGITS:
        raise NotQuickError(value)
    return shown


def native(function: str, given: Sequence[Column], size: int) -> Column:
    """What a function gives for its arguments in each of so many rows."""
    if function == "IF":
        return _chosen(*given, *([[False] * size] if len(given) == 2 else []))  # noqa: PLR2004
    if function in _TESTS:
        return list(map(_TESTS[function], given[0]))
    if function == "ABS":
        return [v if isinstance(v, ExcelError) else abs(number_of(v)) for v in given[0]]
    if function == "NOT":
        return [v if isinstance(v, ExcelError) else not _truth(v) for v in given[0]]
    return list(map(_BY_ROW[function], zip(*given, strict=True)))


_TESTS: dict[str, Callable[[Scalar], bool]] = {
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": lambda value: type(value) is float,
    "ISTEXT": lambda value: isinstance(value, str) and not isinstance(value, ExcelError),
    "ISERROR": lambda value: isinstance(value, ExcelError),
    "ISNA": lambda value: value is ExcelError.NA,
}


def _all(row: Sequence[Scalar]) -> Scalar:
    return sole_error(row, _truth) or all(list(map(_truth, row)))


def _any(row: Sequence[Scalar]) -> Scalar:
    return sole_error(row, _truth) or any(list(map(_truth, row)))


def _without_error(row: Sequence[Scalar]) -> Scalar:
    return row[1] if isinstance(row[0], ExcelError) else row[0]


def _without_na(row: Sequence[Scalar]) -> Scalar:
    return row[1] if row[0] is ExcelError.NA else row[0]


def _first_true(row: Sequence[Scalar]) -> Scalar:
    """What IFS gives: the value behind the first condition that holds."""
    for test, value in zip(row[::2], row[1::2], strict=True):
        if isinstance(test, ExcelError):
            return test
        if _truth(0.0 if test is None else test):
            return value
    return ExcelError.NA


def _rounded(row: Sequence[Scalar]) -> Scalar:
    """What ROUND gives: halves away from zero, by the 15 digits that Excel goes by."""
    error = sole_error(row, number_of)
    if error is not None:
        return error
    number, places = map(number_of, row)
    if not places.is_integer() or abs(places) > _MOST_PLACES or abs(number) >= _LARGEST:
        raise NotQuickError(row)
    step = Decimal(1).scaleb(-int(places))
    rounded = exact(number).quantize(step, rounding=ROUND_HALF_UP)
    if rounded != Decimal(repr(number)).quantize(step, rounding=ROUND_HALF_UP):
        raise NotQuickError(row)  # a half but for the last digits, which programs see otherwise
    return float(rounded) + 0.0


_BY_ROW: dict[str, Callable[[Sequence[Scalar]], Scalar]] = {
    "AND": _all,
    "OR": _any,
    "IFERROR": _without_error,
    "IFNA": _without_na,
    "IFS": _first_true,
    "ROUND": _rounded,
    "CONCATENATE": joined,
}


def _chosen(condition: Column, then: Column, otherwise: Column) -> Column:
    """What IF gives."""
    found: list[Scalar] = []
    for test, yes, no in zip(condition, then, otherwise, strict=True):
        if test is True or test is False:
            found.append(yes if test else no)
        elif isinstance(test, ExcelError):
            found.append(test)
        else:
            found.append(yes if number_of(test) else no)
    return found


def along(function: str, columns: Sequence[Column]) -> list[Scalar]:
    """What a function gives for the cells side by side of each row."""
    if function in _COUNTING:
        count = _COUNTING[function]
        return [float(sum(map(count, row))) for row in zip(*columns, strict=True)]
    act = _ALONG[function]
    found: list[Scalar] = []
    for row in zip(*columns, strict=True):
        if bool in set(map(type, row)):
            raise NotQuickError(row)
        result = _first_error(row) or act([value for value in row if type(value) is float])
        if type(result) is float and not isfinite(result):
            raise NotQuickError(row)
        found.append(result)
    return found


def _counts(value: Scalar) -> bool:
    """Whether COUNT counts a cell; texts and errors do not count."""
    if isinstance(value, bool):
        raise NotQuickError(value)
    return type(value) is float


_COUNTING: dict[str, Callable[[Scalar], bool]] = {
    "COUNT": _counts,
    "COUNTA": lambda value: value is not None,
    "COUNTBLANK": lambda value: value is None or value == "",
}


def _sum(numbers: list[float]) -> float:
    return reduce(operator.add, numbers, 0.0)  # one by one, as Excel and the engine do


def _average(numbers: list[float]) -> Scalar:
    return _sum(numbers) / len(numbers) if numbers else ExcelError.DIV0


_ALONG: dict[str, Callable[[list[float]], Scalar]] = {
    "SUM": _sum,
    "AVERAGE": _average,
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
}
