"""Which columns move on, whatever the layout of the index."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book

from perf_addin.application.settings import Settings
from tests.application.rollover.rolling import day, months, year_end

NONE = [None] * 12


def test_earlier_years_move_along_and_the_outturn_takes_the_last(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target 2021/22", "2019/20", "2020/21", *months(2021), "RAG"],
        ["1", "% seen", 70, 50, 55, *range(60, 72), "A"],
        ["2", "Visits", 9, 5, "x", *["z"] * 12, None],
        ["3", "Cases", 8, None, 4, *NONE, "R"],
    )
    assert found.rows() == [
        ["No", "Indicator", "Target 2022/23", "2020/21", "2021/22", *months(2022), "RAG"],
        ["1", "% seen", 70, 55, 71, *NONE, None],
        ["2", "Visits", 9, "x", "z", *NONE, None],
        ["3", "Cases", 8, 4, None, *NONE, None],
    ]
    assert found.rolled.year == 2021
    assert found.message("outturn-missing").startswith("2021/22 has no figure for 3,")
    assert "'2019/20'" in found.message("oldest-year-dropped")
    dropped = [(d.no, d.cell, d.heading, d.held.value) for d in found.rolled.dropped]
    assert dropped == [("1", "D2", "2019/20", 50), ("2", "D3", "2019/20", 5)]


def test_a_column_of_the_year_gives_the_outturn(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["Performance 2021/22"],
        ["No", "Measure", "Target", "2020/21", "Q1", "Q2", "Q3", "Q4", "2021/22"],
        ["1", "A %", 90, 87, 88, 89, 91, 92, 90.5],
        ["2", "B %", 5, 4, 1, 2, None, None, None],
    )
    assert found.rows()[0][0] == "Performance 2022/23"
    assert found.rows()[1:] == [
        ["No", "Measure", "Target", "2021/22", "Q1", "Q2", "Q3", "Q4", "2022/23"],
        ["1", "A %", 90, 90.5, None, None, None, None, None],
        ["2", "B %", 5, 2, None, None, None, None, None],
    ]
    assert found.message("outturn-early").endswith(
        "is there for 2: that of Q2 2021/22 was taken as the outturn for 2021/22."
    )


def test_a_year_to_date_column_gives_the_outturn(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", "2020/21", "Apr 21", "May 21", "YTD"],
        ["1", "Contacts", 5, 9, 1, 2, "=SUM(E2:F2)"],
        ["2", "Visits", 5, 9, 1, None, 1],
    )
    assert [row[3] for row in found.rows()] == ["2021/22", 3, 1]
    assert found.rows()[1][6] == "=SUM(E2:F2)"
    assert found.rows(results=True)[1][6] == 0
    assert found.rows()[2][6] is None
    assert "outturn-one-period" not in found.codes()
    assert "for 2: that of Apr 2021" in found.message("outturn-early")


@pytest.mark.parametrize(
    ("old", "new"),
    (
        (["2018/19", "2019/20", "2020/21"], ["2019/20", "2020/21", "2021/22"]),
        ([2018, 2019, 2020], [2019, 2020, 2021]),
    ),
)
def test_years_alone_shift(tmp_path: Path, old: list[object], new: list[object]) -> None:
    found = year_end(
        tmp_path, ["No", "Measure", "Target", *old, "RAG"], ["1", "A", 9, 1, 2, 3, "R"]
    )
    assert found.rows() == [
        ["No", "Measure", "Target", *new, "RAG"],
        ["1", "A", 9, 2, 3, None, None],
    ]
    assert "rated-on-last-year" in found.codes()
    assert "no-earlier-column" not in found.codes()


def test_months_of_two_years_shift_by_twelve(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Measure", "Target", *months(2020), *months(2021)],
        ["1", "A", 90, *range(1, 13), *range(13, 25)],
    )
    assert found.rows() == [
        ["No", "Measure", "Target", *months(2021), *months(2022)],
        ["1", "A", 90, *range(13, 25), *NONE],
    ]
    assert len(found.rolled.dropped) == 12
    assert found.message("no-earlier-column").startswith("No column is headed 2020/21")


def test_dates_as_headings_stay_dates(tmp_path: Path) -> None:
    days = [date(2021, 4, 30), date(2022, 2, 28), date(2022, 3, 31)]
    found = year_end(tmp_path, ["No", "Indicator", "Target", *days], ["1", "A", 5, 1, 2, 3])
    assert found.rows()[0][3:] == [
        day(2022, 4, 30),
        day(2023, 2, 28),
        day(2023, 3, 31),
    ]


def test_dates_in_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    def from_1904(made: Book) -> None:
        made.epoch = day(1904, 1)

    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", date(2021, 4, 1), date(2021, 5, 1)],
        ["1", "A", 5, 1, 2],
        extra=from_1904,
    )
    assert found.rows()[0][3:] == [day(2022, 4), day(2022, 5)]


def test_headings_without_a_year_stay(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", "Apr", "May"],
        ["1", "A", 5, 1, 2],
        settings=Settings(financial_year=2021),
    )
    assert found.rows() == [["No", "Indicator", "Target", "Apr", "May"], ["1", "A", 5, None, None]]
    assert found.rolled.year == 2021


def test_ratings_and_targets_of_single_months(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Measure", "Apr 21 target", "Apr 21", "Apr 21 RAG", "May 21 target", "May 21"],
        ["1", "A", 5, 6, "G", 7, 8],
    )
    assert found.rows() == [
        ["No", "Measure", "Apr 22 target", "Apr 22", "Apr 22 RAG", "May 22 target", "May 22"],
        ["1", "A", 5, None, None, 7, None],
    ]
    assert [target.shown for target in found.rolled.targets] == ["5, 7"]


def test_banners_over_target_and_actual(tmp_path: Path) -> None:
    def merge(made: Book) -> None:
        made["Index"].merge_cells("C1:E1")
        made["Index"].merge_cells("F1:H1")

    found = year_end(
        tmp_path,
        ["No", "Measure", "Q1 2021/22", None, None, "Q2 2021/22", None, None],
        [None, None, "Target", "Actual", "Status", "Target", "Actual", "Status"],
        ["1", "A", 5, 6, "G", 7, 8, "G"],
        extra=merge,
    )
    assert found.rows()[0][2:6] == ["Q1 2022/23", None, None, "Q2 2022/23"]
    assert found.rows()[2] == ["1", "A", 5, None, None, 7, None, None]


def test_next_years_targets_move_to_where_they_belong(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [
            "No",
            "Indicator",
            "Target 2020/21",
            "Target 2021/22",
            "Target 2022/23",
            "Apr 21",
            "May 21",
        ],
        ["1", "A", 5, 6, 7, 1, 2],
        ["2", "B", 5, 6, None, 1, 2],
    )
    assert found.rows() == [
        [
            "No",
            "Indicator",
            "Target 2021/22",
            "Target 2022/23",
            "Target 2023/24",
            "Apr 22",
            "May 22",
        ],
        ["1", "A", 6, 7, None, None, None],
        ["2", "B", 6, 6, None, None, None],
    ]
    assert [target.shown for target in found.rolled.targets] == ["7", "6"]
