"""What people type into the report, over months of refreshes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

from perf_addin.application.settings import Settings
from perf_addin.domain.periods import read_period
from tests.application.build import cells, change, codes, index, reported

REPORT = "Exception Report"
HISTORY = "Commentary History"
HEAD = ["No", "Indicator", "Target", "Apr 21", "May 21", "Jun 21", "Highlight", "Commentary"]
MONTHS = ("Apr 2021", "May 2021", "Jun 2021")
LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
)


def asked(label: str) -> Settings:
    """A period asked for."""
    return Settings(period=read_period(label))


def place(path: Path, key: str) -> str:
    """The commentary cell of the row whose hidden key begins with a text."""
    rows = cells(path, REPORT)
    at = next(i for i, row in enumerate(rows, 1) if str(row[5] or "").startswith(key))
    return f"D{at}"


def text(path: Path, key: str) -> object:
    """The commentary of a row."""
    return load_workbook(path)[REPORT][place(path, key)].value


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An index with two red indicators in each month."""
    rows = ([1, "a", 5, 1, 1, 1, None, "from the index"], [2, "b", 5, 1, 1, 1])
    return index(tmp_path / "index.xlsx", HEAD, *rows)


def test_each_month_keeps_its_own_commentary(source: Path, tmp_path: Path) -> None:
    path = source
    for month in MONTHS:
        reported(path, tmp_path / f"{month}.xlsx", asked(month))
        path = tmp_path / f"{month}.xlsx"
        assert text(path, "exceptions:1@") == "from the index"
        change(path, REPORT, {place(path, "exceptions:1@"): f"said in {month}"})
    for month in (*MONTHS, *reversed(MONTHS)):
        target = tmp_path / "next.xlsx" if path.name != "next.xlsx" else tmp_path / "after.xlsx"
        reported(path, target, asked(month))
        path = target
        assert text(path, f"exceptions:1@{month}") == f"said in {month}"
        others = {row[4] for row in cells(path, HISTORY)[2:]}
        assert others == {f"said in {other}" for other in MONTHS if other != month}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=LETTERS.filter(lambda found: found.strip() != ""), indexed=LETTERS)
def test_any_text_survives_refreshes_and_the_history(
    tmp_path: Path, typed: str, indexed: str
) -> None:
    first, gone, back = (tmp_path / f"{name}.xlsx" for name in ("first", "gone", "back"))
    source = index(tmp_path / "index.xlsx", HEAD, [1, "a", 5, 1, 1])
    book = load_workbook(source)
    cell = book["Index"]["H2"]
    cell.value = indexed
    cell.data_type = "s"
    book.save(source)
    reported(source, first)
    book = load_workbook(first)
    cell = book[REPORT][place(first, "exceptions:1@")]
    assert (cell.value or "") == indexed.strip()
    cell.value = typed
    cell.data_type = "s"
    book.save(first)
    reported(first, gone, asked("Apr 2021"))
    reported(gone, back, asked("May 2021"))
    assert text(back, "exceptions:1@") == typed.strip()
    reported(back, first, asked("May 2021"))
    assert first.read_bytes() == back.read_bytes()


@pytest.mark.parametrize("begin", ("=", "+", "-", "@", "=HYPERLINK(1)", "'="))
def test_texts_never_become_formulas(tmp_path: Path, begin: str) -> None:
    hostile = f'{begin}cmd|" /C calc"!A0'
    source = index(tmp_path / "a.xlsx", HEAD, [1, "x", 5, 1])
    book = load_workbook(source)
    for address in ("A2", "B2", "H2"):
        book["Index"][address].value = hostile
        book["Index"][address].data_type = "s"
    book.save(source)
    reported(source, tmp_path / "b.xlsx")
    sheet = load_workbook(tmp_path / "b.xlsx")[REPORT]
    row = place(tmp_path / "b.xlsx", "exceptions:")[1:]
    assert [sheet[f"{c}{row}"].value for c in "ABD"] == [hostile] * 3
    assert {sheet[f"{c}{row}"].data_type for c in "ABD"} == {"s"}
    with zipfile.ZipFile(tmp_path / "b.xlsx") as package:
        parts = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert all(b"<f" not in package.read(part).replace(b"<family", b"") for part in parts)


