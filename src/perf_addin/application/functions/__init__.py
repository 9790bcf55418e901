"""The worksheet functions, each declared once; every surface is made from these declarations.

What is here is loaded when it is first asked for: a workbook calls few of the functions.
"""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from perf_addin.application.functions.registry import (
        FUNCTIONS,
        OMITTED,
        Argument,
        Defaults,
        Example,
        ExcelError,
        Kind,
        Omitted,
        Scalar,
        Value,
        WorksheetFunction,
        find,
    )

__all__ = [
    "FUNCTIONS",
    "NAMES",
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
    "function_of",
]

_MODULES = {
    **dict.fromkeys(("RAG", "RAGWHY"), "rating"),
    **dict.fromkeys(("RAGBAND", "RAGRANGE", "BREACH"), "limits"),
    **dict.fromkeys(("DOT", "AGAINST", "QUARTILEBAND"), "comparing"),
    **dict.fromkeys(("SPCLIMITS", "SPCVARIATION", "SPCASSURANCE"), "charts"),
}
NAMES = frozenset(_MODULES)
"""The names of all functions, in capitals."""


def function_of(name: str) -> WorksheetFunction:
    """Give the function of a name in capitals, without loading those that nobody calls.

    Raises:
        KeyError: there is none.
    """
    # `importlib` would bring in more than most functions are.
    module = __import__(f"perf_addin.application.functions.{_MODULES[name]}", fromlist=(name,))
    return cast("WorksheetFunction", getattr(module, name))


def __getattr__(name: str) -> object:
    """Load every function for what is asked of them."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from perf_addin.application.functions import registry  # noqa: PLC0415 - loads every function

    found: object = getattr(registry, name)
    globals()[name] = found  # the next look-up does not come here
    return found
