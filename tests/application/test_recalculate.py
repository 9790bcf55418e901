"""Formulas worked out anew: which, in which order, and what keeps Excel's last result."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import (
    coordinate_to_tuple,
    get_column_letter,
    range_boundaries,
)
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.functions import Defaults
from perf_addin.application.grid import CellRange
from perf_addin.application.ports import CellWrite
from perf_addin.application.recalculate import How, Recalculated, recalculate
from perf_addin.domain.tolerances import read_tolerance
from tests.application.build import opened

Cells = dict[str, object]


def book(path: Path, cells: Cells, data: Cells | None = None) -> Path:
    """A workbook with a sheet Index and a sheet Data; nothing in it was calculated yet."""
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "Index"
    for sheet, content in ((first, cells), (made.create_sheet("Data"), data or {})):
        for name, value in content.items():
            sheet[name] = value  # type: ignore[assignment]
    save_as_excel(made, path)
    return path


def save_as_excel(made: openpyxl.Workbook, path: Path) -> None:
    """Save a workbook as if Excel had: its stored results are to be trusted."""
    made.calculation.fullCalcOnLoad = False
    made.save(path)
    package = Package.open(path)
    said = package.read("docProps/app.xml")
    excel = re.sub(rb"<Application>[^<]*<", b"<Application>Microsoft Excel<", said)
    package.replace("docProps/app.xml", excel)
    save(package, path, backup=False)


def calculate(
    path: Path, how: How = How.AUTO, defaults: Defaults | None = None
) -> tuple[XlsxWorkbook, Recalculated]:
    """Work a workbook's formulas out, in memory."""
    workbook = opened(path)
    return workbook, recalculate(workbook, how, Formualizer, defaults or Defaults())


def calculated(path: Path, how: How = How.AUTO) -> Recalculated:
    """Work a workbook's formulas out and save it."""
    workbook, found = calculate(path, how)
    save(workbook.package, path, backup=False)
    return found


def results(workbook: XlsxWorkbook, sheet: str = "Index") -> dict[str, object]:
    """What the formula cells of a sheet hold now."""
    return {
        f"{get_column_letter(cell.column)}{cell.row}": cell.stored
        for cell in workbook.formula_cells(sheet)
    }


def change(path: Path, cell: str, value: str | int | None, sheet: str = "Index") -> None:
    """Change a constant as a person does who does not calculate."""
    workbook = opened(path)
    row, column = coordinate_to_tuple(cell)
    workbook.write(sheet, [CellWrite(row, column, value)])
    save(workbook.package, path, backup=False)


def codes(found: Recalculated) -> list[str]:
    return [finding.code for finding in found.findings]


CHAIN: Cells = {
    "A1": 88, "B1": 91, "A2": "=Data!A1/Data!A2", "B2": 0.9,
    "C1": "=RAG(A1,B1)", "C2": '=RAG(A2,B2,"High","5%")', "C3": "=RAG(A1*2,B1)",
    "D1": '=IF(C1="R",1,0)', "D2": "=SUM(D1,E1)", "E1": "=1+1", "E2": '=C1&"!"',
}  # fmt: skip
DATA: Cells = {"A1": 80, "A2": 100}


