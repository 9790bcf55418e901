"""The options that commands share."""

from __future__ import annotations

from collections.abc import Mapping

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeVar

    T = TypeVar("T")


def add_actions_of(
    command: argparse.ArgumentParser, actions: Mapping[str, str]
) -> dict[str, argparse.ArgumentParser]:
    """Give a command actions with their summaries; gives the parser of each."""
    choices = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    return {
        name: choices.add_parser(
            name,
            help=summary.replace("%", "%%"),
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=command.formatter_class,
        )
        for name, summary in actions.items()
    }


def add_output(command: argparse.ArgumentParser) -> None:
    """Where a result goes."""
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


def add_formulas(command: argparse.ArgumentParser) -> None:
    """Which formulas are calculated, and what Excel is asked to do later."""
    add_recalc(command).add_argument(
        "--calculate-on-open",
        action="store_true",
        help="ask Excel to calculate the whole workbook when it is opened next",
    )


def add_recalc(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Which formulas are calculated; gives the group of options."""
    group = command.add_argument_group("formulas")
    group.add_argument(
        "--recalc",
        choices=("auto", "always", "never"),
        default="auto",
        help="which formulas are calculated before rating: auto (the default) those that call our "
        "functions, those without a result, and what depends on them; always all; or never",
    )
    return group


def add_rating(command: argparse.ArgumentParser) -> None:
    """What a rating rests on."""
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
        "--basis",
        choices=("previous", "last-year", "four-quarters"),
        help="earlier figure that direction of travel and the rule Direction look at",
    )
    group.add_argument(
        "--overwrite-typed", action="store_true", help="replace ratings that a person typed"
    )
    group.add_argument(
        "--write-as", choices=("letters", "words"), help="write R A G, or Red Amber Green"
    )


def add_areas(command: argparse.ArgumentParser) -> None:
    """Who is who in a file of benchmarks."""
    group = command.add_argument_group(
        "areas (kept on the Settings sheet; named as DATA names them)"
    )
    group.add_argument("--area", metavar="NAME", help="our own area")
    group.add_argument("--england", metavar="NAME", help="the country; by default England")
    group.add_argument("--region", metavar="NAME", help="our region")
    group.add_argument(
        "--neighbours", metavar="A;B;...", help="our statistical neighbours, ten as a rule"
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """Whether the result is printed for programs."""
    command.add_argument("--json", action="store_true", help="print one JSON object")


def add_reading(command: argparse.ArgumentParser, *, year: str = "year") -> None:
    """What states how an index is read; `year` is the option for the index's own year."""
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
    command.set_defaults(year_option=year)
    group.add_argument(
        f"--{year}",
        dest="year",
        metavar="YEAR",
        help="financial year of headings such as Apr: 2021/22",
    )
