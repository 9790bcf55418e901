"""The command eval, as a person types it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.entry.cli import main
from tests.application.test_recalculate import save_as_excel


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["eval", *arguments]) == code
    return capsys.readouterr().out


def test_formulas_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    formulas = ('RAG(88,91,"High","5%")', "=rag({80;95},91)", 'IF(RAG(80,91)="R",1/2,0)')
    assert printed(capsys, *formulas) == "A\nR\nG\n0.5\n"
    assert printed(capsys, "SEQUENCE(2,2)", "1=1", "1/0") == "1\t2\n3\t4\nTRUE\n#DIV/0!\n"
    assert printed(capsys, "0.1+0.2", "88") == "0.3\n88\n"


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    formulas = ("RAG(88,91)", '"é"', "RAG({1,2},{1;3})", "1/0", "3>2", 'RAG("abc",1)')
    lines = printed(capsys, "--json", *formulas).splitlines()
    assert [json.loads(line) for line in lines] == [
        {"value": "A"},
        {"value": "é"},
        {"value": [["G", "G"], ["R", "R"]]},
        {"error": "#DIV/0!"},
        {"value": True},
        {"error": "#VALUE!"},
    ]


def test_formulas_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("=RAG(1,2)\n\nRAG(3,2)\n"))
    assert printed(capsys, "--stdin", "RAG(2,2)") == "G\nR\nG\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    (
        ((), "found no formula"),
        (("",), "found an empty formula"),
        (("RAG(88",), "RAG(88: the engine cannot read it"),
        (("RAG(A1,2)",), "it refers to cells. Name their workbook with --file"),
        (("1 ~ 2",), "found '~', which no formula has"),
    ),
)
def test_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["eval", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_one_that_cannot_be_read_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(capsys, "--json", "RAG(", "RAG(1,1)", code=2).splitlines()
    assert [list(json.loads(line)) for line in lines] == [["failed"], ["value"]]


def test_formulas_among_the_cells_of_a_workbook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "The index"
    for row in ((80, 91), (95, 91), ("x", 91)):
        sheet.append(row)
    book.create_sheet("formula")["A1"] = 5
    book.save(tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    file = ("--file", str(tmp_path / "a.xlsx"))
    assert printed(capsys, *file, "RAG(A1:A3,B1:B3)", "SUM(A:A)*2") == "R\nG\n\n350\n"
    assert printed(capsys, *file, "'The index'!A1+formula!A1", "RAG(A2,B2)&C9") == "85\nG\n"
    assert printed(capsys, *file, "--sheet", "Formula", "A1+1", "RAG(A1,6)") == "6\nR\n"
    assert main(["eval", *file, "--sheet", "Nowhere", "A1"]) == 3
    assert "There is no sheet named 'Nowhere'" in capsys.readouterr().err
    assert main(["eval", "--file", str(tmp_path / "b.xlsx"), "A1"]) == 3
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_formulas_without_a_result_are_no_blanks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """As other programs than Excel leave them; a blank would make the rating nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append((80, "=A1/2", 5))
    book.save(tmp_path / "a.xlsx")
    file = ("--file", str(tmp_path / "a.xlsx"))
    assert printed(capsys, *file, "RAG(A1,C1)", "A1/C1") == "G\n16\n"
    for formula in ("RAG(B1,C1)", "B1", "SUM(A1:C1)"):
        assert main(["eval", *file, formula]) == 2
        assert "the formula in Sheet!B1 was never calculated" in capsys.readouterr().err
    assert main(["recalc", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "b.xlsx")]) == 0
    capsys.readouterr()
    assert printed(capsys, "--file", str(tmp_path / "b.xlsx"), "RAG(B1,C1)", "B1") == "G\n40\n"


@pytest.mark.parametrize("empty", (b"<v></v>", b"<v/>"))
def test_a_formula_that_gave_an_empty_text_was_calculated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, empty: bytes
) -> None:
    """However the empty text is spelled, which programs do that pass on what Excel calculated."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append((None, '=IF(A1="","",A1)', 91))
    save_as_excel(book, path)
    package = Package.open(path)
    name = "xl/worksheets/sheet1.xml"
    calculated = package.read(name).replace(b'<c r="B1"', b'<c r="B1" t="str"')
    package.replace(name, calculated.replace(b"<v></v>", empty))
    save(package, path, backup=False)
    formulas = ("RAG(B1,C1)", 'B1="a"', 'B1&"x"', "SUM(A1:C1)")
    assert printed(capsys, "--file", str(path), *formulas) == "\nFALSE\nx\n91\n"


@pytest.fixture
def file(tmp_path: Path) -> tuple[str, str]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("x", 1), ("abc", 2), ("zz", 3)):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    return ("--file", str(tmp_path / "a.xlsx"))


def test_results_of_several_cells(
    capsys: pytest.CaptureFixture[str], file: tuple[str, str]
) -> None:
    assert printed(capsys, *file, "B1:B3*2", "A1:A3", "LET(x,B1:B3,SUM(x))") == (
        "2\n4\n6\nx\nabc\nzz\n6\n"
    )
    assert printed(capsys, *file, "IFERROR(Nowhere!A1,3)", "IFERROR(noname,4)") == "3\n4\n"


@pytest.mark.parametrize(
    ("formula", "said"),
    (
        ("IFERROR(MMULT(B1:B1,B1:B1),7)", "the formula engine has no function MMULT"),
        ("SUMPRODUCT(LEN(A1:A3))", "LEN is given several cells at once"),
        ("SUM(COUNTIF(B1:B3,{1,2}))", "COUNTIF is given several cells at once"),
        ("IFERROR(A1:A3 A2:B2,9)", "areas are intersected"),
        ("IFERROR(SUM(Sheet:Sheet2!A1),3)", "Sheet:Sheet2!A1 in it cannot be followed"),
        ("IFERROR([1]Book!A1,3)", "cannot be followed"),
        ("@B1:B3", "it stands in none"),
        ('INDIRECT("A1")', "the cells that INDIRECT reads are not known"),
        ('TEXT(B1,"[>3]0")', "TEXT with such a format"),
        ('DATEVALUE("3/4/2021")', "DATEVALUE is left to Excel"),
    ),
)
def test_nothing_is_said_that_excel_would_not_say(
    capsys: pytest.CaptureFixture[str], file: tuple[str, str], formula: str, said: str
) -> None:
    assert main(["eval", *file, formula]) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert said in shown.err


@pytest.mark.parametrize("formula", ('DATEVALUE("3/4/2021")', "MMULT({1},{1})", "ABS({-1,2})"))
def test_nor_without_a_workbook(capsys: pytest.CaptureFixture[str], formula: str) -> None:
    assert printed(capsys, formula, code=2) == ""
