"""Calculated formulas against judges: LibreOffice, and what Excel stored in real workbooks."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.functions import Defaults
from perf_addin.application.recalculate import How, Recalculated, recalculate
from perf_addin.domain.errors import PerfAddinError
from tests.agreement import compare
from tests.application.build import opened
from tests.judges import libreoffice_convert, new_errors, validate_many

ROWS = 60
_ENOUGH = 7  # workbooks of the corpus that are validated

# What indexes and their support sheets are full of; {r} is a row.
ROW_FORMULAS = (
    "B{r}/C{r}", 'IFERROR(B{r}/C{r},"")', "ROUND(B{r}/C{r}*100,1)", "B{r}-D{r}",
    'IF(C{r}="","",B{r}/C{r})', 'IF(AND(ISNUMBER(B{r}),ISNUMBER(D{r})),B{r}-D{r},"n/a")',
    'IF(B{r}>=D{r},"G",IF(B{r}>=D{r}*0.9,"A","R"))', 'TEXT(B{r},"0.0%")',
    'TEXT(B{r},"#,##0")', 'A{r}&" - "&E{r}', "SUM(B{r}:D{r})", "AVERAGE(B{r}:D{r})",
    "MAX(B{r}:D{r})-MIN(B{r}:D{r})", "COUNT(B{r}:D{r})", "COUNTA(A{r}:E{r})", "ISTEXT(E{r})",
    "COUNTBLANK(A{r}:E{r})", "RANK(B{r},B$2:B$61)", "COUNTIF(E$2:E$61,E{r})",
    "SUMIF(E$2:E$61,E{r},B$2:B$61)", "AVERAGEIF(E$2:E$61,E{r},B$2:B$61)",
    'COUNTIFS(E$2:E$61,E{r},B$2:B$61,">50")', 'SUMIFS(B$2:B$61,E$2:E$61,E{r},D$2:D$61,"<80")',
    "VLOOKUP(A{r},A$2:E$61,5,FALSE)", "INDEX(B$2:B$61,MATCH(A{r},A$2:A$61,0))",
    "SUMPRODUCT((E$2:E$61=E{r})*(B$2:B$61>D$2:D$61))", "LEFT(A{r},3)", "LEN(E{r})",
    "UPPER(E{r})", 'TRIM("  "&E{r})', 'SUBSTITUTE(E{r},"a","o")', "MID(A{r},2,2)",
    "B{r}%", "-B{r}^2", "INT(B{r})", "MOD(B{r},7)", "ABS(B{r}-D{r})", "IF(B{r},1,0)",
    "QUARTILE(B$2:B$61,1)", "PERCENTRANK(B$2:B$61,B{r})", "LARGE(B$2:B$61,3)",
    "MEDIAN(B$2:B$61)", "STDEV(B$2:B$61)", "SUBTOTAL(9,B$2:B$61)", "EDATE(44000,{r})",
    "EOMONTH(44000,{r})", "DATE(2021,{r},1)", 'TEXT(DATE(2021,{r},1),"mmm yyyy")',
    "YEAR(44000+{r}*30)", "SUM(B:B)", "B$2:B$61*2", 'IF(B$2:B$61>50,"over","under")',
    "SUM(IF(B{r}>50,B$2:B$61,D$2:D$61))", "CHOOSE(2,A{r},E{r})", "NOT(B{r}>50)",
    'EXACT(E{r},"adults")', 'FIND("a",A{r}&"a")', "ISBLANK(C{r})", "C{r}=0", 'C{r}&"x"',
    "1/C{r}", "MATCH(1000,B$2:B$61,0)", "SQRT(-1*B{r})", "ROUND(-2.5,0)", 'ROUND(B{r}/3,2)&""',
)  # fmt: skip


def _index(path: Path, formulas: Sequence[str] = ROW_FORMULAS) -> Path:
    """A sheet of figures, some of them missing, with a formula of every kind in every row."""
    chance = random.Random(11)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", "Actual", "Base", "Target", "Directorate"])
    for number in range(1, ROWS + 1):
        base = None if number % 9 == 0 else chance.randint(20, 400)
        figures = [round(chance.uniform(1, 99), 1), base, chance.randint(50, 95)]
        sheet.append([f"KPI{number:03}", *figures, chance.choice(["adults", "places", "Health"])])
        for place, formula in enumerate(formulas):
            sheet.cell(number + 1, 7 + place).value = f"={formula.format(r=number + 1)}"
    book.calculation.fullCalcOnLoad = False
    book.save(path)
    return path


def _calculated(path: Path, target: Path) -> Recalculated:
    workbook = opened(path)
    found = recalculate(workbook, How.AUTO, Formualizer, Defaults())
    save(workbook.package, target, backup=False)
    return found


def _alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, float | int) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs or {ours, theirs} == {None, ""}


# Where LibreOffice gives something else than Excel, and what Excel documents.
NOT_AS_EXCEL = {
    "SQRT(-1*B{r})": "saved as #VALUE!, although LibreOffice shows a wrong argument; Excel: #NUM!",
    "PERCENTRANK(B$2:B$61,B{r})": "rounded to three digits; Excel cuts off behind the third",
}


def test_libreoffice_calculates_the_same(tmp_path: Path) -> None:
    source = _index(tmp_path / "index.xlsx")
    found = _calculated(source, tmp_path / "ours.xlsx")
    assert [finding.code for finding in found.findings] == ["stored-results-doubted"]
    judged = libreoffice_convert(source, "xlsx", tmp_path / "judge")
    ours = openpyxl.load_workbook(tmp_path / "ours.xlsx", data_only=True).worksheets[0]
    theirs = openpyxl.load_workbook(judged, data_only=True).worksheets[0]
    differ: dict[str, tuple[object, object]] = {}
    for row in range(2, ROWS + 2):
        for place, formula in enumerate(ROW_FORMULAS):
            one, other = ours.cell(row, 7 + place).value, theirs.cell(row, 7 + place).value
            if not _alike(one, other):
                differ[formula] = one, other
    assert differ.keys() == NOT_AS_EXCEL.keys(), differ


# What is worked out column by column, without the engine.
PLAIN_FORMULAS = (
    "B{r}/C{r}", 'IFERROR(B{r}/C{r},"")', "B{r}-D{r}", "B{r}+D{r}*2", "(B{r}+D{r})*2", "-B{r}+1",
    'IF(C{r}="","",B{r}/C{r})', 'IF(B{r}>=D{r},"G",IF(B{r}>=D{r}*0.9,"A","R"))', "B{r}%", "+B{r}",
    'A{r}&" - "&E{r}', "SUM(B{r}:D{r})", "AVERAGE(B{r}:D{r})", "MAX(B{r}:D{r})-MIN(B{r}:D{r})",
    "COUNT(A{r}:E{r})", "ABS(B{r}-D{r})", "IF(B{r},1,0)", "NOT(B{r}>50)", "ISBLANK(C{r})",
    "C{r}=0", "1/C{r}", "IF(AND(B{r}>50,D{r}>60),1,2)", 'IF(OR(B{r}>50,E{r}="HEALTH"),1,2)',
    "SUM(B{r},D{r})", "IF(B{r}<>D{r},B{r}*2,0)", "B$2*B{r}", "SUM(A{r}:E{r})", "IFERROR(G{r}*2,-1)",
    "COUNT(G{r}:J{r})", "AVERAGE(A{r},E{r})", 'IF(E{r}="adults",1)', "B{r}*D{r}/100",
    "ROUND(B{r}/C{r}*100,1)", "ROUND(B{r},0)", "ROUND(AVERAGE(B{r},D{r}),1)", "ROUND(D{r}*7,-2)",
    'B{r}&"%"', 'C{r}&" of "&D{r}', 'CONCATENATE(A{r},": ",B{r})', "_xlfn.IFNA(G{r},0)",
    'IF(AND(ISNUMBER(B{r}),ISNUMBER(C{r})),B{r}-C{r},"n/a")', "ISERROR(G{r})", "ISNA(G{r})",
    '_xlfn.IFS(B{r}>=D{r},"G",B{r}>=D{r}*0.9,"A",TRUE,"R")', "COUNTA(A{r}:E{r})",
    "COUNTBLANK(A{r}:E{r})", "COUNTBLANK(G{r}:I{r})", "SUM(B$2:B$61)",
    'COUNTIF(E$2:E$61,"adults")', "COUNTIF(E$2:E$61,E{r})", 'COUNTIF(B$2:B$61,">50")',
    "B{r}/SUM(B$2:B$61)",
    'COUNTIFS(E$2:E$61,E{r},B$2:B$61,">=20.5")', "COUNTIF(D$2:D$61,D{r})", "COUNT(C$2:C$61)",
    "INDEX(D$2:D$61,MATCH(A{r},A$2:A$61,0))", "VLOOKUP(A{r},A$2:E$61,5,FALSE)",
    "MATCH(D{r},D$2:D$61,0)",
    'IFERROR(VLOOKUP("none",A$2:D$61,2,0),"")', "INDEX(B$2:B$61,3)",
    "COUNTBLANK(C$2:C$61)", "COUNTA(E$2:E$70)", "AVERAGE(D$2:D$61)", "MAX(B$1:B$61)-B{r}",
    '_xlfn.IFNA(IF(B{r}>50,B{r}),"")',
)  # fmt: skip


def test_columns_are_worked_out_as_libreoffice_does(tmp_path: Path) -> None:
    source = _index(tmp_path / "index.xlsx", PLAIN_FORMULAS)
    workbook = opened(source)

    def engine() -> Formualizer:
        pytest.fail("the engine was asked")

    found = recalculate(workbook, How.AUTO, engine, Defaults())
    assert found.calculated == found.changed == ROWS * len(PLAIN_FORMULAS)
    save(workbook.package, tmp_path / "ours.xlsx", backup=False)
    judged = libreoffice_convert(source, "xlsx", tmp_path / "judge")
    ours = openpyxl.load_workbook(tmp_path / "ours.xlsx", data_only=True).worksheets[0]
    theirs = openpyxl.load_workbook(judged, data_only=True).worksheets[0]
    for row in range(2, ROWS + 2):
        for place, formula in enumerate(PLAIN_FORMULAS):
            one, other = ours.cell(row, 7 + place).value, theirs.cell(row, 7 + place).value
            assert _alike(one, other), (formula, row, one, other)


def test_what_depends_on_our_functions_is_as_libreoffice_has_it(tmp_path: Path) -> None:
    """LibreOffice knows none of our functions: it is given their results."""
    source = tmp_path / "index.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    chance = random.Random(5)
    for row in range(1, ROWS + 1):
        sheet.append([chance.randint(60, 100), chance.randint(80, 90)])
        sheet.cell(row, 3).value = f"=[1]!RAG(A{row},B{row})"
        sheet.cell(row, 4).value = f'=IF(C{row}="R",1,0)+SUM(E$1:E${row})*0'
        sheet.cell(row, 5).value = f'=COUNTIF(C$1:C${row},"A")'
    sheet["G1"] = f'=COUNTIF(C1:C{ROWS},"R")&" of "&COUNTA(C1:C{ROWS})'
    sheet["G2"] = f"=SUM(D1:D{ROWS})"
    book.save(source)
    _calculated(source, tmp_path / "ours.xlsx")
    ours = openpyxl.load_workbook(tmp_path / "ours.xlsx", data_only=True).worksheets[0]
    for row in range(1, ROWS + 1):
        sheet.cell(row, 3).value = ours.cell(row, 3).value
    book.save(source)
    judged = libreoffice_convert(source, "xlsx", tmp_path / "judge")
    theirs = openpyxl.load_workbook(judged, data_only=True).worksheets[0]
    shown = [[cell.value for cell in row] for row in ours.iter_rows(1, ROWS, 1, 7)]
    assert shown == [[cell.value for cell in row] for row in theirs.iter_rows(1, ROWS, 1, 7)]
    assert {row[2] for row in shown} == {"R", "A", "G"}


def test_no_stored_result_of_the_corpus_is_contradicted(corpus_files: tuple[Path, ...]) -> None:
    """What Excel and others stored is hidden, calculated anew, and the same or named."""
    differ: dict[str, tuple[object, ...]] = {}
    formulas = agree = 0
    for path in corpus_files:
        try:
            found = compare(path)
        except PerfAddinError:
            continue
        formulas, agree = formulas + found.formulas, agree + found.agree
        if found.differ:
            differ[path.name] = found.differ
    assert differ == {}
    assert (formulas > 4000, agree > 300) == (True, True)


@pytest.mark.parametrize("name", ("2018-19", "2021-22"))
def test_the_samples_are_calculated_to_what_is_stored(root: Path, name: str) -> None:
    found = compare(root / "workbook" / f"performance_index_{name}.xlsx")
    assert found.formulas == found.agree > 100


def test_recalculated_workbooks_have_no_new_error(
    corpus_files: tuple[Path, ...], tmp_path: Path
) -> None:
    """Each without the results that it came with, so that every cell is written."""
    pairs: dict[Path, Path] = {}
    for number, source in enumerate(corpus_files):
        target = tmp_path / f"{number}{source.suffix}"
        try:
            workbook = opened(source)
            for sheet in workbook.sheets:
                cells = workbook.formula_cells(sheet.name)
                workbook.put_results(sheet.name, {(c.row, c.column): None for c in cells})
            found = recalculate(workbook, How.ALWAYS, Formualizer, Defaults())
            workbook.ask_for_calculation()
            save(workbook.package, target, backup=False)
        except PerfAddinError:
            continue
        if found.changed > 1:
            pairs[source] = target
        if len(pairs) == _ENOUGH:
            break
    assert len(pairs) == _ENOUGH
    after = validate_many(pairs.values())
    before = validate_many(source for source, target in pairs.items() if after[target])
    for source, target in pairs.items():
        assert not after[target] or new_errors(before[source], after[target]) == (), source
