"""The commands, and where the options of each of them are declared."""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from perf_addin.domain.declaring import NamedTuple

_COLUMNS = 80

EXIT_CODES = """\
exit codes:
  0  done
  1  check, import: at least one finding of severity error; batch: a workbook failed
  2  usage: an option, or a formula of eval, cannot be understood
  3  the input cannot be used
  4  the output cannot be written
  130  interrupted; files that were not done are as they were, and batch goes on there
"""


class Command(NamedTuple):
    """A command: what it does in a line, and the module and function that declare its options."""

    summary: str
    module: str
    function: str


COMMANDS = {
    "recalc": Command(
        "rate every indicator and write the ratings", "index_options", "add_recalc_command"
    ),
    "report": Command(
        "rate every indicator and write the ratings and the exception report",
        "index_options",
        "add_report",
    ),
    "check": Command(
        "look for what should not be published as it stands", "index_options", "add_check"
    ),
    "init": Command(
        "add a Settings sheet filled with what is detected", "index_options", "add_init"
    ),
    "explain": Command("say why an indicator has its rating", "index_options", "add_explain"),
    "diff": Command("say what changed from one index to another", "index_options", "add_diff"),
    "rollover": Command(
        "make next year's index out of this year's", "rollover_options", "add_rollover"
    ),
    "serve": Command(
        "serve the add-in for Excel on the web, Mac and Windows", "serve_options", "add_serve"
    ),
    "paper": Command("write the committee paper as a Word document", "paper_options", "add_paper"),
    "import": Command(
        "bring the figures of an extract into the index", "import_options", "add_import"
    ),
    "scorecard": Command(
        "publish the whole index as one page", "scorecard_options", "add_scorecard"
    ),
    "eval": Command("say what formulas come to", "eval_options", "add_eval"),
    "commentary": Command(
        "ask service leads, and bring texts home", "commentary_options", "add_commentary"
    ),
    "batch": Command("rate whole folders of workbooks, side by side", "batch_options", "add_batch"),
    "watch": Command("rate workbooks as they are saved", "batch_options", "add_watch"),
    "benchmark": Command(
        "fill benchmark columns from a file, and say how the indicators stand",
        "benchmark_options",
        "add_benchmark",
    ),
    "trend": Command(
        "say where every indicator is going, on a sheet", "trend_options", "add_trend"
    ),
    "addin": Command("the add-in for desktop Excel", "addin_options", "add_actions"),
    "completion": Command(
        "print a script that completes commands in a shell", "completion_options", "add_completion"
    ),
}


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


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Build the parser of `perf-addin`; docs/cli.md is generated from it.

    Args:
        only: the command that is going to be run, so that the others need not be built.
    """
    from perf_addin import __version__  # noqa: PLC0415 - the version is needed only here

    parser = argparse.ArgumentParser(
        prog="perf-addin",
        description="Rate the indicators of a performance index red, amber or green, and write "
        "the exception report into a copy of the same workbook.",
        epilog=EXIT_CODES,
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--verbose", action="store_true", help="with --version: what is installed, and what is not"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (summary, module, function) in COMMANDS.items():
        if only in COMMANDS and name != only:
            continue
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=EXIT_CODES,
            formatter_class=_Formatter,
        )
        getattr(import_module(f"perf_addin.entry.{module}"), function)(command)
    return parser
