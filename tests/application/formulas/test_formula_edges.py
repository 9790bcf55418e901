"""Edges of stored formulas: the last cell, other workbooks, what is gone, junk and its cost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl.workbook.defined_name import DefinedName

from perf_addin.application.formulas.book import FormulaBook
from perf_addin.application.formulas.calls import calls_ours, canonical, may_call_ours
from perf_addin.application.formulas.references import LAST_COLUMN, LAST_ROW, references, shifted
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.functions import FUNCTIONS
from perf_addin.application.grid import CellRange, cell_name
from tests.application.build import opened

AREA, NAME, TABLE, CALL = Kind.AREA, Kind.NAME, Kind.TABLE, Kind.CALL


@pytest.mark.parametrize(
    ("text", "kind"),
    (
        ('"a""b"', Kind.TEXT),
        ("1E+5", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("#N/A", Kind.ERROR),
        ("#GETTING_DATA", Kind.ERROR),
        ("$A$1", AREA),
        ("a1:b$2", AREA),
        ("A:$A", AREA),
        ("$1:5", AREA),
        ("XFD1048576", AREA),
        ("A01", AREA),
        ("'O''Brien'!A1", AREA),
        ("'C:\\path\\[x.xlsx]Sheet'!A1", AREA),
        ("[1]Sheet!A1", AREA),
        ("Jan:Dec!A1", AREA),
        ("#REF!", AREA),
        ("#REF!$A$1:B2", AREA),
        ("[1]#REF!A1", AREA),
        ("Data!#REF!", AREA),
        ("YTD2021", NAME),
        ("XFE1", NAME),
        ("A1048577", NAME),
        ("A0", NAME),
        ("\u017f1", NAME),
        ("\u212a1", NAME),
        ("\\rate", NAME),
        ("Rate.2021", NAME),
        ("[1]!rate", NAME),
        ("#REF!rate", NAME),
        ("Table[[#This Row],[col ']]]", TABLE),
        ("T['[a'']", TABLE),
        ("T[@c]", TABLE),
        ("[@[a b]]", TABLE),
        ("[1]!Table1[col]", TABLE),
        ("'C:\\x\\[b.xlsx]S'!T[[#All],[a]:[b]]", TABLE),
    ),
)
def test_one_token(text: str, kind: Kind) -> None:
    assert [(token.kind, token.text) for token in tokens(text)] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "call"),
    (("[1]!RAG(", "[1]!RAG"), ("'C:\\x.xlam'!RAG(", "'C:\\x.xlam'!RAG"), ("#REF!RAG(", "#REF!RAG")),
)
def test_calls_elsewhere_are_one_token(text: str, call: str) -> None:
    assert [(token.kind, token.text) for token in tokens(text)] == [(CALL, call), (Kind.OPEN, "(")]


_PIECES = st.sampled_from(
    (
        *('"a""b"', "1E+5", "#N/A", "$A$1", "A:A", "1:5", "'O''Brien'!A1:B2", "[1]!rate"),
        *("T[[#This Row],[c ']x]]", "[@c]", "YTD2021", "#REF!A1", "#REF!", "#REF!rate"),
        *("[1]S!A1", "[1]!RAG(A1)", "{1,2;3}", "A1#"),
    )
)
_SIGNS = st.sampled_from(("+", "-", "*", "/", "^", "&", "=", "<>", "<=", ">", ",", " + "))


@given(st.lists(st.tuples(_PIECES, _SIGNS), min_size=1, max_size=8))
def test_a_formula_is_cut_where_its_pieces_meet(pieces: list[tuple[str, str]]) -> None:
    formula = "".join(piece + sign for piece, sign in pieces)
    cut = [token.text for token in tokens(formula)]
    alone = [token.text for pair in pieces for part in pair for token in tokens(part)]
    assert cut == alone
    starts = [token.at for token in tokens(formula)]
    assert starts == [sum(map(len, cut[:number])) for number in range(len(cut))]


@pytest.mark.parametrize(
    "junk", ("'", ".", "\\", "?", "[", "'[", "['", "[''", "1.", "a:", "'a'", "a''", "T[[", '"', "#")
)
def test_junk_takes_time_in_proportion_to_its_length(junk: str) -> None:
    text = junk * (30_000 // len(junk))
    began = time.process_time()
    assert "".join(token.text for token in tokens(text)) == text
    assert time.process_time() - began < 10  # with the square of the length, 45 and more


_ROWS, _COLUMNS = st.integers(1, LAST_ROW), st.integers(1, LAST_COLUMN)


@given(_ROWS, _COLUMNS, _ROWS, _COLUMNS)
def test_any_cell_moves_to_any_other(row: int, column: int, to_row: int, to_column: int) -> None:
    old, new = cell_name(row, column), cell_name(to_row, to_column)
    formula = "SUM({0},'a b'!{0})&\"{1}\"&YTD2021"
    moved = shifted(formula.format(old, old), to_row - row, to_column - column)
    assert moved == formula.format(new, old)
    (area, other) = references(moved).areas
    assert area.at(0, 0) == other.at(0, 0) == CellRange(to_row, to_column, to_row, to_column)


@pytest.mark.parametrize(
    ("formula", "moved"),
    (
        ("YTD2021*XFE9", "YTD2021*XFE9"),
        ("XFD1+A1048576", "#REF!+#REF!"),
        ("Data!XFD1:A2", "Data!#REF!"),
        ("SUM(A:XFD)+SUM(2:1048576)", "SUM(#REF!)+SUM(#REF!)"),
        ("$XFD1+A$1048576", "$XFD2+B$1048576"),
        ("#REF!A1+Data!#REF!", "#REF!A1+Data!#REF!"),
        ("T[A1]&[1]Sheet1!A1", "T[A1]&[1]Sheet1!B2"),
    ),
)
def test_moving_to_the_next_row_and_column(formula: str, moved: str) -> None:
    assert shifted(formula, 1, 1) == moved


@pytest.mark.parametrize(
    ("formula", "what"),
    (
        ("[1]!rate*2", "[1]!rate"),
        ("'C:\\x\\b.xlsx'!rate", "'C:\\x\\b.xlsx'!rate"),
        ("SUM([1]!Table1[col])", "[1]!Table1[col]"),
        ("'\\\\srv\\it''s\\[b.xlsx]S'!A1", "'\\\\srv\\it''s\\[b.xlsx]S'!A1"),
        ("'Jan:Dec'!A1", "'Jan:Dec'!A1"),
        ("SUM(_xlfn.ANCHORARRAY(A1))", "_xlfn.ANCHORARRAY"),
    ),
)
def test_what_lies_elsewhere_cannot_be_followed(formula: str, what: str) -> None:
    found = references(formula)
    assert (found.unsupported, found.names, found.tables) == (what, (), ())


def test_cells_of_a_lost_sheet_are_no_cells_of_this_one() -> None:
    assert references("#REF!A1+Data!#REF!+#REF!") == ((), (), (), (), "")


@pytest.mark.parametrize(
    ("formula", "names"),
    (
        ("YTD2021*2", ("ytd2021",)),
        ("[0]!rate", ("[0]!rate",)),
        ("Data!rate+T[a!b]", ("data!rate",)),
    ),
)
def test_names_of_this_workbook(formula: str, names: tuple[str, ...]) -> None:
    assert (references(formula).names, references(formula).unsupported) == (names, "")


@pytest.mark.parametrize(
    "formula",
    (
        "_xlfn.LAMBDA(_xlpm.rag,_xlpm.rag(1))(2)",
        "_xlfn.DOT(1,2)",
        "_xleta.RAG",
        "\\RAG(1)",
        "MY_RAG(1)",
        "a.b.RAG(1)",
        "\u017fPCLIMITS(1)",
        "T[RAG(]&'RAG('!A1",
    ),
)
def test_what_is_called_like_ours(formula: str) -> None:
    assert not calls_ours(formula)
    assert canonical(formula) == formula


_BEFORE = ("", "[1]!", "[2]!_xldudf_", "'C:\\it''s\\x.xlam'!", "'[x.xlam]S'!", "#REF!", "_xldudf_")
_SPACES = ("_xldudf_PERF_ADDIN_", "_xll.", "_xludf.", "PERF.", "PERF_ADDIN.", "perf.")


@pytest.mark.parametrize("before", _BEFORE + _SPACES)
@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
def test_every_function_in_every_spelling(before: str, name: str) -> None:
    for written in (name, name.lower(), name.capitalize()):
        formula = f'_xlfn.SINGLE({before}{written}(A1,"{name}("))+D{name}(1)'
        assert canonical(formula) == f'_xlfn.SINGLE({name}(A1,"{name}("))+D{name}(1)'
        assert may_call_ours(f"<f>{before}{written}(A1)</f>".replace("'", "&apos;").encode())


@pytest.mark.parametrize("stored", ("SUM(A1)", "AVERAGE(A1)", "_xlfn.STDEV.S(A1)", "RAG", "Ragged"))
def test_parts_without_calls_are_passed_over(stored: str) -> None:
    assert not may_call_ours(f"<f>{stored}</f>".encode())


@pytest.mark.parametrize(
    ("formula", "areas", "unsupported"),
    (
        ("rate*2", (("Index", CellRange(5, 2, 5, 2)),), ""),
        ("[0]!rate*2", (("Index", CellRange(5, 2, 5, 2)),), ""),
        ("Index!rate*2", (("Index", CellRange(5, 2, 5, 2)),), ""),
        ("YTD2021*2", (("Index", CellRange(6, 2, 6, 2)),), ""),
        ("[1]!rate*2", (), "[1]!rate"),
        ("Gone!rate*2", (), "gone!rate"),
        ("#REF!rate*2", (), "#ref!rate"),
    ),
)
def test_names_through_a_workbook(
    tmp_path: Path,
    formula: str,
    areas: tuple[tuple[str, CellRange], ...],
    unsupported: str,
) -> None:
    book = Book()
    page = book.active
    assert page is not None
    page.title = "Index"
    page["A1"] = f"={formula}"
    book.defined_names["rate"] = DefinedName("rate", attr_text="Index!$B$5")
    book.defined_names["YTD2021"] = DefinedName("YTD2021", attr_text="Index!$B$6")
    book.save(tmp_path / "names.xlsx")
    found = FormulaBook(opened(tmp_path / "names.xlsx"))
    (node,) = found.nodes.values()
    assert found.precedents(node) == (areas, unsupported)
