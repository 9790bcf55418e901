"""The options that reproduce NHS England's Excel tool where it differs; docs/deviations.md."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from perf_addin.domain.polarity import Polarity
from perf_addin.domain.spc import (
    OFFICIAL,
    PLOT_THE_DOTS,
    Cause,
    Method,
    Point,
    Variation,
    chart,
)


def points(
    values: str, method: Method, *, fix_after: int | None = None, rebase_at: Sequence[int] = ()
) -> list[Point]:
    numbers = [Decimal(value) for value in values.split()]
    return chart(numbers, method=method, fix_after=fix_after, rebase_at=rebase_at)


def test_screening() -> None:
    """The series of the deviations page of NHSRplotthedots: one 10 among 1s and 2s."""
    series = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"
    ours, official = (points(series, m)[-1].limits for m in (PLOT_THE_DOTS, OFFICIAL))
    assert ours.mean == official.mean
    assert ours.upper is not None
    assert official.upper is not None
    # Steps of 8 and 9 among fifteen of 1: without them the mean step is 1.
    assert ours.upper - ours.mean == Fraction("2.66")
    assert official.upper - official.mean == Fraction("2.66") * 32 / 17


STEADY = "9 11 9 11 9 11 9 11 9 11 9 11"
"""Mean 10, moving range 2: limits 4.68 and 15.32, near limits 6.45 and 13.55."""


@pytest.mark.parametrize(
    ("last", "ours", "official"),
    (
        # One outside and one near: together two of three only where those outside count.
        ("16 14", Cause.COMMON, Cause.NEAR_UPPER),
        ("14 14", Cause.NEAR_UPPER, Cause.NEAR_UPPER),
        ("16 13", Cause.COMMON, Cause.COMMON),
        # All three have to be on one side of the mean.
        ("16 9 14", Cause.COMMON, Cause.COMMON),
        ("16 11 14", Cause.COMMON, Cause.NEAR_UPPER),
        ("4 6", Cause.COMMON, Cause.COMMON),
        ("9 4 6", Cause.COMMON, Cause.NEAR_LOWER),
    ),
)
def test_two_of_three(last: str, ours: Cause, official: Cause) -> None:
    series = f"{STEADY} {last}"
    assert points(series, PLOT_THE_DOTS, fix_after=12)[-1].cause is ours
    assert points(series, OFFICIAL, fix_after=12)[-1].cause is official


def test_the_point_outside_stays_outside() -> None:
    series = points(f"{STEADY} 16 14", OFFICIAL, fix_after=12)
    assert [point.cause for point in series[-2:]] == [Cause.ABOVE_LIMIT, Cause.NEAR_UPPER]
    assert series[-2].causes == (Cause.ABOVE_LIMIT, Cause.NEAR_UPPER)


def test_six_points_make_a_run_where_that_is_asked_for() -> None:
    series = f"{STEADY} 9 10.1 10.2 10.3 10.4 10.5"
    assert points(series, PLOT_THE_DOTS)[-1].cause is Cause.COMMON
    assert points(series, Method(run=6))[-1].cause is Cause.RISING
    assert points(f"{STEADY} 9 9.5 9.4 9.5 9.4 9.5", Method(run=6))[-1].cause is Cause.LOW_RUN


@pytest.mark.parametrize("polarity", (Polarity.HIGH, Polarity.LOW))
def test_where_rules_of_both_directions_are_met(polarity: Polarity) -> None:
    """Seven falling points that all lie above the mean: the trend comes first."""
    series = f"{STEADY} 13 12.5 12 11.5 11 10.5 10.1"
    last = points(series, PLOT_THE_DOTS, fix_after=12)[-1]
    assert last.causes == (Cause.FALLING, Cause.HIGH_RUN)
    falls = Variation.CONCERN if polarity is Polarity.HIGH else Variation.IMPROVEMENT
    assert last.variation(polarity) is falls
    assert last.variation(polarity, improvement_first=True) is Variation.IMPROVEMENT
    assert last.variation(Polarity.INFO, improvement_first=True) is Variation.LOW


def test_a_stretch_of_its_own_is_numbered() -> None:
    series = points(f"{STEADY} 20 22 20 22", PLOT_THE_DOTS, rebase_at=[12])
    assert [point.stretch for point in series] == [0] * 12 + [1] * 4
    assert [point.limits.mean for point in (series[0], series[-1])] == [10, 21]
