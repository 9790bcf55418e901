"""Builds `benchmarks_illustrative.csv`, or checks that the committed one is what it builds.

    python workbook/build_benchmarks.py            write it beside this script
    python workbook/build_benchmarks.py --check    compare, exit 1 where it differs

Published benchmarks come in this form: a row for each measure, area and year. Everything in it is
illustrative. England, London and Merton have what the sample indexes have in their benchmark
columns; the other authorities are letters.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from workbook import figures_2018, figures_2021  # noqa: E402 - after the path
from workbook.sample_model import Edition, Indicator  # noqa: E402

FILE = "benchmarks_illustrative.csv"
HEADER = ("Measure", "Polarity", "Area", "Area type", "Year", "Value", "Source")
SOURCE = "Illustrative"
LETTERS = "ABCDEFGHIJKLMNOPQRST"
GOOD = {"High": "High", "Bigger is better": "High", "Low": "Low", "Smaller is better": "Low"}
SUPPRESSED = "C"
"""The authority whose figures are suppressed, every third measure."""

Row = tuple[str, str, str, str, str, str, str]


def build() -> bytes:
    """The whole file, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for edition in (figures_2018.EDITION, figures_2021.EDITION):
        writer.writerows(_rows(edition))
    return text.getvalue().encode()


def _rows(edition: Edition) -> Iterator[Row]:
    """The year before the index's own, for every indicator with a polarity and benchmarks."""
    year = f"{edition.first_year - 1}/{edition.first_year % 100:02d}"
    for each in edition.indicators:
        polarity = GOOD.get(each.polarity)
        figures = _figures(each)
        if polarity is None or figures is None:
            continue
        own, england, london = figures
        named = (("England", "Country", england), ("London", "Region", london))
        for area, kind, value in (*named, ("Merton", "Local authority", own)):
            yield (each.name, polarity, area, kind, year, _shown(value), SOURCE)
        for at, letter in enumerate(LETTERS):
            value = england * (1 + _spread(at, each.number))
            shown = _shown(min(value, 100.0) if "%" in each.number_format else value)
            if letter == SUPPRESSED and not each.number % 3:
                shown = "c"
            area = f"Authority {letter}"
            yield (each.name, polarity, area, "Local authority", year, shown, SOURCE)


def _figures(each: Indicator) -> tuple[float, float, float] | None:
    """Ours of the year before, England's and London's, percentages in points; None without them."""
    numbers = [value for value in each.benchmarks[-3:] if isinstance(value, int | float)]
    if len(numbers) != len(HEADER[:3]):
        return None
    unit = 100 if "%" in each.number_format else 1
    own, england, london = (value * unit for value in numbers)
    return own, england, london


def _spread(at: int, number: int) -> float:
    """How far an authority lies from England: evenly from -18% to +18%, in a mixed order."""
    return ((at * 7 + number * 3) % 19 - 9) / 50


def _shown(value: float) -> str:
    return f"{value:.1f}"


def main() -> int:
    """Write the file, or compare."""
    path = HERE / FILE
    if "--check" in sys.argv[1:]:
        same = path.read_bytes() == build()
        print(f"{path.name}: {'as built' if same else 'differs from what is built'}")
        return 0 if same else 1
    path.write_bytes(build())
    return 0


if __name__ == "__main__":
    sys.exit(main())
