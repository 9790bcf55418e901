"""xlwings' own path of a worksheet function, with pywin32 stood in for: it exists on Windows only.

Everything between Excel's call and our function is xlwings' code: `XLPython.CallUDF`, `call_udf`,
conversion of arguments and answers.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any
from unittest.mock import MagicMock

import pytest
import xlwings

from tests.adapters.live.com_stubs import windows_code

_SERVER = ("dispatcher", "exception", "policy", "util")
_OTHERS = ("win32event", "win32com.client.dynamic")

# Modules that look at once for what they find of pywin32 and xlwings.
_LOADED_ANEW = (
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
    windows = windows_code()
    server = MagicMock(name="win32com.server")
    server.util.unwrap = _unwrap
    server.policy.DefaultPolicy = object
    monkeypatch.setattr(sys.modules["win32com"], "server", server, raising=False)
    monkeypatch.setitem(sys.modules, "win32com.server", server)
    for name in _SERVER:
        monkeypatch.setitem(sys.modules, f"win32com.server.{name}", getattr(server, name))
    for name in _OTHERS:
        monkeypatch.setitem(sys.modules, name, MagicMock(name=name))
    for name in _LOADED_ANEW:
        _forget(monkeypatch, name)
    monkeypatch.setattr(xlwings, "_xlwindows", windows, raising=False)
    monkeypatch.setattr(windows, "is_range_instance", lambda _: False)
    udfs = importlib.import_module("xlwings.udfs")
    for name, made in (("func", udfs.xlfunc), ("arg", udfs.xlarg), ("ret", udfs.xlret)):
        monkeypatch.setattr(xlwings, name, made)
    loaded = importlib.import_module("xlwings.com_server")
    loaded.loop.close()  # for functions that answer later, of which there are none
    return loaded.XLPython()


def _forget(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have a module loaded anew, and the one that was loaded before put back after the test."""
    package, _, child = name.rpartition(".")
    parent = importlib.import_module(package)
    monkeypatch.setattr(parent, child, getattr(parent, child, None), raising=False)
    monkeypatch.setitem(sys.modules, name, sys.modules.get(name, parent))
    del sys.modules[name]


def called(server: Any, name: str, arguments: Sequence[object]) -> object:  # noqa: ANN401
    """Call a function as the add-in's VBA does."""
    return server.CallUDF("perf_addin.entry.desktop_functions", name, arguments, None, None)
