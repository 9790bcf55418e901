"""Excel's own functions over whole columns, and what of them is left to the thorough way."""

from __future__ import annotations

import pytest

from perf_addin.application.formulas.quick_expressions import ColumnRead, NotQuickError
from perf_addin.application.formulas.quick_formulas import quick_formula
from perf_addin.application.formulas.quick_functions import along, joined, native
from perf_addin.application.formulas.quick_lookups import matched, taken
from perf_addin.application.formulas.quick_tests import counted_if
from perf_addin.application.functions import ExcelError, Scalar

NA, DIV0 = ExcelError.NA, ExcelError.DIV0


@pytest.mark.parametrize(
    ("function", "row", "result"),
    (
        ("ROUND", (2.675, 2.0), 2.68),
        ("ROUND", (1.005, 2.0), 1.01),
        ("ROUND", (-2.5, 0.0), -3.0),
        ("ROUND", (1235.0, -1.0), 1240.0),
        ("ROUND", (-0.04, 1.0), 0.0),
        ("ROUND", (None, 1.0), 0.0),
        ("ROUND", (DIV0, 1.0), DIV0),
        ("IFNA", (NA, 5.0), 5.0),
        ("IFNA", (DIV0, 5.0), DIV0),
        ("IFS", (False, "a", 1.0, "b"), "b"),
        ("IFS", (NA, "a", True, "b"), NA),
        ("IFS", (None, "a"), NA),
        ("ISTEXT", ("",), True),
        ("ISTEXT", (NA,), False),
        ("ISNUMBER", (None,), False),
        ("ISERROR", (DIV0,), True),
        ("ISNA", (DIV0,), False),
        ("CONCATENATE", ("a", None, 12.0, -0.5), "a12-0.5"),
        ("CONCATENATE", ("a", NA, DIV0), NA),
    ),
)
def test_what_a_function_gives(function: str, row: tuple[Scalar, ...], result: Scalar) -> None:
    """Source: Microsoft's help for each; halves are rounded away from zero."""
    assert native(function, [[value] for value in row], 1) == [result]


@pytest.mark.parametrize(
    ("function", "row", "result"),
    (
        ("COUNT", (1.0, "1", None, NA), 1.0),
        ("COUNTA", (1.0, "", None, NA, True), 4.0),
        ("COUNTBLANK", (1.0, "", None, NA), 2.0),
    ),
)
def test_what_is_counted(function: str, row: tuple[Scalar, ...], result: float) -> None:
    """A formula that gave an empty text is not empty to COUNTA, and blank to COUNTBLANK."""
    assert along(function, [[value] for value in row]) == [result]


@pytest.mark.parametrize(
    ("function", "row"),
    (
        ("ROUND", (2.4999999999999996, 0.0)),  # 2.5 to 15 digits
        ("ROUND", (1e15, 0.0)),
        ("ROUND", (1.5, 0.5)),
        ("ROUND", ("1.5", 0.0)),
        ("ROUND", (True, 0.0)),
        ("CONCATENATE", (1 / 3,)),
        ("CONCATENATE", (1e-5,)),
        ("CONCATENATE", (1e300,)),
        ("CONCATENATE", (True,)),
        ("IFS", ("text", 1.0)),
        ("ROUND", ("text", NA)),
        ("AND", ("text", NA)),
    ),
)
def test_what_programs_see_otherwise_is_not_worked_out_here(
    function: str, row: tuple[Scalar, ...]
) -> None:
    with pytest.raises(NotQuickError):
        native(function, [[value] for value in row], 1)


def test_numbers_are_joined_as_excel_shows_them() -> None:
    assert joined((100.0, "|", 0.1, "|", 123456789012.0, "|", 0.00012)) == (
        "100|0.1|123456789012|0.00012"
    )


@pytest.mark.parametrize(
    ("text", "is_quick"),
    (
        ("_xlfn.IFNA(A2,0)", True),
        ("_xlfn.IFS(A2,1)", True),
        ("_xlfn.IFS(A2,1,2)", False),
        ("IFNA(A2,0)", False),  # without the mark Excel stores it under, Excel knows no such
        ("COUNTBLANK(A2,B2)", False),
        ("ROUND(A2)", False),
        ("ISNUMBER(A2:B2)", False),
    ),
)
def test_which_formulas_are_read(text: str, is_quick: bool) -> None:
    moving = text.count("A2") + text.count("B2")
    if is_quick:
        assert quick_formula(text, 2, moving).reads
    else:
        with pytest.raises(NotQuickError):
            quick_formula(text, 2, moving)


WORDS: list[Scalar] = ["R", "r", "A", None, "", 1.0, "R ", NA]
NUMBERS: list[Scalar] = [1.0, 2.0, 2.5, None, "x", True, DIV0]


