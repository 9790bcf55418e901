"""The add-in's VBA project: which modules it holds, and the project as Excel stores it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from perf_addin.adapters.addin_file import sources, xlwings_source
from perf_addin.application import vba
from perf_addin.application.vba.writing import ENCODING
from perf_addin.domain.errors import InputError

_UNUSED = "Module1"
_BOOK = "ThisWorkbook"


class Module(NamedTuple):
    """A module of the project: its name, its source, and whether it is a class."""

    name: str
    source: str
    is_class: bool = False


def modules() -> tuple[Module, ...]:
    """Every module of the add-in, lines ended as Python ends them.

    Raises:
        InputError: xlwings or the sources are missing.
    """
    return (
        Module(_BOOK, sources.vba("ThisWorkbook.cls"), is_class=True),
        Module("PerfFunctions", vba.wrappers()),
        Module("PerfHelp", vba.descriptions()),
        Module("PerfNames", vba.constants()),
        Module("PerfButtons", vba.button_subs()),
        Module("PerfCalls", sources.vba("PerfCalls.bas")),
        Module("PerfStart", sources.vba("PerfStart.bas")),
        Module("xlwings", xlwings_source.xlwings_module()),
        Module("Dictionary", xlwings_source.dictionary_class(), is_class=True),
    )


def blank_with(project: tuple[Module, ...]) -> bytes:
    """An empty add-in file that holds the modules.

    Raises:
        InputError: pyOpenVBA is not installed.
    """
    try:
        from pyopenvba import ExcelFile, VBAModuleKind  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = (
            "Found no pyOpenVBA, which writes the add-in's macros. Run: "
            'python -m pip install "perf-addin[addin]"'
        )
        raise InputError(message) from error
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "blank.xlam")
        with ExcelFile.create_new(file) as book:
            held = book.vba_project()
            held.delete_module(_UNUSED)
            for name, source, is_class in project:
                source.encode(ENCODING)
                text = source.replace("\n", "\r\n")
                if name == _BOOK:
                    book.set_module(name, text)
                    continue
                kind = VBAModuleKind.other if is_class else VBAModuleKind.standard
                held.add_module(name, text, kind=kind)
            book.save()
        return file.read_bytes()
