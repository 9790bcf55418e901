"""Days as extracts write them."""

from __future__ import annotations

from datetime import date

import pytest

from perf_addin.domain.days import read_day
from perf_addin.domain.periods import period_around

LAST_OF_AUGUST = date(2021, 8, 31)


@pytest.mark.parametrize(
    "text",
    (
        "31/08/2021",
        "31/8/21",
        "31.08.2021",
        "31-08-2021",
        "2021-08-31",
        "2021/08/31",
        "2021-08-31T09:30:00",
        "2021-08-31 09:30:00.123",
        "2021-08-31T09:30:00Z",
        "31/08/2021 09:30",
        "31/08/2021 9:30 PM",
        " 31 Aug 2021 ",
        "31 August 2021",
        "31st August 2021",
        "31-AUG-21",
        "31-Aug-2021",
    ),
)
def test_days(text: str) -> None:
    assert read_day(text) == LAST_OF_AUGUST


@pytest.mark.parametrize(
    "text",
    ("", "31/02/2021", "08/31/2021", "31/08", "Aug 2021", "2021", "31 Foo 2021", "44439", "9" * 99),
)
def test_what_is_no_day(text: str) -> None:
    assert read_day(text) is None


def test_the_day_comes_before_the_month() -> None:
    assert read_day("05/08/2021") == date(2021, 8, 5)


@pytest.mark.parametrize(
    ("day", "span", "label"),
    (
        (date(2021, 8, 31), "month", "Aug 2021"),
        (date(2021, 8, 31), "quarter", "Q2 2021/22"),
        (date(2022, 3, 31), "quarter", "Q4 2021/22"),
        (date(2022, 3, 31), "year", "2021/22"),
        (date(2022, 4, 1), "year", "2022/23"),
    ),
)
def test_the_period_that_a_day_lies_in(day: date, span: str, label: str) -> None:
    assert period_around(day, span).label == label
