"""The buttons that Excel shows, each declared once for every ribbon and for the task pane."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ButtonId(StrEnum):
    """What a button is called by code: control id, icon file, web script."""

    RECALCULATE = "recalculate"
    REPORT = "report"
    CHECK = "check"
    PAPER = "paper"
    SETTINGS = "settings"
    EXPLAIN = "explain"
    SELFTEST = "selftest"
    HELP = "help"


class Button(NamedTuple):
    """A button.

    Attributes:
        id: by what code calls it.
        label: what stands on it.
        group: the heading under which the ribbon shows it.
        tip: what it does, in one line.
        help: the rest that a person should know before pressing it.
        key: the key tip: the keys that press it after Alt and the tab's own key.
        changes: whether it writes into the workbook.
    """

    id: ButtonId
    label: str
    group: str
    tip: str
    help: str
    key: str
    changes: bool


TAB_LABEL = "Performance"
TAB_KEY = "PI"

BUTTONS = (
    Button(
        ButtonId.RECALCULATE,
        "Recalculate",
        "Ratings",
        "Rate every indicator red, amber or green.",
        "Writes the ratings into the index's own rating column, or beside the table where it has "
        "none. A rating that somebody typed is kept; where it differs, a finding says so.",
        "R",
        changes=True,
    ),
    Button(
        ButtonId.REPORT,
        "Exception report",
        "Ratings",
        "Rate every indicator and write the exception report.",
        "Adds the sheet Exception Report, or brings it up to date. What people typed into its "
        "commentary stays.",
        "E",
        changes=True,
    ),
    Button(
        ButtonId.PAPER,
        "Word paper",
        "Ratings",
        "Make the committee paper as a Word document.",
        "What the workbook does not know is left as a visible placeholder.",
        "W",
        changes=False,
    ),
    Button(
        ButtonId.CHECK,
        "Check",
        "Look closer",
        "Say what was read from where, with every finding.",
        "Changes nothing in the index; the findings come on the sheet Findings.",
        "C",
        changes=True,
    ),
    Button(
        ButtonId.EXPLAIN,
        "Explain this rating",
        "Look closer",
        "Say why the indicator of the selected row has its rating.",
        "Select any cell in an indicator's row first.",
        "X",
        changes=False,
    ),
    Button(
        ButtonId.SETTINGS,
        "Settings",
        "Set up",
        "Go to the Settings sheet; add it where there is none.",
        "It is filled with what was detected: sheet, columns, period, tolerance and rules.",
        "S",
        changes=True,
    ),
    Button(
        ButtonId.SELFTEST,
        "Self-test",
        "Set up",
        "Calculate the test cases in this Excel and say which pass.",
        "Open the workbook selftest.xlsx first.",
        "T",
        changes=True,
    ),
    Button(
        ButtonId.HELP,
        "Help",
        "Set up",
        "Say how ratings are made and where the guide is.",
        "",
        "H",
        changes=False,
    ),
)


def button_of(control_id: str) -> Button | None:
    """Give the button of a control's id, or None where there is none."""
    return next((button for button in BUTTONS if button.id.value == control_id), None)
