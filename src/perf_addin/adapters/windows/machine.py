"""The machine that the command runs on, as installing and `doctor` see it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from perf_addin import __version__
from perf_addin.adapters.windows.registry import DISABLED, OPTIONS, Registry, Value, security_keys
from perf_addin.application.desktop.machine import (
    CONFIGURATION,
    FILE_NAME,
    Place,
    Policy,
    Setup,
)
from perf_addin.domain.errors import OutputError

_NEWEST = "16.0"
_FOLDERS = {
    Place.XLSTART: ("Microsoft", "Excel", "XLSTART"),
    Place.REGISTERED: ("Microsoft", "AddIns"),
}
_OPEN = re.compile(r"OPEN(\d*)", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]+)"')
_PATH = re.compile(r"[A-Za-z]:\\[^\x00]+?\.xlam?", re.IGNORECASE)


class WindowsMachine:
    """A machine with Windows; everything in it is the user's own, so no administrator is needed."""

    def __init__(
        self,
        registry: Registry | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        supported: bool = sys.platform == "win32",
        executable: str = sys.executable,
        code_page: str = "mbcs",
    ) -> None:
        """Take the machine as it is, or, in tests, as it is described.

        Args:
            registry: what the registry says.
            environment: the variables of the process.
            supported: whether this is Windows.
            executable: the Python that runs the command.
            code_page: how VBA reads files: Windows' own code page for programs without Unicode.
        """
        self._registry = registry or Registry()
        self._environment = os.environ if environment is None else environment
        self._executable = Path(executable)
        self._code_page = code_page
        self.supported = supported

    @property
    def setup(self) -> Setup:
        """The Python that this command runs in."""
        windowless = self._executable.with_name("pythonw.exe")
        interpreter = windowless if windowless.is_file() else self._executable
        has_pywin32 = _installed("pywin32") is not None
        return Setup(__version__, str(interpreter), _installed("xlwings"), has_pywin32)

    def excel_version(self) -> str | None:
        """The version that is installed, such as 16.0, or None."""
        return self._registry.excel()

    def path(self, place: Place) -> str:
        """Where the add-in's file lies in a place."""
        return str(Path(self._environment.get("APPDATA", ""), *_FOLDERS[place], FILE_NAME))

    def beside_python(self, name: str) -> bool:
        """Whether a DLL lies where Excel looks: in Python's folder, or the one above."""
        folder = self._executable.parent
        return any((place / name).is_file() for place in (folder, folder.parent))

    def read(self, path: str) -> bytes | None:
        """A file's bytes, or None where there is none.

        Raises:
            OutputError: it cannot be read.
        """
        try:
            return Path(path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _refused(path, error) from error

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return Path(path).is_file()

    def write(self, path: str, content: bytes) -> None:
        """Write a file, and its folder; complete, or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        target = Path(path)
        beside = target.with_name(f"{target.name}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(target)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise _refused(path, error) from error

    def remove(self, path: str) -> bool:
        """Take a file away; whether it was there.

        Raises:
            OutputError: it cannot be taken away.
        """
        try:
            Path(path).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _refused(path, error) from error
        return True

    def configuration_path(self) -> str:
        """Where the add-in reads its configuration."""
        stem = CONFIGURATION.partition(".")[0]
        return str(Path(self._environment.get("USERPROFILE", ""), f".{stem}", CONFIGURATION))

    def encode(self, text: str) -> bytes | None:
        """A text as VBA reads files, or None where it cannot be written so."""
        try:
            return text.encode(self._code_page)
        except UnicodeEncodeError:
            return None

    def opened_addins(self) -> dict[str, str]:
        """The add-ins that Excel opens at its start: by the name of the entry, their paths."""
        found = {}
        for name, value in self._values(OPTIONS).items():
            if _OPEN.fullmatch(name) and isinstance(value, str):
                quoted = _QUOTED.search(value)
                found[name] = quoted[1] if quoted else value
        return found

    def open_addin(self, path: str) -> None:
        """Have Excel open an add-in at its start."""
        taken = {name.upper() for name in self.opened_addins()}
        names = ("OPEN", *(f"OPEN{number}" for number in range(1, len(taken) + 2)))
        free = next(name for name in names if name not in taken)
        self._registry.put(OPTIONS.format(version=self._office()), free, f'"{path}"')

    def close_addin(self, entry: str) -> None:
        """Take an entry out of what Excel opens at its start."""
        self._registry.delete(OPTIONS.format(version=self._office()), entry)

    def policy(self) -> Policy:
        """What is set for macros; what a policy says comes before what the person set."""
        security: dict[str, Value] = {}
        trusted: dict[str, Value] = {}
        for key, places in security_keys(self._office()):
            security = {**self._registry.values(key), **security}
            trusted = {**self._registry.values(places), **trusted}
        macros = security.get("VBAWarnings")
        return Policy(
            macros=macros if isinstance(macros, int) else None,
            signed_only=bool(security.get("RequireAddinSig")),
            no_trusted_places=bool(trusted.get("AllLocationsDisabled")),
            addins_off=bool(security.get("DisableAllAddins")),
        )

    def disabled(self) -> tuple[str, ...]:
        """The files that Excel switched off after it crashed with them."""
        held = (v for v in self._values(DISABLED).values() if isinstance(v, bytes))
        texts = (value.decode("utf-16-le", "replace") for value in held)
        return tuple(path for text in texts for path in _PATH.findall(text))

    def excel_runs(self) -> bool:
        """Whether Excel is open, by its window."""
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - Windows only

            return bool(ctypes.windll.user32.FindWindowW("XLMAIN", None))
        return False

    def _office(self) -> str:
        return self.excel_version() or _NEWEST

    def _values(self, key: str) -> dict[str, Value]:
        return self._registry.values(key.format(version=self._office()))


def _installed(package: str) -> str | None:
    """The installed version of a package, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _refused(path: str, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError(
            f"{path} is in use or protected. Close Excel, then run this again.", file=path
        )
    return OutputError(f"{path} cannot be used: {error.strerror or error}.", file=path)
