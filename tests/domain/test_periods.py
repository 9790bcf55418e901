"""Periods: the spellings that headings use, and the financial year from April to March."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.periods import (
    PeriodKind,
    financial_year_of,
    read_financial_year,
    read_period,
)


@pytest.mark.parametrize(
    ("texts", "label", "start", "end"),
    (
        (
            (
                "Apr 21|April 2021|apr-21|Apr'21|APR\N{RIGHT SINGLE QUOTATION MARK}21|April, 2021"
                "|Apr. 2021|Apr/21|2021-04|2021/04|04/2021|4/2021|  april   2021 "
            ),
            "Apr 2021",
            date(2021, 4, 1),
            date(2021, 4, 30),
        ),
        ("Sept 2021|Sep 21|September 2021", "Sep 2021", date(2021, 9, 1), date(2021, 9, 30)),
        ("Feb 2020|February 20", "Feb 2020", date(2020, 2, 1), date(2020, 2, 29)),
        (
            (
                "Q1 2021/22|Qtr 1 2021/22|Quarter 1 2021/22|Q1 2021-22|Q1 (2021/22)|Q1, 2021/2022"
                "|Q1 21/22|2021/22 Q1|2021-22 Quarter 1|Q1 2021\N{EN DASH}22"
                "|Apr 2021-Jun 2021|Apr 21 - Jun 21|Apr 2021 - Jun"
                "|Apr-Jun 2021|April to June 2021|Apr\N{EN DASH}Jun 21|Apr - June 2021"
            ),
            "Q1 2021/22",
            date(2021, 4, 1),
            date(2021, 6, 30),
        ),
        (
            "Q4 2021/22|Jan-Mar 2022|2021/22 Q4",
            "Q4 2021/22",
            date(2022, 1, 1),
            date(2022, 3, 31),
        ),
        ("Oct-Dec 2021|Q3 2021/22", "Q3 2021/22", date(2021, 10, 1), date(2021, 12, 31)),
        (
            "2020/21|2020-21|2020/2021|20/21|FY 2020/21|2020\N{EN DASH}21|Apr 2020 - Mar 2021",
            "2020/21",
            date(2020, 4, 1),
            date(2021, 3, 31),
        ),
        # The years whose second half could be a month.
        ("2011/12|2011-12", "2011/12", date(2011, 4, 1), date(2012, 3, 31)),
        ("2009/10", "2009/10", date(2009, 4, 1), date(2010, 3, 31)),
        ("2011/11", "Nov 2011", date(2011, 11, 1), date(2011, 11, 30)),
        ("2021|Jan-Dec 2021", "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("1999/00", "", date.min, date.min),
    ),
)
def test_spellings(texts: str, label: str, start: date, end: date) -> None:
    for text in texts.split("|"):
        period = read_period(text)
        if not label:
            assert period is None, text
            continue
        assert period is not None, text
        assert (period.label, period.start, period.end) == (label, start, end), text
        assert read_period(period.label) == period


@pytest.mark.parametrize("day", (date(2021, 8, 1), date(2021, 8, 31), datetime(2021, 8, 5, 9)))  # noqa: DTZ001 - a cell has no time zone
def test_a_date_is_its_month(day: date) -> None:
    assert read_period(day) == read_period("Aug 2021")


@pytest.mark.parametrize(
    ("text", "label"),
    (
        ("Apr", "Apr 2021"),
        ("December", "Dec 2021"),
        ("Jan", "Jan 2022"),
        ("Mar", "Mar 2022"),
        ("Q1", "Q1 2021/22"),
        ("Qtr 4", "Q4 2021/22"),
        ("Quarter 3", "Q3 2021/22"),
        ("Jan-Mar", "Q4 2021/22"),
        ("Jul to Sep", "Q2 2021/22"),
    ),
)
def test_a_bare_month_or_quarter_needs_a_financial_year(text: str, label: str) -> None:
    assert read_period(text) is None
    period = read_period(text, financial_year=2021)
    assert period is not None
    assert period.label == label


def test_a_stated_year_comes_before_the_financial_year() -> None:
    assert read_period("Apr 2019", financial_year=2021) == read_period("Apr 2019")
    assert read_period("Q1 2019/20", financial_year=2021) == read_period("Q1 2019/20")


@pytest.mark.parametrize(
    "text",
    (
        "",
        "16-17",  # an age band
        "16-17 year olds",
        "12/15",
        "2020/22",
        "2021/20",
        "10-15",
        "Target 2021/22",
        "Apr 21 RAG",
        "Q5 2021/22",
        "Q1 2021/23",
        "Apr-May 2021",
        "Feb-Apr 2021",
        "Jul 2020 - Jun 2021",
        "April 2019 - March 2022",  # three years
        "Apr 20 - Mar 22",
        "Apr 2019 - Jun 2021",
        "Jan 2022 - Mar 2021",
        "2021-13",
        "1 Apr 21",
        "Summer 2021",
        "91",
    ),
)
def test_texts_that_are_no_periods(text: str) -> None:
    assert read_period(text, financial_year=2021) is None


@pytest.mark.parametrize(
    ("text", "year"),
    (
        ("Target 2021/22", 2021),
        ("Scorecard 2018-19 (final)", 2018),
        ("Outturns 19/20", 2019),
        ("2020\N{EN DASH}21", 2020),
        ("2018/20 and 2020/21", 2020),
        ("Care leavers 16-17", None),
        ("12/15", None),
        ("31/12/2021", None),
        ("2021", None),
    ),
)
def test_financial_years_within_texts(text: str, year: int | None) -> None:
    assert read_financial_year(text) == year


@pytest.mark.parametrize(
    ("day", "year"),
    ((date(2021, 3, 31), 2020), (date(2021, 4, 1), 2021), (date(2021, 12, 31), 2021)),
)
def test_a_financial_year_begins_in_april(day: date, year: int) -> None:
    assert financial_year_of(day) == year


def test_periods_are_ordered_by_their_end() -> None:
    order = "2019/20|Apr 2020|May 2020|Q1 2020/21|Jun 2020|Q3 2020/21|2020|Q4 2020/21|Apr 2021"
    # Of two that end on one day, the one that started earlier comes first.
    expected = "2019/20|Apr 2020|May 2020|Q1 2020/21|Jun 2020|2020|Q3 2020/21|Q4 2020/21|Apr 2021"
    periods = [period for text in order.split("|") if (period := read_period(text))]
    assert [period.label for period in sorted(periods)] == expected.split("|")


@pytest.mark.parametrize(
    ("text", "before", "kind"),
    (
        ("Feb 2020", "Feb 2019", PeriodKind.MONTH),
        ("Feb 2021", "Feb 2020", PeriodKind.MONTH),
        ("Q4 2021/22", "Q4 2020/21", PeriodKind.QUARTER),
        ("2021/22", "2020/21", PeriodKind.YEAR),
        ("2021", "2020", PeriodKind.YEAR),
    ),
)
def test_the_same_period_last_year(text: str, before: str, kind: PeriodKind) -> None:
    period = read_period(text)
    assert period is not None
    assert period.kind is kind
    assert period.same_period_last_year() == read_period(before)


@pytest.mark.parametrize(
    ("text", "months"), (("May 2021", 1), ("Q4 2021/22", 3), ("2021/22", 12), ("2021", 12))
)
def test_how_long_a_period_lasts(text: str, months: int) -> None:
    period = read_period(text)
    assert period is not None
    assert period.months == months


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_every_month_is_read_back_from_its_label(day: date) -> None:
    month = read_period(day)
    assert month is not None
    assert month.start <= day <= month.end
    assert read_period(month.label) == month
    assert read_period(f"{day:%B}", financial_year=financial_year_of(day)) == month
    assert read_period(f"{day:%b-%y}") == month


@given(st.text() | st.from_regex(r"(q[0-9]|apr|20\d\d|\d\d)?[ /-]{0,2}(20\d\d|\d\d|mar)?"))
def test_no_text_raises(text: str) -> None:
    read_period(text, financial_year=2021)
    read_financial_year(text)


@pytest.mark.parametrize("text", ("apr.", "Apr", "apr. '22", "Apr-22", "apr,.2022"))
def test_a_month_and_its_year_may_lie_apart(text: str) -> None:
    """By blanks, points, dashes and the like; a month alone takes the year that is given."""
    found = read_period(text, financial_year=2022)
    assert found is not None
    assert found.label == "Apr 2022"


@pytest.mark.parametrize("text", ("apr..", "apr -", "Apr 222", "Apr 1922", "aprx 22", "apr 22 x"))
def test_what_follows_a_month_and_is_no_year(text: str) -> None:
    """It is no period, whatever year is given."""
    assert read_period(text, financial_year=2022) is None
