"""Whose columns are whose: other bodies, Tables, blocks, and an index without periods."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.table import Table

from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import StatedColumn
from perf_addin.application.vocabulary import Field
from perf_addin.domain.errors import InputError
from tests.application.rollover.rolling import year_end


def test_an_index_of_current_values(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["Index 2021/22"],
        ["No", "Measure", "Actual", "Target", "RAG", "Last year", "Direction of travel"],
        ["1", "A", 3, 4, "R", 2, "up"],
    )
    assert found.rows() == [
        ["Index 2022/23", *[None] * 6],
        ["No", "Measure", "Actual", "Target", "RAG", "Last year", "Direction of travel"],
        ["1", "A", None, 4, None, 3, None],
    ]


def test_other_bodies_years_are_none_of_ours(tmp_path: Path) -> None:
    heads = ["Merton 2019/20", "Merton 2020/21", "England 2020/21", "London 2020/21"]
    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", *heads, "Apr 21", "May 21"],
        ["1", "A", 5, 4, 3, 1, 2, 3, 4],
    )
    assert found.rows() == [
        [
            "No",
            "Indicator",
            "Target",
            "Merton 2020/21",
            "Merton 2021/22",
            *heads[2:],
            "Apr 22",
            "May 22",
        ],
        ["1", "A", 5, 3, 4, 1, 2, None, None],
    ]
    told = found.message("own-years-taken")
    assert told.startswith("'Merton 2019/20', 'Merton 2020/21': taken for the index's own")


def test_another_bodys_year_alone_is_not_written_over(tmp_path: Path) -> None:
    heads = ["Similar councils 2020/21", "Group average 2020/21", "Benchmark 2020/21"]
    found = year_end(
        tmp_path, ["No", "Indicator", "Target", *heads, "Apr 21"], ["1", "A", 5, 4, 3, 2, 1]
    )
    assert found.rows()[0][3:6] == heads
    assert found.rows()[1][3:] == [4, 3, 2, None]
    assert "no-earlier-column" in found.codes()


AMBIGUOUS = (
    ["No", "Indicator", "Target", "Merton 2020/21", "Surrey 2020/21", "Apr 21", "May 21"],
    ["1", "A", 5, 4, 3, 1, 2],
)


def test_two_bodies_that_may_be_ours_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"index\.xlsx, sheet 'Index'.*'merton', 'surrey'.*--column"
    ):
        year_end(tmp_path, *AMBIGUOUS)
    stated = Settings(columns=(StatedColumn(Field.EARLIER, 4, "D"),))
    found = year_end(tmp_path, *AMBIGUOUS, settings=stated)
    assert found.rows()[0][3:5] == ["Merton 2021/22", "Surrey 2020/21"]
    assert found.rows()[1][3:5] == [2, 3]


def test_a_table_keeps_its_names_and_headings_alike(tmp_path: Path) -> None:
    def table(made: Book) -> None:
        page = made["Index"]
        page.add_table(Table(displayName="Idx", ref="A1:H3"))
        page["H2"] = "=Idx[[#This Row],[Apr 21]]+Idx[[#This Row],[May 21]]"
        page["H3"] = "=SUM(Idx[[#This Row],[Apr 21]:[Jun 21]])"
        made.create_sheet("Sum")["A1"] = "=SUM(Idx[Apr 21])"

    heads = ["No", "Indicator", "Target 2021/22", "Outturn 2020/21", "Apr 21", "May 21", "Jun 21"]
    found = year_end(
        tmp_path,
        [*heads, "All"],
        ["1", "A", 5, 4, 1, 2, 3],
        ["2", "B", 5, 4, 1, 2, None],
        extra=table,
    )
    expected = [
        "No",
        "Indicator",
        "Target 2022/23",
        "Outturn 2021/22",
        "Apr 22",
        "May 22",
        "Jun 22",
    ]
    assert found.rows()[0] == [*expected, "All"]
    assert found.rows()[1][7] == "=Idx[[#This Row],[Apr 22]]+Idx[[#This Row],[May 22]]"
    assert found.rows(results=True)[1][7] == 0
    assert found.rows("Sum") == [["=SUM(Idx[Apr 22])"]]


def test_blocks_and_sheets_each_move_with_their_own_columns(tmp_path: Path) -> None:
    def others(made: Book) -> None:
        for name, rows in {
            "Second": (
                ["Schools 2021/22"],
                ["No", "Measure", "Target", "Q1", "Q2"],
                ["9", "Z", 5, 1, 2],
            ),
            "Old": (["No", "Measure", "Target", "Q1 2020/21", "Q2 2020/21"], ["8", "Y", 5, 1, 2]),
        }.items():
            page = made.create_sheet(name)
            for row in rows:
                page.append(row)

    found = year_end(
        tmp_path,
        ["Index 2021/22"],
        ["No", "Measure", "Target", "Apr 21", "May 21", "RAG"],
        ["1", "A", 5, 1, 2, "R", "As agreed for 2021/22"],
        ["Second block of 2021/22"],
        ["No", "Measure", "Target", "Q1 2021/22", "Q2 2021/22", "RAG"],
        ["2", "B", 5, 1, 2, "R"],
        [],
        ["Key: R is red", None, None, 7],
        extra=others,
    )
    rows = found.rows()
    assert rows[1][3:5] == ["Apr 22", "May 22"]
    assert rows[2][3:] == [None, None, None, "As agreed for 2021/22"]
    assert rows[3][0] == "Second block of 2022/23"
    assert rows[4][3:5] == ["Q1 2022/23", "Q2 2022/23"]
    assert rows[5][3:] == [None, None, None, None]
    cells = [(change.sheet, change.cell) for change in found.rolled.changes]
    assert len(cells) == len(set(cells))
    assert rows[7][3] == 7
    assert found.rows("Second") == [
        ["Schools 2022/23", *[None] * 4],
        ["No", "Measure", "Target", "Q1", "Q2"],
        ["9", "Z", 5, None, None],
    ]
    assert found.rows("Old")[1] == ["8", "Y", 5, 1, 2]
    assert found.message("sheet-left").startswith(
        "The sheet is an index of 2020/21, not of 2021/22"
    )
