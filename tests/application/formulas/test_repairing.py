"""Formulas that name a lost add-in get their plain names back, and nothing else changes."""

from __future__ import annotations

import pytest

from perf_addin.application.formulas.repairing import repaired

LINKS = {1: r"file:///C:\old\perf_addin.xlam", 2: "figures.xlsx", 3: "../AddIns/rates.xla"}


@pytest.mark.parametrize(
    ("formula", "expected"),
    (
        (r"'C:\old place\perf_addin.xlam'!RAG(A1,91)", "RAG(A1,91)"),
        (r"'C:\it''s here\x.xlam'!rag(A1,91)&B1", "RAG(A1,91)&B1"),
        ("perf_addin.xlam!RAG(A1,91)", "RAG(A1,91)"),
        (
            "'https://council.sharepoint.com/sites/a b/perf_addin.xlam'!DOT(A1,B1)",
            "DOT(A1,B1)",
        ),
        ("[1]!RAG(A1,91)", "RAG(A1,91)"),
        ("[3]!RAG(A1,91)", "RAG(A1,91)"),
        ('IF([1]!RAG(A1,91)="R",[1]!RAGWHY(A1,91),"")', 'IF(RAG(A1,91)="R",RAGWHY(A1,91),"")'),
        ("_xlfn.SINGLE([1]!RAG(A1:A9,91))", "_xlfn.SINGLE(RAG(A1:A9,91))"),
        (r"RAG([1]!RAG(1,2),'C:\x.xlam'!RAG(3,4))", "RAG(RAG(1,2),RAG(3,4))"),
    ),
)
def test_calls_lose_the_lost_file(formula: str, expected: str) -> None:
    assert repaired(formula, LINKS) == expected


@pytest.mark.parametrize(
    "formula",
    (
        "RAG(A1,91)",
        "[2]!RAG(A1,91)",
        "[9]!RAG(A1,91)",
        "[1]!RATE(A1,91)",
        "'C:\\book.xlsm'!RAG(A1,91)",
        "book.xlsx!RAG(A1,91)",
        "_xldudf_RAG(A1,91)",
        "[1]Sheet1!$A$1+1",
        "'C:\\old\\[perf_addin.xlam]Sheet1'!A1",
        """\"'C:\\x.xlam'!RAG(\"&A1&")\"""",
        "IF(A1<>B1, \"a\" , 'It''s'!C1 )",
    ),
)
def test_all_else_stays(formula: str) -> None:
    assert repaired(formula, LINKS) == formula
