"""The command `completion`: a script that completes our commands and options in a shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from perf_addin.domain.errors import UsageError
from perf_addin.entry.cli import DONE
from perf_addin.entry.commands import build_parser

_FILES = frozenset(
    {"FILE", "OLD", "NEW", "OUT", "DOCX", "RETURNED", "BOOK", "PATH", "DIR", "EXTRACT"}
)


def run(options: argparse.Namespace) -> int:
    """Print the script.

    Raises:
        UsageError: the library that writes it is not installed.
    """
    try:
        import shtab  # noqa: PLC0415 - no other command needs it
    except ImportError:
        raise UsageError(
            'completion needs a further library: pip install "perf-addin[completion]".'
        ) from None
    parser = build_parser()
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined] # where shtab looks for it
    print(shtab.complete(parser, shell=options.shell))
    return DONE


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of the parsers of its commands."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its arguments
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)
