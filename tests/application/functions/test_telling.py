"""Sentences of long columns: each is that of a call of its own, whatever stands beside it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perf_addin.application.functions import ExcelError, Scalar, Value, declaration, find
from perf_addin.application.functions import rater as rater_module
from perf_addin.domain.figures import Figure
from perf_addin.domain.rating import Rating

ULP = 2**-52
NOT_NUMBERS: list[Scalar] = ["88%", "88.5%", "5", "x", "", "abc", None, True, ExcelError.DIV0]
EXTREMES: list[Scalar] = [1e300, -1e-300, 0, -0.0, 1e8, 99_999_999.99, float("nan"), float("inf")]
TARGETS: list[Scalar] = [
    *(91, 0.91, 1, 0, -5, 3, 0.3, 1.5, 2, 401, 12_345_678.9, 0.004, 88.125, -0.5, 33.3333333333333),
    *("91%", "3%", "0.9%", "5.55%", "Fewer than 85", "At least 95%", "more than 0.5", "<5"),
    *("10-20", "0.1-0.2", "10%-20%", "10.001-10.002", "50 - 50", "-5 to 5", "x", "Top quartile"),
]
TOLERANCES: list[Scalar] = [
    *("10%", "5pp", 5, 0.05, 0, None, "0%", "100%", 1, "0.04pp", "6.6%", "1pp", "33.3333333%"),
]
POLARITIES: list[Scalar] = ["High", "Low", "Range", None, "Info"]


def why(*arguments: Value) -> Value:
    function = find("RAGWHY")
    assert function is not None
    return function.call(arguments)


@pytest.fixture(autouse=True)
def _each_call_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call over one cell knows nothing of the calls before it."""
    monkeypatch.setattr(declaration, "_MOST_KNOWN", 0)


def _aim(target: Scalar) -> float:
    """A number that lies somewhere near what figures are held against."""
    digits = "".join(c if c in "0123456789." else " " for c in str(target)).split()
    return float(digits[0]) if digits else 12.0


def _figures(target: Scalar) -> st.SearchStrategy[Scalar]:
    """Figures around a target, at what it allows, on other scales, at halves, and what is none."""
    aim = _aim(target)
    parts = [1, 0.9, 1.1, 0.95, 1.05, 1 / 4, 4, 1 / 400, 1 / 25, 25, 400, 0.01, 100, 2, -1]
    beside = st.builds(
        lambda part, step: aim * part * (1 + step * ULP),
        st.sampled_from(parts),
        st.sampled_from([0, 1, -1, 5, -5, 40, -40, 1000, -10_000]),
    )
    halves = st.builds(
        lambda step, ulps: step / 200 * (1 + ulps * ULP),
        st.integers(-300, 24_000),
        st.sampled_from([0, 0, 1, -1, 3, 20, -300]),
    )
    reads_alike = st.sampled_from([0.0051, -0.005, -0.004999, 0.01, 1, -1, 0.0001, 5]).map(
        lambda apart: aim + apart
    )
    return st.one_of(
        beside,
        halves,
        halves.map(lambda number: number / 100),
        reads_alike,
        st.floats(aim * 0.5, aim * 1.5),
        st.floats(-2, 120) | st.integers(-3, 400),
        st.sampled_from(EXTREMES + NOT_NUMBERS),
    )


def _told_alike(figures: Sequence[Scalar], rest: Sequence[Value]) -> None:
    told = why([[figure] for figure in figures], *rest)
    assert isinstance(told, list)
    alone = [why(figure, *rest) for figure in figures]
    assert [row[0] for row in told] == alone
    assert [type(row[0]) for row in told] == list(map(type, alone))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=250, deadline=None
)
@given(st.data())
def test_a_long_column_is_told_cell_by_cell(data: st.DataObject) -> None:
    """Figures of every spelling and sign, beside changes and at halves, and each again."""
    target = data.draw(st.sampled_from(TARGETS) | st.floats(0.001, 1000))
    tolerances = st.sampled_from(TOLERANCES)
    rest = (target, data.draw(st.sampled_from(POLARITIES)), data.draw(tolerances))
    figures = data.draw(st.lists(_figures(target), min_size=13, max_size=60))
    _told_alike(figures + figures, (*rest, data.draw(tolerances)))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(st.data())
def test_columns_together_are_told_row_by_row(data: st.DataObject) -> None:
    """Targets and polarities that vary with the row, in long columns."""
    targets = data.draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=2))
    pairs = [
        (data.draw(_figures(target)), target, data.draw(st.sampled_from(POLARITIES[:2])))
        for target in targets * 30
    ]
    told = why(*([[pair[at]] for pair in pairs] for at in range(3)))
    assert told == [[why(*pair)] for pair in pairs]


@pytest.mark.parametrize(
    ("figures", "rest"),
    (
        ([80 + step / 1000 for step in range(600)], (91, "High", "5%")),
        ([0.8 + step / 20_000 for step in range(600)], (0.91, "High", "5pp")),
        ([step / 20_000 for step in range(17_000, 17_600)], ("91%", "High", "5pp")),
        ([90 + step / 20 for step in range(600)], ("91%", "Low", "2%", "1%")),
        ([step / 400 for step in range(8300, 8900)], ("10-20", "Range", 1)),
        ([step / 200 for step in range(-300, 300)], (0, "Low", "10%")),
        ([-step / 300 for step in range(1300, 1900)], (-5, "High", "1pp")),
        ([91 + step / 10**12 for step in range(-300, 300)], (91, "High", "5%")),
        ([86.45 + step / 10**12 for step in range(-300, 300)], (91, "High", "5%")),
        (list(range(1, 601)), (300, "Low", "10%")),
        ([10.0**step for step in range(-30, 30)], (5, "Low", "10%")),
        ([f"{step / 10}%" for step in range(600)], ("50%", "High", "5pp")),
        ([0.87 + step / 10_000 for step in range(600)], ("91%", "High", "5pp")),
        ([1 + step / 600 for step in range(600)], ("91%", "High")),
        ([1.9, *(1 + step * ULP for step in range(-300, 300))], (0.5, "High")),
        ([20, 21, *(22.75 * (1 + step * ULP) for step in range(-300, 300))], (0.91, "High")),
        ([step / 600 for step in range(600)], (5, "High")),
    ),
)
def test_all_figures_of_a_row_of_steps_are_told_as_alone(
    figures: list[Scalar], rest: tuple[Scalar, ...]
) -> None:
    """Halves, tolerances in every unit, one point, and figures that nearly read as the target."""
    _told_alike(figures, rest)


def test_ten_thousand_sentences_are_made_from_few_ratings(monkeypatch: pytest.MonkeyPatch) -> None:
    rated: list[Figure] = []
    rate = rater_module.Rater.rate

    def counting(self: rater_module.Rater, figure: Figure, *, told: bool = True) -> Rating:
        rated.append(figure)
        return rate(self, figure, told=told)

    monkeypatch.setattr(rater_module.Rater, "rate", counting)
    draw = random.Random(2021)
    for rest in (
        (91, "High", "5%"),
        (91,),
        ("91%", "High", "5pp"),
        (91, "Low", 5, 2),
        ("80-95", "Range", "5%"),
        (91, "Info"),
        ("Top quartile",),
    ):
        rated.clear()
        told = why([[draw.uniform(60, 110)] for _ in range(10_000)], *rest)
        assert isinstance(told, list)
        assert len(told) == 10_000
        assert len(rated) < 100
