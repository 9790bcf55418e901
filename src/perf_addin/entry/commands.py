"""The commands, and which options each of them takes."""

from __future__ import annotations

import argparse
import os

from perf_addin.entry.addin_options import add_actions
from perf_addin.entry.commentary_options import add_commentary
from perf_addin.entry.options import add_formulas, add_output, add_rating, add_reading
from perf_addin.entry.paper_options import add_paper

_COLUMNS = 80

EXIT_CODES = """\
exit codes:
  0  done
  1  check: at least one finding of severity error
  2  usage: an option, or a formula of eval, cannot be understood
  3  the input cannot be used
  4  the output cannot be written
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Sets the width itself: asking `shutil` for it takes longer than reading a small index."""

    def __init__(
        self,
        prog: str,
        indent_increment: int = 2,
        max_help_position: int = 24,
        width: int | None = None,
    ) -> None:
        super().__init__(prog, indent_increment, max_help_position, width or _width() - 2)


def _width() -> int:
    """The columns of the terminal; 80 where there is none."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size().columns or _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of `perf-addin`; docs/cli.md is generated from it."""
    from perf_addin import __version__  # noqa: PLC0415 - the version is needed only here

    parser = argparse.ArgumentParser(
        prog="perf-addin",
        description="Rate the indicators of a performance index red, amber or green, and write "
        "the exception report into a copy of the same workbook.",
        epilog=EXIT_CODES,
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    recalc = _command(commands, "recalc", "rate every indicator and write the ratings")
    recalc.add_argument("files", metavar="FILE", nargs="+", help="workbook (.xlsx, .xlsm)")
    report = _command(
        commands, "report", "rate every indicator and write the ratings and the exception report"
    )
    report.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    check = _command(commands, "check", "look for what should not be published as it stands")
    _add_check(check)
    init = _command(commands, "init", "add a Settings sheet filled with what is detected")
    init.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    init.add_argument(
        "--functions",
        action="store_true",
        help="add the rating functions too, as names that work in Excel 2024, 365 and on the web "
        "with nothing installed; without an index they are all that is added",
    )
    init.add_argument(
        "--paper",
        action="store_true",
        help="add the sheet Committee Paper too, on which to state what an index does not know: "
        "committee, date, officers, recommendations, sections",
    )
    explain = _command(commands, "explain", "say why an indicator has its rating")
    explain.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    explain.add_argument("no", metavar="NO", help="the indicator's number, or its name")
    explain.set_defaults(runs="perf_addin.entry.explain")
    diff = _command(commands, "diff", "say what changed from one index to another")
    diff.add_argument("old", metavar="OLD", help="the earlier workbook")
    diff.add_argument("new", metavar="NEW", help="the later workbook")
    diff.set_defaults(runs="perf_addin.entry.diff")
    _add_server(
        _command(commands, "serve", "serve the add-in for Excel on the web, Mac and Windows")
    )
    paper = _command(commands, "paper", "write the committee paper as a Word document")
    add_paper(paper)
    _add_evaluation(_command(commands, "eval", "say what formulas come to"))
    add_commentary(_command(commands, "commentary", "ask service leads, and bring texts home"))
    add_actions(_command(commands, "addin", "the add-in for desktop Excel"))
    for command in (recalc, report, init, check):
        add_output(command)
    for command in (recalc, report):
        add_formulas(command)
    for command in (recalc, report, check, explain, diff, paper):
        add_rating(command)
        command.add_argument("--json", action="store_true", help="print one JSON object")
    for command in (recalc, report, check, explain, diff, paper, init):
        add_reading(command)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=_Formatter,
    )


def _add_check(command: argparse.ArgumentParser) -> None:
    command.set_defaults(runs="perf_addin.entry.check")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    command.add_argument(
        "--format",
        choices=("text", "json", "csv", "sarif", "sheet"),
        default="text",
        help="how findings are given; sheet writes them into a copy of the workbook",
    )


def _add_evaluation(command: argparse.ArgumentParser) -> None:
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


def _add_server(command: argparse.ArgumentParser) -> None:
    command.set_defaults(runs="perf_addin.entry.serve")
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; by default this machine only"
    )
    command.add_argument("--port", type=int, default=8000, help="port; default 8000")
    command.add_argument("--cert", metavar="FILE", help="certificate for https, with its chain")
    command.add_argument("--key", metavar="FILE", help="private key of the certificate")
    command.add_argument(
        "--token-file", metavar="FILE", help="file with the access key that everybody types in"
    )
    command.add_argument(
        "--auth", metavar="MODULE:FUNCTION", help="function that gives a name for a token, or None"
    )
    command.add_argument(
        "--public-host", metavar="NAME", help="name under which Excel reaches this server by https"
    )
    command.add_argument(
        "--behind-proxy", action="store_true", help="a proxy in front encrypts; plain http is fine"
    )
    command.add_argument(
        "--max-mb", type=int, default=50, help="largest workbook that is taken, in MB; default 50"
    )
