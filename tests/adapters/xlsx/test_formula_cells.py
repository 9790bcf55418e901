"""Formula cells: read as they are stored, and given results without touching anything else."""

from __future__ import annotations

import random
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from perf_addin.adapters.xlsx import formula_cells
from perf_addin.adapters.xlsx.formula_cells import FormulaCells, result_edits
from perf_addin.adapters.xlsx.part_tree import splice
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.stored_values import stored_values
from perf_addin.application.formulas.cells import FormulaCell, FormulaKind
from perf_addin.application.functions import ExcelError, Scalar
from perf_addin.application.grid import CellRange
from perf_addin.domain.errors import InputError
from tests.application.build import opened

SHEET = (
    '<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
    '<c r="B1" s="3" t="str"><f>IF(A1&gt;0,"a &amp; b","")</f><v>a &amp; b</v></c>'
    '<c r="C1"><f t="shared" ref="C1:C2" si="0">A1*2</f><v>2</v></c></row>'
    '<row r="2"><c r="A2" t="b"><f>TRUE</f><v>1</v></c><c r="B2" t="e"><f>NA()</f><v>#N/A</v></c>'
    '<c r="C2"><f t="shared" si="0"/><v>4</v></c><c r="D2" cm="1"><f t="array" ref="D2:D3">A1:A2'
    '</f></c></row><row r="3"><c r="A3" s="1" t="s"><v>0</v></c><c r="D3"><v>7</v></c></row>'
    "</sheetData></worksheet>"
)


def scan_of(xml: str) -> SheetScan:
    return SheetScan(xml.encode(), "Sheet 'Test'")


def with_results(xml: str, results: dict[tuple[int, int], Scalar]) -> str:
    scan = scan_of(xml)
    return splice(scan.xml, result_edits(scan, results)).decode()


@pytest.mark.parametrize(
    "xml",
    (
        SHEET,
        SHEET.replace("<", "<x:").replace("<x:/", "</x:").replace('xmlns="x"', 'xmlns:x="x"'),
        SHEET.replace('<c r="B1"', '<c  s="9" r="B1"', 1).replace(' s="3"', "", 1),
    ),
    ids=["as Excel writes", "prefixed", "attributes in another order"],
)
def test_cells_are_read(xml: str) -> None:
    cells = list(FormulaCells(scan_of(xml)))
    shown = [(c.row, c.column, c.text, c.kind.value, c.group, c.stored, c.dynamic) for c in cells]
    assert shown == [
        (1, 2, 'IF(A1>0,"a & b","")', "own", None, "a & b", False),
        (1, 3, "A1*2", "shared", 0, 2.0, False),
        (2, 1, "TRUE", "own", None, True, False),
        (2, 2, "NA()", "own", None, ExcelError.NA, False),
        (2, 3, "", "shared", 0, 4.0, False),
        (2, 4, "A1:A2", "array", None, None, True),
    ]
    assert cells[-1].area == (2, 4, 3, 4)


@pytest.mark.parametrize("empty", ("<v></v>", "<v/>", "<v />"))
@pytest.mark.parametrize("tag", ('<c r="A1"{}>', '<c  r="A1"{}>', '<c r="A1"{}><!-- odd -->'))
def test_an_empty_text_is_a_result_and_an_empty_number_is_none(empty: str, tag: str) -> None:
    """Excel stores an empty text as `str`; openpyxl an uncalculated formula without a type."""
    for kind, stored in ((' t="str"', ""), ("", None), (' t="n"', None), (' t="b"', None)):
        cell = f"{tag.format(kind)}<f>B1</f>{empty}</c>"
        scan = scan_of(f"<worksheet><sheetData><row r='1'>{cell}</row></sheetData></worksheet>")
        (found,) = FormulaCells(scan)
        assert found.stored == stored
        strings = SharedStrings(b"<sst/>")
        read = dict(stored_values(scan, lambda: strings, [CellRange(1, 1, 1, 1)]))  # noqa: B023
        assert read.get((1, 1)) == stored


def test_nothing_of_an_empty_text_in_its_shorter_spelling_is_touched() -> None:
    xml = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><f>B1</f><v/></c></row></sheetData>'
    assert with_results(f"{xml}</worksheet>", {(1, 1): ""}) == f"{xml}</worksheet>"


