"""Stored formulas: tokens, calls of ours in every spelling, references, shared formulas."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer

from perf_addin.application.formulas.calls import calls_ours, canonical, may_call_ours
from perf_addin.application.formulas.references import references, shifted
from perf_addin.application.formulas.tables import Placed, resolve
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import CellRange, TableInfo
from perf_addin.domain.errors import InputError
from tests.application.build import opened

SPELLINGS = (
    ("RAG(A1,B1)", "RAG(A1,B1)"),
    ("rag(A1,B1)", "RAG(A1,B1)"),
    ("[1]!RAG(A1,B1)", "RAG(A1,B1)"),
    ("'D:\\Our add-ins\\perf_addin.xlam'!RAG(A1,B1)", "RAG(A1,B1)"),
    ("_xldudf_RAG(A1,B1)", "RAG(A1,B1)"),
    ("_xldudf_PERF_RAG(A1,B1)", "RAG(A1,B1)"),
    ("[2]!_xldudf_PA_RAGWHY(A1,B1)", "RAGWHY(A1,B1)"),
    ("_xll.RAG(A1,B1)", "RAG(A1,B1)"),
    ("_xludf.RAG(A1,B1)", "RAG(A1,B1)"),
    ("PERF.RAG(A1,B1)", "RAG(A1,B1)"),
    ("_xlfn.SINGLE([1]!BREACH(A1,1,2))", "_xlfn.SINGLE(BREACH(A1,1,2))"),
    ('IF(1>0,"RAG(",PERF.DOT(1,2))', 'IF(1>0,"RAG(",DOT(1,2))'),
)


@pytest.mark.parametrize(("stored", "plain"), SPELLINGS)
def test_every_spelling_of_a_call(stored: str, plain: str) -> None:
    assert calls_ours(stored)
    assert canonical(stored) == plain
    assert may_call_ours(f"<f>{stored}</f>".encode())


@pytest.mark.parametrize(
    "formula",
    ('"RAG(1,2)"', "DRAG(1)", "RAGTIME(1)", "RAG+1", "'RAG(x)'!A1", "SHEETRAG(1)", "RAG"),
)
def test_what_is_no_call(formula: str) -> None:
    assert not calls_ours(formula)
    assert canonical(formula) == formula


FORMULAS = (
    "'O''Brien'!$A$1:B2+T[[#This Row],[c ']x]]*[@c]-SUM(T[])%",
    'IF(A1#<>"a""b",{1,2;3,"x"},#N/A)&[1]Sheet1!$A$1',
    "Sheet1:Sheet3!B2 + 5:7 ^ 1E+5 - .5 + A:A + Rate.2021 + #REF! + Data!#REF!",
    "_xlfn.LET(_xlpm.x,LOG10(A1),_xlpm.x@2)",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_tokens_join_to_the_formula(formula: str) -> None:
    assert "".join(token.text for token in tokens(formula)) == formula


@given(st.text(alphabet="AZ19$:!'\"[]#@(){},;+-*/^&=<>% ._xR", max_size=40))
def test_tokens_of_anything_join(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


def test_what_a_formula_refers_to() -> None:
    found = references("SUM(Data!B$2:C9)+rate*T[a]+_xlfn.XLOOKUP(A1,B:B,3:3)+TRUE")
    cells = [(area.sheet, area.at(1, 0)) for area in found.areas]
    assert cells == [
        ("Data", CellRange(2, 2, 10, 3)),
        (None, CellRange(2, 1, 2, 1)),
        (None, CellRange(1, 2, 1_048_576, 2)),
        (None, CellRange(4, 1, 4, 16_384)),
    ]
    assert (found.names, found.tables) == (("rate",), ("T[a]",))
    assert (found.functions, found.unsupported) == (("SUM", "XLOOKUP"), "")


@pytest.mark.parametrize(
    ("formula", "what"),
    (
        ("[1]Sheet1!A1", "[1]Sheet1!A1"),
        ("'C:\\x\\[b.xlsx]S'!A1", "'C:\\x\\[b.xlsx]S'!A1"),
        ("SUM(Jan:Dec!A1)", "Jan:Dec!A1"),
        ("SUM(A1#)", "A1#"),
        ("OFFSET(A1,1,1):B5", ":"),
    ),
)
def test_what_cannot_be_followed(formula: str, what: str) -> None:
    assert references(formula).unsupported == what


@pytest.mark.parametrize(
    ("formula", "moved"),
    (
        ("RAG(B2,$C2,D$1,$E$1)", "RAG(C5,$C5,E$1,$E$1)"),
        ("'O''Brien'!A1&\"A1\"", "'O''Brien'!B4&\"A1\""),
        ("SUM(A:B)+SUM($1:2)", "SUM(B:C)+SUM($1:5)"),
        ("LOG10(A1)+[1]!RAG(A1,2)", "LOG10(B4)+[1]!RAG(B4,2)"),
    ),
)
def test_shared_formulas_move(formula: str, moved: str) -> None:
    assert shifted(formula, 3, 1) == moved
    assert shifted(moved, -3, -1) == formula


def test_what_leaves_the_sheet_is_gone() -> None:
    assert shifted("A1+B2", -1, 0) == "#REF!+B1"


TABLE = TableInfo("Index", CellRange(3, 2, 10, 5), 1, 1, ("No", "Name [x]", "Target", "Actual"))


@pytest.mark.parametrize(
    ("reference", "cells"),
    (
        ("Index[Target]", (4, 4, 9, 4)),
        ("index[[#This Row],[Actual]]", (6, 5, 6, 5)),
        ("[@Actual]", (6, 5, 6, 5)),
        ("Index[@[Name '[x']]]", (6, 3, 6, 3)),
        ("Index[[Target]:[Actual]]", (4, 4, 9, 5)),
        ("Index[#All]", (3, 2, 10, 5)),
        ("Index[[#Headers],[Target]]", (3, 4, 3, 4)),
        ("Index[[#Totals],[Actual]]", (10, 5, 10, 5)),
        ("Index[]", (4, 2, 9, 5)),
        ("Index[Nothing]", None),
        ("Other[Target]", None),
    ),
)
def test_structured_references(reference: str, cells: tuple[int, int, int, int] | None) -> None:
    found = resolve(reference, {"index": Placed("Data", TABLE)}, ("Data", 6, 5))
    assert found == (None if cells is None else ("Data", CellRange(*cells)))


def test_corpus_formulas_are_cut_as_openpyxl_cuts_them(corpus_files: tuple[Path, ...]) -> None:
    seen: set[str] = set()
    for path in corpus_files:
        try:
            workbook = opened(path)
        except InputError:
            continue
        seen.update(name.text for name in workbook.defined_names)
        for sheet in workbook.sheets:
            seen.update(cell.text for cell in workbook.formula_cells(sheet.name))
    seen.discard("")
    assert len(seen) > 300
    for formula in seen:
        ours = list(tokens(formula))
        assert "".join(token.text for token in ours) == formula
        assert all(token.kind is not Kind.OTHER for token in ours), formula
        theirs = Tokenizer(f"={formula}").items
        calls = [t.value[:-1].upper() for t in theirs if (t.type, t.subtype) == ("FUNC", "OPEN")]
        assert [t.text.upper() for t in ours if t.kind is Kind.CALL] == calls, formula
        ranges = [t.value for t in theirs if t.subtype == "RANGE"]
        assert _ranges(ours) == ranges, formula


def _ranges(parts: list[Token]) -> list[str]:
    """What openpyxl calls ranges: references and names, with what `:` and `#` tie together."""
    found: list[str] = []
    tied = False
    for kind, text, _ in parts:
        is_operand = kind in {Kind.AREA, Kind.TABLE, Kind.NAME}
        if found and (tied or (kind is Kind.OPERATOR and text in {":", "#"})):
            found[-1] += text
            tied = text == ":"
        elif is_operand and text not in {"TRUE", "FALSE", "#REF!"}:
            found.append(text)
    return found
