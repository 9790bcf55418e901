"""What the Help button says: the buttons, the functions, and how a rating comes about."""

from __future__ import annotations

from perf_addin.application.buttons import BUTTONS
from perf_addin.application.functions import FUNCTIONS

RULE = (
    "A rating compares the latest figure with the target that its row, the Settings sheet or the "
    "built-in default states: green if the target is met, amber if it is missed by no more than "
    "the tolerance (10% of the target where none is stated), red otherwise. A rating that somebody "
    "typed is never replaced; where it differs, Check says so."
)


def help_text(version: str) -> str:
    """The text of the Help button, in paragraphs."""
    buttons = "\n".join(f"{button.label}: {button.tip}" for button in BUTTONS)
    functions = ", ".join(function.name for function in FUNCTIONS)
    return "\n\n".join(
        [f"perf-addin {version}", RULE, buttons, f"Functions for your own cells: {functions}."]
    )
