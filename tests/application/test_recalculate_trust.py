"""What is believed: Excel's results, the engine's, and what is left alone and named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.formulas.one_by_one import _lacks_results
from perf_addin.application.functions import Defaults
from perf_addin.application.recalculate import How, recalculate
from tests.application.build import opened
from tests.application.test_recalculate import (
    Cells,
    book,
    calculate,
    calculated,
    change,
    codes,
    results,
    save_as_excel,
    stored,
)


def store(path: Path, values: Cells) -> None:
    """Store results in formula cells, as Excel left them."""
    workbook = opened(path)
    places = {coordinate_to_tuple(k): v for k, v in values.items()}
    workbook.put_results("Index", places)  # type: ignore[arg-type]
    save(workbook.package, path, backup=False)


SPELLINGS = (
    "RAG(A1,B1)", "rag(A1,B1)", "[1]!RAG(A1,B1)", "'C:\\Add ins\\perf.xlam'!RAG(A1,B1)",
    "_xldudf_RAG(A1,B1)", "_xldudf_PERF_RAG(A1,B1)", "[2]!_xldudf_PERF_RAG(A1,B1)",
    "_xll.RAG(A1,B1)", "_xludf.RAG(A1,B1)", "PERF.RAG(A1,B1)", "_xlfn.SINGLE(RAG(A1,B1))",
    "_xlfn.SINGLE(_xldudf_PERF_RAG(A1:A2,B1))", "+RAG(A1,B1)", "(RAG(A1,B1))", "Rated",
    'IF(TRUE,[1]!RAG(A1,B1),"RAG(")', "INDEX(_xll.RAG(A1:A2,B1),1)", "LEFT(Rated,1)",
)  # fmt: skip


def test_every_spelling_through_a_saved_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    sheet["A1"], sheet["B1"], sheet["A2"] = 88, 91, 99
    for row, formula in enumerate(SPELLINGS, 1):
        sheet.cell(row, 3).value = f"={formula}"
    made.defined_names["Rated"] = DefinedName("Rated", attr_text="[1]!RAG(Index!$A$1,Index!$B$1)")
    save_as_excel(made, path)
    found = calculated(path)
    cells = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    got = {formula: cells.cell(row, 3).value for row, formula in enumerate(SPELLINGS, 1)}
    assert got == dict.fromkeys(SPELLINGS, "A")
    formulas = openpyxl.load_workbook(path).worksheets[0]
    kept = [formulas.cell(row, 3).value for row in range(1, len(SPELLINGS) + 1)]
    assert kept == [f"={formula}" for formula in SPELLINGS]
    assert found.findings == ()
    change(path, "A1", 20)
    assert set(results(calculate(path)[0]).values()) == {"R"}


def test_what_only_looks_like_ours_is_left(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": 1, "B1": '="RAG(A1,2)"&DRAG(A1)', "B2": "=RAGS(A1)"})
    store(path, {"B1": "x", "B2": 3.0})
    workbook, found = calculate(path)
    assert (results(workbook), found.calculated) == ({"B1": "x", "B2": 3.0}, 0)


def test_others_build_on_excels_result_where_the_engines_is_another(tmp_path: Path) -> None:
    cells: Cells = {"A1": 2, "B1": "=A1*3", "C1": "=B1+1", "D1": '=RAG(B1*1,7)&""', "E1": "=C1*2"}
    path = book(tmp_path / "a.xlsx", cells)
    store(path, {"B1": 7.0, "C1": 8.0, "D1": "?", "E1": 16.0})  # Excel says 2 * 3 = 7
    workbook, found = calculate(path, How.ALWAYS)
    assert results(workbook) == {"B1": 7.0, "C1": 8.0, "D1": "G", "E1": 16.0}
    assert [(f.code, f.cell) for f in found.findings] == [("native-result-differs", "B1")]


def test_others_build_on_excels_result_where_the_engine_has_none(tmp_path: Path) -> None:
    cells: Cells = {"A1": 2, "B1": "=AGGREGATE(9,0,A1:A1)", "C1": "=B1+1", "D1": '=RAG(C1,4)&""'}
    path = book(tmp_path / "a.xlsx", cells)
    store(path, {"B1": 2.0, "C1": 3.0, "D1": "?"})
    workbook, found = calculate(path, How.ALWAYS)
    assert results(workbook)["D1"] == "R"
    told = {f.code: f.message for f in found.findings}
    assert told.keys() == {"formula-not-calculated", "built-on-stored"}
    assert told["built-on-stored"].startswith("C1, D1: worked out from B1")


def test_nothing_is_built_on_a_result_that_may_have_moved(tmp_path: Path) -> None:
    cells: Cells = {"A1": 20, "B1": "=RAG(A1,90)", "C1": '=AGGREGATE(3,0,B1)&""', "D1": '=C1&"!"'}
    path = book(tmp_path / "a.xlsx", cells)
    store(path, {"B1": "G", "C1": "1", "D1": "1!"})
    workbook, found = calculate(path)
    assert results(workbook) == {"B1": "R", "C1": "1", "D1": "1!"}
    assert codes(found) == ["formula-not-calculated", "depends-on-uncalculated"]


def test_an_error_of_the_engine_replaces_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": 0, "B1": "=1/A1", "C1": "=NOSUCH(A1)"})
    store(path, {"B1": 5.0, "C1": 6.0})
    workbook, found = calculate(path, How.ALWAYS)
    assert results(workbook) == {"B1": 5.0, "C1": 6.0}
    assert set(codes(found)) <= {"native-result-differs", "formula-not-calculated"}


def test_sure_errors_where_nothing_is_stored(tmp_path: Path) -> None:
    cells: Cells = {"A1": 0, "B1": "=1/A1", "B2": "=MATCH(5,A1:A1,0)", "B3": "=SQRT(A1-1)"}
    workbook, found = calculate(book(tmp_path / "a.xlsx", {**cells, "B4": '=A1+"x"'}))
    shown = {name: value and str(value) for name, value in results(workbook).items()}
    assert shown == {"B1": "#DIV/0!", "B2": "#N/A", "B3": "#NUM!", "B4": None}
    assert codes(found) == ["formula-not-calculated"]


def test_a_plain_formula_takes_one_cell_of_an_area(tmp_path: Path) -> None:
    cells: Cells = {f"A{row}": row for row in range(1, 6)}
    cells |= {"C2": "=A1:A5*2", "C3": "=A:A", "C4": "=IF(A1:A5>3,A1:A5,0)", "C5": "=SUM(C1:D5)*0"}
    cells |= {"E3": "=SUM(A1:A5*2)", "E9": "=SUM(A1:A5)", "E4": "=SIN(A1:A5)", "E2": "=Data!A:A+1"}
    workbook, found = calculate(book(tmp_path / "a.xlsx", cells, {"A2": 40}))
    now = results(workbook)
    assert (now["C2"], now["C3"], now["C4"], now["E3"]) == (4.0, 3.0, 4.0, 6.0)
    assert (now["E9"], now["E2"], now["E4"]) == (15.0, 41.0, None)
    assert any("implicit intersection" in finding.message for finding in found.findings)


def test_array_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    for row in range(1, 5):
        sheet[f"A{row}"] = row
    sheet["C1"] = ArrayFormula("C1:C4", "=A1:A4*2")
    sheet["D1"] = ArrayFormula("D1", "=SUM(IF(A1:A4>2,A1:A4))")
    sheet["E1"] = ArrayFormula("E1:E2", "=A1:A4+1")
    sheet["F1"] = "=SUM(C1:C4)"
    sheet["G1"] = ArrayFormula("G1:G4", '=RAG(A1:A4*1,3)&""')
    for cell in ("C2", "C3", "C4", "E2", "G2", "G3", "G4"):
        sheet[cell] = 0
    save_as_excel(made, path)
    workbook, found = calculate(path)
    now = stored(workbook, "C1:G4")
    assert [now.get(f"C{row}") for row in range(1, 5)] == ["2.0", "4.0", "6.0", "8.0"]
    assert [now.get(f"G{row}") for row in range(1, 5)] == ["R", "R", "G", "G"]
    assert (now.get("D1"), now.get("F1"), now.get("E1")) == ("7.0", "20.0", None)
    assert [(f.code, f.cell) for f in found.findings] == [("formula-not-calculated", "E1")]


def test_subtotals_count_where_no_row_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUBTOTAL(109,A1:A2)"
    save_as_excel(made, path)
    assert results(calculate(path)[0])["A3"] == 3.0
    sheet.row_dimensions[2].hidden = True
    save_as_excel(made, path)
    workbook, found = calculate(path)
    assert (results(workbook)["A3"], codes(found)) == (None, ["formula-not-calculated"])


@pytest.mark.parametrize(
    ("formula", "named"),
    (
        ('TEXT(A1,"[>3]0;-0")', "TEXT"),
        ('TEXT(A1,"# ?/?")', "TEXT"),
        ("TEXT(A1,A2)", "TEXT"),
        ('LEN("\U0001f600")', "emoji"),
        ("LEN(A3)", "emoji"),
        ('"3/4/2021"+1', "date"),
        ("A4+1", "date"),
        ("VALUE(A4)", "date"),
        ('DATEVALUE("3/4/2021")', "DATEVALUE"),
        ("ISFORMULA(A1)", "ISFORMULA"),
        ("TODAY()", "clock"),
        ('1/A5&""', "digits"),
        ("[9]Sheet1!A1", "followed"),
        ("SUM(Index:Data!A1)", "followed"),
        ("A1+NoSuchName", "followed"),
    ),
)
def test_what_engines_get_wrong_is_named(tmp_path: Path, formula: str, named: str) -> None:
    cells: Cells = {"A1": 5, "A2": "0", "A3": "\U0001f600", "A4": "3/4/2021", "A5": 3}
    workbook, found = calculate(book(tmp_path / "a.xlsx", {**cells, "B1": f"={formula}"}))
    assert results(workbook)["B1"] is None
    assert codes(found) == ["formula-not-calculated"]
    assert named in found.findings[0].message


def test_dates_from_1904(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": 100, "B1": "=YEAR(A1)", "C1": "=A1+1"})
    workbook = opened(path)
    xml = workbook.package.read("xl/workbook.xml").replace(
        b"<workbookPr", b'<workbookPr date1904="1" ', 1
    )
    workbook.package.replace("xl/workbook.xml", xml)
    save(workbook.package, path, backup=False)
    workbook, found = calculate(path)
    assert results(workbook) == {"B1": None, "C1": 101.0}
    assert "1904" in found.findings[0].message


def test_what_changes_with_the_clock_is_named(tmp_path: Path) -> None:
    cells: Cells = {"A1": "=TODAY()-TODAY()+5", "B1": "=RAG(A1,5)", "C1": "=RAG(6,5)"}
    path = book(tmp_path / "a.xlsx", cells)
    store(path, {"A1": 5.0, "B1": "R", "C1": "R"})
    workbook, found = calculate(path)
    assert results(workbook) == {"A1": 5.0, "B1": "G", "C1": "G"}
    assert [(f.code, f.cell) for f in found.findings] == [("built-on-volatile", "B1")]


def test_circles_take_only_what_depends_on_them_along(tmp_path: Path) -> None:
    cells: Cells = {"A1": "=B1+1", "B1": "=A1+1", "C1": "=RAG(A1,2)", "D1": "=RAG(1*3,2)"}
    workbook, found = calculate(book(tmp_path / "a.xlsx", {**cells, "E1": "=1+1"}))
    now = results(workbook)
    assert (now["A1"], now["C1"], now["D1"], now["E1"]) == (None, None, "G", 2.0)
    assert "circular" in found.findings[0].message


def test_without_the_engine_ours_are_calculated_all_the_same(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": 88, "B1": "=RAG(A1,91)"})
    workbook = opened(path)

    def none() -> Formualizer:
        raise AssertionError

    recalculate(workbook, How.AUTO, none, Defaults())
    assert results(workbook) == {"B1": "A"}


def test_what_the_engine_would_get_wrong_keeps_its_result(tmp_path: Path) -> None:
    cells: Cells = {
        "A1": 1, "A2": 2, "B1": '=IF(RAG(A1,9)="R",SUMPRODUCT(ABS(A1:A2)),0)',
        "B2": "=SUM(COUNTIF(A1:A2,{1,2}))", "B3": "=IFERROR(MMULT(A1:A1,A2:A2),9)",
        "B4": "=IFERROR(A1:A2 A2:A2,5)", "B5": "=B2+1", "B6": "=SUMPRODUCT((A1:A2>1)*A1:A2)",
    }  # fmt: skip
    workbook, found = calculate(book(tmp_path / "a.xlsx", cells), How.ALWAYS)
    now = results(workbook)
    assert [now[f"B{row}"] for row in range(1, 7)] == [None] * 5 + [2.0]
    named = {f.cell for f in found.findings if f.code == "formula-not-calculated"}
    assert {"B1", "B2", "B3", "B4"} <= named


@pytest.mark.parametrize(
    ("cell", "lacks"),
    (
        (b'<c r="A1"><f>1+1</f></c>', True),
        (b'<c r="A1"><f>1+1</f><v/></c>', True),
        (b'<c r="A1"><f>1+1</f><v></v></c>', True),
        (b'<c r="A1" t="n" s="3"><f t="shared" si="0"/><v></v></c>', True),
        (b'<x:c r="A1"><x:f>1+1</x:f><x:v></x:v></x:c>', True),
        (b'<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c>', False),
        (b'<c r="A1" t="str"><f>IF(B1="","",1)</f><v/></c>', False),
        (b'<c r="A1" s="3" t="str"><f t="shared" si="0"/><v/></c>', False),
        (b'<c r="A1" t="str"><f>IF(B1="","",1)</f></c>', True),
        (b'<c r="A1" t="b"><f>1=1</f><v/></c>', True),
        (b'<c r="A1" t="n"><f t="shared" si="0"/></c>', True),
        (b'<c r="A1"><f>1+1</f><v>2</v></c>', False),
    ),
)
def test_a_formula_without_a_result_is_seen_however_it_is_stored(cell: bytes, lacks: bool) -> None:
    assert _lacks_results(b"<sheetData><row>" + cell + b"</row></sheetData>") is lacks
