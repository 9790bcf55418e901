"""The options of `perf-addin eval`."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_eval(command: argparse.ArgumentParser) -> None:
    """Say which formulas are worked out, and among which cells."""
    command.set_defaults(runs="perf_addin.entry.evaluate")
    command.add_argument(
        "formulas",
        metavar="FORMULA",
        nargs="*",
        help='formula such as \'RAG(88, 91, "High", "5%%")\', with native functions if need be',
    )
    command.add_argument("--stdin", action="store_true", help="read formulas too, one a line")
    command.add_argument("--file", metavar="BOOK", help="workbook to whose cells they may refer")
    command.add_argument(
        "--sheet", metavar="NAME", help="sheet of cells without one; default the first visible"
    )
    command.add_argument(
        "--json", action="store_true", help="print a JSON object a line: value, error or failed"
    )
