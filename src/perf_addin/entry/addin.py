"""The command `addin`: build the desktop add-in, put it into Excel, find out what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    import argparse

DONE = 0


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; the exit code of `doctor` says whether anything is wrong.

    Raises:
        PerfAddinError: it cannot be done; the message says what to do.
    """
    actions: dict[str, Callable[[argparse.Namespace], int]] = {"build": _build}
    return actions[options.action](options)


def _build(options: argparse.Namespace) -> int:
    from perf_addin.adapters.addin_file.building import FILE_NAME, build  # noqa: PLC0415

    target = Path(options.output or FILE_NAME)
    if target.is_dir():
        target /= FILE_NAME
    if target.suffix.lower() != ".xlam":
        raise OutputError(f"-o {target}: the add-in is an .xlam. Write -o {target}.xlam")
    content = build()
    try:
        target.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror}). If Excel has it open, close Excel; "
            "or name another place with -o."
        ) from error
    print(target)
    return DONE
