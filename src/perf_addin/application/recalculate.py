"""The use case: work the formulas of a workbook out anew, and store what they come to.

Whole columns are worked out at once where all of them are of the plainest kinds; anything else is
worked out formula by formula, and by an engine.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from perf_addin.application.formulas.by_columns import Columns, ColumnWorkbook
from perf_addin.application.recalculated import Recalculated
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from perf_addin.application.formulas.book import FormulaWorkbook
    from perf_addin.application.formulas.engine import FormulaEngine
    from perf_addin.application.functions.values import Defaults

    class BothWays(FormulaWorkbook, ColumnWorkbook, Protocol):
        """A workbook whose formulas can be read cell by cell, and by columns."""


__all__ = ["How", "Recalculated", "recalculate"]


class How(StrEnum):
    """Which formulas are worked out."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def recalculate(
    workbook: BothWays, how: How, engine: Callable[[], FormulaEngine], defaults: Defaults
) -> Recalculated:
    """Work formulas out and store their results; formulas themselves are never changed.

    Args:
        workbook: the workbook.
        how: AUTO takes Excel's stored results where nothing speaks against them, ALWAYS works
            everything out, NEVER nothing.
        engine: gives the engine; called only where one is needed.
        defaults: what the workbook's settings state for our functions.
    """
    if how is How.NEVER or not workbook.any_formula():
        return Recalculated(0, 0, ())
    everything = how is How.ALWAYS
    columns = Columns(workbook, defaults, everything=everything)
    found = columns.work_out()
    if found is not None:
        if not found.doubt:
            return Recalculated(found.calculated, found.changed, ())
        from perf_addin.application.formulas.doubted import doubted  # noqa: PLC0415

        return Recalculated(found.calculated, found.changed, (doubted(found.doubt),))
    from perf_addin.application.formulas.one_by_one import one_by_one  # noqa: PLC0415 - few need it

    all_of_them = everything or workbook.calculation.doubt
    confirmed = columns.confirmed() if all_of_them else None
    return one_by_one(workbook, engine, defaults, everything=everything, confirmed=confirmed)
