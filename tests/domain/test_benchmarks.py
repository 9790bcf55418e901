"""A figure beside a benchmark."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

FIVE_PER_CENT = Tolerance(Decimal(5), ToleranceUnit.RELATIVE)
TWO_POINTS = Tolerance(Decimal(2), ToleranceUnit.POINTS)
NUMBERS = st.integers(-100, 100).map(Decimal)


@pytest.mark.parametrize(
    ("figure", "benchmark", "tolerance", "standing"),
    (
        ("85", "85", None, Standing.IN_LINE),
        ("85.0001", "85", None, Standing.BETTER),
        ("84.9999", "85", None, Standing.WORSE),
        ("105", "100", FIVE_PER_CENT, Standing.IN_LINE),
        ("95", "100", FIVE_PER_CENT, Standing.IN_LINE),
        ("105.0001", "100", FIVE_PER_CENT, Standing.BETTER),
        ("94.9999", "100", FIVE_PER_CENT, Standing.WORSE),
        ("0.88", "0.86", TWO_POINTS, Standing.IN_LINE),
        ("0.8801", "0.86", TWO_POINTS, Standing.BETTER),
        ("1", "0", FIVE_PER_CENT, Standing.BETTER),
        ("0", "0", FIVE_PER_CENT, Standing.IN_LINE),
    ),
)
def test_exactly_the_tolerance_away_is_in_line(
    figure: str, benchmark: str, tolerance: Tolerance | None, standing: Standing
) -> None:
    """The sample papers call a figure better or worse than a benchmark; ties are in line."""
    found = compare(Figure(Decimal(figure)), Decimal(benchmark), Polarity.HIGH, tolerance)
    assert found is standing


@pytest.mark.parametrize("polarity", (Polarity.RANGE, Polarity.INFO))
def test_where_no_direction_is_good_nothing_is_better(polarity: Polarity) -> None:
    assert compare(Figure(Decimal(1)), Decimal(2), polarity) is None


@given(NUMBERS, NUMBERS, st.sampled_from([None, FIVE_PER_CENT, TWO_POINTS]))
def test_a_swapped_polarity_swaps_better_and_worse(
    figure: Decimal, benchmark: Decimal, tolerance: Tolerance | None
) -> None:
    high = compare(Figure(figure), benchmark, Polarity.HIGH, tolerance)
    low = compare(Figure(figure), benchmark, Polarity.LOW, tolerance)
    assert {high, low} in (
        {Standing.BETTER, Standing.WORSE},
        {Standing.IN_LINE},
    )
