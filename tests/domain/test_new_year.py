"""Headings and titles a year later, in the spelling that they had."""

from __future__ import annotations

from datetime import date

import pytest

from perf_addin.domain.new_year import (
    day_a_year_later,
    moved_years,
    spellings_a_year_later,
    year_label,
    years_named,
)


@pytest.mark.parametrize(
    ("text", "years", "moved"),
    (
        ("Target 2021/22", {2021}, "Target 2022/23"),
        ("2021-22", {2021}, "2022-23"),
        ("2021/2022 outturn", {2021}, "2022/2023 outturn"),
        ("FY21/22", {2021}, "FY22/23"),
        ("2021 / 22", {2021}, "2022 / 23"),
        ("2021\N{EN DASH}22", {2021}, "2022\N{EN DASH}23"),
        ("performance_index_2021_22", {2021}, "performance_index_2022_23"),
        ("1999/00", set(), "1999/00"),
        ("2029/30", {2029}, "2030/31"),
        ("2019/20 and 2020/21", {2019, 2020}, "2020/21 and 2021/22"),
        ("12/15 visits", set(), "12/15 visits"),
        ("31/03/2022", set(), "31/03/2022"),
        ("2021/23", set(), "2021/23"),
        ("09/10", {2009}, "10/11"),
    ),
)
def test_financial_years_in_a_text(text: str, years: set[int], moved: str) -> None:
    assert years_named(text) == years
    assert moved_years(text) == moved


@pytest.mark.parametrize(
    ("text", "among"),
    (
        ("Q1 2021/22", "Q1 2022/23"),
        ("Apr 2021", "Apr 2022"),
        ("2021-08", "2022-08"),
        ("Apr 21", "Apr 22"),
        ("Dec '99", "Dec '00"),
        ("30 Jun 21", "30 Jun 22"),
        ("Jan 21 - Mar 21", "Jan 22 - Mar 22"),
        ("2021", "2022"),
    ),
)
def test_spellings_have_the_one_that_is_meant(text: str, among: str) -> None:
    assert among in list(spellings_a_year_later(text))


def test_a_heading_without_a_year_has_no_other_spelling() -> None:
    assert list(spellings_a_year_later("April")) == []


@pytest.mark.parametrize(
    ("day", "later"),
    (
        (date(2021, 4, 1), date(2022, 4, 1)),
        (date(2023, 2, 28), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2021, 12, 31), date(2022, 12, 31)),
        (date(2023, 2, 27), date(2024, 2, 27)),
    ),
)
def test_the_last_day_of_a_month_stays_the_last(day: date, later: date) -> None:
    assert day_a_year_later(day) == later


def test_a_year_is_written_with_both_years() -> None:
    assert [year_label(year) for year in (2021, 1999)] == ["2021/22", "1999/00"]
