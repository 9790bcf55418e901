"""The macros run: the table of cases through VBA wrappers and xlwings' own path of a function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from perf_addin.application.functions import FUNCTIONS, OMITTED, ExcelError, Scalar, Value, find
from perf_addin.application.functions.values import Argued
from perf_addin.application.settings_sheet import SETTINGS
from perf_addin.application.vba.functions import ERROR_NUMBERS
from tests.adapters.addin_file.vba_machine import Machine, calls_from
from tests.com_stand_in import xlwings_server
from tests.parity.cases import CASES, Case, agrees

pytest.importorskip("pyopenvba")
from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    VBAArray,
    VBAErrorValue,
)

SERVER_GONE = 0x800706BA - (1 << 32)


@pytest.fixture(scope="module")
def patches() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def machine(patches: pytest.MonkeyPatch) -> Machine:
    made = Machine(xlwings_server(patches))
    calls_from(patches, made.range("Z1"))
    return made


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(xlwings_server(monkeypatch))
    calls_from(monkeypatch, made.range("Z1"))
    return made


def vba(cell: Scalar) -> object:
    if isinstance(cell, ExcelError):
        return VBAErrorValue(ERROR_NUMBERS[cell])
    if cell is None:
        return EMPTY
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def in_vba(argument: Argued) -> object:
    """An argument as a formula hands it over: omitted, one value, or a list of rows."""
    if argument is OMITTED:
        return MISSING
    if not isinstance(argument, list):
        return vba(argument)
    if len(argument) == 1:
        return VBAArray([(1, len(argument[0]))], items=[vba(cell) for cell in argument[0]])
    made = VBAArray([(1, len(argument)), (1, len(argument[0]))])
    for down, row in enumerate(argument, start=1):
        for across, cell in enumerate(row, start=1):
            made.set([down, across], vba(cell))
    return made


def expected(case: Case) -> list[list[object]]:
    rows = case.expected if isinstance(case.expected, list) else [[case.expected]]
    return [[str(c) if isinstance(c, str) else "" if c is None else c for c in row] for row in rows]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {c.formula[:50]}" for n, c in enumerate(CASES)])
def test_a_wrapper_answers_as_the_table_says(machine: Machine, case: Case) -> None:
    function = find(case.function)
    assert function is not None
    given = [in_vba(argument) for argument in case.arguments]
    for place in range(min(function.required, len(given))):
        if given[place] is MISSING:
            given[place] = EMPTY  # the interpreter lets no required argument be left out
    got = machine.call(case.function, *given)
    rows = got if isinstance(got, list) else [[got]]
    rows = rows if isinstance(rows[0], list) else [rows]
    found = cast("Value", rows)
    assert agrees(cast("Value", expected(case)), found), f"{case.formula} ({case.source}): {got!r}"


def test_an_error_is_an_error_and_no_text(machine: Machine) -> None:
    assert isinstance(machine.app.run("RAG", VBAErrorValue(2042), 91.0), VBAErrorValue)
    rows = machine.app.run("RAG", in_vba([[88.0], [ExcelError.DIV0]]), 91.0)
    assert isinstance(rows[1][0], VBAErrorValue)
    assert rows[0][0] == "A"


def test_a_range_is_handed_over_in_one_piece(fresh: Machine) -> None:
    fresh.app.sheet(1).set_value("A1", 88.0)
    fresh.app.sheet(1).set_value("A3", "z")
    assert fresh.call("RAG", fresh.range("A1:A3"), 91.0) == [["A"], [""], [""]]
    assert fresh.server.seen == [
        ("RAG", ["", "", ((88.0,), (None,), ("z",)), 91.0, None, None, None])
    ]


def test_of_a_whole_column_only_what_is_used_is_handed_over(fresh: Machine) -> None:
    for row, figure in enumerate((88.0, 95.0, 91.0), start=1):
        fresh.app.sheet(1).set_value(f"A{row}", figure)
    fresh.call("SPCLIMITS", fresh.range("A:A"))
    assert fresh.server.seen == [("SPCLIMITS", ["", "", ((88.0,), (95.0,), (91.0,))])]


def test_a_range_of_several_areas_is_an_error_and_not_half_an_answer(fresh: Machine) -> None:
    assert fresh.call("RAG", fresh.range("A1:A2,C1:C2"), 91.0) == "#VALUE!"
    assert fresh.server.seen == []


def settings(machine: Machine, name: str, **stated: tuple[object, str]) -> None:
    """Add a Settings sheet, ten rows down; each setting has a value and a number format."""
    book = machine.app.workbook
    sheet = book.vba_get("Worksheets").vba_get("Add")
    sheet.vba_set("Name", name)
    view = machine.app.sheet(name)
    view.set_value("A4", "Performance settings of this index")
    for row, (attribute, (value, shown)) in enumerate(stated.items(), start=6):
        label = next(setting.name for setting in SETTINGS if setting.attribute == attribute)
        view.set_value(f"A{row}", label.upper())
        view.sheet.vba_get("Range", [f"B{row}"]).vba_set("NumberFormat", shown)
        view.set_value(f"B{row}", value)


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    (
        ("5pp", "@", "5pp"),
        (0.0725, "0%", "7.25%"),
        (0.07, "0%", "7%"),
        (5.0, "General", "5"),
        (1.5, "0.0", "1.5"),
        (" 5% ", "@", "5%"),
    ),
)
def test_the_settings_of_the_workbook_are_handed_over(
    fresh: Machine, monkeypatch: pytest.MonkeyPatch, value: object, shown: str, text: str
) -> None:
    settings(fresh, "Settings", tolerance=(value, shown), polarity=("Low", "General"))
    calls_from(monkeypatch, fresh.range("Z1"))
    fresh.call("RAG", 88.0, 91.0)
    assert fresh.server.seen[0][1][:2] == [text, "Low"]


def test_a_sheet_of_that_name_without_our_mark_states_nothing(
    fresh: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(fresh, "Settings", polarity=("Low", "General"))
    fresh.app.sheet("Settings").set_value("A4", "Our own settings")
    settings(fresh, "Performance Settings", tolerance=("3%", "@"))
    calls_from(monkeypatch, fresh.range("Z1"))
    fresh.call("RAG", 88.0, 91.0)
    assert fresh.server.seen[0][1][:2] == ["3%", ""]


def test_a_python_that_has_ended_is_started_again_once(fresh: Machine) -> None:
    assert fresh.call("RAG", 88.0, 91.0) == "A"
    fresh.server.fails_with = [SERVER_GONE]
    assert fresh.call("RAG", 88.0, 91.0) == "A"
    assert fresh.app.evaluate("Started") == 2
    fresh.server.fails_with = [SERVER_GONE, SERVER_GONE]
    assert fresh.call("RAG", 88.0, 91.0) == "#VALUE!"
    assert fresh.app.evaluate("Started") == 3


def test_a_failure_is_a_value_error_and_the_reason_is_kept(fresh: Machine) -> None:
    fresh.server.fails_with = [-2147352567]
    assert fresh.call("RAG", 88.0, 91.0) == "#VALUE!"
    assert "RAG: The remote procedure call failed." in str(fresh.app.evaluate("LastRefusal()"))


def test_every_function_has_a_wrapper_that_asks_for_what_it_must_have(fresh: Machine) -> None:
    for function in FUNCTIONS:
        fresh.call(function.name, *[1.0] * function.required)
        name, given = fresh.server.seen[-1]
        assert (name, len(given)) == (function.name, 2 + len(function.arguments))
