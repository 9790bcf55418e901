"""The options of `perf-addin addin`."""

from __future__ import annotations

import argparse

from perf_addin.entry.options import add_actions_of

_ACTIONS = {
    "build": "make perf_addin.xlam, on any machine",
    "install": "set the add-in up for you in this machine's Excel; no administrator needed",
    "uninstall": "take the add-in out of this machine's Excel",
    "doctor": "say what is wrong with the add-in on this machine, and the one thing to do",
    "repair": "give formulas that name a lost add-in file, such as 'C:\\...\\x.xlam'!RAG(...), "
    "their plain names back",
}


def add_actions(command: argparse.ArgumentParser) -> None:
    """Give the command its actions, each with its own options."""
    command.set_defaults(runs="perf_addin.entry.addin")
    parsers = add_actions_of(command, _ACTIONS)
    parsers["build"].add_argument(
        "-o", "--output", metavar="PATH", help="file or existing folder; default perf_addin.xlam"
    )
    parsers["install"].add_argument(
        "--registered",
        action="store_true",
        help="put it among Excel's add-ins, where it can be ticked off, instead of XLSTART",
    )
    parsers["install"].add_argument(
        "--addin", metavar="FILE", help="add-in file built elsewhere, such as a signed one"
    )
    repair = parsers["repair"]
    repair.add_argument("files", metavar="FILE", nargs="+", help="workbook (.xlsx, .xlsm)")
    where = repair.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, or an existing folder; by default a copy beside the input",
    )
    where.add_argument(
        "--in-place", action="store_true", help="write into FILE itself; FILE.bak keeps the old one"
    )
    repair.add_argument(
        "--drop-signatures",
        action="store_true",
        help="drop digital signatures, which any change breaks, instead of refusing",
    )
