"""Writing VBA: texts as literals, and modules."""

from __future__ import annotations

from collections.abc import Iterable

# What the editor accepts on a line, and how the source of a project is stored.
LONGEST_LINE = 1023
ENCODING = "cp1252"
_QUOTE = '"'


def literal(text: str) -> str:
    """A text as a VBA literal.

    Raises:
        ValueError: it cannot stand in one line of VBA.
    """
    if not text.isprintable():
        message = f"Found {text!r}, expected a text of one line without control characters."
        raise ValueError(message)
    return _QUOTE + text.replace(_QUOTE, _QUOTE * 2) + _QUOTE


def module(name: str, lines: Iterable[str], *, private: bool = False) -> str:
    """A standard module.

    Args:
        name: what the module is called.
        lines: what it holds.
        private: whether cells and other projects must not call what it holds.
    """
    head = [f"Attribute VB_Name = {literal(name)}", "Option Explicit"]
    if private:
        head.append("Option Private Module")
    return "\n".join((*head, "", *lines)) + "\n"
