"""Our functions as names in a workbook, evaluated by an engine that is not ours."""

from __future__ import annotations

from pathlib import Path

from tests.lambda_judge import evaluate

CALLS = {
    "RAG(91,91)": "G",
    "RAG(81.9,91)": "A",
    "RAG(81.89,91)": "R",
    "RAG(0.1+0.2,0.3)": "G",
    'RAG(0.1+0.2,0.3,"Low")': "G",
    'RAG(86.45,91,"High","5%")': "A",
    'RAG("86%",0.91,,"5pp")': "A",
    "RAG(A1,91)": "",
    'RAG("z",91)': "",
    "RAG(1/0,91)": "#DIV/0!",
    'RAG("many",91)': "#VALUE!",
    'RAG(85,"Fewer than 85")': "A",
    'RAG(84,"Fewer than 85")': "G",
    'RAG(21,"10-20",,1)': "A",
}


def test_rag_answers_as_documented(tmp_path: Path) -> None:
    assert dict(zip(CALLS, evaluate(list(CALLS), tmp_path), strict=True)) == CALLS
