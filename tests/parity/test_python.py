"""The table of cases through the functions themselves."""

from __future__ import annotations

import pytest

from perf_addin.application.functions import FUNCTIONS, find
from tests.parity.cases import CASES, Case, agrees

IDS = [f"{number}: {case.formula[:60]}" for number, case in enumerate(CASES)]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_call_answers_as_the_table_says(case: Case) -> None:
    function = find(case.function)
    assert function is not None
    got = function.call(case.arguments)
    assert agrees(case.expected, got), f"{case.formula} ({case.source}): {got!r}"


def test_the_table_is_large_and_every_function_is_in_it() -> None:
    assert len(CASES) > 400
    assert {case.function for case in CASES} == {function.name for function in FUNCTIONS}
    assert all(case.source for case in CASES)
