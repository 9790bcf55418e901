"""The options of `perf-addin trend`."""

from __future__ import annotations

import argparse

from perf_addin.entry.options import add_formulas, add_json, add_output, add_rating, add_reading


def add_trend(command: argparse.ArgumentParser) -> None:
    """Declare the options of `trend`."""
    command.set_defaults(runs="perf_addin.entry.trend")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    command.add_argument("--show", action="store_true", help="print the trends and write nothing")
    command.add_argument(
        "--overwrite",
        action="store_true",
        help="replace words typed under Direction of travel, Variation and Assurance that differ",
    )
    _add_charts(command)
    add_output(command)
    add_formulas(command)
    add_json(command)
    add_rating(command)
    add_reading(command)


def _add_charts(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group(
        "control charts (the first four are kept on the Settings sheet; the sheet Trend has them "
        "for single indicators)"
    )
    group.add_argument(
        "--spc",
        choices=("plot-the-dots", "official"),
        help="as NHSRplotthedots reckons them (the default), or as NHS England's Excel tool where "
        "it differs",
    )
    screening = group.add_mutually_exclusive_group()
    screening.add_argument(
        "--screening",
        action="store_const",
        const="on",
        help="leave very large moving ranges out of the limits",
    )
    screening.add_argument(
        "--no-screening",
        dest="screening",
        action="store_const",
        const="off",
        help="leave no moving range out of the limits",
    )
    group.add_argument(
        "--fix-after", metavar="N", help="the first N figures settle the limits for all"
    )
    group.add_argument(
        "--rebase", metavar="P;...", help="periods from which on limits are reckoned anew"
    )
    _add_named(group)


def _add_named(group: argparse._ArgumentGroup) -> None:
    """The differences between the methods, each by its name."""
    group.add_argument(
        "--run", type=int, choices=(6, 7), help="points that make a run or a trend; default 7"
    )
    group.add_argument(
        "--two-of-three",
        choices=("near", "beyond"),
        help="whether a point outside a limit counts for two of three near it (beyond)",
    )
    group.add_argument(
        "--conflict",
        choices=("first-rule", "improvement"),
        help="what a point that meets rules of both directions shows",
    )
    group.add_argument(
        "--limits-from", metavar="N", help="figures that limits take at least; default 2"
    )
