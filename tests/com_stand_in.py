"""xlwings' own path of a worksheet function, with pywin32 stood in for: it exists on Windows only.

Everything between Excel's call and our function is xlwings' code: `XLPython.CallUDF`, `call_udf`,
conversion of arguments and answers.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import pytest
import xlwings

from tests.com_stubs import windows_code

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
    util: Any = sys.modules["win32com.server.util"]
    policy: Any = sys.modules["win32com.server.policy"]
    monkeypatch.setattr(util, "unwrap", _unwrap, raising=False)
    monkeypatch.setattr(policy, "DefaultPolicy", object, raising=False)
    monkeypatch.setattr(windows, "is_range_instance", lambda _: False)
    monkeypatch.setattr(xlwings, "_xlwindows", windows, raising=False)
    for name in _LOADED_ANEW:
        package, _, module = name.rpartition(".")
        before = getattr(sys.modules[package], module, None)
        monkeypatch.setattr(sys.modules[package], module, before, raising=False)
        monkeypatch.setitem(sys.modules, name, None)  # so that it is as it was afterwards
        del sys.modules[name]
    udfs = importlib.import_module("xlwings.udfs")
    for name, made in (("func", udfs.xlfunc), ("arg", udfs.xlarg), ("ret", udfs.xlret)):
        monkeypatch.setattr(xlwings, name, made)
    server = importlib.import_module("xlwings.com_server")
    server.loop.close()  # for functions that answer later, of which there are none
    return server.XLPython()


def called(server: Any, name: str, arguments: Sequence[object]) -> object:  # noqa: ANN401
    """Call a function as the add-in's VBA does."""
    return server.CallUDF("perf_addin.entry.desktop_functions", name, arguments, None, None)
