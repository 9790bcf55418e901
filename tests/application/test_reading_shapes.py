"""Shapes of header, period and sheet that published indexes have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.worksheet.table import Table

from perf_addin.application.rating_index import IndexResult
from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import StatedSheet
from perf_addin.domain.errors import InputError
from tests.application.build import codes, index, only, rated

PLAIN = ("No", "Indicator", "Target", "Apr 21")


def figures(result: IndexResult) -> list[tuple[str | None, str, str | None]]:
    """Each indicator's number, the period that was rated, and its letter."""
    return [
        (item.no, item.period.label if item.period else "", item.rating.letter)
        for item in result.rated
    ]


def sheets(path: Path, **rows: Sequence[Sequence[object]]) -> Path:
    """Save a workbook with several sheets."""
    book = Book()
    for number, (name, lines) in enumerate(rows.items()):
        page = book.active if number == 0 else book.create_sheet()
        assert page is not None
        page.title = name
        for line in lines:
            page.append(list(line))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("heading", "label"),
    (
        ("Q1 (Apr-Jun)", "Q1 2021/22"),
        ("Qtr 1 (Apr - Jun) 2021/22", "Q1 2021/22"),
        ("2021/22 Q1", "Q1 2021/22"),
        ("Aug 21 (provisional)", "Aug 2021"),
        ("Aug 21*", "Aug 2021"),
        ("Apr '21", "Apr 2021"),
        ("SEPT 21", "Sep 2021"),
        ("31 Mar 2022", "Mar 2022"),
        ("As at 31st March 2022", "Mar 2022"),
        ("30/06/2021", "Jun 2021"),
        ("Outturn 2020/21", "2020/21"),
        ("2020/21 Actual", "2020/21"),
        ("Actual 2021", "2021"),
        ("YTD Aug 21", "Aug 2021"),
    ),
)
def test_periods_with_additions(tmp_path: Path, heading: str, label: str) -> None:
    rows = (["No", "KPI", "Target 2021/22", heading], [1, "x", 5, 5])
    assert figures(rated(index(tmp_path / "a.xlsx", *rows))) == [("1", label, "G")]


@pytest.mark.parametrize("heading", ("Apr 21 forecast", "Apr-May 2021", "32/06/2021", "Owner"))
def test_headings_that_are_no_period_are_not_read(tmp_path: Path, heading: str) -> None:
    path = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "Mar 21", heading], [1, "x", 5, 5, 1])
    assert figures(rated(path)) == [("1", "Mar 2021", "G")]


def test_the_latest_of_several_outturns_is_rated(tmp_path: Path) -> None:
    heads = ["No", "KPI", "Outturn 2019/20", "Outturn 2020/21", "Target 2021/22"]
    path = index(tmp_path / "a.xlsx", heads, [1, "x", 9, 4, 5])
    assert figures(rated(path)) == [("1", "2020/21", "R")]


def test_each_banner_gives_its_own_months_their_year(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        [None, None, None, "2020/21", None, "2021/22"],
        ["No", "KPI", "Target", "Apr", "Mar", "Apr", "Mar"],
        [1, "a", 5, 9, 9, 9, 4],
        [2, "b", 5, 9, 4, None, None],
    )
    assert figures(rated(path)) == [("1", "Mar 2022", "R"), ("2", "Mar 2021", "R")]


def test_three_header_rows(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["Scorecard"],
        [None, None, "2021/22"],
        [None, None, "Apr", None, None, "May"],
        ["No", "Indicator", "Actual", "Target", "RAG", "Actual", "Target", "RAG"],
        [1, "a", 4, 5, "R", 6, 5, None],
    )
    item = only(path)
    assert item.period is not None
    assert (item.period.label, item.rating.letter) == ("May 2021", "G")
    assert item.rating_place is not None
    assert item.rating_place.name == "H5"


def test_a_header_deep_in_the_sheet_below_notes(tmp_path: Path) -> None:
    notes = [[f"Note {n}: the text of a note"] for n in range(1, 30)]
    path = index(tmp_path / "a.xlsx", *notes, PLAIN, [1, "a", 5, 4])
    item = only(path)
    assert (item.row, item.rating.letter) == (31, "R")


def test_columns_in_odd_order(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["Notes", "May 21", "RAG", "Apr 21", "Target", "Better when", "Measure", "Ref"],
        ["text", 9, None, 1, 5, "Lower", "a", "CP01"],
    )
    item = only(path)
    assert (item.no, item.name, item.commentary) == ("CP01", "a", "text")
    assert item.rating.reason.startswith("Red: 9 against a target of 5 (Low)")


def test_a_title_that_reads_like_a_heading_is_no_header(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["Performance Indicators", "2021/22"],
        [],
        ["No", "Indicator", "Target", "Apr"],
        [1, "a", 5, 4],
    )
    expected = [("1", "Apr 2021", "R")]
    assert figures(rated(path)) == expected
    assert figures(rated(path, Settings(sheets=(StatedSheet("Index"),)))) == expected


