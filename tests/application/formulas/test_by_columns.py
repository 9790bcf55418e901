"""Formulas worked out column by column come to what they come to one by one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.worksheet.table import Table

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.formulas.by_columns import Columns
from perf_addin.application.functions import Defaults, ExcelError, Scalar
from perf_addin.application.recalculate import How, Recalculated, recalculate
from tests.application.build import opened
from tests.application.formulas.filled_sheets import MAIN, Sheet, write

_DATA = Sheet(-1).xml_of_constants()
_SEEDS = 96
_GROUPS = 8


class OneByOne(XlsxWorkbook):
    """A workbook whose formulas can only be read one by one."""

    def formula_columns(self, sheet: str) -> None:
        """Nothing: the cells have to be read."""
        del sheet


def _both(path: Path, how: How) -> tuple[Recalculated, Recalculated, bool]:
    """What either way comes to, having held the bytes against each other; whether it was quick."""
    thorough, quick = OneByOne(Package.open(path)), opened(path)
    expected = recalculate(thorough, how, Formualizer, Defaults())
    found = recalculate(quick, how, Formualizer, Defaults())
    (part,) = (p for p in quick.package.part_names if p.endswith("sheet1.xml"))
    assert quick.package.read(part) == thorough.package.read(part)
    every = how is How.ALWAYS
    columns = Columns(opened(path), Defaults(), everything=every)
    return expected, found, columns.work_out() is not None


def _altered(
    results: dict[tuple[int, int], Scalar], draw: random.Random
) -> dict[tuple[int, int], Scalar]:
    """Results of which some are others than they should be, or lacking."""
    odd: tuple[Scalar, ...] = (None, "G", "", 0.5, ExcelError.NAME, True)
    return {at: draw.choice(odd) if draw.random() < 0.05 else v for at, v in results.items()}


@pytest.mark.parametrize("group", range(_GROUPS))
def test_random_sheets_come_to_the_same_either_way(tmp_path: Path, group: int) -> None:
    was_quick = runs = 0
    for seed in range(group, _SEEDS, _GROUPS):
        sheet, path = Sheet(seed), tmp_path / f"{seed}.xlsx"
        write(path, sheet.xml({}), _DATA, program="Another")
        workbook = OneByOne(Package.open(path))
        recalculate(workbook, How.ALWAYS, Formualizer, Defaults())
        right = {(c.row, c.column): c.stored for c in workbook.formula_cells("Index")}
        draw = random.Random(seed)
        for program in ("Microsoft Excel", "Another"):
            for stored in ({}, right, _altered(right, draw)):
                write(path, sheet.xml(stored), _DATA, program=program)
                for how in (How.AUTO, How.ALWAYS):
                    expected, found, quick = _both(path, how)
                    assert found == expected, (seed, program, how, sheet.formulas, stored)
                    was_quick += quick
                    runs += 1
    assert was_quick > runs / 5


@pytest.mark.parametrize("way", (XlsxWorkbook, OneByOne))
def test_a_call_behind_a_formula_behind_a_call_is_worked_out_last(
    tmp_path: Path, way: type[XlsxWorkbook]
) -> None:
    """A2 was changed since Excel calculated; what E2 reads follows from C2."""
    cells = (
        '<c r="A2"><v>50</v></c><c r="B2"><v>91</v></c>'
        '<c r="C2" t="str"><f>RAG(A2,B2)</f><v>G</v></c>'
        '<c r="D2"><f>IF(C2="R",10,100)</f><v>100</v></c>'
        '<c r="E2" t="str"><f>RAG(D2,B2)</f><v>G</v></c>'
        '<c r="F2" t="str"><f>IF(E2="R","bad","fine")</f><v>fine</v></c>'
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    path = tmp_path / "chain.xlsx"
    write(path, sheet, _DATA)
    workbook = way(Package.open(path))
    found = recalculate(workbook, How.AUTO, Formualizer, Defaults())
    assert found == Recalculated(4, 4, ())
    assert [c.stored for c in workbook.formula_cells("Index")] == ["R", 10.0, "R", "bad"]


def test_a_call_that_comes_to_what_was_stored_after_all_is_not_changed(tmp_path: Path) -> None:
    """Worked out from the old D2, E2 would be another; from the new one it is as stored."""
    cells = (
        '<c r="A2"><v>50</v></c><c r="B2"><v>91</v></c>'
        '<c r="C2" t="str"><f>RAG(A2,B2)</f><v>G</v></c>'
        '<c r="D2"><f>IF(C2="R",10,100)</f><v>100</v></c>'
        '<c r="E2" t="str"><f>RAG(D2,B2)</f><v>R</v></c>'
        '<c r="F2" t="str"><f>IF(E2="R","bad","fine")</f><v>bad</v></c>'
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    path = tmp_path / "chain.xlsx"
    write(path, sheet, _DATA)
    for way in (XlsxWorkbook, OneByOne):
        workbook = way(Package.open(path))
        found = recalculate(workbook, How.AUTO, Formualizer, Defaults())
        assert found == Recalculated(4, 2, ()), way
        assert [c.stored for c in workbook.formula_cells("Index")] == ["R", 10.0, "R", "bad"]


def test_cells_of_a_table_s_own_row_are_read_by_columns(tmp_path: Path) -> None:
    """As Excel stores them: `Rates[[#This Row],[Q1 2021]]`; no such row is below the table."""
    book = Book()
    page = book.active
    assert page is not None
    page.title = "Index"
    page.append(["Q1 2021", "Target", "Rating", "Note"])
    for row in range(2, 42):
        text = "Rates[[#This Row],[Q1 2021]],Rates[[#This Row],[Target]]"
        note = 'IF(Rates[[#This Row],[Rating]]="R","[#This Row]","")'
        page.append([row * 2.5, 80, f"=RAG({text})", f"={note}"])
    page.add_table(Table(displayName="Rates", ref="A1:D41"))
    path = tmp_path / "table.xlsx"
    book.save(path)
    for how in How.AUTO, How.ALWAYS:
        expected, found, quick = _both(path, how)
        assert quick
        assert found == expected
        assert (found.calculated, found.changed) == (80, 80)
    page["C42"] = "=RAG(Rates[[#This Row],[Q1 2021]],80)"
    book.save(path)
    expected, found, quick = _both(path, How.AUTO)
    assert not quick
    assert found == expected
    assert [finding.code for finding in found.findings] == [
        "stored-results-doubted",
        "formula-not-calculated",
    ]


def test_a_text_reckoned_with_an_error_is_left_to_the_engine(tmp_path: Path) -> None:
    """Which of two errors comes of it depends on where the error comes from."""
    cells = (
        '<c r="A2" t="str"><v>Low</v></c><c r="B2" t="e"><v>#DIV/0!</v></c>'
        '<c r="C2"><f>A2/SUM(A$2:B$2)</f></c><c r="D2"><f>A2/B2</f></c>'
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    path = tmp_path / "errors.xlsx"
    write(path, sheet, _DATA)
    expected, found, quick = _both(path, How.ALWAYS)
    assert found == expected
    assert not quick


def test_columns_of_a_table_are_counted_by_columns(tmp_path: Path) -> None:
    """As a summary beside an index does: how many are red, and what share of all that is."""
    book = Book()
    page = book.active
    assert page is not None
    page.title = "Index"
    page.append(["Q1 2021", "Target", "Rating"])
    for row in range(2, 42):
        page.append([row * 2.5, 80, f"=RAG(A{row},B{row})"])
    page.add_table(Table(displayName="Rates", ref="A1:C41"))
    summary = book.create_sheet("Summary")
    for row, letter in enumerate("RAG", 1):
        share = f"=COUNTIF(Rates[Rating],A{row})/COUNTA(Rates[Rating])"
        summary.append([letter, f'=COUNTIF(Rates[Rating],"{letter}")', share])
    summary.append([None, "=AVERAGE(Rates[Q1 2021])", "=SUM(Index!A2:A41)/COUNT(Index!A2:A41)"])
    path = tmp_path / "table.xlsx"
    book.save(path)
    for how in How.AUTO, How.ALWAYS:
        expected, found, quick = _both(path, how)
        assert quick
        assert found == expected
    for way in (XlsxWorkbook, OneByOne):
        workbook = way(Package.open(path))
        recalculate(workbook, How.AUTO, Formualizer, Defaults())
        counted = [c.stored for c in workbook.formula_cells("Summary")]
        assert counted == [27.0, 27 / 40, 3.0, 3 / 40, 10.0, 10 / 40, 53.75, 53.75], way
