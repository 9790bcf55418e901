"""The worksheet functions, each declared once; every surface is made from these declarations."""

from __future__ import annotations

from perf_addin.application.functions.declaration import (
    Argument,
    Example,
    Kind,
    WorksheetFunction,
)
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

FUNCTIONS: tuple[WorksheetFunction, ...] = (RAG, RAGWHY)
_BY_NAME = {function.name: function for function in FUNCTIONS}


def find(name: str) -> WorksheetFunction | None:
    """Give the function of a name, in either case, or None where there is none."""
    return _BY_NAME.get(name.upper())
