"""Several blocks on a sheet, and rows that only look like indicators."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.worksheet.table import Table

from perf_addin.application.settings import Settings
from perf_addin.domain.periods import read_period
from tests.application.build import cells, change, index, only, rated, reported

HEAD = ("No", "Indicator", "Target", "Apr 21")
OTHER = ("Ref", "Measure", "Apr 21", "Target")


@pytest.mark.parametrize(
    "row",
    (
        ["Source:", "case system"],
        ["Note", "Figures may change"],
        ["*", "provisional"],
        ["R", "below the floor"],
        [None, "Notes:", "Figures may change"],
    ),
)
def test_footnotes_and_legends_are_no_indicators(tmp_path: Path, row: list[object]) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, 4], ["CP2", "b"], [], row)
    assert [item.no for item in rated(path).rated] == ["1", "CP2"]


def test_a_second_table_on_the_sheet_is_read(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    assert page is not None
    for row in (HEAD, (1, "a", 5, 5), (), OTHER, (2, "b", 5, 9)):
        page.append(list(row))
    page.add_table(Table(displayName="First", ref="A1:D2"))
    page.add_table(Table(displayName="Second", ref="A4:D5"))
    book.save(tmp_path / "a.xlsx")
    assert [item.no for item in rated(tmp_path / "a.xlsx").rated] == ["1", "2"]


def test_added_ratings_of_a_second_block_follow_its_figures(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, 9], [], OTHER, [2, "b", 4, 9])
    reported(path, tmp_path / "b.xlsx")
    assert [row[4] for row in cells(tmp_path / "b.xlsx", "Index")][3:] == ["Rating", "R"]
    change(tmp_path / "b.xlsx", "Index", {"C5": 9})
    reported(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert [row[4] for row in cells(tmp_path / "c.xlsx", "Index")][3:] == ["Rating", "G"]


def test_a_block_without_a_rating_column_gets_its_own(tmp_path: Path) -> None:
    head = [*HEAD, "RAG"]
    path = index(tmp_path / "a.xlsx", head, [1, "a", 5, 9, None], [], OTHER, [2, "b", 4, 9])
    reported(path, tmp_path / "b.xlsx")
    rows = cells(tmp_path / "b.xlsx", "Index")
    assert rows[1][4:] == ("G", None, None)
    assert rows[3][5:] == ("Rating", "Rating reason")
    assert rows[4][5] == "R"


def test_bare_months_of_a_long_layout_take_the_year_of_the_index(tmp_path: Path) -> None:
    head = ["No", "Indicator", "Month", "Actual", "Target"]
    rows = ([1, "a", "Apr", 9, 5], [1, "a", "Mar", 4, 5])
    titled = index(tmp_path / "a.xlsx", ["Index 2021/22"], head, *rows)
    plain = index(tmp_path / "b.xlsx", head, *rows)
    for item in (only(titled), only(plain, Settings(financial_year=2021))):
        assert item.period == read_period("Mar 2022")
        assert item.rating.letter == "R"


def test_a_quarter_is_a_quarter_without_a_frequency(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "Q1 2021/22"], [1, "a", 5, 4])
    assert only(path, Settings(period=read_period("Aug 2021"))).rating.letter == "R"
    assert only(path, Settings(period=read_period("Sep 2021"))).rating.letter is None
