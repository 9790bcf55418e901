"""A formula as a person types it, turned into what a workbook stores."""

from __future__ import annotations

import re

LONGEST = 8192
"""Characters that Excel takes in one formula."""

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')*')|(?P<space>\s+)|\[(?P<optional>[a-z_]+)\]"""
    r"""|(?P<error>\#[A-Z/0!?]+)|(?P<variable>[a-z][a-z_]*)|(?P<call>[A-Z][A-Z0-9_.]*)(?=\()"""
)
# Functions younger than the file format, which a workbook marks.
_YOUNGER = frozenset(
    [
        "HSTACK",
        "ISOMITTED",
        "LAMBDA",
        "LET",
        "MAKEARRAY",
        "NUMBERVALUE",
        "REDUCE",
        "SEQUENCE",
        "TEXTBEFORE",
        "UNICHAR",
    ]
)


def stored(formula: str) -> str:
    """Give a formula as the file holds it: prefixes before variables and younger functions.

    Variables are in lower case, functions and names in capitals; `[x]` is an argument that may be
    left out.
    """
    return _TOKEN.sub(_store, formula)


def _store(found: re.Match[str]) -> str:
    kind, token = found.lastgroup, found[0]
    if kind == "space":
        return ""
    if kind == "optional":
        return f"_xlop.{found['optional']}"
    if kind == "variable":
        return f"_xlpm.{token}"
    return f"_xlfn.{token}" if kind == "call" and token in _YOUNGER else token
