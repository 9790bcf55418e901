"""A machine with Windows and Excel, in memory."""

from __future__ import annotations

from perf_addin.application.desktop.machine import XLWINGS, Place, Policy, Setup

PYTHON = r"C:\perf\Scripts\pythonw.exe"
PATHS = {
    Place.XLSTART: r"C:\Home\Ann\AppData\Roaming\Microsoft\Excel\XLSTART\perf_addin.xlam",
    Place.REGISTERED: r"C:\Home\Ann\AppData\Roaming\Microsoft\AddIns\perf_addin.xlam",
}
CONFIGURATION = r"C:\Home\Ann\.perf_addin\perf_addin.conf"


class Double:
    """Every part of the machine as a field that a test may set."""

    def __init__(self) -> None:
        """Describe a machine on which all is well and nothing is installed."""
        self.supported = True
        self.setup = Setup("1.2.3", PYTHON, XLWINGS, has_pywin32=True)
        self.excel: str | None = "16.0"
        self.files: dict[str, bytes] = {PYTHON: b""}
        self.dlls = {f"xlwings{bits}-{XLWINGS}.dll" for bits in (32, 64)}
        self.opened: dict[str, str] = {"OPEN": r"C:\other\solver.xlam"}
        self.stated = Policy()
        self.switched_off: tuple[str, ...] = ()
        self.runs = False

    def excel_version(self) -> str | None:
        return self.excel

    def path(self, place: Place) -> str:
        return PATHS[place]

    def beside_python(self, name: str) -> bool:
        return name in self.dlls

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def exists(self, path: str) -> bool:
        return path in self.files

    def write(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def remove(self, path: str) -> bool:
        return self.files.pop(path, None) is not None

    def configuration_path(self) -> str:
        return CONFIGURATION

    def encode(self, text: str) -> bytes | None:
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError:
            return None

    def opened_addins(self) -> dict[str, str]:
        return dict(self.opened)

    def open_addin(self, path: str) -> None:
        self.opened[f"OPEN{len(self.opened)}"] = path

    def close_addin(self, entry: str) -> None:
        del self.opened[entry]

    def policy(self) -> Policy:
        return self.stated

    def disabled(self) -> tuple[str, ...]:
        return self.switched_off

    def excel_runs(self) -> bool:
        return self.runs
