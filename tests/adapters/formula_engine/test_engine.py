"""The formula engine behind its port: what goes in and what comes out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.application.formulas.book import Key
from perf_addin.application.formulas.engine import Failed, Task
from perf_addin.application.functions import Defaults, ExcelError, Scalar, Value
from perf_addin.domain.polarity import Polarity

SHEET = "It's a sheet"


def task(
    formulas: dict[Key, str],
    values: dict[Key, Scalar] | None = None,
    defaults: Defaults | None = None,
) -> Task:
    return Task([SHEET], values or {}, formulas, {}, defaults or Defaults(), from_1904=False)


def answer(formula: str, values: dict[Key, Scalar] | None = None) -> Value | Failed:
    key = ("scratch", 1, 1)
    return Formualizer().answer(
        task({key: formula}, values)._replace(sheets=["scratch", SHEET]), key
    )


def test_arguments_left_out_are_not_noughts() -> None:
    assert answer('RAG(1,2,,"60%")&RAG(3,0,)&RAG(1,,)&RAG(5,0,"Low")') == "AGR"
    assert answer('IF(TRUE,RAG(88, 91 , , "5%"))') == "A"


@pytest.mark.parametrize(
    ("formula", "place"),
    (
        ("MATCH(10,{area},FALSE)", 2.0),
        ("match( 10 , {area} , false )", 2.0),
        ("MATCH(2.5,{1,2,3},TRUE)", 2.0),
        ("INDEX({area},MATCH(MATCH(5,{area},FALSE)*10,{area},FALSE)-1)", 5.0),
        ('IF(MATCH(5,{area},FALSE)=4,FALSE,"MATCH(1,2,FALSE)")', False),
        ("MATCH(10,{area},IF(TRUE,0))", 2.0),
    ),
)
def test_a_truth_value_says_how_match_is_to_match(formula: str, place: Scalar) -> None:
    """FALSE is 0, an exact match, as in Excel; the engine by itself looks for the next smaller."""
    figures = (30.0, 10.0, 20.0, 5.0, 40.0)
    values: dict[Key, Scalar] = {(SHEET, row, 1): n for row, n in enumerate(figures, 1)}
    area = "'It''s a sheet'!A1:A5"
    assert answer(formula.replace("{area}", area), values) == place


def test_errors_go_in_and_come_out_as_errors() -> None:
    values: dict[Key, Scalar] = {(SHEET, 1, 1): ExcelError.NA, (SHEET, 2, 1): "#N/A"}
    assert answer("RAG('It''s a sheet'!A1,1)", values) is ExcelError.NA
    assert answer("'It''s a sheet'!A2", values) == "#N/A"
    assert not isinstance(answer("'It''s a sheet'!A2", values), ExcelError)
    assert answer('IFERROR(RAG("abc",1),"none")') == "none"
    for error in (ExcelError.DIV0, ExcelError.NUM, ExcelError.NULL, ExcelError.REF):
        assert answer(f"RAG({error},1)") is error


def test_blanks_dates_and_truth_values() -> None:
    values: dict[Key, Scalar] = {(SHEET, 1, 1): True, (SHEET, 2, 1): "x"}
    assert answer("'It''s a sheet'!Z9", values) == 0
    assert answer("RAG('It''s a sheet'!Z9,1)&\"!\"", values) == "!"
    assert answer("ISBLANK('It''s a sheet'!Z9)", values) is True
    assert answer("'It''s a sheet'!A1", values) is True
    assert answer("DATE(2024,1,1)") == 45292


@pytest.mark.parametrize("size", (2, 10_000, 30_000))
def test_whole_results_of_any_size(size: int) -> None:
    values: dict[Key, Scalar] = {(SHEET, row, 1): float(row) for row in range(1, size + 1)}
    found = answer(f"'It''s a sheet'!A1:A{size}*2", values)
    assert isinstance(found, list)
    assert (len(found), found[-1]) == (size, [2.0 * size])
    found = answer(f"RAG('It''s a sheet'!A1:A{size}*1,2)", values)
    assert isinstance(found, list)
    assert (found[0], found[-1]) == (["R"], ["G"])


def test_results_of_one_cell_and_of_rows() -> None:
    assert answer("{5}") == 5
    assert answer('{1,2;3,4}&"x"') == [["1x", "2x"], ["3x", "4x"]]


@pytest.mark.parametrize("formula", ("1+", "SUM(1", "1),SUM(2", "1)", '"abc', ""))
def test_what_cannot_be_read(formula: str) -> None:
    assert answer(formula) == Failed("the engine cannot read it")


def test_a_formula_that_cannot_be_read_leaves_the_others_alone() -> None:
    formulas = {(SHEET, 1, 1): "1+1", (SHEET, 2, 1): "1+", (SHEET, 3, 1): "RAG(A1,2)"}
    found = Formualizer().evaluate(task(formulas))
    assert found[SHEET, 1, 1] == 2
    assert found[SHEET, 3, 1] == "G"
    assert isinstance(found[SHEET, 2, 1], Failed)


def test_defaults_of_the_workbook() -> None:
    formulas = {(SHEET, 1, 1): "IF(TRUE,RAG(5,3))"}
    low = Defaults(polarity=Polarity.LOW)
    assert Formualizer().evaluate(task(formulas)) == {(SHEET, 1, 1): "G"}
    assert Formualizer().evaluate(task(formulas, defaults=low)) == {(SHEET, 1, 1): "R"}


def test_which_functions_it_lacks() -> None:
    engine = Formualizer()
    known = ("SUM", "XLOOKUP", "T.TEST", "SINGLE", "RAG", "SPCLIMITS", "LET", "IFERROR", "ROW")
    assert [name for name in known if engine.lacks(name)] == []
    assert engine.lacks("NOSUCH")
    assert engine.lacks("MMULT")


def test_it_is_loaded_only_when_it_is_needed() -> None:
    code = (
        "import sys; from perf_addin.entry.cli import main; import perf_addin\n"
        "main(['eval', 'RAG(88,91)'])\n"
        "assert 'formualizer' not in sys.modules\n"
        "try: main(['--help'])\n"
        "except SystemExit: assert 'formualizer' not in sys.modules; print('late')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[0] == "A"
    assert ran.stdout.splitlines()[-1] == "late"


def test_a_sheet_without_a_name_is_no_defect() -> None:
    """Only a damaged workbook has one, and the engine knows no such sheet."""
    key, other = ("", 1, 1), ("", 2, 1)
    asked = task({key: "SUM(A2:B3)"}, {other: 1.0})._replace(sheets=[""])
    assert isinstance(Formualizer().answer(asked, key), Failed)
    assert set(Formualizer().evaluate(asked)) == {key}
