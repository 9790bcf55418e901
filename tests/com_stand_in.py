"""xlwings' own path of a worksheet function, with pywin32 stood in for: it exists on Windows only.

Everything between Excel's call and our function is xlwings' code: `XLPython.CallUDF`, `call_udf`,
conversion of arguments and answers.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Sequence
from typing import Any
from unittest.mock import MagicMock

import pytest

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

# Modules that look at once for what they find of pywin32 and xlwings.
_LOADED_ANEW = (
    "xlwings._xlwindows",
    "xlwings.udfs",
    "xlwings.com_server",
    "perf_addin.entry.worksheet_functions",
    "perf_addin.entry.desktop_functions",
)


class _NotWrappedError(Exception):
    """What pywin32 raises for a value that is no object of Python's."""


def _unwrap(value: object) -> object:
    raise _NotWrappedError(value)


def xlwings_server(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - xlwings has no types
    """The object of xlwings on which Excel calls functions."""
    stubs = {name: MagicMock(name=name) for name in _PYWIN32}
    for name, stub in stubs.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(stubs[parent], child, stub)
        monkeypatch.setitem(sys.modules, name, stub)
    stubs["pywintypes"].com_error = type("com_error", (Exception,), {})
    stubs["win32com.server.util"].unwrap = _unwrap
    stubs["win32com.server.policy"].DefaultPolicy = object
    stubs["pywintypes"].TimeType = type("TimeType", (), {})
    stubs["pythoncom"].__file__ = "pythoncom.dll"
    stubs["win32com.client"].CDispatch = type("CDispatch", (), {})
    for name in ("oledll", "windll", "PyDLL"):
        monkeypatch.setattr(ctypes, name, MagicMock(name=name), raising=False)
    for name in _LOADED_ANEW:
        monkeypatch.delitem(sys.modules, name, raising=False)
    xlwings = importlib.import_module("xlwings")
    windows = importlib.import_module("xlwings._xlwindows")
    monkeypatch.setattr(xlwings, "_xlwindows", windows, raising=False)
    monkeypatch.setattr(windows, "is_range_instance", lambda _: False)
    engines = xlwings.engines.engines_by_name
    monkeypatch.setitem(engines, "excel", xlwings.main.Engine(impl=windows.engine))
    udfs = importlib.import_module("xlwings.udfs")
    for name, made in (("func", udfs.xlfunc), ("arg", udfs.xlarg), ("ret", udfs.xlret)):
        monkeypatch.setattr(xlwings, name, made)
    server = importlib.import_module("xlwings.com_server")
    server.loop.close()  # for functions that answer later, of which there are none
    return server.XLPython()


def called(server: Any, name: str, arguments: Sequence[object]) -> object:  # noqa: ANN401
    """Call a function as the add-in's VBA does."""
    return server.CallUDF("perf_addin.entry.desktop_functions", name, arguments, None, None)
