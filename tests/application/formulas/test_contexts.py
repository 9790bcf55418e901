"""Which places of a formula take areas, and which one cell of them."""

from __future__ import annotations

import pytest

from perf_addin.application.formulas.contexts import Takes, operands, place_of
from perf_addin.application.formulas.tokens import tokens

AREA, CELL, ARRAY, UNKNOWN = Takes.AREA, Takes.CELL, Takes.ARRAY, Takes.UNKNOWN


@pytest.mark.parametrize(
    ("formula", "expected"),
    (
        ("A1:A9", {"A1:A9": CELL}),
        ("A1:A9*2", {"A1:A9": CELL}),
        ("SUM(A1:A9)", {"A1:A9": AREA}),
        ("SUM(A1:A9)*2", {"A1:A9": AREA}),
        ("SUM(A1:A9*2)", {"A1:A9": CELL}),
        ("SUM((A1:A9))", {"A1:A9": AREA}),
        ("SUM((A1:A9)*2)", {"A1:A9": CELL}),
        ("SUM(-A1:A9)", {"A1:A9": CELL}),
        ("SUMPRODUCT((A1:A9=B1)*(C1:C9>2))", {"A1:A9": ARRAY, "B1": ARRAY, "C1:C9": ARRAY}),
        ("SUMPRODUCT(LEN(A1:A9))", {"A1:A9": ARRAY}),
        ("SUMPRODUCT(IF(A1:A9>1,B1:B9))", {"A1:A9": UNKNOWN, "B1:B9": ARRAY}),
        ("SUM(IF(A1:A9>1,B1:B9))", {"A1:A9": CELL, "B1:B9": AREA}),
        ("IF(A1:A9>1,B1:B9)", {"A1:A9": CELL, "B1:B9": CELL}),
        ("COUNTIF(A1:A9,B1:B9)", {"A1:A9": AREA, "B1:B9": CELL}),
        ("SUMIFS(A1:A9,B1:B9,C1:C9)", {"A1:A9": AREA, "B1:B9": AREA, "C1:C9": CELL}),
        ("VLOOKUP(A1:A9,B:D,2,FALSE)", {"A1:A9": CELL, "B:D": AREA}),
        ("INDEX(A1:A9,MATCH(B1:B9,C1:C9,0))", {"A1:A9": AREA, "B1:B9": CELL, "C1:C9": AREA}),
        ("SUBTOTAL(9,A1:A9,B1:B9)", {"A1:A9": AREA, "B1:B9": AREA}),
        ("_xlfn.SINGLE(A1:A9)", {"A1:A9": CELL}),
        ("[1]!RAG(A1:A9,Targets)", {"A1:A9": AREA, "Targets": AREA}),
        ("RAG(A1:A9*100,B1)", {"A1:A9": CELL, "B1": AREA}),
        ("NOSUCH(A1:A9)", {"A1:A9": UNKNOWN}),
        ("NOSUCH(A1:A9*2)", {"A1:A9": UNKNOWN}),
        ("SUM(Index[Actual])", {"Index[Actual]": AREA}),
        ('TEXT(A1:A9,"0")&B1', {"A1:A9": CELL, "B1": CELL}),
    ),
)
def test_places(formula: str, expected: dict[str, Takes]) -> None:
    parts = list(tokens(formula))
    assert {parts[number].text: takes for number, takes in operands(formula)} == expected


@pytest.mark.parametrize(
    ("function", "letters"),
    (
        ("SUM", "RRRR"),
        ("IF", "SPPP"),
        ("SUMIFS", "RRSRS"),
        ("COUNTIFS", "RSRS"),
        ("RANK", "SRSS"),
        ("SUMIF", "RSR?"),
        ("TEXTJOIN", "SSRR"),
        ("OF_OTHERS", "??"),
    ),
)
def test_letters_of_functions(function: str, letters: str) -> None:
    assert "".join(place_of(function, number) for number in range(len(letters))) == letters
