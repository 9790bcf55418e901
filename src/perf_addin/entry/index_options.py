"""The options of the commands that read an index and say or write what follows."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.entry.options import (
    add_formulas,
    add_json,
    add_output,
    add_rating,
    add_reading,
    add_recalc,
)

if TYPE_CHECKING:
    import argparse

_WORKBOOK = "workbook (.xlsx, .xlsm)"


def add_recalc_command(command: argparse.ArgumentParser) -> None:
    """Declare the options of `recalc`."""
    command.add_argument("files", metavar="FILE", nargs="+", help=_WORKBOOK)
    _add_writing(command)


def add_report(command: argparse.ArgumentParser) -> None:
    """Declare the options of `report`."""
    command.add_argument("files", metavar="FILE", nargs=1, help=_WORKBOOK)
    add_charts(command)
    _add_writing(command)


def add_charts(command: argparse.ArgumentParser) -> None:
    """Whether the exception report has charts."""
    from argparse import BooleanOptionalAction  # noqa: PLC0415 - few commands have it

    command.add_argument(
        "--charts",
        action=BooleanOptionalAction,
        help="a chart for each indicator of note and a sparkline for each amber or red one; "
        "a report that has them keeps them until --no-charts",
    )


def _add_writing(command: argparse.ArgumentParser) -> None:
    add_output(command)
    add_formulas(command)
    _add_saying(command)


def _add_saying(command: argparse.ArgumentParser) -> None:
    add_rating(command)
    add_json(command)
    add_reading(command)


def add_check(command: argparse.ArgumentParser) -> None:
    """Declare the options of `check`."""
    command.set_defaults(runs="perf_addin.entry.check")
    command.add_argument("files", metavar="FILE", nargs=1, help=_WORKBOOK)
    command.add_argument(
        "--format",
        choices=("text", "json", "csv", "sarif", "sheet"),
        default="text",
        help="how findings are given; sheet writes them into a copy of the workbook",
    )
    accepting = command.add_argument_group("accepting findings")
    accepting.add_argument(
        "--accept",
        metavar="CODE:CELL",
        action="append",
        help="accept a finding by its code and cell, or CODE:SHEET!CELL; may be given several "
        "times. Written to the sheet Findings of a copy, or of FILE with --in-place",
    )
    accepting.add_argument("--reason", metavar="TEXT", help="why it is accepted")
    add_output(command)
    add_recalc(command)
    _add_saying(command)


def add_init(command: argparse.ArgumentParser) -> None:
    """Declare the options of `init`."""
    command.add_argument("files", metavar="FILE", nargs=1, help=_WORKBOOK)
    command.add_argument(
        "--functions",
        action="store_true",
        help="add the rating functions too, as names that work in Excel 2024, 365 and on the web "
        "with nothing installed; without an index they are all that is added",
    )
    command.add_argument(
        "--paper",
        action="store_true",
        help="add the sheet Committee Paper too, on which to state what an index does not know: "
        "committee, date, officers, recommendations, sections",
    )
    add_output(command)
    add_reading(command)


def add_explain(command: argparse.ArgumentParser) -> None:
    """Declare the options of `explain`."""
    command.set_defaults(runs="perf_addin.entry.explain")
    command.add_argument("files", metavar="FILE", nargs=1, help=_WORKBOOK)
    command.add_argument("no", metavar="NO", help="the indicator's number, or its name")
    add_recalc(command)
    _add_saying(command)


def add_diff(command: argparse.ArgumentParser) -> None:
    """Declare the options of `diff`."""
    command.set_defaults(runs="perf_addin.entry.diff")
    command.add_argument("old", metavar="OLD", help="the earlier workbook")
    command.add_argument("new", metavar="NEW", help="the later workbook")
    add_recalc(command)
    _add_saying(command)
