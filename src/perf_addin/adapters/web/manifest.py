"""What the manifest shows on the ribbon: our buttons, in groups, within Office's lengths."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from perf_addin.application.buttons import BUTTONS, Button, ButtonId

LEFT_OUT = frozenset({ButtonId.SELFTEST})
"""Not on the web: the self-test is of the desktop add-in's functions."""

MANIFEST_ID = "7f0c1b4e-5d0a-4f0e-9a63-2f7c51d4e6a8"
_LONGEST_SHORT, _LONGEST_LONG = 125, 250


class RibbonGroup(NamedTuple):
    """A group of the ribbon tab: its id, its heading and its buttons."""

    id: str
    label: str
    buttons: tuple[Button, ...]


def web_buttons() -> tuple[Button, ...]:
    """The buttons that the web add-in has, in the order of the ribbon."""
    return tuple(button for button in BUTTONS if button.id not in LEFT_OUT)


def ribbon_groups() -> tuple[RibbonGroup, ...]:
    """The buttons by group.

    Raises:
        ValueError: a text is longer than Office shows.
    """
    for button in web_buttons():
        if len(button.label) > _LONGEST_SHORT or len(button.tip) > _LONGEST_LONG:
            message = f"The texts of the button {button.id.value!r} are too long for a manifest."
            raise ValueError(message)
    return tuple(
        RibbonGroup(f"perf-group-{number}", label, tuple(buttons))
        for number, (label, buttons) in enumerate(
            groupby(web_buttons(), key=lambda button: button.group), 1
        )
    )
