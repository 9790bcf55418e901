"""The table of cases through the functions as xlwings offers them, arguments as rows of cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import cast

import pytest

from perf_addin.application.functions import OMITTED, ExcelError, Scalar, Value
from perf_addin.application.functions.values import Argued
from perf_addin.entry import desktop_functions, worksheet_functions
from perf_addin.entry.desktop_functions import ERROR_BASE, ERROR_NUMBERS, incoming
from tests.parity.cases import CASES, Case, agrees
from tests.parity.generated import GENERATED

IDS = [f"{number}: {case.formula[:60]}" for number, case in enumerate(CASES)]


LOOK_LIKE_ERRORS = {str(error) for error in ExcelError}


def cells(argument: Argued) -> list[list[Scalar]]:
    if argument is OMITTED:
        return [[None]]
    return argument if isinstance(argument, list) else [[argument]]


def as_text(cell: Scalar) -> object:
    """A cell as xlwings hands it over: errors as text."""
    return str(cell) if isinstance(cell, str) else cell


def as_com(cell: Scalar) -> object:
    """A cell as COM hands it over: errors as numbers, all numbers else as floats."""
    if isinstance(cell, ExcelError):
        return next(n for n, error in ERROR_NUMBERS.items() if error is cell) + ERROR_BASE
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def agree(case: Case, got: object) -> bool:
    """Whether an answer is the expected one, errors as their text, one cell or a block of one."""
    wanted = [[as_text(cell) for cell in row] for row in cells(case.expected)]
    found = got if isinstance(got, list) else [[got]]
    return agrees(cast("Value", wanted), cast("Value", found))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_call_of_the_desktop_add_in_answers_as_the_table_says(case: Case) -> None:
    got = desktop(case)
    assert agree(case, got), f"{case.formula} ({case.source}): {got!r}"


def desktop(case: Case) -> object:
    """What the desktop add-in answers."""
    blocks = [tuple(tuple(map(as_com, row)) for row in cells(a)) for a in case.arguments]
    arguments = [block[0][0] if len(block) == len(block[0]) == 1 else block for block in blocks]
    return getattr(desktop_functions, case.function)("", "", *arguments)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_call_of_the_web_add_in_answers_as_the_table_says(case: Case) -> None:
    texts = {c for a in case.arguments for row in cells(a) for c in row if type(c) is str}
    got = web(case)
    # A text that only looks like an error is taken for one, as docs/deviations.md says.
    assert agree(case, got) is not bool(texts & LOOK_LIKE_ERRORS), f"{case.formula}: {got!r}"


def web(case: Case) -> object:
    """What the web add-in answers."""
    blocks = ([[as_text(cell) for cell in row] for row in cells(a)] for a in case.arguments)
    return getattr(worksheet_functions, case.function)(*blocks)


@pytest.mark.parametrize("surface", (desktop, web))
def test_generated_calls(surface: Callable[[Case], object]) -> None:
    answers = [(case, surface(case)) for case in GENERATED]
    assert [f"{c.formula}: {got!r}" for c, got in answers if not agree(c, got)] == []


def test_the_settings_of_the_workbook_are_the_defaults() -> None:
    rag = vars(desktop_functions)["RAG"]
    assert rag("", "", 86, 91) == "A"
    assert rag("5%", "", 86, 91) == "R"
    assert rag("", "Low", 86, 91) == "G"
    assert rag("nonsense", "", 86, 91) == "#VALUE!"
    assert rag("", "nonsense", 86, 91) == "#VALUE!"


def test_dates_and_currencies_are_numbers_as_in_the_cell() -> None:
    assert incoming([[datetime(2021, 4, 1, 12)]]) == 44287.5  # noqa: DTZ001 - as Excel has it
    assert incoming(Decimal("12.50")) == 12.5
    assert incoming([[None]]) is OMITTED
