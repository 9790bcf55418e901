"""Builds the sample performance indexes, or checks that the committed ones are what it builds.

    python workbook/build_samples.py            write both workbooks beside this script
    python workbook/build_samples.py --check    compare, exit 1 where one differs
    python workbook/build_samples.py --out DIR  write them elsewhere

The facts come from two published committee papers, named in ``figures_2021.py`` and
``figures_2018.py``; everything else is illustrative and marked so in the workbooks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.append(str(HERE.parent / "src"))  # for a checkout in which nothing is installed

from openpyxl import Workbook  # noqa: E402 - after the path, so that the script runs from anywhere
from openpyxl.chart import LineChart  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.workbook.properties import CalcProperties  # noqa: E402
from openpyxl.worksheet.page import PrintPageSetup  # noqa: E402

from perf_addin.adapters.xlsx.package import Package  # noqa: E402
from perf_addin.adapters.xlsx.saving import save  # noqa: E402
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook  # noqa: E402
from perf_addin.application.init_functions import init_functions  # noqa: E402
from workbook import figures_2018, figures_2021, panel_layout, table_layout  # noqa: E402
from workbook.markup import (  # noqa: E402
    Categories,
    Line,
    data_bar_extension,
    extension_list,
    line_chart,
)
from workbook.package import finish, members  # noqa: E402
from workbook.sample_model import MONTHS, Edition, fraction_value  # noqa: E402
from workbook.sheet_kit import Book, set_widths, title_block  # noqa: E402
from workbook.support_sheets import (  # noqa: E402
    DATA_HEADER_ROW,
    add_data,
    add_lookups,
    add_read_me,
)

EPOCH = dt.date(1899, 12, 30)


def new_book() -> Book:
    """Give an empty book that Excel will not recalculate on opening."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.calculation = CalcProperties(calcId=191029, fullCalcOnLoad=False)
    return Book(workbook)


def chart_lines(
    edition: Edition, numbers: tuple[int, ...], rows: dict[int, int], name: str, first: int
) -> list[Line]:
    """Give a chart line for each of the numbered fractions.

    Args:
        edition: the edition charted.
        numbers: indicators to draw, each of them a fraction.
        rows: sheet row by indicator number.
        name: letter of the column that holds the names.
        first: column number of April.
    """
    sheet = f"'{edition.sheet}'!"
    start, end = get_column_letter(first), get_column_letter(first + 11)
    lines = []
    for number in numbers:
        indicator, row = edition.by_number[number], rows[number]
        if indicator.fraction is None:
            raise ValueError(f"indicator {number} is not a fraction")
        values = [
            float(fraction_value(indicator.fraction, month))
            if month < edition.months_reported
            else None
            for month in range(12)
        ]
        reference = f"{sheet}${start}${row}:${end}${row}"
        lines.append(Line(f"{sheet}${name}${row}", indicator.name, reference, values))
    return lines


def add_data_bar(book: Book, edition: Edition) -> None:
    """Give the Data sheet's data bar its 2010 half."""
    fractions = sum(1 for each in edition.indicators if each.fraction)
    first = DATA_HEADER_ROW + 1
    book.extensions["Data"] = extension_list(
        data_bar_extension(f"P{first}:P{first + 2 * fractions - 1}", 2, "12")
    )


def with_functions(package: bytes) -> bytes:
    """Give a finished package with the rating functions, as `perf-addin init --functions` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index.xlsx")
        path.write_bytes(package)
        book = XlsxWorkbook(Package.open(path))
        init_functions(book)
        save(book.package, path, backup=False)
        return path.read_bytes()


def build_2021() -> bytes:
    """Build the 2021/22 index."""
    edition, book = figures_2021.EDITION, new_book()
    placement = panel_layout.add_index(book, edition)
    sheet = book.workbook.create_sheet("Chart")
    title_block(sheet, "Assessments and reviews by month", edition.period, edition.caveat)
    set_widths(sheet, (10.0,) * 14)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    placeholder = LineChart()
    placeholder.width, placeholder.height = 24, 12
    sheet.add_chart(placeholder, "A5")
    months = Categories(f"'{edition.sheet}'!$M$5:$X$5", MONTHS)
    lines = chart_lines(edition, (2, 9, 18), placement.rows, "B", panel_layout.MONTH)
    book.charts.append(line_chart("Assessments and reviews, 2021/22", months, lines, "0%"))
    add_data(book, edition, as_table=False)
    add_data_bar(book, edition)
    add_read_me(book, edition)
    lists = {
        "FrequencyList": ("How often", ("Monthly", "Quarterly", "Annual")),
        "PolarityList": ("Good direction", ("High", "Low", "Range", "Info")),
    }
    add_lookups(book, edition, lists)
    return with_functions(finish(book, edition.title, "2021-09-10T09:00:00Z"))


def build_2018() -> bytes:
    """Build the 2018/19 index."""
    edition, book = figures_2018.EDITION, new_book()
    table_layout.add_index(book, edition)
    rows = {
        each.number: table_layout.FIRST_ROW + place for place, each in enumerate(edition.indicators)
    }
    sheet = book.workbook.create_chartsheet("Chart")
    sheet.add_chart(LineChart())
    sheet.pageSetup = PrintPageSetup(orientation="landscape", paperSize=9)
    serials = [(each - EPOCH).days for each in table_layout.month_dates(edition)]
    months = Categories(f"'{edition.sheet}'!$G$5:$R$5", serials, table_layout.MONTH_FORMAT)
    lines = chart_lines(edition, (2, 9), rows, "C", table_layout.MONTH)
    book.charts.append(line_chart("Assessments and reviews, 2018/19", months, lines, "0%"))
    add_data(book, edition, as_table=True)
    add_data_bar(book, edition)
    add_read_me(book, edition)
    lists = {
        "GoodIsList": (
            "Good direction",
            (figures_2018.BIGGER, figures_2018.SMALLER, figures_2018.INFO),
        ),
        "HighlightList": (
            "Why mentioned",
            ("Of note", "Performing well", "Correction", "Not reportable"),
        ),
    }
    add_lookups(book, edition, lists)
    return with_functions(finish(book, edition.title, "2019-02-22T09:00:00Z"))


BUILDERS = {
    figures_2021.EDITION.file_name: build_2021,
    figures_2018.EDITION.file_name: build_2018,
}


def check(folder: Path) -> list[str]:
    """Say of each workbook that differs from what is built now, which part differs first."""
    problems = []
    for name, build in BUILDERS.items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name}: missing; run python workbook/build_samples.py")
            continue
        kept, built = members(path.read_bytes()), members(build())
        if kept != built:
            differing = [one[0] for one, other in zip(kept, built, strict=False) if one != other]
            where = differing[0] if differing else "the number of parts"
            problems.append(
                f"{name}: differs from what the script builds, first in {where}; run python "
                "workbook/build_samples.py and look at the change"
            )
    return problems


def main(arguments: list[str] | None = None) -> int:
    """Build or check; 0 when all is well, 1 when a committed workbook differs."""
    parser = argparse.ArgumentParser(description="Build the sample performance indexes.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the workbooks")
    options = parser.parse_args(arguments)
    if options.check:
        problems = check(options.out)
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    options.out.mkdir(parents=True, exist_ok=True)
    for name, build in BUILDERS.items():
        (options.out / name).write_bytes(build())
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