@pytest.mark.parametrize(
    ("value", "stored"),
    (
        ("R", '<c r="B1" s="3" t="str"><f>IF(A1&gt;0,"a &amp; b","")</f><v>R</v></c>'),
        ("<&", '<c r="B1" s="3" t="str"><f>IF(A1&gt;0,"a &amp; b","")</f><v>&lt;&amp;</v></c>'),
        ("", '<c r="B1" s="3" t="str"><f>IF(A1&gt;0,"a &amp; b","")</f><v></v></c>'),
        (0.1, '<c r="B1" s="3"><f>IF(A1&gt;0,"a &amp; b","")</f><v>0.1</v></c>'),
        (12, '<c r="B1" s="3"><f>IF(A1&gt;0,"a &amp; b","")</f><v>12</v></c>'),
        (1e20, '<c r="B1" s="3"><f>IF(A1&gt;0,"a &amp; b","")</f><v>1e+20</v></c>'),
        (True, '<c r="B1" s="3" t="b"><f>IF(A1&gt;0,"a &amp; b","")</f><v>1</v></c>'),
        (ExcelError.NA, '<c r="B1" s="3" t="e"><f>IF(A1&gt;0,"a &amp; b","")</f><v>#N/A</v></c>'),
    ),
)
def test_a_result_replaces_value_and_type_only(value: Scalar, stored: str) -> None:
    changed = with_results(SHEET, {(1, 2): value})
    before, _, rest = SHEET.partition('<c r="B1"')
    assert changed == before + stored + rest.partition("</c>")[2]


def test_arrays_blanks_and_what_is_the_same() -> None:
    same: dict[tuple[int, int], Scalar] = {(1, 2): "a & b", (2, 1): True, (2, 3): 4.0, (9, 9): 1.0}
    assert with_results(SHEET, same) == SHEET
    changed = with_results(SHEET, {(2, 4): 5.0, (3, 4): "x", (2, 3): "y"})
    assert '<f t="array" ref="D2:D3">A1:A2</f><v>5</v></c>' in changed
    assert '<c r="D3" t="str"><v>x</v></c>' in changed
    assert '<c r="C2" t="str"><f t="shared" si="0"/><v>y</v></c>' in changed


def test_what_else_a_cell_holds_stays() -> None:
    odd = '<c r="A1" vm="2"><f ca="1">X(1/2)</f><v>1</v><extLst><ext uri="u"/></extLst></c>'
    xml = f'<worksheet><sheetData><row r="1">{odd}</row></sheetData></worksheet>'
    assert with_results(xml, {(1, 1): 3.5}) == xml.replace("<v>1<", "<v>3.5<")


def agrees(cell: FormulaCell, formula: object, value: object) -> bool:
    """Whether a cell was read as openpyxl reads it."""
    text = formula
    if isinstance(formula, ArrayFormula):
        text = formula.text
    if isinstance(formula, DataTableFormula):
        return cell.kind is FormulaKind.DATA_TABLE
    same = cell.kind is FormulaKind.SHARED or not cell.text or f"={cell.text}" == text
    if isinstance(value, str):
        return same and str(cell.stored) == value.replace("\r\n", "\n")
    return same and (value is None or not isinstance(value, (int, float)) or cell.stored == value)


def test_corpus_is_read_as_openpyxl_reads_it(corpus_files: tuple[Path, ...]) -> None:
    compared = 0
    for path in corpus_files:
        try:
            workbook = opened(path)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                formulas = openpyxl.load_workbook(path)
                values = openpyxl.load_workbook(path, data_only=True)
        except (InputError, ValueError, TypeError, KeyError, OSError, zipfile.BadZipFile):
            continue
        for sheet in workbook.sheets:
            if sheet.name not in formulas.sheetnames:
                continue
            theirs, results = formulas[sheet.name], values[sheet.name]
            for cell in workbook.formula_cells(sheet.name):
                there = theirs.cell(cell.row, cell.column).value
                value = results.cell(cell.row, cell.column).value
                assert agrees(cell, there, value), (path.name, sheet.name, cell, there, value)
                compared += 1
    assert compared > 1000


class _Never:
    """A pattern that nothing matches."""

    def match(self, *_: object) -> None:
        """Match nothing."""


def test_plain_cells_are_edited_as_the_thorough_way_does(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(11)
    values: list[Scalar] = [None, 1.0, 0.5, "G", "", "a&b", True, ExcelError.NA, 1e300]
    kinds = ("", ' t="str"', ' t="b"', ' t="e"', ' t="n"', ' t="s"')
    formulas = ("<f>A1</f>", "<f/>", '<f t="shared" si="0"/>', '<f t="array" ref="A1">B1</f>', "")
    stored = ("", "<v>1</v>", "<v></v>", "<v/>", "<v>G</v>", "<v>0.5</v>", "<is><t>x</t></is>")
    for _ in range(400):
        style, kind = draw.choice(("", ' s="3"')), draw.choice(kinds)
        attributes = draw.choice((style + kind, kind + style))
        inside = draw.choice(formulas) + draw.choice(("", "", " ")) + draw.choice(stored)
        cell = f'<c r="A1"{attributes}>{inside}</c>'
        xml = f'<worksheet xmlns="x"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
        results = {(1, 1): draw.choice(values)}
        quick = with_results(xml, results)
        with monkeypatch.context() as patched:
            patched.setattr(formula_cells, "_PLAIN", _Never())
            assert quick == with_results(xml, results)
