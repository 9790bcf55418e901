"""What an engine would get wrong without saying so, found in the text of formulas."""

from __future__ import annotations

import pytest

from perf_addin.application.formulas.limits import limit_of

LACKING = frozenset({"MMULT", "MAP"})
SEVERAL = "is given several cells at once in it"


def why(formula: str) -> str:
    return limit_of(formula, LACKING.__contains__)


@pytest.mark.parametrize(
    "formula",
    (
        "SUM(A1:A9)*2",
        'SUMPRODUCT((A1:A9="x")*B1:B9)',
        'SUMPRODUCT(--(A1:A9="x"),B1:B9)',
        "MAX(IF(A1:A9>2,B1:B9))",
        "SUM(IFERROR(1/A1:A9,0))",
        'COUNTIF(A1:A9,"x")/COUNTA(A1:A9)',
        "SUMIFS(B:B,A:A,C1)",
        'INDEX(C1:C9,MATCH(1,(A1:A9=2)*(B1:B9="x"),0))',
        "ROUND(INDEX(A1:C9,2,MATCH(D1,A1:C1,0)),1)",
        "LEN(INDEX(A:A,3))",
        "ROUND(SUM({1,2}),1)",
        "ROUND({5},1)",
        "VLOOKUP(A1,B1:C9,2,FALSE)",
        "XLOOKUP(A1,B1:B9,C1:C9)&LEFT(D1,2)",
        "FILTER(A1:A9,B1:B9>2)",
        "SORT(UNIQUE(A1:A9))",
        "RAG(A1:A9*2,{1;2},)",
        "LEN(QUARTILEBAND(A1,B1:B9))",
        'IF(RAG(A1:A9,1)="G",1,0)',
        "LET(x,A1,ROUND(x,1))",
        "LET(f,LAMBDA(x,x+1),f(2))",
        "LET(x,A1:A9,SUM(x))",
        "SUM( A1 , B1 ) + ( A2 )",
        'IF(A1 = "a b", TRUE, FALSE)',
        "#REF!+1",
        '"LEN(A1:A9)"',
    ),
)
def test_no_limit(formula: str) -> None:
    assert not why(formula)


@pytest.mark.parametrize(
    ("formula", "function"),
    (
        ("SUMPRODUCT(LEN(A1:A9))", "LEN"),
        ('SUM(SUMIFS(B1:B9,A1:A9,{"x","y"}))', "SUMIFS"),
        ("SUMPRODUCT(1/COUNTIF(A1:A9,A1:A9))", "COUNTIF"),
        ('SUMPRODUCT(ISNUMBER(SEARCH("x",A1:A9))*1)', "SEARCH"),
        ("SUMPRODUCT(ISNUMBER(MATCH(A1:A9,B1:B3,0))*1)", "MATCH"),
        ("SUMPRODUCT((MOD(A1:A9,2)=1)*B1:B9)", "MOD"),
        ("SUM(IF(LEN(A1:A9)>1,B1:B9))", "LEN"),
        ("IFERROR(XLOOKUP({1,2},A1:A9,B1:B9),0)", "XLOOKUP"),
        ("ROUND(IF({1,0},1,2),1)", "ROUND"),
        ("LEN(RAG(A1:A9,1))", "LEN"),
        ("ROUND(SPCLIMITS(A1:A9),1)", "ROUND"),
        ("UPPER(SORT(A1:A9))", "UPPER"),
        ("SEQUENCE({1,2})", "SEQUENCE"),
        ("ABS(INDEX(A1:C9,0,2))", "ABS"),
        ("LEN(XLOOKUP(1,A1:A9,B1:C9))", "LEN"),
        ("LEN(OFFSET(A1,0,0,3))", "LEN"),
        ('LEN(INDIRECT("A1:A3"))', "LEN"),
        ("LET(x,A1:A9,SUM(LEN(x)))", "LEN"),
        ("SUM(LEN(A:A))", "LEN"),
        ("SUM(LEN((A1:A9)))", "LEN"),
        ("LOOKUP({1,2},A1:A9)", "LOOKUP"),
        ("SUM(LEN(A1:INDEX(A1:A9,3)))", "LEN"),
        ("NETWORKDAYS(A1:A9,B1)", "NETWORKDAYS"),
    ),
)
def test_arrays_where_an_engine_takes_one_cell(formula: str, function: str) -> None:
    assert why(formula) == f"{function} {SEVERAL}"


@pytest.mark.parametrize(
    ("formula", "said"),
    (
        ("IFERROR(MMULT(A1:A2,B1:C1),0)", "the formula engine has no function MMULT"),
        ("_xlfn.MAP(A1,A2)", "the formula engine has no function MAP"),
        ("IFERROR(A1:A3 A2:C2,0)", "areas are intersected in it"),
        ("SUM((A1:A3) (A2:C2))", "areas are intersected in it"),
        ("IFERROR((A1,B1),0)", "several areas are taken together in it"),
    ),
)
def test_other_limits(formula: str, said: str) -> None:
    assert why(formula) == said