@pytest.mark.parametrize(
    ("area", "test", "count"),
    (
        (WORDS, "R", 2.0),
        (WORDS, "red", 0.0),
        (WORDS, "a", 1.0),
        (NUMBERS[:-1], 2.0, 1.0),
        (NUMBERS[:-1], ">=2", 2.0),
        (NUMBERS[:-1], "<2.5", 2.0),
    ),
)
def test_what_countif_counts(area: list[Scalar], test: Scalar, count: float) -> None:
    """Source: Microsoft's help for COUNTIF; capitals do not matter, blanks at the end do."""
    assert counted_if([area], [[test]]) == [count]


@pytest.mark.parametrize(
    ("area", "test"),
    (
        (WORDS, "R*"),
        (WORDS, ""),
        (WORDS, None),
        (WORDS, True),
        (WORDS, "TRUE"),
        (WORDS, "<>R"),
        (WORDS, "=R"),
        (WORDS, "Q1"),
        (["\N{KELVIN SIGN}"], "K"),
        (["12"], 12.0),
        ([0.1 + 0.2], ">0.3"),
        (NUMBERS, ">=2"),  # the digit of #DIV/0!
        (NUMBERS, NA),
    ),
)
def test_what_countif_may_read_otherwise_is_left(area: list[Scalar], test: Scalar) -> None:
    with pytest.raises(NotQuickError):
        counted_if([area], [[test]])


@pytest.mark.parametrize(
    ("text", "alone", "is_quick"),
    (
        ('COUNTIF(B$2:B$9,"R")', False, True),
        ('COUNTIF(B2:B9,"R")', True, True),
        ('COUNTIF(B2:B9,"R")', False, False),  # moves along with its cell
        ("COUNTIF(B$2:B$9,C$2:C$9)", False, False),
        ("COUNTIF(B$2:C$9,1)", False, False),
        ("COUNTIFS(B$2:B$9,1,C$2:C$9)", False, False),
        ("SUM(B$2:B$9)/2", False, True),
        ("SUM(B$2:B$9,1)", False, False),
        ("B$2:B$9*2", False, False),
        ("RAG(B$2:B$9,1)", False, False),
        ("SUM(B$9:B$2)", False, False),
    ),
)
def test_which_columns_of_cells_are_read(text: str, alone: bool, is_quick: bool) -> None:
    moving = 2 * text.count("B2:B9")
    if is_quick:
        (read,) = quick_formula(text, 2, moving, alone=alone).reads
        assert read == ColumnRead(None, 2, 2, 9)
    else:
        with pytest.raises(NotQuickError):
            quick_formula(text, 2, moving, alone=alone)


AREA: list[Scalar] = ["KPI2", None, "kpi1", 5.0, "5", "KPI2", NA, True]


@pytest.mark.parametrize(
    ("wanted", "place"),
    (("kpi2", 1.0), ("KPI1", 3.0), (5.0, 4.0), ("5", 5.0), ("KPI3", NA), (DIV0, DIV0), (6.0, NA)),
)
def test_where_a_value_stands(wanted: Scalar, place: Scalar) -> None:
    """Source: Microsoft's help for MATCH, match_type 0."""
    assert matched([wanted], AREA) == [place]


@pytest.mark.parametrize(
    ("wanted", "area"),
    (
        ("KPI*", AREA),
        ("", AREA),
        (None, AREA),
        (True, AREA),
        ("é", AREA),
        ("x" * 256, AREA),
        (0.3, [0.1 + 0.2]),
        ("k", ["\N{KELVIN SIGN}"]),
    ),
)
def test_what_match_may_read_otherwise_is_left(wanted: Scalar, area: list[Scalar]) -> None:
    with pytest.raises(NotQuickError):
        matched([wanted], area)


def test_what_stands_at_a_place() -> None:
    assert taken(AREA, [1.0, 4.0, 7.0, DIV0]) == ["KPI2", 5.0, NA, DIV0]
    for place in (0.0, 9.0, 1.5, 2.0, "1"):
        with pytest.raises(NotQuickError):
            taken(AREA, [place])


@pytest.mark.parametrize(
    ("text", "is_quick"),
    (
        ("VLOOKUP(A2,B$2:D$9,3,FALSE)", True),
        ("VLOOKUP(A2,B$2:D$9,3,0)", True),
        ("VLOOKUP(A2,B$2:D$9,4,FALSE)", False),
        ("VLOOKUP(A2,B$2:D$9,A2,FALSE)", False),
        ("VLOOKUP(A2,B$2:D$9,3,TRUE)", False),
        ("VLOOKUP(A2,B$2:D$9,3)", False),
        ("MATCH(A2,B$2:B$9,1)", False),
        ("INDEX(B$2:B$9,MATCH(A2,C$2:C$9,0))", True),
        ("INDEX(B$2:C$9,A2)", False),
        ("SUM(B$2:C$9)", False),
    ),
)
def test_which_look_ups_are_read(text: str, is_quick: bool) -> None:
    moving = text.count("A2")
    if is_quick:
        assert len(quick_formula(text, 2, moving).reads) >= 3
    else:
        with pytest.raises(NotQuickError):
            quick_formula(text, 2, moving)
