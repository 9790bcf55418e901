"""xlwings' own VBA, with the few changes that this add-in makes to it.

As xlwings ships it, every function of its module can be called by a formula of any workbook that
is opened, also one that runs a program; and a workbook may carry a sheet or lie beside a file
that names another interpreter. So the module is closed to cells, and only the user's own
configuration counts.
"""

from __future__ import annotations

import importlib.util
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from perf_addin.application.desktop.machine import XLWINGS as PINNED
from perf_addin.domain.errors import InputError

PROJECT = "perf_addin"


class Change(NamedTuple):
    """A change to xlwings' module: why, the pattern, what comes instead, how often it must fit."""

    why: str
    pattern: str
    instead: str
    times: int


CHANGES = (
    Change(
        "cells and other projects cannot call into this module",
        r'^Attribute VB_Name = "xlwings"$',
        r"\g<0>\nOption Private Module",
        1,
    ),
    Change(
        "the configuration is that of this add-in",
        r'^(Public Const PROJECT_NAME As String = )"myaddin"$',
        rf'\1"{PROJECT}"',
        1,
    ),
    Change(
        "only the user's configuration counts, not one that a workbook brings along",
        r'^(Function GetConfig\(.*, Optional source As String = )""\)',
        r'\1"user")',
        1,
    ),
    Change(
        "where the workbook lies is not handed to Python, nor need one be open",
        r'ActiveWorkbook\.FullName & ";" & ThisWorkbook\.FullName(?=[^\n]*\n    #Else\n *\' Other)',
        '"" & ";" & ""',
        1,
    ),
    Change(
        "no formula calls a library", r"^( *)Declare PtrSafe ", r"\1Private Declare PtrSafe ", 4
    ),
    Change(
        "no formula calls a library", r"^( *)Declare Function ", r"\1Private Declare Function ", 1
    ),
    Change(
        "no formula calls what only this module needs",
        r"^(?:Public )?Function (?!XLPy\(|GetConfig\()",
        "Private Function ",
        33,
    ),
)


def folder() -> Path:
    """Where xlwings is installed; it is not imported, which takes two seconds.

    Raises:
        InputError: it is not installed, or in another version than the add-in is made for.
    """
    try:
        found = version("xlwings")
    except PackageNotFoundError:
        found = "none"
    spec = importlib.util.find_spec("xlwings")
    if found != PINNED or spec is None or spec.origin is None:
        message = (
            f"Found {found} of xlwings, expected {PINNED}. Run: "
            'python -m pip install "perf-addin[addin]"'
        )
        raise InputError(message)
    return Path(spec.origin).parent


def xlwings_module() -> str:
    """The text of the module `xlwings` as this add-in holds it.

    Raises:
        InputError: xlwings is missing, or its text is not the one that was looked at.
    """
    text = (folder() / "xlwings_custom_addin.bas").read_text(encoding="utf-8")
    return changed(text)


def changed(text: str) -> str:
    """Make the changes; every one must fit exactly as often as it was seen to.

    Raises:
        InputError: one does not.
    """
    for change in CHANGES:
        text, times = re.subn(change.pattern, change.instead, text, flags=re.MULTILINE)
        if times != change.times:
            message = (
                f"xlwings' VBA is not that of version {PINNED}: {change.pattern!r} was found "
                f"{times} times, expected {change.times}. Install that version again."
            )
            raise InputError(message)
    return text.replace("\n'xlwings is distributed", f"\n{_notice()}\n'xlwings is distributed", 1)


def _notice() -> str:
    reasons = dict.fromkeys(change.why for change in CHANGES)
    listed = "\n".join(f"' - {why};" for why in reasons)
    return f"'\n'Changed by perf-addin, so that:\n{listed}\n'"


def dictionary_class() -> str:
    """The text of the class `Dictionary`, by Tim Hall, which xlwings' module names."""
    return (folder() / "addin" / "Dictionary.cls").read_text(encoding="utf-8")
