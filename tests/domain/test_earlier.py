"""The three bases of direction of travel."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perf_addin.domain.direction import Direction
from perf_addin.domain.earlier import Earlier, find_earlier
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rules import Basis

D = Decimal
PREVIOUS, LAST_YEAR, AVERAGE = Basis
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when(text: str) -> Period:
    period = read_period(text)
    assert period is not None
    return period


def series(**figures: str) -> dict[Period, Decimal]:
    """Figures by period; a name is `Q1_2020_21` or `Apr_2021`."""
    made = {}
    for name, value in figures.items():
        first, *years = name.split("_")
        made[when(f"{first} {'/'.join(years)}")] = D(value)
    return made


QUARTERS = series(
    Q1_2020_21="80", Q2_2020_21="82", Q3_2020_21="84", Q4_2020_21="86", Q1_2021_22="88"
)
YEAR_OF_MONTHS = {
    when(f"{month} {year}"): D(value)
    for value, (month, year) in enumerate(((m, y) for y in (2020, 2021) for m in MONTHS), 1)
}


@pytest.mark.parametrize(
    ("basis", "period", "total", "figures", "label"),
    (
        (PREVIOUS, "Q1 2021/22", 86, 1, "Q4 2020/21"),
        (LAST_YEAR, "Q1 2021/22", 80, 1, "Q1 2020/21"),
        (AVERAGE, "Q1 2021/22", 332, 4, "the previous four quarters, on average"),
        (PREVIOUS, "Aug 2021", 19, 1, "Jul 2021"),
        (LAST_YEAR, "Aug 2021", 8, 1, "Aug 2020"),
        (
            AVERAGE,
            "Aug 2021",
            sum(range(8, 20)),
            12,
            "the previous four quarters, on average of 12 figures",
        ),
    ),
)
def test_what_a_figure_is_compared_with(
    basis: Basis, period: str, total: int, figures: int, label: str
) -> None:
    found = find_earlier(basis, when(period), QUARTERS | YEAR_OF_MONTHS)
    assert found == Earlier(D(total), figures, label)


@pytest.mark.parametrize(
    ("basis", "period", "why"),
    (
        (PREVIOUS, "Q1 2020/21", "no earlier figure"),
        (LAST_YEAR, "Q4 2020/21", "no figure for Q4 2019/20"),
        (AVERAGE, "Q4 2020/21", "only 3 of the four quarters before have a figure"),
        (AVERAGE, "Q1 2020/21", "none of the four quarters before has a figure"),
        (AVERAGE, "2020/21", "a year has no four quarters before it"),
    ),
)
def test_why_there_is_nothing_to_compare_with(basis: Basis, period: str, why: str) -> None:
    assert find_earlier(basis, when(period), QUARTERS) == why


def test_months_and_quarters_and_years_are_kept_apart() -> None:
    mixed = series(Q1_2021_22="88", Apr_2021="5")
    assert find_earlier(PREVIOUS, when("May 2021"), mixed) == Earlier(D(5), 1, "Apr 2021")
    assert find_earlier(PREVIOUS, when("2021/22"), mixed) == "no earlier figure"


def test_a_month_that_is_missing_is_left_out_of_the_average() -> None:
    figures = {p: v for p, v in YEAR_OF_MONTHS.items() if p != when("Feb 2021")}
    found = find_earlier(AVERAGE, when("Aug 2021"), figures)
    assert isinstance(found, Earlier)
    assert found.figures == 11
    assert found.label.endswith("average of 11 figures")


@pytest.mark.parametrize(
    ("values", "current", "polarity", "expected"),
    (
        ("80 82 84 86", "83", Polarity.HIGH, Direction.SAME),
        ("80 82 84 86", "83.1", Polarity.HIGH, Direction.BETTER),
        ("80 82 84 86", "83.1", Polarity.LOW, Direction.WORSE),
        ("80 82 84 86", "83.1", Polarity.INFO, None),
        # A mean of 1/3 is not 0.333333333333333.
        ("0 0 1", "0.333333333333333", Polarity.HIGH, Direction.WORSE),
        ("0.1 0.2 0.3", "0.2", Polarity.HIGH, Direction.SAME),
        # Range 12 to 20: the mean is 25.
        ("24 26", "24", Polarity.RANGE, Direction.BETTER),
        ("14 16", "18", Polarity.RANGE, Direction.SAME),
    ),
)
def test_travel_from_an_average(
    values: str, current: str, polarity: Polarity, expected: Direction | None
) -> None:
    figures = [D(value) for value in values.split()]
    earlier = Earlier(sum(figures, D(0)), len(figures), "before")
    assert earlier.travel_to(D(current), polarity, D(12), D(20)) == expected
