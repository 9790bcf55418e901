"""Where the hand-written parts of the add-in lie: modules of VBA and pictures."""

from __future__ import annotations

from pathlib import Path

from perf_addin.application.selftest import FILE_NAME
from perf_addin.domain.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[2]
# In an installed package, and in a checkout.
_FOLDERS = (_PACKAGE / "_excel", _PACKAGE.parents[1] / "xlsx_macros")


def folder() -> Path:
    """The folder that holds `vba` and `icons`.

    Raises:
        InputError: the package lacks them.
    """
    for place in _FOLDERS:
        if (place / "vba").is_dir():
            return place
    message = (
        f"Found no folder {_FOLDERS[0]}, expected the add-in's sources there. Install perf-addin "
        "again."
    )
    raise InputError(message)


def vba(name: str) -> str:
    """The text of a module of VBA, lines ended as Python ends them."""
    return (folder() / "vba" / name).read_text(encoding="utf-8")


def icon(button_id: str, pixels: int) -> bytes:
    """A button's picture, PNG."""
    return (folder() / "icons" / f"{button_id}-{pixels}.png").read_bytes()


def selftest_workbook() -> Path:
    """The workbook of the self-test.

    Raises:
        InputError: the package lacks it.
    """
    places = (folder() / FILE_NAME, folder().parent / "workbook" / FILE_NAME)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise InputError(f"Found no {places[0]}. Install perf-addin again.")
    return found
