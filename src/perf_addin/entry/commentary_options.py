"""The options of `perf-addin commentary`."""

from __future__ import annotations

import argparse

from perf_addin.entry.options import add_actions_of, add_output, add_rating, add_reading, add_recalc

_ACTIONS = {
    "export": "make a short workbook for each service lead, with an empty box for commentary",
    "merge": "bring the texts of returned workbooks into the index",
}


def add_commentary(command: argparse.ArgumentParser) -> None:
    """Give the command its actions, each with its own options."""
    command.set_defaults(runs="perf_addin.entry.commentary")
    parsers = add_actions_of(command, _ACTIONS)
    for parser in parsers.values():
        parser.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    export, merge = parsers["export"], parsers["merge"]
    export.add_argument(
        "-o", "--output", metavar="FOLDER", help="folder for the workbooks; default FILE_commentary"
    )
    merge.add_argument("returned", metavar="RETURNED", nargs="+", help="workbook that came back")
    merge.add_argument(
        "--overwrite",
        action="store_true",
        help="let a returned text win over one that was changed here meanwhile",
    )
    add_output(merge)
    for parser in parsers.values():
        add_recalc(parser)
        add_rating(parser)
        add_reading(parser)
