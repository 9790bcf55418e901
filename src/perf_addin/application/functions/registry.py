"""Every worksheet function, in the order of their documentation."""

from __future__ import annotations

from perf_addin.application.functions.charts import SPCASSURANCE, SPCLIMITS, SPCVARIATION
from perf_addin.application.functions.comparing import AGAINST, DOT, QUARTILEBAND
from perf_addin.application.functions.declaration import (
    Argument,
    Example,
    Kind,
    WorksheetFunction,
)
from perf_addin.application.functions.limits import BREACH, RAGBAND, RAGRANGE
from perf_addin.application.functions.rating import RAG, RAGWHY
from perf_addin.application.functions.values import (
    OMITTED,
    Defaults,
    ExcelError,
    Omitted,
    Scalar,
    Value,
)

__all__ = [
    "FUNCTIONS",
    "OMITTED",
    "Argument",
    "Defaults",
    "Example",
    "ExcelError",
    "Kind",
    "Omitted",
    "Scalar",
    "Value",
    "WorksheetFunction",
    "find",
]

FUNCTIONS: tuple[WorksheetFunction, ...] = (
    RAG,
    RAGWHY,
    RAGBAND,
    RAGRANGE,
    BREACH,
    DOT,
    AGAINST,
    QUARTILEBAND,
    SPCLIMITS,
    SPCVARIATION,
    SPCASSURANCE,
)
_BY_NAME = {function.name: function for function in FUNCTIONS}


def find(name: str) -> WorksheetFunction | None:
    """Give the function of a name, in either case, or None where there is none."""
    return _BY_NAME.get(name.upper())
