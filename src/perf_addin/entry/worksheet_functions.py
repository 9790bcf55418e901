"""The worksheet functions as Excel calls them through xlwings: one for each declaration.

Every argument arrives as rows of cells. Errors go in and out as their text, such as `#N/A`; the
Excel side turns what comes out into a true error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from inspect import Parameter, Signature
from itertools import chain

import xlwings as xw

from perf_addin.application.functions import (
    FUNCTIONS,
    OMITTED,
    Defaults,
    ExcelError,
    Scalar,
    Value,
    WorksheetFunction,
)
from perf_addin.application.functions.values import Argued

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a worksheet knows no time zones
_ERRORS = {error.value: error for error in ExcelError}

_AS_THEY_ARE = frozenset({str, float, int, bool})
"""Types of answers that Excel is given as they are; an error is of a type of its own."""

Offered = Callable[..., object]


def offered(function: WorksheetFunction) -> Offered:
    """Make the Python function that xlwings offers to Excel for a declaration."""

    def call(*arguments: object) -> object:
        return outgoing(function.call([incoming(argument) for argument in arguments], Defaults()))

    return for_xlwings(function, call, {"ndim": 2, "err_to_str": True})


def for_xlwings(
    function: WorksheetFunction,
    call: Offered,
    options: Mapping[str, object],
    before: Sequence[str] = (),
) -> Offered:
    """Give a call its name, its help and its arguments, and register it with xlwings.

    Args:
        function: the declaration.
        call: what takes the arguments in order.
        options: how xlwings shall convert the arguments of the declaration.
        before: names of arguments that come before those of the declaration, as plain text.
    """
    parameters = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in before]
    for argument in function.arguments:
        default = None if argument.optional else Parameter.empty
        kind = Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(Parameter(argument.name, kind, default=default))
    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.summary
    call.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {}  # xlwings takes type hints for converters, `object` for a handle
    made: Offered = xw.func(category=function.category)(call)
    for argument in function.arguments:
        made = xw.arg(argument.name, doc=argument.help, **options)(made)
    return made


def incoming(argument: object) -> Argued:
    """What a function is given for an argument as xlwings hands it over.

    A text that reads as an error is taken for one: xlwings does not tell them apart.
    """
    return argument_of(argument, _cell)


def _cell(value: object) -> Scalar:
    return _ERRORS.get(value, value) if isinstance(value, str) else cell_of(value)


def argument_of(argument: object, cell: Callable[[object], Scalar]) -> Argued:
    """An argument from one cell or rows of cells; a blank stands for one that was left out."""
    if not isinstance(argument, (list, tuple)):
        only = cell(argument)
        return OMITTED if only is None else only
    rows = [[c if type(c) is float else cell(c) for c in row] for row in argument]
    if len(rows) == 1 and len(rows[0]) == 1:
        return OMITTED if rows[0][0] is None else rows[0][0]
    return rows


def cell_of(value: object) -> Scalar:
    """What a cell holds, of whatever type it is handed over: dates and currencies are numbers."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
        return (moment.replace(tzinfo=None) - _FIRST_DAY) / timedelta(days=1)
    return str(value)


def outgoing(value: Value) -> object:
    """What Excel is given for an answer: errors as their text, a blank as an empty text."""
    if isinstance(value, list):
        if _AS_THEY_ARE.issuperset(map(type, chain.from_iterable(value))):
            return value
        return [[_told(cell) for cell in row] for row in value]
    return _told(value)


def _told(cell: Scalar) -> object:
    if isinstance(cell, ExcelError):
        return cell.value
    return "" if cell is None else cell


globals().update({function.name: offered(function) for function in FUNCTIONS})
