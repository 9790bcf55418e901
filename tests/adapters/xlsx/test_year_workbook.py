"""What a workbook file does when the year ends: headings of Tables, comments, paint."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableColumn, TableFormula

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.table_headings import renamed_in
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.domain.errors import InputError
from tests.judges import new_errors, validate

RENAMED = {"data": {"apr 21": "Apr 22", "a [b]": "c [d]", "2020/21": "2021/22", "2021/22": "New"}}


@pytest.mark.parametrize(
    ("formula", "moved"),
    (
        ("SUM(Data[Apr 21])", "SUM(Data[Apr 22])"),
        ("SUM(data[APR 21],A1)", "SUM(data[Apr 22],A1)"),
        ("Data[[#This Row],[Apr 21]]*2", "Data[[#This Row],[Apr 22]]*2"),
        ("SUM(Data[[#Headers],[Apr 21]:[May 21]])", "SUM(Data[[#Headers],[Apr 22]:[May 21]])"),
        ("Data[[2020/21]:[2021/22]]", "Data[[2021/22]:[New]]"),
        ("Data[[#All],[a '[b']]]", "Data[[#All],[c '[d']]]"),
        ("Other[Apr 21]", "Other[Apr 21]"),
        ('"Data[Apr 21]"', '"Data[Apr 21]"'),
        ("Data[#All]", "Data[#All]"),
        ("[1]Sheet!A1+Data[Apr 21]", "[1]Sheet!A1+Data[Apr 22]"),
        ("Data[Apr 210]", "Data[Apr 210]"),
    ),
)
def test_columns_under_new_names_in_formulas(formula: str, moved: str) -> None:
    assert renamed_in(formula, RENAMED) == moved


def test_a_reference_that_names_no_table_is_of_its_own() -> None:
    assert renamed_in("[@[Apr 21]]+[Apr 21]", RENAMED, "Data") == "[@[Apr 22]]+[Apr 22]"
    assert renamed_in("[@[Apr 21]]", RENAMED) == "[@[Apr 21]]"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "Index"
    for row in (["Name", "Apr 21", "May 21", "Sum"], ["a", 1, 2, None], ["b", 3, 4, None]):
        page.append(row)
    for number in (2, 3):
        page.cell(number, 4).value = "=SUM(Figures[[#This Row],[Apr 21]:[May 21]])"
    table = Table(displayName="Figures", ref="A1:D3")
    names = ("Name", "Apr 21", "May 21", "Sum")
    table.tableColumns = [TableColumn(id=n, name=name) for n, name in enumerate(names, 1)]
    table.tableColumns[3].calculatedColumnFormula = TableFormula(
        attr_text="SUM(Figures[[#This Row],[Apr 21]:[May 21]])"
    )
    page.add_table(table)
    other = made.create_sheet("Other")
    other["A1"] = "=SUM(Figures[Apr 21])&Index!B1"
    made.defined_names["First"] = DefinedName("First", attr_text="Figures[Apr 21]")
    page["B2"].comment = Comment("late", "somebody")
    page["B2"].fill = PatternFill("solid", fgColor="FFC00000")
    page["B2"].font = Font(color="FFFFFFFF", bold=True)
    page["B3"].fill = PatternFill("solid", fgColor="FF4472C4")
    path = tmp_path / "index.xlsx"
    made.save(path)
    return path


def _opened(path: Path) -> YearWorkbook:
    return YearWorkbook(Package.open(path))


def test_a_table_is_renamed_wherever_it_is_named(book: Path, tmp_path: Path) -> None:
    workbook = _opened(book)
    workbook.rename_table_columns({"Figures": {1: "Apr 22", 2: "May 22"}})
    target = tmp_path / "out.xlsx"
    save(workbook.package, target, backup=False)
    found = openpyxl.load_workbook(target)
    table = found["Index"].tables["Figures"]
    assert [c.name for c in table.tableColumns] == ["Name", "Apr 22", "May 22", "Sum"]
    expected = "SUM(Figures[[#This Row],[Apr 22]:[May 22]])"
    assert table.tableColumns[3].calculatedColumnFormula.attr_text == expected
    assert [found["Index"].cell(n, 4).value for n in (2, 3)] == [f"={expected}"] * 2
    assert found["Other"]["A1"].value == "=SUM(Figures[Apr 22])&Index!B1"
    assert found.defined_names["First"].attr_text == "Figures[Apr 22]"
    assert new_errors(validate(book), validate(target)) == ()


def test_two_columns_of_one_name_are_refused(book: Path) -> None:
    with pytest.raises(InputError, match=r"two columns of the table Figures .*'may 21'"):
        _opened(book).rename_table_columns({"Figures": {1: "May 21"}})


def test_comments_are_found(book: Path) -> None:
    workbook = _opened(book)
    assert workbook.commented_cells("Index") == {(2, 2)}
    assert workbook.commented_cells("Other") == set()


def test_texts_beside_cells_are_found(root: Path, tmp_path: Path) -> None:
    sample = _opened(root / "workbook" / "performance_index_2021-22.xlsx")
    assert ("A chart or drawing", "Assessments and reviews, 2021/22") in sample.texts_beside_cells()
    made = openpyxl.Workbook()
    header = made.worksheets[0].oddHeader
    assert header is not None
    header.center.text = "Index 2021/22 & more"
    made.save(tmp_path / "headed.xlsx")
    assert list(_opened(tmp_path / "headed.xlsx").texts_beside_cells()) == [
        ("A header or footer of the sheet 'Sheet'", "&CIndex 2021/22 & more")
    ]


def test_paint_is_told_and_taken_away_with_nothing_else(book: Path, tmp_path: Path) -> None:
    workbook = _opened(book)
    cells = [(row, column) for row in (1, 2, 3, 9) for column in (1, 2, 9)]
    assert workbook.painted("Index", cells) == {(2, 2)}
    workbook.take_paint_away("Index", cells)
    target = tmp_path / "out.xlsx"
    save(workbook.package, target, backup=False)
    found = openpyxl.load_workbook(target)["Index"]
    assert (found["B2"].fill.fill_type, found["B2"].font.bold, found["B2"].value) == (None, True, 1)
    assert found["B2"].font.color is None or found["B2"].font.color.rgb != "FFFFFFFF"
    assert found["B3"].fill.fgColor.rgb == "FF4472C4"
    assert new_errors(validate(book), validate(target)) == ()
