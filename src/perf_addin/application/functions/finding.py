"""One worksheet function by its name, without loading those that nobody calls."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from perf_addin.application.functions.declaration import WorksheetFunction

_MODULES = {
    **dict.fromkeys(("RAG", "RAGWHY"), "rating"),
    **dict.fromkeys(("RAGBAND", "RAGRANGE", "BREACH"), "limits"),
    **dict.fromkeys(("DOT", "AGAINST", "QUARTILEBAND"), "comparing"),
    **dict.fromkeys(("SPCLIMITS", "SPCVARIATION", "SPCASSURANCE"), "charts"),
}
NAMES = frozenset(_MODULES)
"""The names of all functions, in capitals."""


def function_of(name: str) -> WorksheetFunction:
    """Give the function of a name in capitals.

    Raises:
        KeyError: there is none.
    """
    # `importlib` would bring in more than most functions are.
    module = __import__(f"perf_addin.application.functions.{_MODULES[name]}", fromlist=(name,))
    return cast("WorksheetFunction", getattr(module, name))
