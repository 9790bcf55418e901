"""The exception report: what it says, and what people typed into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.settings import Settings
from perf_addin.domain.errors import OutputError
from perf_addin.domain.periods import read_period
from tests.application.build import cells, change, codes, index, reported

REPORT = "Exception Report"
HISTORY = "Commentary History"
HEAD = ["No", "Indicator", "Target", "RAG", "Apr 21", "May 21", "Highlight", "Commentary"]
ROWS = (
    HEAD,
    [1, "a", 5, None, 1, 1, None, "index says a"],
    [2, "b", 5, None, 1, 9, None, None],
    [3, "c", 5, None, 9, 9, "Performing well", "well done"],
    [4, "d", 5, None, 9, 9, "Performing well", "well done"],
    [5, "e", 5, None, "u", "u", None, "cannot say"],
)


def plain(text: object) -> str:
    """A text without what line breaking does to it."""
    return " ".join(str(text).split())


def table(path: Path, first_heading: str, second_heading: str = "") -> list[list[str]]:
    """The rows below a header that begins with these headings, up to a blank row."""
    rows = cells(path, REPORT)
    begin = next(
        i
        for i, row in enumerate(rows)
        if row[0] == first_heading and second_heading in {row[1], ""} | {row[3]}
    )
    found = []
    for row in rows[begin + 1 :]:
        if row[0] is None:
            break
        found.append([plain(cell or "") for cell in row[:4]])
    return found


def row_of(path: Path, key: str) -> int:
    """The row of the report whose hidden key begins with a text."""
    rows = cells(path, REPORT)
    return next(i for i, row in enumerate(rows, 1) if str(row[5] or "").startswith(key))


def test_the_2021_paper_is_reproduced(root: Path, shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    reported(root / "workbook" / "performance_index_2021-22.xlsx", out)
    paper = plain((shared / "seeds" / "001_bb4d1d2d551e74f6.txt").read_text(encoding="utf-8"))
    exceptions = table(out, "No", "Service Commentary")
    assert [(row[0], row[2]) for row in exceptions] == [("2", "R"), ("16", "R"), ("22", "R")]
    unreportable = table(out, "Indicator Number")
    assert [row[0] for row in unreportable] == ["8", "19", "20"]
    of_note = table(out, "No", "Commentary")
    assert [row[0] for row in of_note] == ["18", "22"]
    for row in (*exceptions, *unreportable, *of_note):
        assert row[1] in paper
        assert row[3]
        assert row[3] in paper


def test_the_2019_lists_are_reproduced(root: Path, shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    reported(root / "workbook" / "performance_index_2018-19.xlsx", out)
    paper = plain((shared / "seeds" / "000_28c62f2782db0726.txt").read_text(encoding="utf-8"))
    by_section: dict[str, list[str]] = {}
    for row in cells(out, REPORT):
        key = str(row[5] or "")
        if "@" in key:
            section = key.partition(":")[0]
            by_section.setdefault(section, []).append(str(row[0]))
            if section not in {"basis", "breaches"}:
                assert plain(row[3]) in paper
    assert by_section == {
        "exceptions": ["2", "11"],
        "performing-well": ["9", "33 and 34"],
        "corrections": ["28"],
        "unreportable": ["6"],
        "basis": ["2", "11"],
    }


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """An index with its report."""
    path = tmp_path / "first.xlsx"
    reported(index(tmp_path / "index.xlsx", *ROWS), path)
    return path


def test_sections_and_shared_rows(first: Path) -> None:
    assert table(first, "No", "Service Commentary") == [["1", "a", "R", "index says a"]]
    assert table(first, "Indicator Number") == [["5", "e", "Not rated", "cannot say"]]
    assert table(first, "No", "Commentary") == [["3 and 4", "c; d", "G", "well done"]]


def test_a_second_run_changes_nothing(first: Path, tmp_path: Path) -> None:
    reported(first, tmp_path / "second.xlsx")
    assert (tmp_path / "second.xlsx").read_bytes() == first.read_bytes()


def test_what_a_person_typed_comes_before_the_index(first: Path, tmp_path: Path) -> None:
    at = row_of(first, "exceptions:1@")
    change(first, REPORT, {f"D{at}": "=2+2 is what I typed, +really"})
    book = load_workbook(first)
    book[REPORT][f"D{at}"].data_type = "s"
    book.save(first)
    result = reported(first, tmp_path / "second.xlsx")
    assert table(tmp_path / "second.xlsx", "No")[0][3] == "=2+2 is what I typed, +really"
    cell = load_workbook(tmp_path / "second.xlsx")[REPORT][f"D{at}"]
    assert cell.data_type == "s"
    assert "commentary-differs" in codes(result)


def test_what_came_from_the_index_follows_the_index(first: Path, tmp_path: Path) -> None:
    change(first, "Index", {"H2": "the index has news"})
    reported(first, tmp_path / "second.xlsx")
    assert table(tmp_path / "second.xlsx", "No")[0][3] == "the index has news"


def test_an_emptied_cell_is_filled_from_the_index(first: Path, tmp_path: Path) -> None:
    change(first, REPORT, {f"D{row_of(first, 'exceptions:1@')}": None})
    reported(first, tmp_path / "second.xlsx")
    assert table(tmp_path / "second.xlsx", "No")[0][3] == "index says a"


def test_commentary_is_kept_by_indicator_and_period(first: Path, tmp_path: Path) -> None:
    change(first, REPORT, {f"D{row_of(first, 'exceptions:1@')}": "my words for May"})
    april, back = tmp_path / "april.xlsx", tmp_path / "back.xlsx"
    reported(first, april, Settings(period=read_period("Apr 2021")))
    assert [row[0] for row in table(april, "No")] == ["1", "2"]
    assert table(april, "No")[0][3] == "index says a"
    assert cells(april, HISTORY)[2][4] == "my words for May"
    assert load_workbook(april)[HISTORY].sheet_state == "hidden"
    reported(april, back)
    assert table(back, "No")[0][3] == "my words for May"
    assert [row[0] for row in cells(back, HISTORY)[2:]] == ["index exceptions:1@Apr 2021"]


def test_commentary_of_an_indicator_that_left_the_report_is_not_lost(
    first: Path, tmp_path: Path
) -> None:
    change(first, REPORT, {f"D{row_of(first, 'exceptions:1@')}": "mine"})
    change(first, "Index", {"F2": 9})
    gone, back = tmp_path / "gone.xlsx", tmp_path / "back.xlsx"
    reported(first, gone)
    assert cells(gone, HISTORY)[2][1:5] == ("1", "a", "May 2021", "mine")
    reported(change(gone, "Index", {"F2": 1}), back)
    assert table(back, "No")[0][3] == "mine"


def test_rows_and_headings_of_a_person_stay(first: Path, tmp_path: Path) -> None:
    book = load_workbook(first)
    sheet = book[REPORT]
    at = row_of(first, "exceptions:1@")
    sheet.insert_rows(at + 1)
    sheet.cell(at + 1, 1).value = "A note of my own"
    sheet.cell(at, 8).value = "beside the report"
    sheet["A1"].value = "Exception report of our panel"
    book.save(first)
    reported(first, tmp_path / "second.xlsx")
    rows = cells(tmp_path / "second.xlsx", REPORT)
    assert rows[0][0] == "Exception report of our panel"
    assert rows[at][0] == "A note of my own"
    assert rows[at - 1][7] == "beside the report"


def test_indicators_that_share_a_number_keep_their_own_commentary(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    rows = ([1, "a", 5, None, 1, 1], [1, "b", 5, None, 1, 1])
    reported(index(tmp_path / "index.xlsx", HEAD, *rows), first)
    at = row_of(first, "exceptions:1 b@")
    change(first, REPORT, {f"D{at}": "about b"})
    reported(first, second)
    assert [row[1:4:2] for row in table(second, "No")] == [["a", ""], ["b", "about b"]]


def test_a_row_above_the_title_stays(first: Path, tmp_path: Path) -> None:
    book = load_workbook(first)
    book[REPORT].insert_rows(1)
    book[REPORT]["A1"] = "Draft"
    book.save(first)
    reported(first, tmp_path / "second.xlsx")
    assert [row[0] for row in cells(tmp_path / "second.xlsx", REPORT)][:2] == [
        "Draft",
        "Exception report",
    ]


def test_a_text_over_a_computed_one_is_said(first: Path, tmp_path: Path) -> None:
    change(first, REPORT, {f"D{row_of(first, 'basis:1@')}": "because"})
    result = reported(first, tmp_path / "second.xlsx")
    assert codes(result).count("computed-text-renewed") == 1
    text = cells(tmp_path / "second.xlsx", REPORT)[row_of(first, "basis:1@") - 1][3]
    assert str(text).startswith("Red: 1 against")


def test_a_sheet_of_that_name_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *ROWS)
    book = load_workbook(path)
    book.create_sheet(REPORT)["A1"] = "typed by hand"
    book.save(path)
    reported(path, tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx", REPORT) == [("typed by hand",)]
    assert cells(tmp_path / "b.xlsx", "Exception Report (index)")[0][0] == "Exception report"


def test_a_history_of_that_name_that_is_not_ours_is_left_alone(first: Path, tmp_path: Path) -> None:
    book = load_workbook(first)
    book.create_sheet(HISTORY)["A1"] = "my own notes"
    book[REPORT][f"D{row_of(first, 'exceptions:1@')}"].value = "my words for May"
    book.save(first)
    reported(first, tmp_path / "april.xlsx", Settings(period=read_period("Apr 2021")))
    assert cells(tmp_path / "april.xlsx", HISTORY) == [("my own notes",)]
    kept = cells(tmp_path / "april.xlsx", "Commentary History (index)")
    assert kept[2][4] == "my words for May"


def test_two_foreign_sheets_of_our_names_are_an_error(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *ROWS)
    book = load_workbook(path)
    for name in (REPORT, "Exception Report (index)"):
        book.create_sheet(name)["A1"] = "typed by hand"
    book.save(path)
    with pytest.raises(OutputError, match="Rename one of them"):
        reported(path, tmp_path / "b.xlsx")


def test_without_exceptions_the_report_says_so(tmp_path: Path) -> None:
    reported(index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, None, 9, 9]), tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx", REPORT)[3][0] == "No indicators are marked as amber or red."
