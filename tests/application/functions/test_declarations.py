"""What the functions say about themselves is complete, and true."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from perf_addin.application.functions import (
    FUNCTIONS,
    OMITTED,
    Defaults,
    Example,
    ExcelError,
    Kind,
    Value,
    WorksheetFunction,
    find,
)
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

BY_NAME = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
EXAMPLES = [
    pytest.param(function, example, id=example.formula(function.name)[:70])
    for function in FUNCTIONS
    for example in function.examples
]


@pytest.mark.parametrize(("function", "example"), EXAMPLES)
def test_every_example_is_true(function: WorksheetFunction, example: Example) -> None:
    got = function.call(example.arguments)
    assert got == example.answer
    assert type(got) is type(example.answer)


@BY_NAME
def test_a_function_tells_what_a_user_must_know(function: WorksheetFunction) -> None:
    assert function.name.isascii()
    assert function.name.isupper()
    assert function.category
    assert function.examples
    assert function.summary.endswith(".")
    for expected in ("blank", "error", "#value!"):
        assert expected in function.help.lower(), expected
    assert any(word in function.help for word in ("xactly", "strictly", "2.66 times"))
    for argument in function.arguments:
        assert argument.help.endswith("."), argument.name
        assert argument.name.replace("_", "").islower(), argument.name


@BY_NAME
def test_optional_arguments_stand_last(function: WorksheetFunction) -> None:
    optional = [argument.optional for argument in function.arguments]
    assert optional == sorted(optional)


@BY_NAME
def test_excel_could_show_every_description(function: WorksheetFunction) -> None:
    """Its function wizard shows 255 characters of a description."""
    assert len(function.summary) <= 255
    assert all(len(argument.help) <= 255 for argument in function.arguments)


def test_the_functions_are_those_that_are_promised() -> None:
    assert [function.signature for function in FUNCTIONS] == [
        "RAG(value, target, [polarity], [tolerance], [green_tolerance])",
        "RAGWHY(value, target, [polarity], [tolerance], [green_tolerance])",
        "RAGBAND(value, green, amber, [polarity])",
        "RAGRANGE(value, lower, upper, [margin])",
        "BREACH(value, lower, upper)",
        "DOT(current, previous, [polarity], [lower], [upper])",
        "AGAINST(value, benchmark, [polarity], [tolerance])",
        "QUARTILEBAND(value, peers, [polarity])",
        "SPCLIMITS(values)",
        "SPCVARIATION(values, [direction])",
        "SPCASSURANCE(values, target, [direction])",
    ]


def test_a_function_is_found_in_either_case() -> None:
    for function in FUNCTIONS:
        assert find(function.name) is function
        assert find(function.name.lower()) is function
    assert find("NO.SUCH") is None


@BY_NAME
def test_too_few_or_too_many_arguments_are_a_value_error(function: WorksheetFunction) -> None:
    too_many = [1] * (len(function.arguments) + 1)
    assert function.call([1] * (function.required - 1)) is ExcelError.VALUE
    assert function.call(too_many) is ExcelError.VALUE


@BY_NAME
def test_trailing_arguments_may_be_absent_or_omitted(function: WorksheetFunction) -> None:
    given: list[Value] = [
        [[3.0], [5.0], [4.0]] if a.kind is Kind.WHOLE else 4
        for a in function.arguments[: function.required]
    ]
    omitted = [*given, *[OMITTED] * (len(function.arguments) - function.required)]
    assert function.call(given) == function.call(omitted)


SETTINGS = Defaults(Tolerance(Decimal(5), ToleranceUnit.RELATIVE), Polarity.LOW)


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    (
        ("RAG", (95, 91), "A"),
        ("RAG", (96, 91), "R"),
        ("RAG", (86, 91, "High"), "R"),
        ("RAG", (86, 91, "High", "10%"), "A"),
        ("RAG", (95, "at least 91"), "G"),
        ("RAG", (15, "10-20"), "G"),
        ("RAGBAND", (85, 90, 80), "A"),
        ("RAGBAND", (85, 90, 90), "G"),
        ("RAGRANGE", (21.5, 12, 20), "R"),
        ("DOT", (88, 85), "Worse"),
        ("DOT", (22, 25, OMITTED, 12, 20), "Better"),
        ("AGAINST", (88, 85), "Worse"),
        ("AGAINST", (88, 86), "Worse"),
        ("QUARTILEBAND", (1, [[1, 2, 3]]), "A"),
        ("SPCVARIATION", ([[*[5, 6] * 7, 20]],), "concern"),
        ("SPCASSURANCE", ([[*[5, 6] * 7]], 20), "consistently pass"),
    ),
)
def test_settings_hold_where_a_call_states_nothing(
    name: str, arguments: tuple[Value, ...], answer: str
) -> None:
    function = find(name)
    assert function is not None
    assert function.call(arguments, SETTINGS) == answer


def test_the_sentence_does_not_call_a_setting_a_built_in_default() -> None:
    function = find("RAGWHY")
    assert function is not None
    told = function.call((95, 91), SETTINGS)
    assert told == "Amber: 95 against a target of 91 (Low): missed by 4.4%; amber allows 5%"


def test_importing_the_functions_brings_in_little() -> None:
    """Each call of the command line pays for it; fractions are for charts only."""
    heavy = "{'dataclasses', 'fractions', 'inspect', 'isal', 'json', 'random', 'zipfile'}"
    code = f"import perf_addin.application.functions, sys; print({heavy} & {{*sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
