"""The use case: work the formulas of a workbook out anew, and store what they come to.

Whole columns are worked out at once where all of them are of the plainest kinds; anything else is
worked out formula by formula, and by an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from perf_addin.application.formulas.by_columns import Columns
from perf_addin.application.formulas.cells import Recalculated
from perf_addin.domain.declaring import TYPE_CHECKING, StrEnum

if TYPE_CHECKING:
    from perf_addin.application.formulas.book import FormulaWorkbook, Key
    from perf_addin.application.formulas.engine import FormulaEngine
    from perf_addin.application.functions.values import Defaults
    from perf_addin.domain.findings import Finding


__all__ = ["How", "Recalculated", "recalculate"]


class How(StrEnum):
    """Which formulas are worked out."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def recalculate(
    workbook: FormulaWorkbook,
    how: How,
    engine: Callable[[], FormulaEngine],
    defaults: Defaults,
    altered: Collection[Key] = (),
) -> Recalculated:
    """Work formulas out and store their results; formulas themselves are never changed.

    Args:
        workbook: the workbook.
        how: AUTO takes Excel's stored results where nothing speaks against them, ALWAYS works
            everything out, NEVER nothing.
        engine: gives the engine; called only where one is needed.
        defaults: what the workbook's settings state for our functions.
        altered: cells that were given another content since the results were stored.
    """
    if how is How.NEVER or not workbook.any_formula():
        return Recalculated(0, 0, ())
    everything, confirmed = how is How.ALWAYS, None
    if not altered:
        columns = Columns(workbook, defaults, everything=everything)
        found = columns.work_out()
        if found is not None:
            return Recalculated(found.calculated, found.changed, _told(found.doubt))
        if everything or workbook.calculation.doubt:
            confirmed = columns.confirmed()
    from perf_addin.application.formulas.one_by_one import Asked, one_by_one  # noqa: PLC0415

    return one_by_one(workbook, engine, defaults, Asked(everything, altered, confirmed or {}))


def _told(doubt: str) -> tuple[Finding, ...]:
    if not doubt:
        return ()
    from perf_addin.application.formulas.doubted import doubted  # noqa: PLC0415 - few are doubted

    return (doubted(doubt),)