@pytest.mark.parametrize("title", ("2021/22", "Performance 2021/22", "Apr 21"))
def test_a_title_over_a_long_layout_is_no_banner(tmp_path: Path, title: str) -> None:
    path = index(
        tmp_path / "a.xlsx",
        [title],
        ["No", "Indicator", "Month", "Actual", "Target"],
        [1, "a", date(2021, 4, 1), 9, 5],
        [1, "a", date(2021, 5, 1), 4, 5],
    )
    assert figures(rated(path)) == [("1", "May 2021", "R")]


def test_a_table_without_a_header_row_takes_the_headings_above_it(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    assert page is not None
    for row in (PLAIN, (1, "a", 5, 5), (2, "b", 5, 4), (9, "outside", 5, 5)):
        page.append(list(row))
    page.add_table(Table(displayName="Index", ref="A2:D3", headerRowCount=0))
    book.save(tmp_path / "a.xlsx")
    found = figures(rated(tmp_path / "a.xlsx"))
    assert found == [("1", "Apr 2021", "G"), ("2", "Apr 2021", "R")]


def test_raw_data_and_lookups_are_no_index(tmp_path: Path) -> None:
    path = sheets(
        tmp_path / "a.xlsx",
        Data=(["Indicator", "Apr 21 numerator", "Apr 21 denominator"], ["a", 4, 5]),
        Values=(["Indicator", "Month", "Value"], ["a", "Apr 21", 0.8]),
        Lookups=(["Indicator", "Category"], ["a", "Safety"]),
        Index=(PLAIN, [1, "a", 5, 4]),
    )
    assert [layout.sheet for layout in rated(path).layouts] == ["Index"]


def test_a_second_index_without_a_year_is_said(tmp_path: Path) -> None:
    bare = ["No", "Indicator", "Target", "Apr"]
    path = sheets(tmp_path / "a.xlsx", One=(PLAIN, [1, "a", 5, 4]), Two=(bare, [2, "b", 5, 4]))
    result = rated(path)
    assert figures(result) == [("1", "Apr 2021", "R")]
    (finding,) = result.findings
    assert (finding.code, finding.sheet) == ("months-without-year", "Two")
    assert "--year 2021/22" in finding.message
    with_year = rated(path, Settings(financial_year=2021))
    assert [item.sheet for item in with_year.rated] == ["One", "Two"]
    assert codes(with_year) == []


@pytest.mark.parametrize("heading", ("Commentary", "Service Commentary", "Comments", "Narrative"))
def test_a_commentary_column_comes_before_notes(tmp_path: Path, heading: str) -> None:
    path = index(tmp_path / "a.xlsx", [*PLAIN, "Notes", heading], [1, "a", 5, 4, "other", "said"])
    result = rated(path)
    assert result.rated[0].commentary == "said"
    assert codes(result) == []


@pytest.mark.parametrize("heading", ("RAG", "Status", "RAG Status", "Rating", "RAG rating"))
def test_headings_of_the_rating(tmp_path: Path, heading: str) -> None:
    item = only(index(tmp_path / "a.xlsx", [*PLAIN, heading], [1, "a", 5, 4, "Amber"]))
    assert item.typed == ("Amber", "A", False, False)


@pytest.mark.parametrize(
    ("lower", "upper"),
    (("Lower limit", "Upper limit"), ("Minimum", "Maximum"), ("Lower", "Upper")),
)
def test_limits_in_two_columns(tmp_path: Path, lower: str, upper: str) -> None:
    path = index(
        tmp_path / "a.xlsx",
        [*PLAIN, lower, upper],
        [1, "above", None, 21, 10, 20],
        [2, "below", None, 9, 10, 20],
        [3, "on the upper limit", None, 20, 10, 20],
        [4, "on the lower limit", None, 10, 10, 20],
        [5, "no upper limit", None, 99, 10, None],
    )
    sides = [item.breach.side if item.breach else None for item in rated(path).rated]
    assert sides == ["Above", "Below", None, None, None]


@pytest.mark.parametrize("heading", ("Green threshold", "Green", "Green target"))
@pytest.mark.parametrize("floor", ("Amber threshold", "Floor", "Floor standard"))
def test_thresholds(tmp_path: Path, heading: str, floor: str) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Good is", heading, floor, "Apr 21"],
        [1, "a", "High", 90, 80, 90],
        [2, "b", "High", 90, 80, 80],
        [3, "c", "High", 90, 80, 79],
        [4, "d", "Low", 10, 20, 20],
        [5, "e", "Low", 10, 20, 21],
    )
    assert [item.rating.letter for item in rated(path).rated] == ["G", "A", "R", "A", "R"]


def test_a_header_with_no_indicator_below_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rows 1 to 1, but no indicator below it.*--header-row"):
        rated(index(tmp_path / "a.xlsx", PLAIN))
