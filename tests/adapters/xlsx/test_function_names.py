"""The functions as names in workbook.xml: added, renewed, and never over anyone else's."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from perf_addin.adapters.xlsx.stored_formula import LONGEST, stored
from perf_addin.application.lambdas import OWNER, lambda_names
from perf_addin.application.ports import FunctionName
from perf_addin.entry.cli import main
from tests.formula_grammar import FormulaError, Reader
from tests.judges import new_errors, validate

NAMES = [name.name for name in lambda_names()]
LONGEST_COMMENT = 255


def book(path: Path, **names: str) -> Path:
    """A workbook without an index, with names of its own."""
    made = Workbook()
    page = made.active
    assert page is not None
    page["A1"] = 5
    for name, formula in names.items():
        made.defined_names[name] = DefinedName(name, attr_text=formula)
    made.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """Every member of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def arguments(name: FunctionName) -> tuple[int, int]:
    """The least and the most arguments that a name of ours takes."""
    inner = stored(name.formula).removeprefix("_xlfn.LAMBDA(")
    parameters = re.match(r"(?:_xl[po][mp]\.[a-z_]+,)*", inner)
    assert parameters is not None
    return parameters[0].count("_xlpm."), parameters[0].count(",")


@pytest.mark.parametrize(
    "wrong",
    (
        "_xlfn.LAMBDA(_xlpm.a,LEN(_xlpm.a)))",
        "_xlfn.LAMBDA(_xlpm.a,LEN(_xlpm.b))",
        "_xlfn.LAMBDA(_xlpm.a,LEN(_xlpm.a,1))",
        "_xlfn.LET(_xlpm.a,_xlpm.a,1)",
        "LEN(1",
        "ROUND(1,)",
        "{1,LEN(2)}",
        "UNKNOWN(1)",
    ),
)
def test_a_formula_that_excel_would_refuse_is_noticed(wrong: str) -> None:
    with pytest.raises(FormulaError):
        Reader(wrong, {}).check()


def added(path: Path, code: int = 0) -> Path:
    """The workbook with the functions."""
    target = path.with_name(f"{path.stem}_with.xlsx")
    assert main(["init", "--functions", str(path), "-o", str(target)]) == code
    return target


def test_a_formula_is_stored_with_the_prefixes_that_excel_writes() -> None:
    typed = (
        'LAMBDA(value, [tolerance], LET(miss, value-1, IF(ISOMITTED(tolerance), "let a", miss)))'
    )
    assert stored(typed) == (
        "_xlfn.LAMBDA(_xlpm.value,_xlop.tolerance,_xlfn.LET(_xlpm.miss,_xlpm.value-1,"
        'IF(_xlfn.ISOMITTED(_xlpm.tolerance),"let a",_xlpm.miss)))'
    )


@pytest.mark.parametrize("name", lambda_names(), ids=NAMES)
def test_excel_takes_every_name(name: FunctionName) -> None:
    assert len(stored(name.formula)) <= LONGEST
    assert len(name.comment) <= LONGEST_COMMENT
    assert name.comment.endswith(OWNER)
    assert not re.fullmatch(r"[A-Z]{1,3}\d+|[RC]\d*", name.name)
    assert not set(re.findall(r"\b_xl[po][mp]\.(\w+)", stored(name.formula))) & {"r", "c"}
    Reader(stored(name.formula), {each.name: arguments(each) for each in lambda_names()}).check()


def test_helpers_are_hidden_and_functions_are_not() -> None:
    hidden = {name.name for name in lambda_names() if name.hidden}
    assert hidden == {name for name in NAMES if name.startswith("PERF_")}


def test_nothing_but_the_list_of_names_changes(tmp_path: Path) -> None:
    source = book(tmp_path / "book.xlsx", Rates="Sheet!$A$1")
    before, after = parts(source), parts(added(source))
    assert before.keys() == after.keys()
    assert [part for part in before if before[part] != after[part]] == ["xl/workbook.xml"]
    kept = re.sub(
        rb'<definedName name="[A-Z_]+" comment=.*?</definedName>', b"", after["xl/workbook.xml"]
    )
    assert kept == before["xl/workbook.xml"]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    once = added(book(tmp_path / "book.xlsx"))
    assert added(once).read_bytes() == once.read_bytes()


def test_an_older_version_of_ours_is_renewed(tmp_path: Path) -> None:
    once = added(book(tmp_path / "book.xlsx"))
    older = tmp_path / "older.xlsx"
    with zipfile.ZipFile(older, "w") as package:
        for name, content in parts(once).items():
            changed = re.sub(
                rb'(<definedName name="RAG" comment=")[^"]*(perf-addin">_xlfn.LAMBDA\().*?<',
                rb"\1Rates. \2_xlpm.value,_xlpm.value)<",
                content,
            )
            package.writestr(name, changed)
    assert parts(older) != parts(once)
    assert parts(added(older)) == parts(once)


@pytest.mark.parametrize("name", ("RAG", "rag"))
def test_a_name_of_somebody_else_is_left_and_said(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = added(book(tmp_path / "book.xlsx", **{name: "Sheet!$A$1"}))
    xml = parts(target)["xl/workbook.xml"].decode()
    assert f'name="{name}">Sheet!$A$1<' in xml
    assert len(re.findall('name="RAG"', xml, re.IGNORECASE)) == 1
    assert 'name="RAGBAND"' in xml
    assert "has a name RAG of its own" in capsys.readouterr().err


def test_a_lambda_of_somebody_else_is_left(tmp_path: Path) -> None:
    theirs = "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)"
    target = added(book(tmp_path / "book.xlsx", RAG=theirs))
    assert f'name="RAG">{theirs}<' in parts(target)["xl/workbook.xml"].decode()


def test_a_table_of_that_name_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(["Rating", "Why"])
    page.append(["R", "late"])
    page.add_table(Table(displayName="Rag", ref="A1:B2"))
    made.save(tmp_path / "book.xlsx")
    assert b'name="RAG"' not in parts(added(tmp_path / "book.xlsx"))["xl/workbook.xml"]
    assert "[name-taken]" in capsys.readouterr().err


def test_a_helper_of_somebody_else_stops_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = added(book(tmp_path / "book.xlsx", PERF_BAND="Sheet!$A$1"), code=4)
    assert not target.exists()
    assert "has a name PERF_BAND of its own" in capsys.readouterr().err


def test_a_workbook_with_the_functions_is_valid(tmp_path: Path) -> None:
    source = book(tmp_path / "book.xlsx")
    assert new_errors(validate(source), validate(added(source))) == ()
