"""Targets that change with time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perf_addin.domain.dated_targets import DatedTarget, Met, count_met, in_order, target_at
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.polarity import Polarity

D = Decimal
ALWAYS = DatedTarget(None, D(80))
FROM_2020 = DatedTarget(date(2020, 4, 1), D(85))
FROM_2021 = DatedTarget(date(2021, 4, 1), D(90))
TARGETS = in_order([FROM_2021, ALWAYS, FROM_2020])


def when(text: str) -> Period:
    period = read_period(text)
    assert period is not None
    return period


@pytest.mark.parametrize(
    ("period", "expected"),
    (
        ("Mar 2020", ALWAYS),
        ("Apr 2020", FROM_2020),
        ("Mar 2021", FROM_2020),
        ("Apr 2021", FROM_2021),
        ("Q1 2021/22", FROM_2021),
        ("2020/21", FROM_2020),
        # A calendar year begins before April's target holds.
        ("2021", FROM_2020),
    ),
)
def test_which_target_holds_when(period: str, expected: DatedTarget) -> None:
    assert target_at(TARGETS, when(period)) == expected


def test_before_the_first_there_is_none() -> None:
    assert target_at([FROM_2020], when("Mar 2020")) is None


def test_the_last_stated_of_a_day_holds() -> None:
    again = FROM_2020._replace(value=D(86))
    assert in_order([FROM_2020, again]) == [again]


@pytest.mark.parametrize(
    ("polarity", "met"), ((Polarity.HIGH, Met(3, 4)), (Polarity.LOW, Met(3, 4)))
)
def test_each_figure_is_held_against_the_target_of_its_own_time(
    polarity: Polarity, met: Met
) -> None:
    """80 on 80 and 85 on 85 are met either way; 89 is short of 90; 86 is beyond 85."""
    high = (("Mar 2020", 80), ("Apr 2020", 85), ("Mar 2021", 86), ("Apr 2021", 89))
    figures = [(when(text), D(value)) for text, value in high]
    assert count_met(figures, TARGETS, polarity) == met


def test_a_strict_target_is_not_met_by_itself() -> None:
    fewer = DatedTarget(None, D(85), strict=True)
    assert not fewer.is_met(D(85), Polarity.LOW)
    assert fewer.is_met(D("84.9"), Polarity.LOW)
    assert not fewer.is_met(D("85.1"), Polarity.LOW)
