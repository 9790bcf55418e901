"""Where the add-in's own files are: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]
_FOLDERS = (_PACKAGE / "_excel", _PACKAGE.parents[1] / "xlsx_macros")


def excel_files(name: str) -> Path:
    """The folder of a name among the files for Excel: `web` or `icons`.

    Raises:
        FileNotFoundError: the installation is not complete.
    """
    for folder in _FOLDERS:
        if (folder / name).is_dir():
            return folder / name
    message = f"The folder {name!r} is missing from this installation; install perf-addin anew."
    raise FileNotFoundError(message)
