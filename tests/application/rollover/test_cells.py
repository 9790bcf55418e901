"""What becomes of single cells: formulas, texts, ratings, colours, scales; and of other sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook as Book
from openpyxl.workbook.defined_name import DefinedName

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.application.check import check
from perf_addin.domain.errors import InputError
from tests.application.build import NOTHING_STATED, change, initialised, reported
from tests.application.rollover.rolling import again, day, year_end
from tests.judges import new_errors, validate

HEAD = ["No", "Indicator", "Target", "2020/21", "Apr 21", "May 21", "RAG", "Commentary"]


def test_formulas_stay_and_are_worked_out_anew(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Mean"],
        [
            "1",
            "A",
            5,
            "=AVERAGE(E2:F2)",
            1,
            3,
            '=IF(F2="","",IF(F2>C2,"G","R"))',
            None,
            "=SUM(E2:F2)",
        ],
        ["Total", None, None, 4, "=E2/F2", 2],
    )
    formulas, results = found.rows(), found.rows(results=True)
    assert formulas[1][3] == "=AVERAGE(E2:F2)"
    assert str(formulas[1][6]).startswith("=IF(F2")
    assert results[1][3:] == ["#DIV/0!", None, None, None, None, 0]
    assert formulas[2][4:6] == ["=E2/F2", None]
    assert results[2][3:5] == [2, "#DIV/0!"]
    assert found.message("formula-left").startswith("D2: a formula stands there")


def test_a_result_that_cannot_be_worked_out_anew_is_taken_away(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Sum", "Twice"],
        ["1", "A", 5, 4, 1, 3, "R", None, '=SUM(INDIRECT("E2:F2"))', "=2*I2"],
    )
    assert found.rows()[1][8:] == ['=SUM(INDIRECT("E2:F2"))', "=2*I2"]
    assert found.rows(results=True)[1][8:] == [None, None]
    assert found.message("result-taken-away").startswith("I2, J2: the formula may hang on")
    assert openpyxl.load_workbook(found.path).calculation.fullCalcOnLoad


def test_what_was_said_of_the_year_is_put_away(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Highlight", "Highlight commentary", "Data caveat", "Notes"],
        ["1", "A", 5, 4, 1, 3, "R", "Fell in May.", "Of note", "See why.", "From Mosaic", "Kept"],
        ["2", "B", 5, 4, "u", "u", None, None, "Not reportable", None, None, None],
    )
    assert found.rows()[1][6:] == [None, None, None, None, "From Mosaic", "Kept"]
    history = [row[:5] for row in found.rows("Commentary History")[2:]]
    assert history == [
        ["exceptions:1@May 2021", "1", "A", "May 2021", "Fell in May."],
        ["of-note:1@May 2021", "1", "A", "May 2021", "See why."],
    ]
    assert found.message("caveat-carried").startswith("1: the data caveat was carried")
    assert found.message("mark-cleared").startswith("2: marked as not reportable last year")


def test_a_title_keeps_the_formats_within_it(tmp_path: Path) -> None:
    bold = InlineFont(b=True)

    def rich(made: Book) -> None:
        made["Index"]["A1"] = CellRichText("Children ", TextBlock(bold, "2021"), "/22 & more")
        made["Index"]["E2"] = CellRichText(TextBlock(bold, "Apr"), " 21")

    found = year_end(tmp_path, [None], HEAD, ["1", "A", 5, 4, 1, 3, "R", None], extra=rich)
    page = openpyxl.load_workbook(found.path, rich_text=True)["Index"]
    title, heading = page["A1"].value, page["E2"].value
    assert str(title) == "Children 2022/23 & more"
    assert [str(part) for part in title] == ["Children ", "2022", "/23 & more"]
    assert title[1].font.b
    assert [str(part) for part in heading] == ["Apr", " 22"]
    assert new_errors(validate(tmp_path / "index.xlsx"), validate(found.path)) == ()


def test_an_indicator_that_reads_like_a_heading_is_none(tmp_path: Path) -> None:
    found = year_end(tmp_path, HEAD, ["2021", "Measure 2022", 5, 4, 1, 3, "R", None], HEAD)
    assert found.rows()[1] == ["2021", "Measure 2022", 5, 3, None, None, None, None]
    assert found.rows()[2] == found.rows()[0]


def test_notes_that_are_read_as_commentary_stay(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        ["No", "Indicator", "Target", "Apr 21", "May 21", "Notes"],
        ["1", "A", 5, 1, 3, "Snapshot at month end."],
    )
    assert found.rows()[1][5] == "Snapshot at month end."


def test_colours_of_ratings_go_and_others_are_told(tmp_path: Path) -> None:
    def paint(made: Book) -> None:
        for cell, colour in {"G2": "FFC00000", "F2": "FF00B050", "D2": "FFDDEEFF"}.items():
            made["Index"][cell].fill = PatternFill("solid", fgColor=colour)

    found = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", None], extra=paint)
    page = openpyxl.load_workbook(found.path)["Index"]
    assert page["G2"].fill.fill_type is None
    assert page["F2"].fill.fgColor.rgb == "FF00B050"
    assert found.message("colour-left").startswith("F2: painted red, amber or green by hand")


def test_a_comment_stays_and_is_told(tmp_path: Path) -> None:
    def comment(made: Book) -> None:
        made["Index"]["F2"].comment = Comment("Late return", "A person")
        made["Index"]["B2"].comment = Comment("What it is", "A person")

    found = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", None], extra=comment)
    page = openpyxl.load_workbook(found.path)["Index"]
    assert (page["F2"].value, page["F2"].comment.text) == (None, "Late return")
    assert found.message("comment-left").startswith("F2: the comment was left")


@pytest.mark.parametrize(
    ("formats", "figure", "before", "after"),
    (
        ({"F": "0%"}, 0.9, 92, 90),
        ({"D": "0%"}, 90, 0.92, 0.9),
        ({"D": "0%", "F": "0.0%"}, 0.905, 0.92, 0.905),
        ({}, 90, 92, 90),
        ({"F": "0%"}, 0.9, 0.92, 0.9),
        ({"D": "0%"}, 0.9, 0.92, 0.9),
    ),
)
def test_a_figure_takes_the_scale_of_its_new_cell(
    tmp_path: Path, formats: dict[str, str], figure: float, before: float, after: float
) -> None:
    def show(made: Book) -> None:
        for column, shown in formats.items():
            made["Index"][f"{column}2"].number_format = shown

    found = year_end(tmp_path, HEAD, ["1", "A %", 5, before, None, figure, None, None], extra=show)
    assert found.rows()[1][3] == after
    assert ("outturn-scaled" in found.codes()) is (len(formats) == 1)
    changed = {change.cell: change.after for change in found.rolled.changes}
    assert str(changed["D2"]) == str(after)


@pytest.mark.parametrize(
    ("name", "note", "warned"),
    (
        ("Number of contacts", None, True),
        ("Number of contacts", "Benchmarks are monthly averages", True),
        ("Number of children", "Snapshot at month end", False),
        ("Contacts, year to date", None, False),
        ("Average caseload", None, False),
        ("% seen", None, False),
    ),
)
def test_a_count_of_one_month_may_be_no_outturn(
    tmp_path: Path, name: str, note: str | None, warned: bool
) -> None:
    found = year_end(tmp_path, [*HEAD, "Notes"], ["1", name, 5, 4, 1, 3, None, None, note])
    assert ("outturn-one-period" in found.codes()) is warned


def test_an_annual_figure_is_the_years_whenever_it_comes(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Frequency"],
        ["1", "Pupils", 5, 4, 7, None, None, None, "Annual"],
    )
    assert found.rows()[1][3] == 7
    assert not {"outturn-early", "outturn-one-period"} & set(found.codes())


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


def test_other_texts_of_the_year_are_told_and_left(tmp_path: Path) -> None:
    def read_me(made: Book) -> None:
        made.create_sheet("Notes 2021-22").append(["Agreed for 2021/22"])

    found = year_end(
        tmp_path,
        ["Children 2021/22", "Compared with 2020/21 and 2021/22", "To August 2021"],
        HEAD,
        ["1", "A", 5, 4, 1, 3, "R", None],
        extra=read_me,
    )
    assert found.rows()[0][:3] == [
        "Children 2022/23",
        "Compared with 2020/21 and 2021/22",
        "To August 2021",
    ]
    told = [f.message for f in found.rolled.findings if f.code == "old-year-left"]
    assert [text.split(" still")[0] for text in told] == ["B1, C1", "The sheet is", "A1"]


def test_formulas_that_quote_the_year_are_told(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Looked up"],
        ["1", "A", 5, 4, 1, 3, "R", None, '=HLOOKUP("Apr 21",E1:F2,2,FALSE)'],
        ["2", "B", 5, 4, 1, 3, "R", None, '=COUNT(INDIRECT("Idx[May 21]"))'],
        ["3", "C", 5, 4, 1, 3, "R", None, '=IF(C4="2020/21","Apr 22",E4)'],
    )
    told = [f for f in found.rolled.findings if f.code == "old-year-left"]
    assert [f.message.split(":")[0] for f in told] == ["I2, I3"]


def test_settings_report_and_findings_go_along(tmp_path: Path) -> None:
    made = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", "Few."]).path
    source = tmp_path / "index.xlsx"
    initialised(source, source)
    change(source, "Settings", {"B11": "2021/22"})
    reported(source, source)
    change(source, "Exception Report", {"D6": "Typed into the report."})
    found = again(source, made)
    settings = {str(row[0]): row[1] for row in found.rows("Settings")}
    assert settings["Financial year"] == "2022/23"
    stated = [row[2:4] for row in found.rows("Settings") if row[1] == "Actual"]
    assert ["Apr 22", "Apr 2022"] in stated
    assert not any("Typed" in str(cell) for row in found.rows("Exception Report") for cell in row)
    assert "No indicators are marked as amber or red." in str(found.rows("Exception Report")[3][0])
    history = {row[0]: row[4] for row in found.rows("Commentary History")[2:]}
    assert history == {
        "exceptions:1@May 2021": "Typed into the report.",
        "index exceptions:1@May 2021": "Few.",
    }


def test_targets_wait_for_somebody_to_confirm_them(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Lower limit"],
        ["1", "A", "95%", 4, 1, 3, "R", None, None],
        ["2", "B", 5, 4, 1, 3, "R", None, 2],
        ["3", "C", 5, 4, 1, 3, "R", None, None],
        ["4", "D", None, 4, 1, 3, None, None, None],
    )
    log = found.rows("Rollover Log")
    assert [row[:7] for row in log[4:8]] == [
        ["1", "A", "Index", "C2", "95%", None, "3"],
        ["2", "B", "Index", "C3", "Target 5; Lower limit 2", None, "3"],
        ["3", "C", "Index", "C4", "5", None, "3"],
        ["4", "D", "Index", "D5", None, None, "3"],
    ]
    assert _unconfirmed(found.path) == ["Index!C2", "Index!C3", "Index!C4"]
    change(found.path, "Rollover Log", {"F5": "Yes", "F6": "no"})
    change(found.path, "Index", {"C4": 6})
    assert _unconfirmed(found.path) == ["Index!C3"]


def _unconfirmed(path: Path) -> list[str]:
    findings = check(YearWorkbook(Package.open(path)), NOTHING_STATED).findings
    return [finding.place for finding in findings if finding.code == "target-unconfirmed"]


def test_a_second_year_keeps_what_dropped_out_in_the_first(tmp_path: Path) -> None:
    first = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", None])
    change(first.path, "Rollover Log", {"F5": "Yes"})
    change(first.path, "Index", {"E2": 8})
    second = again(first.path, tmp_path / "third.xlsx")
    assert second.rows()[0][3:6] == ["2022/23", "Apr 23", "May 23"]
    assert second.rows()[1][3:6] == [8, None, None]
    log = second.rows("Rollover Log")
    assert log[0][0] == "Rollover of the performance index from 2022/23 to 2023/24"
    assert log[4][4:6] == ["5", None]
    assert [row[4:7:2] for row in log[8:]] == [["2020/21", 4], ["2021/22", 3]]
