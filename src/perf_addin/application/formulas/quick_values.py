"""What signs and functions make of whole columns of values, where that is beyond doubt.

Each column is a list with a value for each row. Whatever programs may see otherwise is not worked
out here. What Excel's own signs give is in `native_values`, and its functions in `quick_functions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from perf_addin.application.functions import NAMES, function_of
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.application.functions.values import Defaults

Column = Sequence[Scalar]


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
        from perf_addin.application.formulas.native_values import (  # noqa: PLC0415 - not for ours
            negative,
            reckoned,
        )

        given = [evaluated(one, reads, size, defaults) for one in expression.operands]
        sign = expression.sign
        return negative(*given) if sign == "negative" else reckoned(sign, *given)
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
    from perf_addin.application.formulas.quick_functions import (  # noqa: PLC0415 - not for ours
        along,
        native,
    )

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
    place = call.arguments[2].value if isinstance(call.arguments[2], Constant) else None
    if not isinstance(second, Block) or not isinstance(place, float):
        raise NotQuickError(call)
    column = second.columns[int(place) - 1]
    return taken(reads[column], matched(wanted, reads[second.columns[0]]))


def _called(call: Called, reads: Mapping[Read, Column], size: int, defaults: Defaults) -> Column:
    function = function_of(call.function)
    if function.takes_ranges:
        raise NotQuickError(call.function)
    given = [
        one.value if isinstance(one, Constant) else list(evaluated(one, reads, size, defaults))
        for one in call.arguments
    ]
    return function.call_down(given, size, defaults)
