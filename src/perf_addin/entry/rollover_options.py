"""The options of `perf-addin rollover`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_addin.entry.options import add_json, add_reading

if TYPE_CHECKING:
    import argparse


def add_rollover(command: argparse.ArgumentParser) -> None:
    """Declare the options of `rollover`."""
    command.set_defaults(runs="perf_addin.entry.rollover", in_place=False)
    command.add_argument("files", metavar="FILE", nargs=1, help="this year's workbook")
    command.add_argument(
        "--year",
        dest="to_year",
        metavar="YEAR",
        help="the financial year that begins, such as 2022/23; by default the one after the "
        "index's",
    )
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="list every cell that would change, with what it holds and would hold; write nothing",
    )
    group = command.add_argument_group("output")
    group.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, or an existing folder; by default beside FILE, named for the new "
        "year, and never over another file. A file that -o replaces is kept as OUT.bak",
    )
    group.add_argument(
        "--drop-signatures",
        action="store_true",
        help="drop digital signatures, which any change breaks, instead of refusing",
    )
    add_json(command)
    add_reading(command, year="from-year")
