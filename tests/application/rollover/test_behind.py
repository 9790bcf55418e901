"""Sheets behind an index, formulas that reach them, and headings that are formulas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook as Book
from openpyxl.workbook.defined_name import DefinedName

from perf_addin.domain.errors import InputError
from tests.application.rollover.rolling import HEAD, day, year_end


def test_sheets_behind_the_index_are_emptied_with_it(tmp_path: Path) -> None:
    def behind(made: Book) -> None:
        page = made.create_sheet("Data")
        page.append(["Parts 2021/22"])
        page.append(["Feeds", "Part", date(2021, 4, 1), date(2021, 5, 1), "Months in"])
        page.append(["1", "Numerator", 8, 9, "=COUNT(C3:D3)"])
        page.append(["1", "Denominator", 10, "x", "=COUNT(C4:D4)"])
        page.append(["", "see the team", "ask", None, None])
        other = made.create_sheet("Staff")
        other.append(["Team", "Apr 21", "May 21"])
        other.append(["North", 4, 5])

    found = year_end(
        tmp_path,
        HEAD,
        ["1", "% seen", 0.5, 0.4, "=Data!C3/Data!C4", '=IFERROR(Data!D3/Data!D4,"")', "R", None],
        extra=behind,
    )
    assert found.rows("Data") == [
        ["Parts 2022/23", *[None] * 4],
        ["Feeds", "Part", day(2022, 4), day(2022, 5), "Months in"],
        ["1", "Numerator", None, None, "=COUNT(C3:D3)"],
        ["1", "Denominator", None, None, "=COUNT(C4:D4)"],
        [None, "see the team", "ask", None, None],
    ]
    assert found.rows("Data", results=True)[2][4] == 0
    assert found.rows(results=True)[1][3:6] == [0.8, "#DIV/0!", None]
    assert found.rows("Staff") == [["Team", "Apr 21", "May 21"], ["North", 4, 5]]
    assert found.message("sheet-left").startswith("The sheet has months or quarters of 2021/22")


def test_months_that_stand_down_a_sheet(tmp_path: Path) -> None:
    def behind(made: Book) -> None:
        sheets: dict[str, list[list[object]]] = {
            "Down": [
                ["Counts 2021/22", None, None, None],
                ["Month", "Seen", "Due", "Share"],
                ["Apr 21", 1, 2, "=B3/C3"],
                ["May 21", "x", 4, None],
                ["Jun 21", 3, "ask", None],
                ["Total", 9, 9, None],
            ],
            "Cases": [["Month", "Child"], ["Apr 21", 7], ["Apr 21", 8], ["May 21", 9]],
            "Order": [["Month", "No"], ["Apr", 1], ["May", 2], ["Jun", 3]],
            "Series": [["Month", "All"], ["Mar 21", 5], ["Apr 21", 6], ["May 21", 7]],
        }
        for name, rows in sheets.items():
            page = made.create_sheet(name)
            for row in rows:
                page.append(row)

    found = year_end(
        tmp_path,
        HEAD,
        ["1", "A", 5, 4, "=Down!B3", "=COUNT(Cases!B:B)+Series!B3+Order!B2", "R", None],
        extra=behind,
    )
    assert found.rows("Down") == [
        ["Counts 2022/23", None, None, None],
        ["Month", "Seen", "Due", "Share"],
        ["Apr 22", None, None, "=B3/C3"],
        ["May 22", None, None, None],
        ["Jun 22", None, "ask", None],
        ["Total", 9, 9, None],
    ]
    assert found.rows("Cases")[1] == ["Apr 21", 7]
    assert found.rows("Order")[1] == ["Apr", 1]
    assert found.rows("Series")[2] == ["Apr 21", 6]
    assert found.message("formula-gives-figure").startswith("E2, F2: a formula gives a figure")


def test_sheets_behind_other_sheets_and_names_are_emptied_too(tmp_path: Path) -> None:
    def behind(made: Book) -> None:
        for name, first in {"Calc": "=Raw!B2+Raw!C2*0", "Raw": 8, "Named": 9}.items():
            page = made.create_sheet(name)
            page.append(["Part", "Apr 21", "May 21"])
            page.append(["All", first, 1 if name != "Calc" else "=Raw!C2"])
        area = "Named!$B$2:$C$2"
        made.defined_names["Counted"] = DefinedName("Counted", attr_text=area)

    found = year_end(
        tmp_path,
        HEAD,
        ["1", "A", 5, 4, '=IF(Calc!B2=0,"",Calc!B2)', "=SUM(Counted)", "R", None],
        extra=behind,
    )
    assert found.rows("Calc") == [
        ["Part", "Apr 22", "May 22"],
        ["All", "=Raw!B2+Raw!C2*0", "=Raw!C2"],
    ]
    assert found.rows("Raw") == [["Part", "Apr 22", "May 22"], ["All", None, None]]
    assert found.rows("Named") == [["Part", "Apr 22", "May 22"], ["All", None, None]]
    assert found.rows(results=True)[1][3:6] == [10, None, 0]
    assert "sheet-left" not in found.codes()


def test_formulas_that_give_figures_already_are_told(tmp_path: Path) -> None:
    def raw(made: Book) -> None:
        page = made.create_sheet("Raw")
        for row in (["Month", "Case"], ["Apr", 1], ["Apr", 2]):
            page.append(row)

    found = year_end(
        tmp_path,
        HEAD,
        ["1", "A", 5, 4, '=COUNTIF(Raw!A:A,"Apr")', "=J2", "R", None],
        ["2", "B", 5, 4, '=IF(J2="","",J2)', 3, "R", None],
        extra=raw,
    )
    assert found.rows(results=True)[1][4:6] == [2, 0]
    assert found.message("formula-gives-figure").startswith("E2, F2: a formula gives a figure")
    assert "rated-on-last-year" not in found.codes()


def test_headings_that_are_formulas_follow_the_date_they_come_from(tmp_path: Path) -> None:
    def show(made: Book) -> None:
        made.create_sheet("Set").append([2021])
        for cell in ("E1", "F1", "G1"):
            made["Index"][cell].number_format = "mmm yy"

    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", "RAG", "=DATE(Set!$A$1,4,1)", "=EDATE(E1,1)", "=EDATE(F1,1)"],
        ["1", "A", 5, "R", 1, 2, 3],
        extra=show,
    )
    assert found.rows("Set") == [[2022]]
    assert found.rows(results=True)[0][4:] == [day(2022, month) for month in (4, 5, 6)]
    assert found.rows()[1][4:] == [None] * 3


def test_headings_that_do_not_move_are_refused(tmp_path: Path) -> None:
    def show(made: Book) -> None:
        made["Index"]["D1"].number_format = "mmm yy"

    with pytest.raises(InputError, match="cell D1: the headings would not be of 2022/23"):
        year_end(
            tmp_path, ["No", "Indicator", "Target", "=DATE(2021,4,1)"], ["1", "A", 5, 1], extra=show
        )
