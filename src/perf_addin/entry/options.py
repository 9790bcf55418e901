"""The options that commands share, and what they state about an index."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import TypeVar

    from perf_addin.application.settings import Settings, StatedColumn
    from perf_addin.domain.tolerances import Tolerance

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
        read_count,
        read_names,
        read_periods,
    )
    from perf_addin.domain.periods import read_financial_year, read_period  # noqa: PLC0415
    from perf_addin.domain.polarity import read_polarity  # noqa: PLC0415
    from perf_addin.domain.rules import read_rule  # noqa: PLC0415

    given = vars(options)
    stated: dict[str, object] = {}

    def take(option: str, attribute: str, read: Callable[[str], object], expected: str) -> None:
        text = given.get(option)
        if text is not None:
            name = given.get("year_option", "year") if option == "year" else option
            stated[attribute] = _read(f"--{name.replace('_', '-')}", text, read, expected)

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
    comparisons = {
        "previous": Comparison.PREVIOUS,
        "last-year": Comparison.LAST_YEAR,
        "four-quarters": Comparison.FOUR_QUARTERS,
    }
    take("compare", "comparison", comparisons.get, "previous, last-year or four-quarters")
    take("write_as", "ratings_in_words", {"words": True, "letters": False}.get, "letters or words")
    take("area", "our_area", str.strip, "a name such as Merton")
    take("england", "england_area", str.strip, "a name such as England")
    take("region", "region_area", str.strip, "a name such as London")
    take("neighbours", "neighbour_areas", read_names, "names with semicolons between them")
    take("spc", "official_spc", {"official": True, "plot-the-dots": False}.get, "official")
    take("screening", "screening", {"on": True, "off": False}.get, "on or off")
    take("fix_after", "fix_after", read_count, "a number of points such as 12")
    take("rebase", "rebase_at", read_periods, "periods such as 'Apr 2021; Apr 2022'")
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
