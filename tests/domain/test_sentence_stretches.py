"""What the sentences of a stretch have in common, and where that is not certain."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.figures import Figure
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.sentence_stretches import Stretch, Texts, stretch_of
from perf_addin.domain.showing import show_number
from perf_addin.domain.targets import read_target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

FIVE_PER_CENT = Tolerance(Decimal(5), ToleranceUnit.RELATIVE)


def stretch(
    actual: str, target: str = "91", *, number: float | None = None, largest: float = 1e4
) -> Stretch | None:
    """How sentences read beside one figure; percentages in points."""
    percent = target.endswith("%")
    inputs = RatingInputs(
        Figure(Decimal(actual), percent), read_target(target), tolerance=FIVE_PER_CENT
    )
    rating = rate(inputs)
    return stretch_of(rating, rating.reason, float(actual) if number is None else number, largest)


@given(st.integers(1, 10**9), st.booleans())
def test_a_number_of_steps_reads_as_the_number(steps: int, percent: bool) -> None:
    places = 1 if percent else 2
    shown = show_number(Decimal(steps).scaleb(-places), percent=percent)
    assert Texts("<", ">", percent=percent)[steps] == f"<{shown}>"


def test_one_sentence_shows_how_the_others_read() -> None:
    found = stretch("85")
    assert found is not None
    assert found.tell(84.125) == (
        "Red: 84.13 against a target of 91 (High): missed by 7.6%; amber allows 5%; polarity by "
        "built-in default"
    )


def test_a_ratio_is_told_in_points() -> None:
    found = stretch("85.2", "91%", number=0.852)
    assert found is not None
    assert found.tell(0.8426).startswith("Red: 84.3% against a target of 91% (High): missed by 7.4")


@pytest.mark.parametrize(
    ("actual", "target", "why"),
    (
        ("90.999", "91", "it reads like the target, and is shown with more decimals"),
        ("86.449", "91", "the miss reads like what is allowed"),
        ("0.001", "91", "it rounds to 0"),
        ("10.5", "10.001-10.002", "the limits read alike"),
    ),
)
def test_nothing_is_learned_where_more_digits_are_shown(actual: str, target: str, why: str) -> None:
    assert stretch(actual, target) is None, why


@pytest.mark.parametrize(
    ("actual", "number"),
    (("88", 91.004), ("88", 90.996), ("85", 86.4501), ("95", 0.004), ("95", -0.001)),
)
def test_no_sentence_is_given_where_more_digits_would_be_shown(actual: str, number: float) -> None:
    """Figures like the target, a miss like what is allowed, and what rounds to 0."""
    found = stretch(actual)
    assert found is not None
    assert found.tell(number) == ""


def test_numbers_beyond_what_is_certain_are_not_told_together() -> None:
    assert stretch("85", largest=1e8 - 1) is not None
    assert stretch("85", largest=1e10) is None


def test_a_reason_that_names_the_figure_is_not_that_of_another() -> None:
    inputs = RatingInputs(Figure(Decimal(12)), rule=Rule.INFORMATION)
    rating = rate(inputs)
    always = stretch_of(rating, rating.reason, 12.0, 100)
    assert always is not None
    assert always.tell(55.5) == "Not rated: information only"
    assert stretch_of(rating, "Not rated: 12 and 0.91 may be on two scales", 12.0, 100) is None
