"""The options of `perf-addin paper` that no other command has."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.entry.options import add_json, add_rating, add_reading, add_recalc

if TYPE_CHECKING:
    import argparse


def add_paper(command: argparse.ArgumentParser) -> None:
    """Say which file is read, which template is filled, and where the paper goes."""
    command.set_defaults(runs="perf_addin.entry.paper")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    group = command.add_argument_group("paper (docs/paper.md tells of templates and their fields)")
    group.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="document to write (.docx), or an existing folder; by default NAME_paper.docx beside "
        "the input. A file that is replaced is kept as OUT.bak",
    )
    look = group.add_mutually_exclusive_group()
    look.add_argument(
        "--form",
        choices=("tables", "narrative"),
        default="tables",
        help="the exception report as tables (the default), or as lists by indicator number",
    )
    look.add_argument("--template", metavar="DOCX", help="a template of your own instead")
    add_recalc(command)
    add_rating(command)
    add_json(command)
    add_reading(command)
