"""Putting the add-in into a person's Excel, and taking it out again."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import NamedTuple

from perf_addin.application.desktop.machine import FILE_NAME, Machine, Place
from perf_addin.domain.errors import OutputError, UsageError

ELSEWHERE = (
    "The add-in for desktop Excel runs on Windows only. Here, `perf-addin init --functions FILE` "
    "puts the functions into a workbook as names, for Excel 2024, 365 and the web; on a Mac and "
    "on the web the buttons are in the web add-in."
)
_QUOTE = '"'


class Installed(NamedTuple):
    """What was installed, or taken away: each a file or an entry."""

    paths: tuple[str, ...]


def install(machine: Machine, addin: bytes, place: Place) -> Installed:
    """Put the add-in where Excel finds it, and write down which Python it starts.

    Raises:
        UsageError: this machine is not one with Windows.
        OutputError: something cannot be written; nothing else of it was changed.
    """
    _check(machine, place)
    configuration = machine.configuration_path()
    machine.write(configuration, _configuration(machine))
    other = Place.REGISTERED if place is Place.XLSTART else Place.XLSTART
    removed = _take_out(machine, other)
    path = machine.path(place)
    machine.write(path, addin)
    if place is Place.REGISTERED and not _entries(machine):
        machine.open_addin(path)
    return Installed((path, configuration, *removed))


def uninstall(machine: Machine) -> Installed:
    """Take the add-in and its configuration out of Excel.

    Raises:
        UsageError: this machine is not one with Windows.
        OutputError: something cannot be taken away.
    """
    _check(machine, Place.REGISTERED if _entries(machine) else Place.XLSTART)
    gone = [path for place in Place for path in _take_out(machine, place)]
    configuration = machine.configuration_path()
    if machine.remove(configuration):
        gone.append(configuration)
    return Installed(tuple(gone))


def _check(machine: Machine, place: Place) -> None:
    if not machine.supported:
        raise UsageError(ELSEWHERE)
    if place is Place.REGISTERED and machine.excel_runs():
        raise OutputError(
            "Excel is open, and would undo the change of its list of add-ins when it is closed. "
            "Close Excel, then run this again."
        )


def _take_out(machine: Machine, place: Place) -> list[str]:
    gone = []
    if place is Place.REGISTERED:
        for entry in _entries(machine):
            machine.close_addin(entry)
            gone.append(entry)
    path = machine.path(place)
    if machine.remove(path):
        gone.append(path)
    return gone


def _entries(machine: Machine) -> list[str]:
    """The entries under which Excel opens our add-in, wherever its file lies."""
    opened = machine.opened_addins() if machine.supported else {}
    return [entry for entry, path in opened.items() if is_ours(path)]


def is_ours(path: str) -> bool:
    """Whether a path is that of a file called as our add-in."""
    return PureWindowsPath(path.strip(_QUOTE)).name.lower() == FILE_NAME


def _configuration(machine: Machine) -> bytes:
    """What the add-in reads, a key and a value a line: which Python, and how it is started.

    Raises:
        OutputError: the path of Python has letters that VBA cannot read.
    """
    interpreter = machine.setup.interpreter
    stated = {
        "INTERPRETER_WIN": interpreter,
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "SHOW CONSOLE": "False",
    }
    lines = (f'"{key}","{value}"\r\n' for key, value in stated.items())
    content = machine.encode("".join(lines))
    if content is None or _QUOTE in interpreter or "%" in interpreter:
        raise OutputError(
            f"Python lies in {interpreter}, whose name has letters that Excel's macros cannot "
            "read. Make a virtual environment in a folder with a plain name, such as C:\\perf, "
            "and install perf-addin there."
        )
    return content


def interpreter_in(configuration: bytes | None) -> str | None:
    """The Python that a configuration names, or None where it names none."""
    text = (configuration or b"").decode("latin-1")
    for line in text.splitlines():
        key, _, value = line.partition(",")
        if key.strip().strip(_QUOTE).upper() == "INTERPRETER_WIN":
            return value.strip().strip(_QUOTE)
    return None
