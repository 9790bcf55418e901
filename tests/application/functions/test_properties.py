"""What holds for every call, whatever the figures."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from perf_addin.application.functions import ExcelError, Scalar, Value, find

# In tenths, so that many figures lie on a boundary; above 2, where nothing may be a ratio.
TENTHS = st.integers(21, 3000)
PERCENT = st.integers(0, 50).map("{}%".format)
UNITS = st.integers(0, 40)
ORDER = {"R": 0, "A": 1, "G": 2}


def call(name: str, *arguments: Value) -> Value:
    function = find(name)
    assert function is not None
    return function.call(arguments)


@given(TENTHS, TENTHS, PERCENT | UNITS)
def test_a_swapped_polarity_mirrors_the_rating(figure: int, target: int, tolerance: Scalar) -> None:
    high = call("RAG", figure / 10, target / 10, "High", tolerance)
    assert call("RAG", -figure / 10, -target / 10, "Low", tolerance) == high


@given(TENTHS, TENTHS, UNITS, st.sampled_from(["High", "Low", "Range"]), st.integers(1, 1000))
def test_another_unit_changes_no_rating(
    figure: int, target: int, tolerance: int, polarity: str, unit: int
) -> None:
    small = call("RAG", figure / 10, target / 10, polarity, tolerance)
    assert call("RAG", figure * unit / 10, target * unit / 10, polarity, tolerance * unit) == small


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(0, 30))
def test_ratios_rate_as_their_percentages_do(figure: int, target: int, points: int) -> None:
    """0.88 with 0.91, 88% with 91%, and 88% with 0.91 are one comparison."""
    tolerance = f"{points}pp"
    texts = call("RAG", f"{figure / 10}%", f"{target / 10}%", "High", tolerance)
    assert call("RAG", figure / 1000, target / 1000, "High", tolerance) == texts
    assert call("RAG", f"{figure / 10}%", target / 1000, "High", tolerance) == texts


@given(TENTHS, TENTHS, TENTHS, PERCENT)
def test_a_better_figure_is_never_rated_worse(
    here: int, there: int, target: int, tolerance: str
) -> None:
    worse, better = sorted((here, there))
    low = call("RAG", worse / 10, target / 10, "High", tolerance)
    high = call("RAG", better / 10, target / 10, "High", tolerance)
    assert ORDER[str(low)] <= ORDER[str(high)]


@given(TENTHS, TENTHS)
def test_a_swapped_polarity_mirrors_a_comparison(current: int, previous: int) -> None:
    mirror = {"Better": "Worse", "Worse": "Better", "Same": "Same", "In line": "In line"}
    for name in ("DOT", "AGAINST"):
        high = call(name, current / 10, previous / 10, "High")
        assert call(name, current / 10, previous / 10, "Low") == mirror[str(high)]
        assert call(name, previous / 10, current / 10, "High") == mirror[str(high)]


@given(TENTHS, TENTHS, TENTHS, UNITS)
def test_a_range_is_rated_green_exactly_where_nothing_is_breached(
    figure: int, lower: int, upper: int, margin: int
) -> None:
    assume(lower <= upper)
    arguments = (figure / 10, lower / 10, upper / 10)
    within = call("BREACH", *arguments) == "Within"
    assert (call("RAGRANGE", *arguments, margin) == "G") == within


@given(TENTHS, TENTHS, PERCENT)
def test_two_thresholds_rate_as_target_and_tolerance_do(
    figure: int, target: int, tolerance: str
) -> None:
    """The floor is the target less its tolerance: the same boundaries, reached by two ways."""
    floor = target * (100 - int(tolerance[:-1])) / 1000
    assume(floor > 2 and tolerance != "0%")
    assert call("RAGBAND", figure / 10, target / 10, floor) == call(
        "RAG", figure / 10, target / 10, "High", tolerance
    )


@given(st.sampled_from(list(ExcelError)), st.sampled_from(list(ExcelError)))
def test_the_first_error_passes_through(first: ExcelError, second: ExcelError) -> None:
    for name in ("RAG", "RAGWHY", "DOT", "AGAINST", "QUARTILEBAND", "SPCASSURANCE"):
        assert call(name, first, second) is first
        assert call(name, 5, second) is second
    for name in ("RAGBAND", "RAGRANGE", "BREACH"):
        assert call(name, 5, first, second) is first
