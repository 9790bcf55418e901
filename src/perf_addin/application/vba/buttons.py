"""The ribbon: its XML, and the VBA that its buttons call, made from the declared buttons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from perf_addin.application.buttons import BUTTONS, TAB_KEY, TAB_LABEL, Button
from perf_addin.application.vba.writing import literal, module

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
TAB_ID = "performanceTab"


def callback(button: Button) -> str:
    """The VBA procedure that a button calls."""
    return f"On{button.id.value.capitalize()}"


def button_subs(buttons: Sequence[Button] = BUTTONS) -> str:
    """The module `PerfButtons`: a procedure for each button, which says which one was pressed."""
    lines = []
    for button in buttons:
        lines += [
            f"Public Sub {callback(button)}(control As IRibbonControl)",
            f"    Press {literal(button.id.value)}",
            "End Sub",
            "",
        ]
    return module("PerfButtons", lines)


def ribbon_xml(buttons: Sequence[Button] = BUTTONS) -> str:
    """The ribbon as Office reads it: one tab, its buttons in the groups that they name.

    A button's picture is the relationship of the part that carries the button's id.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{NAMESPACE}">',
        "  <ribbon>",
        "    <tabs>",
        f"      <tab {_attributes(id=TAB_ID, label=TAB_LABEL, keytip=TAB_KEY)}>",
    ]
    for number, (label, members) in enumerate(groupby(buttons, key=lambda b: b.group), start=1):
        lines.append(f"        <group {_attributes(id=f'group{number}', label=label)}>")
        lines += [f"          <button {_button_attributes(button)}/>" for button in members]
        lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""]
    return "\n".join(lines)


def _button_attributes(button: Button) -> str:
    return _attributes(
        id=button.id.value,
        label=button.label,
        image=button.id.value,
        size="large",
        keytip=button.key,
        screentip=button.tip,
        supertip=button.help,
        onAction=callback(button),
    )


def _attributes(**stated: str) -> str:
    return " ".join(f"{name}={quoteattr(text)}" for name, text in stated.items() if text)
