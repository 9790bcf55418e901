"""Finding an index by what its headings say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.worksheet.table import Table

from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import StatedColumn, StatedSheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.errors import InputError
from perf_addin.domain.periods import read_period
from perf_addin.domain.polarity import Polarity
from tests.application.build import cells, codes, index, only, rated, reported


@pytest.mark.parametrize("number", ("No", "No.", "Ref", "ID", "KPI Ref", "Indicator Number"))
@pytest.mark.parametrize("name", ("Performance Indicators", "Measure", "KPI", "Indicator"))
def test_headings_of_number_and_name(tmp_path: Path, number: str, name: str) -> None:
    item = only(index(tmp_path / "a.xlsx", [number, name, "Target", "Apr 21"], ["7a", "x", 5, 4]))
    assert (item.no, item.name, item.rating.letter) == ("7a", "x", "R")


@pytest.mark.parametrize("heading", ("Good is", "Better when", "Polarity", "POLARITY:", "Good\nis"))
@pytest.mark.parametrize(
    ("word", "polarity"),
    (("Low", Polarity.LOW), ("Smaller is better", Polarity.LOW), ("Bigger", Polarity.HIGH)),
)
def test_polarity(tmp_path: Path, heading: str, word: str, polarity: Polarity) -> None:
    rows = (["No", "Measure", heading, "Target 2021/22", "Apr 21"], [1, "x", word, 5, 5])
    assert only(index(tmp_path / "a.xlsx", *rows)).polarity is polarity


@pytest.mark.parametrize(
    ("heading", "label"),
    (
        ("Apr 21", "Apr 2021"),
        ("Apr-21", "Apr 2021"),
        ("April 2021", "Apr 2021"),
        (date(2021, 4, 1), "Apr 2021"),
        ("Q1 2021/22", "Q1 2021/22"),
        ("Qtr 1 21/22", "Q1 2021/22"),
        ("Apr-Jun 2021", "Q1 2021/22"),
        ("2020/21", "2020/21"),
        ("Actual Apr 21", "Apr 2021"),
        ("Apr 21 Actual", "Apr 2021"),
    ),
)
def test_periods(tmp_path: Path, heading: object, label: str) -> None:
    item = only(index(tmp_path / "a.xlsx", ["No", "KPI", "Target", heading], [1, "x", 5, 5]))
    assert item.period is not None
    assert item.period.label == label


@pytest.mark.parametrize(
    "rows",
    (
        ([None, None, None, "2021/22"], ["No", "KPI", "Target", "Apr", "May"], [1, "x", 5, 4, 6]),
        (["No", "KPI", "Target 2021/22", "Apr", "May"], [1, "x", 5, 4, 6]),
        (
            ["Performance Index 2021/22"],
            [],
            ["No", "KPI", "Target", "Apr", "May"],
            [1, "x", 5, 4, 6],
        ),
    ),
)
def test_the_year_of_bare_months(tmp_path: Path, rows: tuple[list[object], ...]) -> None:
    item = only(index(tmp_path / "a.xlsx", *rows))
    assert item.period is not None
    assert item.period.label == "May 2021"
    assert item.rating.letter == "G"


def test_the_year_may_stand_in_the_name_of_the_file_or_the_sheet(tmp_path: Path) -> None:
    rows = (["No", "KPI", "Target", "Jan"], [1, "x", 5, 4])
    for path in (
        index(tmp_path / "index 2021-22.xlsx", *rows),
        index(tmp_path / "a.xlsx", *rows, sheet="KPIs 2021-22"),
    ):
        item = only(path)
        assert item.period is not None
        assert item.period.label == "Jan 2022"


def test_months_without_any_year_say_how_to_state_it(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "Apr"], [1, "x", 5, 4])
    with pytest.raises(InputError, match="--year 2021/22"):
        rated(path)
    item = only(path, Settings(financial_year=2021))
    assert item.period is not None
    assert item.period.label == "Apr 2021"


def test_two_row_header_with_merged_banners(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    assert page is not None
    page.append(["Index"])
    page.append(["No", "Indicator", "Acceptable range", None, "RAG", "Benchmarks", None, "2021/22"])
    page.append([None, None, "Lower", "Upper", None, "Ours 2019/20", "England", "Apr", "May"])
    page.append([1, "x", 10, 20, None, 99, 98, 25, 22])
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2", "H2:I2"):
        page.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    item = only(tmp_path / "a.xlsx")
    assert item.actual is not None
    assert item.actual.value == 22
    assert item.breach == ("Above", Decimal(2))
    assert item.rating_place is not None
    assert item.rating_place.name == "E4"


def test_blocks_of_actual_target_and_rating_by_period(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        [None, None, "Apr 21", None, None, "May 21", None, None],
        ["No", "Indicator", "Actual", "Target", "RAG", "Actual", "Target", "RAG"],
        [1, "a", 4, 5, "R", 6, 5, None],
        [2, "b", 4, 5, None, None, 9, None],
    )
    first, second = rated(path).rated
    assert (first.rating.letter, first.rating_place and first.rating_place.name) == ("G", "H3")
    assert (second.rating.letter, second.rating_place and second.rating_place.name) == ("R", "E4")
    assert second.target_text == "5"


def test_group_rows_blank_rows_and_footnotes_are_no_indicators(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Target", "Apr 21"],
        ["Assessments"],
        [1, "a", 5, 5],
        [],
        [None, "Child protection"],
        [2, "b", 5, 5],
        [None, "Source: case system"],
        ["Total"],
    )
    assert [item.no for item in rated(path).rated] == ["1", "2"]


TOTALS = (
    *("Total", "TOTAL:", "Overall total", "Grand Total", "Sub-total", "Subtotals", "Average"),
    *("Overall average", "Average of all", "Mean"),
)


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_with_figures_is_no_indicator(tmp_path: Path, name: str) -> None:
    rows = (["No", "Indicator", "Target", "Apr 21"], [1, "a", 5, 5], [None, name, 5, 9])
    result = rated(index(tmp_path / "a.xlsx", *rows))
    assert [item.name for item in result.rated] == ["a"]
    (finding,) = result.findings
    assert (finding.code, finding.severity.value, finding.cell) == ("total-row", "info", "B3")
    assert repr(name) in finding.message


@pytest.mark.parametrize(
    ("no", "name"),
    (
        (2, "Total"),
        ("CP", "Average"),
        (None, "Total referrals"),
        (None, "Average caseload"),
        (None, "Overall"),
        (None, "Mean length of stay"),
    ),
)
def test_what_only_sounds_like_a_total_is_an_indicator(
    tmp_path: Path, no: object, name: str
) -> None:
    rows = (["No", "Indicator", "Target", "Apr 21"], [1, "a", 5, 5], [no, name, 5, 9])
    result = rated(index(tmp_path / "a.xlsx", *rows))
    assert [item.name for item in result.rated] == ["a", name]
    assert codes(result) == []


def test_a_total_in_a_long_layout_is_said_once(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["Indicator", "Month", "Actual", "Target"],
        ["a", "Apr 21", 6, 5],
        ["Total", "Apr 21", 6, 5],
        ["a", "May 21", 6, 5],
        ["Total", "May 21", 6, 5],
    )
    result = rated(path)
    assert [item.name for item in result.rated] == ["a"]
    assert [(f.code, f.cell) for f in result.findings] == [("total-row", "A3")]


def test_hidden_rows_are_read(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    assert page is not None
    page.append(["No", "Indicator", "Target", "Apr 21"])
    page.append([1, "a", 5, 5])
    page.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert only(tmp_path / "a.xlsx").no == "1"


def test_several_sheets_and_a_second_header(tmp_path: Path) -> None:
    book = Book()
    first = book.active
    assert first is not None
    first.title = "One"
    for row in (
        ["No", "Indicator", "Target", "Apr 21"],
        [1, "a", 5, 5],
        [],
        ["Ref", "Measure", "Apr 21", "Target"],
        [2, "b", 4, 9],
    ):
        first.append(row)
    second = book.create_sheet("Two")
    second.append(["No", "KPI", "Good is", "Target", "Apr 21"])
    second.append([3, "c", "Low", 5, 4])
    raw = book.create_sheet("Data")
    raw.append(["Indicator", "Month", "Numerator", "Denominator"])
    raw.append(["a", "Apr 21", 4, 5])
    book.save(tmp_path / "a.xlsx")
    found = [(i.sheet, i.no, i.rating.letter) for i in rated(tmp_path / "a.xlsx").rated]
    assert found == [("One", "1", "G"), ("One", "2", "R"), ("Two", "3", "G")]


def test_an_excel_table_ends_the_index(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    assert page is not None
    for row in (
        ["No", "Indicator", "Target", "Apr 21"],
        [1, "a", 5, 5],
        [2, "b", 5, 5],
        [None, "Average", 5, 5],
        [9, "not in the table", 5, 5],
    ):
        page.append(row)
    table = Table(displayName="Index", ref="A1:D4", totalsRowCount=1)
    page.add_table(table)
    book.save(tmp_path / "a.xlsx")
    assert [item.no for item in rated(tmp_path / "a.xlsx").rated] == ["1", "2"]


def test_long_layout_takes_the_latest_period_of_each_indicator(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["ID", "Indicator", "Period", "Actual", "Target", "RAG"],
        [1, "a", "May 21", 6, 5, None],
        [1, "a", "Apr 21", 4, 5, "R"],
        [2, "b", "Apr 21", 4, 5, None],
        [2, "b", "May 21", None, 5, None],
    )
    first, second = rated(path).rated
    assert (first.rating.letter, first.row, first.typed) == ("G", 2, None)
    assert (second.rating.letter, second.period and second.period.label) == ("R", "Apr 2021")


YEARS = ("2020/21", "2021/22")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@pytest.mark.parametrize("quarter", (*((q, y) for y in YEARS for q in QUARTERS),))
@pytest.mark.parametrize("swapped", (False, True))
def test_year_and_quarter_in_two_columns_make_one_period(
    tmp_path: Path, quarter: tuple[str, str], swapped: bool
) -> None:
    order = -1 if swapped else 1
    periods = [(year, part) for year in YEARS for part in QUARTERS]
    path = index(
        tmp_path / "a.xlsx",
        ["Indicator", *("Year", "Quarter")[::order], "Actual", "Target"],
        *(["a", *when[::order], figure, 5] for figure, when in enumerate(periods, 1)),
    )
    part, year = quarter
    result = rated(path, Settings(period=read_period(f"{part} {year}")))
    (item,) = result.rated
    assert item.period is not None
    assert item.period.label == f"{part} {year}"
    assert item.actual is not None
    assert item.actual.value == 4 * YEARS.index(year) + QUARTERS.index(part) + 1
    assert codes(result) == []
    assert only(path).period == read_period("Q4 2021/22")


@pytest.mark.parametrize(
    ("headings", "year", "part", "label"),
    (
        (("Year", "Quarter"), "2020/21", "Q1", "Q1 2020/21"),
        (("Year", "Quarter"), "2020/21", 4, "Q4 2020/21"),
        (("Year", "Quarter"), "2020/21", "4", "Q4 2020/21"),
        (("Year", "Quarter"), "2020-21", "Q4 (Jan-Mar)", "Q4 2020/21"),
        (("Year", "Quarter"), 2020, "Q4", "Q4 2020/21"),
        (("Year", "Quarter"), "2020/21", None, "2020/21"),
        (("Year", "Quarter"), "2020/21", "Annual", "2020/21"),
        (("Year", "Period"), "2020/21", "Jan-Mar", "Q4 2020/21"),
        (("Year", "Month"), 2021, "Apr", "Apr 2021"),
        (("Year", "Month"), 2021, "January", "Jan 2021"),
        (("Year", "Month"), "2021/22", "Jan", "Jan 2022"),
        (("Financial year", "Month"), 2021, "Jan", "Jan 2022"),
        (("FY", "Month"), "2021/22", "Apr", "Apr 2021"),
        (("Year", "Month"), 2020, "Apr 21", "Apr 2021"),
        (("Year", "Month"), 2020, date(2021, 4, 1), "Apr 2021"),
        (("Year", "Month"), date(2021, 1, 1), "Apr", "Apr 2021"),
        (("Year", "Source"), "2020/21", "own", "2020/21"),
        (("Year", "Source"), 2020, "own", "2020"),
    ),
)
def test_a_year_completes_a_period(
    tmp_path: Path, headings: tuple[str, str], year: object, part: object, label: str
) -> None:
    head = ["Indicator", *headings, "Actual", "Target"]
    item = only(index(tmp_path / "a.xlsx", head, ["a", year, part, 4, 5]))
    assert item.period is not None
    assert item.period.label == label


def test_a_range_in_one_cell_and_thresholds(tmp_path: Path) -> None:
    headings = ["No", "Indicator", "Good is", "Acceptable range", "Green threshold", "Floor"]
    path = index(
        tmp_path / "a.xlsx",
        [*headings, "Q1 2021/22"],
        [1, "% a", "High", "12% - 20%", None, None, "22%"],
        [2, "b", "High", None, 90, 80, 85],
        [3, "c", "High", "about ten", 90, 80, 95],
    )
    result = rated(path)
    first, second, third = result.rated
    assert first.breach == ("Above", Decimal(2))
    assert (second.rating.letter, third.rating.letter) == ("A", "G")
    assert codes(result) == ["range-breach", "unreadable-range"]


def test_two_readings_are_said(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Target 2020/21", "Target 2021/22", "Apr 21", "YTD", "Notes"],
        [1, "a", 9, 5, 5, 1, "text"],
    )
    result = rated(path)
    assert result.rated[0].rating.letter == "G"
    assert result.rated[0].commentary == "text"
    assert codes(result) == ["two-readings"] * 3


@pytest.mark.parametrize("period", ([], ["May 2021"]))
def test_formulas_without_a_result_are_told_from_blanks(tmp_path: Path, period: list[str]) -> None:
    heads = ["Period", "Actual"] if period else ["Apr 21"]
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Target", *heads],
        [1, "a", 5, *period, "=1+1"],
        [2, "b", 5, *period, None],
    )
    never, blank = (item.rating.reason for item in rated(path).rated)
    assert never == (
        "Not rated: no figure in any period, but formulas that give none or were never calculated"
    )
    assert blank == "Not rated: no figure in any period"


def test_years_beside_months_are_history_except_for_annual_indicators(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Frequency", "Target", "2019/20", "2020/21", "Apr 21"],
        [1, "a", "Monthly", 5, 9, 9, None],
        [2, "b", "Annual", 5, 9, 8, None],
    )
    first, second = rated(path).rated
    assert first.rating.reason == "Not rated: no figure in any period"
    assert second.period is not None
    assert second.actual is not None
    assert second.period.label == "2020/21"
    assert second.actual.value == 8


def test_nothing_found_says_what_was_looked_for_and_how_to_state_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sheets searched: 'Index'.*--header-row ROW.*Settings"):
        rated(index(tmp_path / "a.xlsx", ["hello"], [1]))


def test_stated_sheet_rows_and_columns_come_first(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["x"],
        ["Nr", "What", "Aim value", "Wert", "Other"],
        [1, "a", 5, 4, 6],
    )
    settings = Settings(
        sheets=(StatedSheet("Index"),),
        header_rows=(2, 2),
        columns=(
            StatedColumn(Field.NO, 1),
            StatedColumn(Field.NAME, None, "What"),
            StatedColumn(Field.TARGET, 3),
            StatedColumn(Field.ACTUAL, 5),
        ),
    )
    item = only(path, settings)
    assert (item.no, item.name, item.rating.letter) == ("1", "a", "G")
    with pytest.raises(InputError, match="there is no sheet named 'Nowhere'"):
        rated(path, Settings(sheets=(StatedSheet("Nowhere"),)))


def test_of_rows_that_state_the_same_period_one_is_used_with_its_own_cells(tmp_path: Path) -> None:
    heads = ["No", "KPI", "Quarter", "Target", "Actual", "RAG", "Commentary"]
    path = index(
        tmp_path / "a.xlsx",
        heads,
        [1, "first used", "Q1 2021/22", 90, 95, "A", "mine"],
        [1, "first used", "Q1 2021/22", 90, 50, None, "theirs"],
        [2, "figure used", "Q1 2021/22", 90, "x", "G", "none"],
        [2, "figure used", "Q1 2021/22", 40, 50, None, "mine"],
        [3, "no period", "Spring", 90, 95, None, "mine"],
        [3, "no period", "Summer", 90, 50, None, "theirs"],
        [4, "one blank", "Q1 2021/22", 90, None, None, "theirs"],
        [4, "one blank", "Q1 2021/22", 90, 95, None, "mine"],
    )
    result = rated(path)
    assert {item.commentary for item in result.rated} == {"mine"}
    assert [(item.row, item.rating.letter) for item in result.rated] == [
        (2, "G"),
        (5, "G"),
        (6, "G"),
        (9, "G"),
    ]
    told = [f for f in result.findings if f.code == "repeated-period"]
    assert [f.cell for f in told] == ["C2", "C5", "C6"]
    assert "the rows 2 and 3 are of Q1 2021/22" in told[0].message
    assert "the rows 6 and 7 have no period that can be read" in told[2].message
    reported(path, tmp_path / "b.xlsx")
    assert [row[5] for row in cells(tmp_path / "b.xlsx", "Index")[1:3]] == ["A", None]
