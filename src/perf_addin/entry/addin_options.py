"""The options of `perf-addin addin`."""

from __future__ import annotations

import argparse

_ACTIONS = {"build": "make perf_addin.xlam, on any machine"}


def add_actions(command: argparse.ArgumentParser) -> None:
    """Give the command its actions, each with its own options."""
    command.set_defaults(runs="perf_addin.entry.addin")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    parsers = {
        name: actions.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=command.formatter_class,
        )
        for name, summary in _ACTIONS.items()
    }
    parsers["build"].add_argument(
        "-o", "--output", metavar="PATH", help="file or existing folder; default perf_addin.xlam"
    )
