"""The table of cases as formulas: evaluated alone, by the engine, and in a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.application.evaluate import Evaluator
from perf_addin.application.functions import Defaults, Value
from perf_addin.application.recalculate import How, recalculate
from tests.application.build import opened
from tests.parity.cases import CASES, Case, agrees
from tests.parity.generated import GENERATED

WRITTEN = [case for case in CASES if case.fits_a_formula]
TYPED = [case for case in GENERATED if case.fits_a_formula]
IDS = [f"{number}: {case.formula[:60]}" for number, case in enumerate(WRITTEN)]


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator(None, Formualizer, Defaults())


@pytest.mark.parametrize("case", WRITTEN, ids=IDS)
def test_evaluated(case: Case, evaluator: Evaluator) -> None:
    got = evaluator.evaluate(case.formula)
    assert agrees(case.expected, got), f"{case.formula} ({case.source}): {got!r}"


@pytest.mark.parametrize("case", WRITTEN, ids=IDS)
def test_evaluated_by_the_engine(case: Case, evaluator: Evaluator) -> None:
    got = evaluator.evaluate(f"IF(TRUE,{case.formula.removeprefix('=')})")
    expected = case.expected
    if isinstance(expected, list) and len(expected) == len(expected[0]) == 1:
        expected = expected[0][0]  # IF makes one cell of an array with one
    assert agrees(expected, got), f"{case.formula} ({case.source}): {got!r}"


@pytest.mark.parametrize("by_engine", (False, True))
def test_generated_calls_evaluated(evaluator: Evaluator, *, by_engine: bool) -> None:
    different = []
    for case in TYPED:
        formula = case.formula.removeprefix("=")
        got = evaluator.evaluate(f"IF(TRUE,{formula})" if by_engine else formula)
        if not agrees(case.expected, got):
            different.append(f"{formula}: {got!r}, expected {case.expected!r}")
    assert different == []


def first_of(value: Value) -> Value:
    """What a cell shows of a result with several cells."""
    return value[0][0] if isinstance(value, list) else value


def test_recalculated_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    written = [*WRITTEN, *TYPED]
    for row, case in enumerate(written, 1):
        sheet.cell(row, 1).value = f"={case.formula.removeprefix('=')}"
    book.calculation.fullCalcOnLoad = False
    book.save(tmp_path / "cases.xlsx")
    workbook = opened(tmp_path / "cases.xlsx")
    found = recalculate(workbook, How.AUTO, Formualizer, Defaults())
    assert found.calculated == len(written)
    assert {finding.code for finding in found.findings} == {"stored-results-doubted"}
    stored = {cell.row: cell.stored for cell in workbook.formula_cells(sheet.title)}
    assert len(stored) == len(written) > 1200
    for row, case in enumerate(written, 1):
        expected = first_of(case.expected)
        assert agrees(expected, stored[row]), f"{case.formula}: {stored[row]!r}"
