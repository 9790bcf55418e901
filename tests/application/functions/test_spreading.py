"""Ranges: their shape, what they cost, and that every cell is answered as by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perf_addin.application.functions import (
    ExcelError,
    Scalar,
    Value,
    declaration,
    find,
    plain_judges,
)
from perf_addin.application.functions import rater as rater_module
from perf_addin.application.functions.spreading import spread
from perf_addin.application.functions.values import BUILT_IN, Entry
from perf_addin.domain import rate as rating
from perf_addin.domain.figures import Figure
from perf_addin.domain.rate import TargetJudge, rate
from perf_addin.domain.rating import Rating, RatingInputs

NA = ExcelError.NA
EXCEL_ROWS = 1_048_576


def call(name: str, *arguments: Value) -> Value:
    function = find(name)
    assert function is not None
    return function.call(arguments)


@pytest.fixture(autouse=True)
def _each_call_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call over one cell knows nothing of the calls before it."""
    monkeypatch.setattr(declaration, "_MOST_KNOWN", 0)


def joined(*arguments: Value) -> Value:
    """Spread a function that shows which cells came together."""

    def judge_for(rest: tuple[Entry, ...]):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return lambda entry: NA if NA in {entry, *rest} else f"{entry}{''.join(map(str, rest))}"

    return spread(judge_for, arguments)


@pytest.mark.parametrize(
    ("arguments", "together"),
    (
        (("a", "b"), "ab"),
        (([["a"]], "b"), [["ab"]]),
        (("a", [["b"]]), [["ab"]]),
        (([["a"], ["b"]], "x"), [["ax"], ["bx"]]),
        (("x", [["a", "b"]]), [["xa", "xb"]]),
        (([["a"], ["b"]], [["x", "y"]]), [["ax", "ay"], ["bx", "by"]]),
        (([["x", "y"]], [["a"], ["b"]]), [["xa", "ya"], ["xb", "yb"]]),
        (([["a"], ["b"], ["c"]], [["x"], ["y"]]), [["ax"], ["by"], [NA]]),
        (([["a", "b"], ["c", "d"]], [["x"], ["y"], ["z"]]), [["ax", "bx"], ["cy", "dy"], [NA, NA]]),
        (([["a", "b", "c"]], [["x", "y"], ["z", "w"]]), [["ax", "by", NA], ["az", "bw", NA]]),
        (([["a"], ["b"]], [["x"]], "!"), [["ax!"], ["bx!"]]),
        (([["a"]], [["x"], ["y"]], [["1", "2"]]), [["ax1", "ax2"], ["ay1", "ay2"]]),
    ),
)
def test_ranges_come_together_as_in_excel(arguments: tuple[Value, ...], together: Value) -> None:
    """Source: Excel's own arrays, such as ={1;2}&{"a","b","c"}."""
    assert joined(*arguments) == together


@pytest.mark.parametrize("empty", ([], [[]]))
def test_a_range_without_cells_is_a_calc_error(empty: list[list[Scalar]]) -> None:
    assert call("RAG", empty, 91) is ExcelError.CALC


def test_a_whole_column_costs_what_is_in_it() -> None:
    calls = 0

    def judge_for(_rest: tuple[Entry, ...]):  # type: ignore[no-untyped-def]  # noqa: ANN202
        def judge(entry: Entry) -> Scalar:
            nonlocal calls
            calls += 1
            return "" if entry is None else "G"

        return judge

    column: list[list[Scalar]] = [[None] for _ in range(EXCEL_ROWS)]
    column[0], column[1] = [1], [2]
    answers = spread(judge_for, (column, column))
    assert isinstance(answers, list)
    assert len(answers) == EXCEL_ROWS
    assert answers[:3] == [["G"], ["G"], [""]]
    assert answers[-1] == [""]
    assert answers[-1] is not answers[-2]
    assert calls == 3


def test_a_blank_row_below_the_last_figure_still_passes_an_error_on() -> None:
    column: list[list[Scalar]] = [[88], [None], [None]]
    assert call("RAG", column, NA) == [[NA], [NA], [NA]]


