"""The options of `perf-addin scorecard` that no other command has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_addin.entry.options import add_json, add_rating, add_reading, add_recalc

if TYPE_CHECKING:
    import argparse


def add_scorecard(command: argparse.ArgumentParser) -> None:
    """Say which file is read, and where the page goes."""
    command.set_defaults(runs="perf_addin.entry.scorecard")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    group = command.add_argument_group("scorecard (docs/scorecard.md tells what is on it)")
    group.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="page to write (.html), or an existing folder; by default NAME_scorecard.html beside "
        "the input. A file that is replaced is kept as OUT.bak",
    )
    group.add_argument(
        "--pdf",
        action="store_true",
        help="write it as a PDF too, beside the page; needs Chromium, Chrome, Edge or LibreOffice",
    )
    add_recalc(command)
    add_rating(command)
    add_json(command)
    add_reading(command)
