"""Data tables (What-If Analysis): Excel alone calculates them, and whatever moves one is told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.formula import DataTableFormula

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.formulas.book import FormulaBook
from perf_addin.application.functions import Scalar
from perf_addin.application.grid import CellRange
from perf_addin.application.recalculate import How
from tests.application.build import opened
from tests.application.test_recalculate import calculate, results, save_as_excel

# The inputs D3:D5 are put into B1 in turn; E2 says what is worked out, by way of C1 and C2.
CELLS: dict[str, str | int | DataTableFormula] = {
    "A1": 50, "B1": 91, "A2": 7,
    "C1": "=RAG(A1,B1)", "C2": "=IF(B1>90,C1,A2)", "E2": "=IF(C2=7,1,0)",
    "D3": 91, "D4": 60, "D5": 45, "E4": 1, "E5": 1,
    "E3": DataTableFormula(ref="E3:E5", dt2D=False, dtr=False, r1="B1"),
    "F1": "=SUM(E3:E5)", "F2": "=COUNT(D3:D5)", "G1": "=RAG(F2,3)",
}  # fmt: skip
STORED: dict[str, Scalar] = {
    "C1": "R", "C2": "R", "E2": 0.0, "E3": 0.0, "F1": 2.0, "F2": 3.0, "G1": "G"
}  # fmt: skip


def workbook(path: Path, **stored: Scalar) -> Path:
    """A workbook whose results are those of Excel, but for those given."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Index"
    for name, value in CELLS.items():
        sheet[name] = value
    save_as_excel(made, path)
    book = opened(path)
    values = {coordinate_to_tuple(k): v for k, v in {**STORED, **stored}.items()}
    book.put_results("Index", values)
    save(book.package, path, backup=False)
    return path


def test_nothing_is_said_of_a_table_behind_which_nothing_changed(tmp_path: Path) -> None:
    book, found = calculate(workbook(tmp_path / "a.xlsx"))
    assert found.findings == ()
    assert results(book) == STORED


def test_a_table_behind_a_new_result_keeps_its_own_and_is_named(tmp_path: Path) -> None:
    """C1 is new; E2 and C2 come to what they came to before, and the table may all the same not."""
    book, found = calculate(workbook(tmp_path / "a.xlsx", C1="A", C2="R"))
    told = {f.code: (f.cell, f.message.partition(";")[0]) for f in found.findings}
    assert told == {
        "formula-not-calculated": ("E3", "E3: the data table in E3:E5 is left to Excel"),
        "depends-on-uncalculated": ("F1", "F1: it depends on a cell that was not calculated"),
    }
    assert results(book) == STORED


def test_a_table_holds_where_everything_is_worked_out_to_the_same(tmp_path: Path) -> None:
    book, found = calculate(workbook(tmp_path / "a.xlsx"), How.ALWAYS)
    codes = {f.code: f.message.partition(";")[0] for f in found.findings}
    assert codes["formula-not-calculated"] == "E3: the data table in E3:E5 is left to Excel"
    assert codes.keys() == {"formula-not-calculated", "built-on-stored"}
    assert results(book) == STORED


def test_a_table_without_a_result_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", E3=None)
    book, found = calculate(path)
    assert "formula-not-calculated" in {f.code for f in found.findings}
    assert results(book)["E3"] is None


@pytest.mark.parametrize("ref", ("E3:E5", "E3:G5"))
def test_what_a_table_depends_on(tmp_path: Path, ref: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["C1"], sheet["E2"] = "=A1+B1", "=SUM(C1,Z9:Z12)"
    sheet["E3"] = DataTableFormula(ref=ref, dt2D=True, r1="B1", r2="A1")
    made.save(tmp_path / "a.xlsx")
    book = FormulaBook(opened(tmp_path / "a.xlsx"))
    found = book.precedents(book.nodes["Sheet", 3, 5])
    last = 5 if ref == "E3:E5" else 7
    assert set(found.areas) == {
        ("Sheet", CellRange(2, 4, 2, last)),
        ("Sheet", CellRange(3, 4, 5, 4)),
        ("Sheet", CellRange(1, 3, 1, 3)),
        ("Sheet", CellRange(9, 26, 12, 26)),
        ("Sheet", CellRange(1, 1, 1, 1)),
        ("Sheet", CellRange(1, 2, 1, 2)),
    }
    assert not found.unsupported


def test_a_table_of_figures_from_anywhere_is_not_taken_for_settled(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["E2"] = '=INDIRECT("A1")'
    sheet["E3"] = DataTableFormula(ref="E3:E5", r1="B1")
    made.save(tmp_path / "a.xlsx")
    book = FormulaBook(opened(tmp_path / "a.xlsx"))
    assert book.precedents(book.nodes["Sheet", 3, 5]).unsupported == "INDIRECT"
