"""Direction of travel follows the polarity; for a range, better is nearer to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.direction import Direction, direction_of_travel, outside
from perf_addin.domain.polarity import Polarity

BETTER, WORSE, SAME = Direction.BETTER, Direction.WORSE, Direction.SAME


@pytest.mark.parametrize(
    ("current", "previous", "polarity", "expected"),
    (
        ("88", "87.9", Polarity.HIGH, BETTER),
        ("87.9", "88", Polarity.HIGH, WORSE),
        ("88", "88.0", Polarity.HIGH, SAME),
        ("88", "87.9", Polarity.LOW, WORSE),
        ("87.9", "88", Polarity.LOW, BETTER),
        ("88.0", "88", Polarity.LOW, SAME),
        ("-3", "-2", Polarity.LOW, BETTER),
        ("88", "87", Polarity.INFO, None),
        # The range is 12 to 20.
        ("22", "25", Polarity.RANGE, BETTER),
        ("9", "25", Polarity.RANGE, BETTER),
        ("25", "22", Polarity.RANGE, WORSE),
        ("12", "20", Polarity.RANGE, SAME),
        ("10", "22", Polarity.RANGE, SAME),
        ("20.1", "15", Polarity.RANGE, WORSE),
    ),
)
def test_direction(
    current: str, previous: str, polarity: Polarity, expected: Direction | None
) -> None:
    limits = Decimal(12), Decimal(20)
    assert direction_of_travel(Decimal(current), Decimal(previous), polarity, *limits) == expected


def test_a_range_without_limits_has_no_direction() -> None:
    one, two = Decimal(1), Decimal(2)
    assert direction_of_travel(one, two, Polarity.RANGE) is None
    assert direction_of_travel(two, one, Polarity.RANGE, lower=Decimal(5)) is BETTER
    assert direction_of_travel(two, one, Polarity.RANGE, upper=Decimal(0)) is WORSE


@pytest.mark.parametrize(
    ("value", "expected"), (("11", "1"), ("12", "0"), ("20", "0"), ("20.5", "0.5"))
)
def test_how_far_outside(value: str, expected: str) -> None:
    assert outside(Decimal(value), Decimal(12), Decimal(20)) == Decimal(expected)


@given(*[st.decimals(-100, 100, places=2)] * 2, st.sampled_from(tuple(Polarity)))
def test_the_way_back_is_the_opposite(now: Decimal, then: Decimal, polarity: Polarity) -> None:
    limits = Decimal(12), Decimal(20)
    opposite = {BETTER: WORSE, WORSE: BETTER, SAME: SAME, None: None}
    there = direction_of_travel(now, then, polarity, *limits)
    assert direction_of_travel(then, now, polarity, *limits) == opposite[there]
