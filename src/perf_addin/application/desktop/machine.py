"""What installing needs of the machine: folders, files, and what is set for Excel."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

FILE_NAME = "perf_addin.xlam"
CONFIGURATION = "perf_addin.conf"
XLWINGS = "0.37.8"


class Place(StrEnum):
    """Where Excel finds the add-in.

    In XLSTART it loads whatever lies there, and trusts that folder unless a policy says otherwise;
    among the add-ins it loads what is ticked in its list.
    """

    XLSTART = "XLSTART"
    REGISTERED = "Add-ins"


class Setup(NamedTuple):
    """The Python that the command runs in, as the add-in would start it.

    Attributes:
        version: of perf-addin.
        interpreter: the whole path of its `pythonw.exe`.
        xlwings: the installed version, or None.
        has_pywin32: whether Python can talk to Excel.
    """

    version: str
    interpreter: str
    xlwings: str | None
    has_pywin32: bool


class Policy(NamedTuple):
    """What an administrator, or the person, set for macros in Excel.

    Attributes:
        macros: how macros outside trusted places are treated: 1 run, 2 ask, 3 signed only,
            4 never; None where nothing is set.
        signed_only: whether add-ins must be signed by a trusted publisher.
        no_trusted_places: whether no place at all is trusted.
        addins_off: whether all add-ins are switched off.
    """

    macros: int | None = None
    signed_only: bool = False
    no_trusted_places: bool = False
    addins_off: bool = False


class Machine(Protocol):
    """A machine with Excel; a double stands in for it where there is none."""

    @property
    def supported(self) -> bool:
        """Whether the add-in can run here at all: Windows only."""

    @property
    def setup(self) -> Setup:
        """The Python that this command runs in."""

    def excel_version(self) -> str | None:
        """The version that is installed, such as 16.0, or None."""

    def path(self, place: Place) -> str:
        """Where the add-in's file lies in a place."""

    def beside_python(self, name: str) -> bool:
        """Whether a DLL lies where Excel looks: in Python's folder, or the one above."""

    def read(self, path: str) -> bytes | None:
        """A file's bytes, or None where there is none."""

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""

    def write(self, path: str, content: bytes) -> None:
        """Write a file, and its folder; complete, or not at all.

        Raises:
            OutputError: it cannot be written; the message says what to do.
        """

    def remove(self, path: str) -> bool:
        """Take a file away; whether it was there.

        Raises:
            OutputError: it cannot be taken away; the message says what to do.
        """

    def configuration_path(self) -> str:
        """Where the add-in reads its configuration."""

    def encode(self, text: str) -> bytes | None:
        """A text as VBA reads files, or None where it cannot be written so."""

    def opened_addins(self) -> Mapping[str, str]:
        """The add-ins that Excel opens at its start: by the name of the entry, their paths."""

    def open_addin(self, path: str) -> None:
        """Have Excel open an add-in at its start."""

    def close_addin(self, entry: str) -> None:
        """Take an entry out of what Excel opens at its start."""

    def policy(self) -> Policy:
        """What is set for macros."""

    def disabled(self) -> tuple[str, ...]:
        """The files that Excel switched off after it crashed with them."""

    def excel_runs(self) -> bool:
        """Whether Excel is open, which then overwrites its settings when it is closed."""
