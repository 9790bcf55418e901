"""What becomes of single cells: formulas, texts, ratings, colours, scales."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook as Book

from tests.application.rollover.rolling import HEAD, year_end
from tests.judges import new_errors, validate


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