def test_what_has_no_result_is_worked_out(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", CHAIN, DATA)
    workbook, found = calculate(path)
    expected: dict[str, object] = {"A2": 0.8, "C1": "A", "C2": "R", "C3": "G", "D1": 0.0}
    assert results(workbook) == {**expected, "D2": 2.0, "E1": 2.0, "E2": "A!"}
    assert (found.calculated, found.changed, found.findings) == (8, 8, ())


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", CHAIN, DATA)
    calculated(path)
    before = path.read_bytes()
    for how, number in ((How.AUTO, 3), (How.ALWAYS, 8)):
        found = calculated(path, how)
        assert (found.calculated, found.changed, found.findings) == (number, 0, ())
    assert path.read_bytes() == before


def test_only_what_depends_on_ours_follows(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", CHAIN, DATA)
    calculated(path)
    change(path, "A1", 40)
    workbook, found = calculate(path)
    now = results(workbook)
    assert (now["C1"], now["C3"], now["D1"], now["D2"], now["E2"]) == ("R", "R", 1.0, 3.0, "R!")
    assert (now["E1"], found.changed) == (2.0, 5)


def test_excels_results_are_taken_for_what_is_not_ours(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", CHAIN, DATA)
    calculated(path)
    change(path, "A1", 90, "Data")  # Excel would have calculated A2 when this was typed
    workbook, found = calculate(path)
    assert (results(workbook)["A2"], found.changed) == (0.8, 0)
    workbook, found = calculate(path, How.ALWAYS)
    assert results(workbook)["A2"] == 0.8
    assert codes(found) == ["native-result-differs"]
    assert "A2" in found.findings[0].message


def test_never(tmp_path: Path) -> None:
    workbook, found = calculate(book(tmp_path / "a.xlsx", CHAIN, DATA), How.NEVER)
    assert found == Recalculated(0, 0, ())
    assert results(workbook)["C1"] is None


def test_what_cannot_be_calculated_keeps_its_result(tmp_path: Path) -> None:
    cells: Cells = {
        "A1": "=TODAY()", "A2": "=AGGREGATE(9,0,B1:B2)", "A3": "=A2+1", "A4": "=NOSUCH(1)",
        "A5": '=RAG(A2,5)&""', "A6": "=IFERROR(A4,7)", "A7": "=1/0", "A8": "=A7+1", "B1": 5,
    }  # fmt: skip
    path = book(tmp_path / "a.xlsx", cells)
    workbook, found = calculate(path)
    now = results(workbook)
    assert [now[f"A{row}"] for row in range(1, 7)] == [None] * 6
    shown = {(f.code, f.cell): f.message for f in found.findings}
    assert ("formula-not-calculated", "A1") in shown
    assert "AGGREGATE" in shown["formula-not-calculated", "A2"]
    assert "no function NOSUCH" in shown["formula-not-calculated", "A4"]
    assert "A3, A5, A6" in shown["depends-on-uncalculated", "A3"]
    assert now["A7"] is None  # an engine's error alone is not believed where nothing is stored
    assert found.changed == 0


def test_errors_pass_through(tmp_path: Path) -> None:
    cells: Cells = {"A1": "#N/A", "B1": "=RAG(A1,5)", "C1": '=IF(B1="R",1,2)', "D1": "=RAG(,5)"}
    path = book(tmp_path / "a.xlsx", {**cells, "E1": '=RAG("abc",5)', "F1": "=E1&1"})
    workbook, _ = calculate(path)
    found = {name: str(value) for name, value in results(workbook).items()}
    assert found == {"B1": "#N/A", "C1": "#N/A", "D1": "", "E1": "#VALUE!", "F1": "#VALUE!"}


def test_arrays_names_tables_and_whole_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    for values in (("Actual", "Target", "RAG"), (80, 91), (95, 91), ("x", 91)):
        sheet.append(values)
    for row in (2, 3, 4):
        sheet[f"C{row}"] = "=RAG(Rates[[#This Row],[Actual]],Rates[[#This Row],[Target]],,loose)"
    sheet["E2"] = ArrayFormula("E2:E4", "=RAG(A2:A4,B2:B4)")
    sheet["F2"] = ArrayFormula("F2:F5", "=RAG(A2:A3,91)")
    for cell in ("E3", "E4", "F3", "F4", "F5"):
        sheet[cell] = 0  # Excel lists every cell that an array fills
    sheet["G2"] = "=QUARTILEBAND(A2,A2:A1048576)"
    sheet["H1"] = "20%"
    sheet.add_table(Table(displayName="Rates", ref="A1:C4"))
    made.defined_names["loose"] = DefinedName("loose", attr_text="Index!$H$1")
    save_as_excel(made, path)
    workbook, found = calculate(path)
    rated = dict(workbook.stored_values("Index", [workbook.sheets[0].tables()[0].area]))
    assert [rated.get((row, 3)) for row in (2, 3, 4)] == ["A", "G", ""]
    assert results(workbook)["G2"] == "D"
    again = {cell: value for cell, value in stored(workbook, "E2:F5").items() if value is not None}
    assert again == {
        "E2": "R",
        "E3": "G",
        "E4": "",
        "F2": "R",
        "F3": "G",
        "F4": "#N/A",
        "F5": "#N/A",
    }
    assert found.findings == ()


def stored(workbook: XlsxWorkbook, area: str) -> dict[str, object]:
    left, top, right, bottom = range_boundaries(area)
    cells = workbook.stored_values("Index", [openpyxl_area(top, left, bottom, right)])
    letters = get_column_letter
    return {f"{letters(column)}{row}": str(value) for (row, column), value in cells}


def openpyxl_area(*corners: int | None) -> CellRange:
    return CellRange(*(corner or 1 for corner in corners))


def test_a_function_of_the_workbooks_own_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    sheet["A1"], sheet["B1"] = "=RAG(88,91)", "=BREACH(1,2,3)"
    own = DefinedName("RAG", attr_text="_xlfn.LAMBDA(_xlpm.a,_xlpm.b,_xlpm.a+_xlpm.b)")
    made.defined_names["RAG"] = own
    made.calculation.fullCalcOnLoad = False
    made.save(path)
    workbook, found = calculate(path)
    assert results(workbook) == {"A1": None, "B1": "Below"}
    assert "formula-not-calculated" in codes(found)
    own.comment = "Rates a figure. perf-addin"
    made.save(path)
    workbook, _ = calculate(path)
    assert results(workbook)["A1"] == "A"


def test_settings_hold_for_calls(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": 88, "B1": 91, "C1": "=RAG(A1,B1)"})
    tolerance = read_tolerance("1%")
    workbook, _ = calculate(path, defaults=Defaults(tolerance=tolerance))  # type: ignore[arg-type]
    assert results(workbook)["C1"] == "R"


def test_circles_keep_what_is_stored(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": "=B1+1", "B1": "=A1+1", "C1": "=RAG(A1,2)"})
    workbook, found = calculate(path)
    assert results(workbook)["A1"] is None
    assert "formula-not-calculated" in codes(found)


@pytest.mark.parametrize("doubt", ("manual", "on load", "LibreOffice"))
def test_doubtful_results_are_worked_out_anew(tmp_path: Path, doubt: str) -> None:
    path = book(tmp_path / "a.xlsx", CHAIN, DATA)
    calculated(path)
    change(path, "A1", 90, "Data")
    workbook = opened(path)
    package = workbook.package
    if doubt == "LibreOffice":
        xml = package.read("docProps/app.xml")
        package.replace("docProps/app.xml", xml.replace(b"Microsoft Excel", b"LibreOffice/7.4"))
    else:
        said = b'calcMode="manual"' if doubt == "manual" else b'fullCalcOnLoad="1"'
        xml = package.read("xl/workbook.xml").replace(b'fullCalcOnLoad="0"', said)
        package.replace("xl/workbook.xml", xml)
    save(package, path, backup=False)
    workbook, found = calculate(path)
    assert results(workbook)["A2"] == 0.9
    assert codes(found) == ["stored-results-doubted"]