def test_rows_of_a_person_stay_where_they_are_over_several_refreshes(
    source: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first.xlsx"
    reported(source, first)
    book = load_workbook(first)
    sheet = book[REPORT]
    at = int(place(first, "exceptions:2@")[1:])
    for offset, words in enumerate(("below b", "and one more"), 1):
        sheet.insert_rows(at + offset)
        sheet.cell(at + offset, 1).value = words
    sheet.insert_rows(1)
    sheet["A1"].value = "London Borough"
    book.save(first)
    for month in ("Apr 2021", "Jun 2021"):
        reported(first, tmp_path / "next.xlsx", asked(month))
        first = (tmp_path / "next.xlsx").replace(tmp_path / f"{month}.xlsx")
    column = [row[0] for row in cells(first, REPORT)]
    assert column[:2] == ["London Borough", "Exception report"]
    after = column.index("below b")
    assert column[after - 1 : after + 2] == [2, "below b", "and one more"]
    assert load_workbook(first).sheetnames.count(REPORT) == 1


def test_a_row_behind_an_indicator_that_left_stays_in_its_section(
    source: Path, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{name}.xlsx" for name in ("first", "second", "third"))
    reported(source, first)
    book = load_workbook(first)
    at = int(place(first, "exceptions:2@")[1:])
    book[REPORT].insert_rows(at + 1)
    book[REPORT].cell(at + 1, 1).value = "below b"
    book["Index"]["F3"].value = 9
    book.save(first)
    reported(first, second)
    column = [row[0] for row in cells(second, REPORT)]
    assert column[column.index("below b") - 1] == 1
    assert column.index("below b") < column.index("Basis of the ratings")
    reported(second, third)
    assert second.read_bytes() == third.read_bytes()


def test_rewritten_headings_and_sentences_stay(source: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    reported(source, first)
    keys = ("subtitle|", "exceptions.intro|", "basis.heading|")
    rows = cells(first, REPORT)
    at = [next(i for i, r in enumerate(rows, 1) if str(r[5] or "").startswith(k)) for k in keys]
    change(first, REPORT, {f"A{row}": f"mine {row}" for row in at})
    reported(first, second, asked("Apr 2021"))
    shown = {str(row[0]) for row in cells(second, REPORT)}
    assert {f"mine {row}" for row in at} <= shown


def test_two_indicators_with_one_number_keep_two_commentaries(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    rows = ([1, "a", 5, 1], [1, "b", 5, 1], [1, "b", 5, 1])
    reported(index(tmp_path / "index.xlsx", HEAD, *rows), first)
    table = [i for i, row in enumerate(cells(first, REPORT), 1) if row[0] == 1][:3]
    change(first, REPORT, {f"D{row}": f"about row {row}" for row in table})
    result = reported(first, second)
    assert [cells(second, REPORT)[row - 1][3] for row in table] == [
        f"about row {row}" for row in table
    ]
    assert codes(result).count("repeated-number") == 3
    assert HISTORY not in load_workbook(second).sheetnames


def test_a_shared_row_that_parts_keeps_its_text_in_the_history(tmp_path: Path) -> None:
    praise = ["Performing well", "well done"]
    rows = ([3, "c", 5, 9, None, None, *praise], [4, "d", 5, 9, None, None, *praise])
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    reported(index(tmp_path / "index.xlsx", HEAD, *rows), first)
    change(first, REPORT, {place(first, "performing-well:3+4@"): "typed about both"})
    reported(change(first, "Index", {"H3": "another"}), second)
    assert text(second, "performing-well:3@") == "well done"
    assert cells(second, HISTORY)[2][4] == "typed about both"
    book = load_workbook(second)
    assert book[HISTORY].sheet_state == "hidden"


def formula_in(path: Path, address: str) -> str:
    """The formula in a cell of the report, as openpyxl reads it."""
    cell = load_workbook(path)[REPORT][address]
    assert cell.data_type == "f"
    return str(cell.value)


def test_a_formula_in_a_commentary_cell_is_the_persons_and_follows_its_row(
    source: Path, tmp_path: Path
) -> None:
    first, *later = (tmp_path / f"{n}.xlsx" for n in range(5))
    reported(source, first)
    at = place(first, "exceptions:2@")
    change(first, REPORT, {at: f"=Index!H3&B{at[1:]}"})
    result = reported(first, later[0])
    assert formula_in(later[0], at) == f"=Index!H3&B{at[1:]}"
    assert "formula-replaced" not in codes(result)
    change(later[0], "Index", {"F2": 9})
    reported(later[0], later[1])
    moved = place(later[1], "exceptions:2@")
    assert moved != at
    assert formula_in(later[1], moved) == f"=Index!H3&B{moved[1:]}"
    reported(later[1], later[2], asked("May 2021"))
    formulas = [row[5] for row in cells(later[2], HISTORY) if row[5]]
    assert formulas == ["Formula", f"=Index!H3&B{moved[1:]}"]
    reported(later[2], later[3])
    assert formula_in(later[3], place(later[3], "exceptions:2@")) == f"=Index!H3&B{moved[1:]}"
    reported(later[3], first)
    assert first.read_bytes() == later[3].read_bytes()


def test_formulas_in_headings_and_rows_of_a_person_stay(source: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    reported(source, first)
    book = load_workbook(first)
    at = int(place(first, "exceptions:2@")[1:])
    book[REPORT].insert_rows(at + 1)
    book[REPORT].cell(at + 1, 3).value = "=1+1"
    book[REPORT]["A1"].value = "=Index!A1"
    book.save(first)
    reported(change(first, "Index", {"F2": 9}), second)
    assert formula_in(second, "A1") == "=Index!A1"
    assert formula_in(second, f"C{at}") == "=1+1"


@pytest.mark.parametrize("column", "ABCEF")
def test_a_formula_in_a_computed_cell_is_replaced_and_said(
    column: str, source: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    reported(source, first)
    address = place(first, "exceptions:2@").replace("D", column)
    change(first, REPORT, {address: '="a"&1'})
    result = reported(first, second)
    (finding,) = (f for f in result.findings if f.code == "formula-replaced")
    assert (finding.severity, finding.sheet, finding.cell) == ("warning", REPORT, address)
    assert '="a"&1' in finding.message
    basis = place(second, "basis:2@")
    change(second, REPORT, {basis: "=1"})
    found = reported(second, first).findings
    (finding,) = (f for f in found if f.code == "computed-text-renewed")
    assert finding.cell == basis
    assert "'=1'" in finding.message


def test_a_row_of_a_person_keeps_the_styles_and_kinds_of_its_cells(
    source: Path, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{name}.xlsx" for name in ("first", "second", "third"))
    reported(source, first)
    book = load_workbook(first)
    sheet = book[REPORT]
    at = int(place(first, "exceptions:2@")[1:])
    sheet.insert_rows(at + 1)
    sheet.cell(at + 1, 1).value = "mine"
    sheet.cell(at + 1, 1).font = Font(bold=True, color="FFFF0000")
    sheet.cell(at + 1, 2).value = 0.25
    sheet.cell(at + 1, 2).number_format = "0.0%"
    sheet.cell(at + 1, 4).fill = PatternFill("solid", fgColor="FFFFFF00")
    book.save(first)
    for source_now, target, row in ((first, second, at + 1), (second, third, at)):
        reported(source_now, target)
        found = load_workbook(target)[REPORT]
        text, number, _, blank = found[row][:4]
        assert (text.value, text.font.b, text.font.color.rgb) == ("mine", True, "FFFF0000")
        assert (number.value, number.number_format) == (0.25, "0.0%")
        assert blank.fill.fgColor.rgb == "FFFFFF00"
        change(target, "Index", {"F2": 9})


def test_merged_rows_of_a_person_may_move(source: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    reported(source, first)
    book = load_workbook(first)
    sheet = book[REPORT]
    fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.insert_rows(1, 3)
    for row in (1, 2, 3):
        for column in (1, 2, 3, 4):
            sheet.cell(row, column).fill = fill
        sheet.merge_cells(f"A{row}:D{row}")
    sheet["A2"] = "second"
    sheet["A3"] = "third"
    book.save(first)
    reported(first, second)
    shown = [row[0] for row in cells(second, REPORT)]
    assert shown[:3] == ["second", "third", "Exception report"]
