"""Excel held still while something is written, and set free again whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

_HELD = {
    "screen_updating": False,
    "enable_events": False,
    "display_alerts": False,
    "calculation": "manual",
}


@contextmanager
def held(app: xw.App, progress: str) -> Iterator[None]:
    """Stop screen updates, events, alerts and calculation meanwhile, and say what goes on.

    Every setting is as it was afterwards, after an error too. On the web Excel has no such
    settings, and nothing is done.
    """
    with ExitStack() as stack:
        if app.engine.type == "desktop":
            for name, value in {"status_bar": progress, **_HELD}.items():
                stack.callback(setattr, app, name, getattr(app, name))
                setattr(app, name, value)
            corrections = app.api.AutoCorrect  # or Excel widens a table by what stands beside it
            expands = corrections.AutoExpandListRange
            stack.callback(setattr, corrections, "AutoExpandListRange", expands)
            corrections.AutoExpandListRange = False
        yield
