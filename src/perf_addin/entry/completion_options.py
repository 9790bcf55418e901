"""The options of `perf-addin completion`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "tcsh", "fish", "powershell")


def add_completion(command: argparse.ArgumentParser) -> None:
    """Say for which shell."""
    command.set_defaults(runs="perf_addin.entry.completion")
    command.add_argument("shell", choices=SHELLS, help="the shell that is to complete commands")