def test_ten_thousand_rows_are_rated_by_a_few_ratings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies between two figures with one rating needs no rating of its own."""
    rated: list[Decimal] = []

    def counting(inputs: RatingInputs) -> Rating:
        rated.append(Decimal(0))
        return rate(inputs)

    monkeypatch.setattr(rater_module, "rate", counting)
    monkeypatch.setattr(rater_module, "prepare", lambda *_, **__: None)
    column: list[list[Scalar]] = [[(number * 7919 % 100003) / 1000 + 3] for number in range(10_000)]
    answers = call("RAG", column, 91.5, "High", "7.25%")
    assert isinstance(answers, list)
    assert {row[0] for row in answers} == {"G", "A", "R"}
    assert len(rated) < 200


def test_a_few_rows_with_one_target_are_rated_by_fewer_ratings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the target and what the tolerances allow, one rating holds for all figures."""
    rated: list[Figure] = []

    class Counting(TargetJudge):
        def rate(self, inputs: RatingInputs, actual: Figure) -> Rating:
            rated.append(actual)
            return super().rate(inputs, actual)

    monkeypatch.setattr(rating, "TargetJudge", Counting)
    figures: list[Scalar] = [60.5, 95, 88, 91, 92.25, 61, 86.2, 3, 300.125, 89.5, 80, 91.75]
    column = [[figure] for figure in figures]
    answers = call("RAG", column, 91, "High", "5%", "2%")
    assert answers == [[letter] for letter in "RGAGGRRRGGRG"]
    assert len(rated) == 5  # one of each stretch, and the figure on target


@pytest.mark.parametrize("target", (0.5, 91))
@pytest.mark.parametrize("tolerance", ("10%", "0%", "100%", "0.0000000000001%"))
def test_a_few_rows_are_rated_as_each_by_itself(target: float, tolerance: str) -> None:
    """Figures at and right beside a target and its tolerances, and numbers without end."""
    near = [target * part for part in (0.9, 1, 1.1) for _ in range(3)]
    beside = [n * (1 + step * 2**-52) for n, step in zip(near, (-40, 0, 40) * 3, strict=True)]
    figures: list[Scalar] = [*beside, 1e308, -1e308, float("inf"), float("nan"), 1, 2, 0, -0.0]
    figures += [10**400, 5e-324, True, "88%", None, 1.5]
    column = [[figure] for figure in figures]
    assert call("RAG", column, target, "Low", tolerance) == [
        [call("RAG", figure, target, "Low", tolerance)] for figure in figures
    ]


@pytest.mark.parametrize("size", (1, 2, 7, 300))
@pytest.mark.parametrize("name", ("RAG", "RAGWHY", "DOT", "BREACH"))
def test_columns_are_answered_as_ranges_of_one_column(name: str, size: int) -> None:
    function = find(name)
    assert function is not None
    figures: list[Scalar] = [
        (number * 37 % 120, "x", None, NA, "88%")[number % 5] for number in range(size)
    ]
    others: list[Scalar] = [(91, 0.5, "10-20", None, True)[number % 3] for number in range(size)]
    for arguments in ((figures, others), (figures, 91), (88, others), (88, 91), (figures,), ()):
        ranges = [[[one] for one in a] if isinstance(a, list) else a for a in arguments]
        found = function.call(ranges)
        expected = [row[0] for row in found] if isinstance(found, list) else [found] * size
        assert function.call_down(arguments, size, BUILT_IN) == expected


FIGURES: st.SearchStrategy[Scalar] = (
    st.integers(-3, 120)
    | st.floats(-2, 120, allow_nan=False)
    | st.integers(-100, 1300).map(lambda number: number / 1000)
    | st.sampled_from(["88%", "5", "x", "", "abc", None, True, ExcelError.DIV0, 1e300, -1e-300])
)
TARGETS: st.SearchStrategy[Scalar] = st.sampled_from(
    [91, 0.91, 1, 0, -5, 3, "91%", "3%", "0.9%", "Fewer than 85", "10-20", 0.3, "x", "Top"]
)
TOLERANCES: st.SearchStrategy[Scalar] = st.sampled_from(
    ["10%", "5pp", 5, 0.05, 0, None, "0%", "100%", 1]
)
POLARITIES: st.SearchStrategy[Scalar] = st.sampled_from(["High", "Low", "Range", None, "Info"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(FIGURES, min_size=1, max_size=60), TARGETS, POLARITIES, TOLERANCES, TOLERANCES)
def test_every_cell_of_a_range_is_rated_as_by_its_sentence(
    figures: list[Scalar], target: Scalar, polarity: Scalar, amber: Scalar, green: Scalar
) -> None:
    """The sentence of a cell is always made from a rating of its own, never from neighbours."""
    column = [[figure] for figure in figures]
    letters = call("RAG", column, target, polarity, amber, green)
    assert isinstance(letters, list)
    for (figure,), (letter,) in zip(column, letters, strict=True):
        told = call("RAGWHY", figure, target, polarity, amber, green)
        if isinstance(told, ExcelError):
            assert letter is told
        elif isinstance(told, str) and told.startswith("Not rated"):
            assert letter == ("" if "information only" in told else ExcelError.VALUE)
        else:
            assert isinstance(told, str)
            assert letter == told[:1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(st.tuples(FIGURES, TARGETS, POLARITIES), min_size=1, max_size=30))
@pytest.mark.parametrize("name", ("RAG", "RAGWHY", "DOT", "AGAINST"))
def test_columns_together_answer_row_by_row(
    name: str, rows: list[tuple[Scalar, Scalar, Scalar]]
) -> None:
    columns = [[[row[at]] for row in rows] for at in range(3)]
    answers = call(name, *columns)
    assert answers == [[call(name, *row)] for row in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(FIGURES, min_size=1, max_size=30))
@pytest.mark.parametrize("name", ("RAGBAND", "RAGRANGE", "BREACH"))
@pytest.mark.parametrize("limits", ((80, 90), (90, 80), (0.8, 0.9), ("80%", 0.9), (None, 20)))
def test_a_column_against_limits_answers_cell_by_cell(
    name: str, limits: tuple[Scalar, Scalar], figures: list[Scalar]
) -> None:
    column = [[figure] for figure in figures]
    assert call(name, column, *limits) == [[call(name, figure, *limits)] for figure in figures]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(FIGURES, min_size=1, max_size=30), st.lists(FIGURES, min_size=1, max_size=6))
