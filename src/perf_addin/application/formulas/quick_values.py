"""What signs and functions make of whole columns of values, where that is beyond doubt.

Each column is a list with a value for each row. Whatever programs may see otherwise is not worked
out here. What Excel's own signs and functions give is in `native_values`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perf_addin.application.formulas.quick_formulas import (
    ALONG,
    Called,
    CellRead,
    Constant,
    Expression,
    NotQuickError,
    Reckoned,
    SideBySide,
)
from perf_addin.application.functions.finding import NAMES, function_of
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.application.functions.values import Defaults

Column = Sequence[Scalar]


def evaluated(
    expression: Expression, reads: Mapping[CellRead, Column], size: int, defaults: Defaults
) -> Column:
    """What a formula comes to in so many rows.

    Args:
        expression: what the formula says.
        reads: the cells that it reads, row by row.
        size: the number of rows.
        defaults: what the workbook's settings state for our functions.

    Raises:
        NotQuickError: some of the rows take more than is known here.
    """
    if isinstance(expression, CellRead):
        return reads[expression]
    if isinstance(expression, SideBySide):
        raise NotQuickError(expression)
    if isinstance(expression, Constant):
        return [expression.value] * size
    if isinstance(expression, Called) and expression.function in NAMES:
        return _called(expression, reads, size, defaults)
    from perf_addin.application.formulas import native_values as native  # noqa: PLC0415 - not for ours

    if isinstance(expression, Reckoned):
        given = [evaluated(one, reads, size, defaults) for one in expression.operands]
        sign = expression.sign
        return native.negative(*given) if sign == "negative" else native.reckoned(sign, *given)
    cells: list[Expression] = []
    for one in expression.arguments:
        cells += one.cells if isinstance(one, SideBySide) else [one]
    given = [evaluated(one, reads, size, defaults) for one in cells]
    if expression.function in ALONG:
        if not all(isinstance(one, CellRead) for one in cells):
            raise NotQuickError(expression.function)
        return native.along(expression.function, given)
    return native.native(expression.function, given, size)


def _called(
    call: Called, reads: Mapping[CellRead, Column], size: int, defaults: Defaults
) -> Column:
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
