"""The worksheet functions as the desktop add-in calls them, with what a workbook's Settings state.

The add-in reads the default tolerance and polarity from the Settings sheet of the workbook that
the formula stands in, and hands their texts over before the arguments; an empty text states
nothing. Arguments arrive as Excel holds them, so that an error is no text that looks like one.
"""

from __future__ import annotations

from perf_addin.application.functions import (
    FUNCTIONS,
    Defaults,
    ExcelError,
    Scalar,
    WorksheetFunction,
)
from perf_addin.application.functions.values import Argued
from perf_addin.domain.polarity import read_polarity
from perf_addin.domain.tolerances import Tolerance, read_tolerance
from perf_addin.entry.worksheet_functions import (
    Offered,
    argument_of,
    cell_of,
    for_xlwings,
    outgoing,
)

STATED = ("stated_tolerance", "stated_polarity")

# COM hands an error over as its number in VBA's CVErr and this; every other number is a float.
ERROR_BASE = -2146828288
ERROR_NUMBERS = {
    2000: ExcelError.NULL,
    2007: ExcelError.DIV0,
    2015: ExcelError.VALUE,
    2023: ExcelError.REF,
    2029: ExcelError.NAME,
    2036: ExcelError.NUM,
    2042: ExcelError.NA,
    2045: ExcelError.SPILL,
    2050: ExcelError.CALC,
}
_LAST_ERROR = 2099


def defaults_of(tolerance: str, polarity: str) -> Defaults | None:
    """What the texts of two settings state; None where one cannot be understood."""
    settled = read_tolerance(tolerance) if tolerance else None
    direction = read_polarity(polarity) if polarity else None
    if (tolerance and not isinstance(settled, Tolerance)) or (polarity and direction is None):
        return None
    return Defaults(settled if isinstance(settled, Tolerance) else None, direction)


def incoming(argument: object) -> Argued:
    """What a function is given for an argument as COM hands it over."""
    return argument_of(argument, _cell)


def _cell(value: object) -> Scalar:
    if isinstance(value, int) and not isinstance(value, bool):
        number = value - ERROR_BASE
        if min(ERROR_NUMBERS) <= number <= _LAST_ERROR:
            return ERROR_NUMBERS.get(number, ExcelError.VALUE)
    return cell_of(value)


def with_settings(function: WorksheetFunction) -> Offered:
    """Make the Python function that the desktop add-in calls for a declaration."""

    def call(tolerance: object, polarity: object, *arguments: object) -> object:
        defaults = defaults_of(*(str(text or "").strip() for text in (tolerance, polarity)))
        if defaults is None:
            return ExcelError.VALUE.value
        return outgoing(function.call([incoming(argument) for argument in arguments], defaults))

    return for_xlwings(function, call, {"convert": "raw"}, STATED)


globals().update({function.name: with_settings(function) for function in FUNCTIONS})