def test_a_column_among_peers_answers_cell_by_cell(
    figures: list[Scalar], others: list[Scalar]
) -> None:
    peers = [others]
    column = [[figure] for figure in figures]
    answers = call("QUARTILEBAND", column, peers, "Low")
    assert answers == [[call("QUARTILEBAND", figure, peers, "Low")] for figure in figures]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(FIGURES, min_size=1, max_size=30), FIGURES, POLARITIES, TOLERANCES)
def test_a_column_beside_one_figure_answers_cell_by_cell(
    figures: list[Scalar], other: Scalar, polarity: Scalar, more: Scalar
) -> None:
    column = [[figure] for figure in figures]
    for name in ("DOT", "AGAINST", "RAGBAND", "RAGRANGE"):
        rest = (other, polarity, more) if name in {"DOT", "AGAINST"} else (other, more)
        assert call(name, column, *rest) == [[call(name, figure, *rest)] for figure in figures]


def _near(aims: list[float]) -> st.SearchStrategy[Scalar]:
    """Numbers at, right beside, and around what figures are held against."""
    at = [aim * factor for aim in aims for factor in (1, 0.9, 1.1, 0.95, 1.05)]
    steps = st.sampled_from([0, 1, -1, 5, -5, 40, -40]).map(lambda step: 1 + step * 2**-52)
    beside = st.builds(lambda number, step: number * step, st.sampled_from(at), steps)
    return beside | st.floats(min(aims) * 0.8, max(aims) * 1.2)


LARGE = [
    ("RAG", (91, "High", "5%")),
    ("RAG", (91, "Low", "5%", "2%")),
    ("RAG", (0.91, "High", "5pp")),
    ("RAG", ("10-20", "Range", "10%")),
    ("RAG", (20, "Range", "10%")),
    ("RAGBAND", (90, 80)),
    ("RAGBAND", (0.8, 0.9)),
    ("RAGRANGE", (75, 95)),
    ("RAGRANGE", (None, 95, "5%")),
    ("RAGRANGE", (0.75, 0.95, "5pp")),
    ("RAGRANGE", ("75%", "95%")),
    ("RAGRANGE", (75, 95, 0)),
    ("BREACH", (75, 95)),
    ("DOT", (88,)),
    ("AGAINST", (88, "Low", "2%")),
]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None
)
@given(data=st.data())
@pytest.mark.parametrize(("name", "rest"), LARGE)
def test_a_long_column_answers_cell_by_cell(
    name: str, rest: tuple[Scalar, ...], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a long column it is looked for where answers change; no answer is another for that."""
    monkeypatch.setattr(plain_judges, "_MANY", data.draw(st.sampled_from((250, 2_500))))
    aims = [float(n) for n in rest if isinstance(n, float | int) and n > 0.5] or [0.75, 0.95, 15.0]
    near = data.draw(st.lists(_near(aims), min_size=1, max_size=120))
    figures = (near * 300)[:300]
    column = [[figure] for figure in figures]
    known = {figure: call(name, figure, *rest) for figure in near}
    assert call(name, column, *rest) == [[known[figure]] for figure in figures]
