"""The command line's options, and what they state about an index."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from perf_addin.entry.addin_options import add_actions

if TYPE_CHECKING:
    from perf_addin.application.settings import Settings, StatedColumn
    from perf_addin.domain.tolerances import Tolerance

T = TypeVar("T")
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
    check = _command(commands, "check", "say what is read from where, with every finding")
    check.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    init = _command(commands, "init", "add a Settings sheet filled with what is detected")
    init.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    init.add_argument(
        "--functions",
        action="store_true",
        help="add the rating functions too, as names that work in Excel 2024, 365 and on the web "
        "with nothing installed; without an index they are all that is added",
    )
    explain = _command(commands, "explain", "say why an indicator has its rating")
    explain.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    explain.add_argument("no", metavar="NO", help="the indicator's number, or its name")
    explain.set_defaults(runs="perf_addin.entry.explain")
    _add_evaluation(_command(commands, "eval", "say what formulas come to"))
    add_actions(_command(commands, "addin", "the add-in for desktop Excel"))
    for command in (recalc, report, init):
        _add_output(command)
    for command in (recalc, report):
        _add_formulas(command)
    for command in (recalc, report, check, explain):
        _add_rating(command)
        command.add_argument("--json", action="store_true", help="print one JSON object")
    for command in (recalc, report, check, explain, init):
        _add_reading(command)
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


def _add_output(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("output")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, or an existing folder; by default a copy beside the input. A file "
        "that is replaced is kept as OUT.bak",
    )
    where.add_argument(
        "--in-place", action="store_true", help="write into FILE itself; FILE.bak keeps the old one"
    )
    group.add_argument(
        "--drop-signatures",
        action="store_true",
        help="drop digital signatures, which any change breaks, instead of refusing",
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


def _add_formulas(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("formulas")
    group.add_argument(
        "--recalc",
        choices=("auto", "always", "never"),
        default="auto",
        help="which formulas are calculated before rating: auto (the default) those that call our "
        "functions, those without a result, and what depends on them; always all; or never",
    )
    group.add_argument(
        "--calculate-on-open",
        action="store_true",
        help="ask Excel to calculate the whole workbook when it is opened next",
    )


def _add_rating(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("rating (what a row of the index states comes first)")
    group.add_argument(
        "--period", metavar="P", help="period to rate, such as 'Aug 2021', 'Q1 2021/22', 2020/21"
    )
    group.add_argument(
        "--tolerance", metavar="T", help="amber tolerance: 10%% of target, 5pp points, 5 own unit"
    )
    group.add_argument(
        "--green-tolerance", metavar="T", help="a miss up to this is still green; default none"
    )
    group.add_argument("--margin", metavar="T", help="amber margin around a target range")
    group.add_argument(
        "--polarity", metavar="WORD", help="High, Low, Range or Info where a row states none"
    )
    group.add_argument(
        "--rule",
        metavar="RULE",
        help="Tolerance, Two thresholds, In range, Binary, Direction or Information only",
    )
    group.add_argument(
        "--compare",
        choices=("previous", "last-year"),
        help="earlier figure that the rule Direction looks at",
    )
    group.add_argument(
        "--overwrite-typed", action="store_true", help="replace ratings that a person typed"
    )
    group.add_argument(
        "--write-as", choices=("letters", "words"), help="write R A G, or Red Amber Green"
    )


def _add_reading(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("reading (detected, unless stated here or in Settings)")
    group.add_argument(
        "--sheet", metavar="NAME", action="append", default=[], help="index sheet; may be repeated"
    )
    group.add_argument("--header-row", metavar="ROW", help="header row, or rows such as 5:6")
    group.add_argument(
        "--column",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="column of a field, by letter or heading, such as Target=F; may be repeated",
    )
    group.add_argument(
        "--year", metavar="YEAR", help="financial year of headings such as Apr: 2021/22"
    )


def settings_from(options: argparse.Namespace) -> Settings:
    """Give what the options state about an index.

    Raises:
        UsageError: an option cannot be understood; the message names it and what it may be.
    """
    from perf_addin.application.layout import read_rows  # noqa: PLC0415 - not for --help
    from perf_addin.application.settings import (  # noqa: PLC0415
        Comparison,
        Origin,
        Settings,
        StatedSheet,
    )
    from perf_addin.domain.periods import read_financial_year, read_period  # noqa: PLC0415
    from perf_addin.domain.polarity import read_polarity  # noqa: PLC0415
    from perf_addin.domain.rules import read_rule  # noqa: PLC0415

    given = vars(options)
    stated: dict[str, object] = {}

    def take(option: str, attribute: str, read: Callable[[str], object], expected: str) -> None:
        text = given.get(option)
        if text is not None:
            stated[attribute] = _read(f"--{option.replace('_', '-')}", text, read, expected)

    year_text = "a financial year such as 2021/22"
    take("year", "financial_year", read_financial_year, year_text)
    year = stated.get("financial_year")
    take(
        "period",
        "period",
        lambda text: read_period(text, financial_year=year if isinstance(year, int) else None),
        "a period such as 'Aug 2021', 'Q1 2021/22' or 2020/21",
    )
    tolerance = "10% (of the target), 5pp (percentage points) or 5 (in the indicator's own unit)"
    for name in ("tolerance", "green_tolerance", "margin"):
        take(name, name, _tolerance, tolerance)
    take("polarity", "polarity", read_polarity, "High, Low, Range or Info")
    take(
        "rule",
        "rule",
        read_rule,
        "Tolerance, Two thresholds, In range, Binary, Direction or Information only",
    )
    comparisons = {"previous": Comparison.PREVIOUS, "last-year": Comparison.LAST_YEAR}
    take("compare", "comparison", comparisons.get, "previous or last-year")
    take("write_as", "ratings_in_words", {"words": True, "letters": False}.get, "letters or words")
    take("header_row", "header_rows", read_rows, "a row such as 5, or rows such as 5:6")
    return Settings(
        **stated,  # type: ignore[arg-type]
        overwrite_typed=bool(given.get("overwrite_typed")),
        sheets=tuple(StatedSheet(name) for name in options.sheet),
        columns=tuple(_column(text) for text in options.column),
        origins=dict.fromkeys(stated, Origin.OPTION),
    )


def _read(option: str, text: str, read: Callable[[str], T | None], expected: str) -> T:
    from perf_addin.domain.errors import UsageError  # noqa: PLC0415 - not for --help

    value = read(text)
    if value is None:
        message = f"{option}: found {text!r}, expected {expected}."
        raise UsageError(message)
    return value


def _tolerance(text: str) -> Tolerance | None:
    from perf_addin.domain.tolerances import Tolerance, read_tolerance  # noqa: PLC0415

    found = read_tolerance(text)
    return found if isinstance(found, Tolerance) else None


def _column(text: str) -> StatedColumn:
    from perf_addin.application.layout import read_column_letters  # noqa: PLC0415
    from perf_addin.application.settings import StatedColumn  # noqa: PLC0415
    from perf_addin.application.vocabulary import Field, read_field  # noqa: PLC0415

    name, _, place = (part.strip() for part in text.partition("="))
    known = ", ".join(field.value for field in Field if field is not Field.OTHER)
    field = _read("--column", name, read_field, f"FIELD=COLUMN with FIELD one of {known}")
    _read("--column", text, lambda _: place or None, "FIELD=COLUMN such as Target=F")
    return StatedColumn(field, read_column_letters(place), place)
