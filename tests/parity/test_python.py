"""The table of cases through the functions themselves."""

from __future__ import annotations

import pytest

from perf_addin.application.functions import FUNCTIONS, find
from tests.parity.cases import CASES, Case, agrees
from tests.parity.generated import GENERATED

IDS = [f"{number}: {case.formula[:60]}" for number, case in enumerate(CASES)]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_call_answers_as_the_table_says(case: Case) -> None:
    function = find(case.function)
    assert function is not None
    got = function.call(case.arguments)
    assert agrees(case.expected, got), f"{case.formula} ({case.source}): {got!r}"


def test_generated_calls_answer_as_whole_numbers_say() -> None:
    different = []
    for case in GENERATED:
        function = find(case.function)
        assert function is not None
        if not agrees(case.expected, got := function.call(case.arguments)):
            different.append(f"{case.formula}: {got!r}, expected {case.expected!r}")
    assert different == []
    assert len(GENERATED) > 700
    assert {"G", "A", "R"} <= {
        case.expected for case in GENERATED if isinstance(case.expected, str)
    }


def test_the_table_is_large_and_every_function_is_in_it() -> None:
    assert len(CASES) > 400
    assert {case.function for case in CASES} == {function.name for function in FUNCTIONS}
    assert all(case.source for case in CASES)
