"""xlwings' own Windows code, importable anywhere: pywin32 and Windows' libraries stubbed."""

from __future__ import annotations

import ctypes
import importlib
import sys
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import xlwings as xw


class ComError(Exception):
    """Stands for `pywintypes.com_error`."""


CRITICAL = 48
messages: list[tuple[str, str, int]] = []
"""The message boxes that were shown: text, title, style."""


def message_box(_window: int, text: str, title: str, style: int) -> int:
    """Stands for Windows' own; a person presses OK."""
    messages.append((text, title, style))
    return 1


_PYWIN32 = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32com",
    "win32com.client",
    "win32com.client.dynamic",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.exception",
    "win32com.server.policy",
    "win32com.server.util",
    "win32event",
    "win32con",
    "win32gui",
    "win32process",
    "win32timezone",
)


class _NoObject:
    """Stands for pywin32's classes of COM objects, of which ours are none."""


def windows_code() -> Any:
    """Give `xlwings._xlwindows`."""
    known = sys.modules.get("xlwings._xlwindows")
    if known is not None:
        return known
    for name in _PYWIN32:
        stub = sys.modules.setdefault(name, MagicMock(name=name))
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, stub)
    client: Any = sys.modules["win32com.client"]
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(client, name, type(name, (_NoObject,), {}))
    client.Dispatch = lambda found: found
    pywintypes: Any = sys.modules["pywintypes"]
    pywintypes.com_error, pywintypes.TimeType = ComError, type("TimeType", (), {})
    pywintypes.error = ComError
    sys.modules["pythoncom"].__file__ = ""
    sys.modules["win32api"].MessageBox = message_box  # type: ignore[attr-defined]
    constants: Any = sys.modules["win32con"]
    constants.MB_OK, constants.MB_ICONINFORMATION, constants.MB_ICONWARNING = 0, 64, CRITICAL
    patch = ModuleType("xlwings._win32patch")
    patch.CoClassBaseClass = client.CoClassBaseClass  # type: ignore[attr-defined]
    sys.modules.setdefault("xlwings._win32patch", patch)
    real = ctypes.PyDLL
    for name in ("oledll", "windll", "PyDLL"):
        setattr(ctypes, name, MagicMock(name=name))
    try:
        found = importlib.import_module("xlwings._xlwindows")
    finally:
        ctypes.PyDLL = real  # type: ignore[misc]
    xw.engines.add(xw.Engine(impl=found.engine))
    return found
