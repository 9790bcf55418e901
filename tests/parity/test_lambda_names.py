"""The same calls as LAMBDA names in a workbook and in Python: identical answers, errors too.

Those of the common table, ranges in cells; further ones made at random, from a fixed seed, out of
entries that people type; and right at the boundaries, where binary fractions could decide.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.application.functions import (
    FUNCTIONS,
    ExcelError,
    WorksheetFunction,
    find,
)
from perf_addin.application.functions.values import BUILT_IN, Defaults
from perf_addin.application.lambdas import lambda_names
from perf_addin.domain.figures import Unreadable
from perf_addin.domain.polarity import read_polarity
from perf_addin.domain.tolerances import read_tolerance
from tests.lambda_judge import Call, answers
from tests.parity.cases import CASES, Case, agrees
from tests.parity.generated import GENERATED, entry

SCALARS = [f for f in FUNCTIONS if f.name in {name.name for name in lambda_names()}]
CALLS_EACH = 500
# IronCalc takes two numbers that are nearer than 2.2E-16 for equal, however small they are.
BELOW_IRONCALC = [(1e-301, 1e-300)]


def test_every_scalar_function_but_the_sentence_is_there() -> None:
    expected = ["RAG", "RAGBAND", "RAGRANGE", "BREACH", "DOT", "AGAINST"]
    assert sorted(function.name for function in SCALARS) == sorted(expected)


def test_the_common_table(tmp_path: Path) -> None:
    names = {function.name for function in SCALARS}
    cases = [c for c in CASES if c.function in names and c.arguments not in BELOW_IRONCALC]
    assert len(cases) > 500
    calls = [Call(case.function, case.arguments, shape(case)) for case in cases]
    given = answers(calls, tmp_path)
    different = [
        f"{case.formula} ({case.source}): {answer!r}, expected {case.expected!r}"
        for case, answer in zip(cases, given, strict=True)
        if not agrees(case.expected, answer)
    ]
    assert different == []


def test_generated_calls(tmp_path: Path) -> None:
    names = {function.name for function in SCALARS}
    cases = [case for case in GENERATED if case.function in names]
    calls = [Call(case.function, case.arguments, shape(case)) for case in cases]
    given = answers(calls, tmp_path)
    assert [
        c.formula for c, got in zip(cases, given, strict=True) if not agrees(c.expected, got)
    ] == []


def shape(case: Case) -> tuple[int, int] | None:
    """Rows and columns of a case's answer, None for one cell."""
    expected = case.expected
    return (len(expected), len(expected[0])) if isinstance(expected, list) else None


@pytest.mark.parametrize("function", SCALARS, ids=[f.name for f in SCALARS])
def test_calls_at_random(function: WorksheetFunction, tmp_path: Path) -> None:
    rng = random.Random(function.name)
    calls = [[entry(a, rng) for a in function.arguments] for _ in range(CALLS_EACH)]
    compare([Call(function.name, call) for call in calls], tmp_path)


def test_figures_exactly_on_and_just_off_the_boundary(tmp_path: Path) -> None:
    rng = random.Random(3)
    calls: list[Call] = []
    for _ in range(400):
        target = Decimal(rng.randrange(1, 200_00)).scaleb(-rng.randrange(4))
        allowed = Decimal(rng.choice(("1", "2.5", "3", "5", "7", "7.5", "10", "15")))
        polarity = rng.choice(("High", "Low"))
        sign = -1 if polarity == "High" else 1
        near = Decimal(rng.choice((0, 0, 1, -1))) * target.scaleb(-9)
        for tolerance, edge in (
            (f"{allowed}%", target * (100 + sign * allowed) / 100),
            (float(allowed), target + sign * allowed),
        ):
            figure = float(edge + near)
            calls.append(Call("RAG", [figure, float(target), polarity, tolerance]))
            calls.append(Call("AGAINST", [figure, float(target), polarity, tolerance]))
    compare(calls, tmp_path)


@pytest.mark.parametrize(
    ("polarity", "tolerance"),
    (("Low", "5%"), ("Info", 5), ("Range", "2pp"), ("", "5pp"), ("High", "")),
)
def test_defaults_come_from_the_settings_sheet(
    polarity: str, tolerance: str | float, tmp_path: Path
) -> None:
    rng = random.Random(5)
    calls = [
        Call(function.name, [entry(a, rng) for a in function.arguments][: function.required])
        for function in SCALARS
        for _ in range(60)
    ]
    calls += [Call("RAGBAND", [85, 90, 90]), Call("RAG", [94, "95% or above"])]
    read = read_tolerance(tolerance if isinstance(tolerance, str) else Decimal(tolerance))
    assert not isinstance(read, Unreadable)
    stated = {"Default polarity": polarity, "Amber tolerance": tolerance}
    compare(calls, tmp_path, stated, Defaults(read, read_polarity(polarity)))


def test_a_setting_that_may_be_per_cent_or_not_is_never_guessed(tmp_path: Path) -> None:
    stated: dict[str, str | float] = {"Amber tolerance": 0.05}
    calls = [Call("RAG", [0.88, 0.91]), Call("RAG", [0.88, 0.91, "High", "5%"])]
    assert answers(calls, tmp_path, stated) == [ExcelError.VALUE, "A"]


def compare(
    calls: list[Call],
    folder: Path,
    settings: dict[str, str | float] | None = None,
    defaults: Defaults = BUILT_IN,
) -> None:
    """Check that workbook and Python answer alike."""
    different = []
    for call, answer in zip(calls, answers(calls, folder, settings), strict=True):
        function = find(call.function)
        assert function is not None
        expected = function.call(call.arguments, defaults)
        if not agrees(expected, answer):
            different.append(f"{call}: workbook {answer!r}, Python {expected!r}")
    assert different == []
