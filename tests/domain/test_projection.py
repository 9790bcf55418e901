"""What a year would come to: three ways, each with its range."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.process_limits import Limits
from perf_addin.domain.projection import Projection, Way, project, steps_of

D = Decimal
TEN = Limits(Fraction(10), Fraction(8), Fraction(12))


def figures(*pairs: tuple[str, str]) -> list[tuple[Period, Decimal]]:
    found = []
    for when, value in pairs:
        period = read_period(when)
        assert period is not None
        found.append((period, D(value)))
    return found


TO_AUGUST = figures(
    ("Mar 2021", "99"),
    ("Apr 2021", "10"),
    ("May 2021", "9"),
    ("Jun 2021", "11"),
    ("Jul 2021", "10"),
    ("Aug 2021", "10"),
)
QUARTERS = figures(("Q4 2020/21", "99"), ("Q1 2021/22", "30"), ("Q2 2021/22", "34"))


@pytest.mark.parametrize(
    ("way", "series", "expected"),
    (
        # Five months of twelve; the seven to come lie between 8 and 12 each.
        (Way.CUMULATIVE, TO_AUGUST, (24, 10 + 56, 10 + 84)),
        (Way.SUM, TO_AUGUST, (120, 50 + 56, 50 + 84)),
        (Way.AVERAGE, TO_AUGUST, (10, Fraction(106, 12), Fraction(134, 12))),
        (Way.CUMULATIVE, QUARTERS, (68, 34 + 16, 34 + 24)),
        (Way.SUM, QUARTERS, (128, 64 + 16, 64 + 24)),
        (Way.AVERAGE, QUARTERS, (32, 20, 22)),
        # A month without a figure is reckoned at the mean of the others.
        (Way.SUM, TO_AUGUST[:2] + TO_AUGUST[4:], (120, 30 + 72, 30 + 108)),
    ),
)
def test_projections(
    way: Way, series: list[tuple[Period, Decimal]], expected: tuple[Fraction, ...]
) -> None:
    found = project(way, series, TEN)
    assert isinstance(found, Projection)
    assert (found.value, found.low, found.high) == expected


@pytest.mark.parametrize(
    ("way", "series", "why"),
    (
        (Way.NONE, TO_AUGUST, "none was asked for"),
        (Way.SUM, [], "there is no figure"),
        (Way.AVERAGE, figures(("Mar 2022", "10")), "the year is complete"),
        (Way.AVERAGE, figures(("Q4 2021/22", "10")), "the year is complete"),
        (Way.AVERAGE, figures(("2021/22", "10")), "its figures are of whole years"),
    ),
)
def test_why_there_is_none(way: Way, series: list[tuple[Period, Decimal]], why: str) -> None:
    assert project(way, series) == why


def test_without_limits_there_is_no_range() -> None:
    found = project(Way.AVERAGE, TO_AUGUST, Limits(Fraction(10), None, None))
    assert isinstance(found, Projection)
    assert [found.value, found.low, found.high] == [10, None, None]


def test_the_first_month_says_so() -> None:
    found = project(Way.CUMULATIVE, TO_AUGUST[:2])
    assert isinstance(found, Projection)
    assert found.value == 120
    assert found.method == "straight line, the year to date times 12/1 after a month"


def test_steps_of_a_running_total_begin_anew_in_april() -> None:
    series = figures(
        ("Feb 2021", "110"),
        ("Mar 2021", "121"),
        ("Apr 2021", "9"),
        ("May 2021", "20"),
        ("Jul 2021", "41"),
        ("Aug 2021", "50"),
    )
    assert steps_of(series) == [D(11), D(9), D(11), D(9)]


def test_steps_of_quarters() -> None:
    series = figures(("Q3 2020/21", "90"), ("Q4 2020/21", "121"), ("Q1 2021/22", "30"))
    assert steps_of(series) == [D(31), D(30)]


def test_a_quarterly_figure_in_a_months_column_stands_for_three() -> None:
    series = figures(("Mar 2021", "99"), ("Jun 2021", "30"), ("Sep 2021", "34"))
    by_way = [project(way, series, TEN, 3) for way in (Way.CUMULATIVE, Way.SUM, Way.AVERAGE)]
    found = [[p.value, p.low, p.high] for p in by_way if isinstance(p, Projection)]
    assert found == [[68, 34 + 16, 34 + 24], [128, 64 + 16, 64 + 24], [32, 20, 22]]
    assert steps_of(series, 3) == [D(30), D(4)]
