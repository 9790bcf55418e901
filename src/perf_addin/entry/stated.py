"""What the options of a command line state about an index."""

from __future__ import annotations

from collections.abc import Callable

from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.stated_values import (
    Origin,
    StatedColumn,
    StatedSheet,
    read_column_letters,
    read_count,
    read_names,
    read_periods,
    read_rows,
)
from perf_addin.application.vocabulary import Field, read_field
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import UsageError
from perf_addin.domain.periods import read_financial_year, read_period
from perf_addin.domain.polarity import read_polarity
from perf_addin.domain.rules import read_rule
from perf_addin.domain.tolerances import Tolerance, read_tolerance

if TYPE_CHECKING:
    import argparse
    from typing import TypeVar

    T = TypeVar("T")


def settings_from(options: argparse.Namespace) -> Settings:
    """Give what the options state about an index.

    Raises:
        UsageError: an option cannot be understood; the message names it and what it may be.
    """
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
    value = read(text)
    if value is None:
        message = f"{option}: found {text!r}, expected {expected}."
        raise UsageError(message)
    return value


def _tolerance(text: str) -> Tolerance | None:
    found = read_tolerance(text)
    return found if isinstance(found, Tolerance) else None


def _column(text: str) -> StatedColumn:
    name, _, place = (part.strip() for part in text.partition("="))
    known = ", ".join(field.value for field in Field if field is not Field.OTHER)
    field = _read("--column", name, read_field, f"FIELD=COLUMN with FIELD one of {known}")
    _read("--column", text, lambda _: place or None, "FIELD=COLUMN such as Target=F")
    return StatedColumn(field, read_column_letters(place), place)
