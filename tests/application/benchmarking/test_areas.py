"""Names of areas: what is one name, and what is no authority."""

from __future__ import annotations

import pytest

from perf_addin.application.benchmarking.areas import area_key, is_aggregate
from perf_addin.application.benchmarking.data import read_data_period


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("Merton", "MERTON"),
        ("London Borough of Merton", "Merton"),
        ("Merton Council", "Merton"),
        ("Bristol, City of", "City of Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Bath & North East Somerset", "Bath and North East Somerset"),
        ("St. Helens", "St Helens"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames"),
    ),
)
def test_one_area(one: str, other: str) -> None:
    assert area_key(one) == area_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("City of London", "London"),
        ("Bath", "Bath and North East Somerset"),
        ("Northumberland", "North Tyneside"),
        ("Cumberland", "Cumbria"),
    ),
)
def test_two_areas(one: str, other: str) -> None:
    assert area_key(one) != area_key(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("England", True),
        ("London", True),
        ("Outer London", True),
        ("London (Outer)", True),
        ("Yorkshire and the Humber", True),
        ("Statistical Neighbours", True),
        ("City of London", False),
        ("North East Lincolnshire", False),
        ("South West", True),
    ),
)
def test_countries_regions_and_averages(name: str, *, expected: bool) -> None:
    assert is_aggregate(area_key(name)) is expected


@pytest.mark.parametrize(
    ("text", "label"),
    (
        ("2020/21", "2020/21"),
        ("202021", "2020/21"),
        ("2025", "2025"),
        ("2021-03-31", "Mar 2021"),
        ("31/03/2021", "Mar 2021"),
        ("2021-03-31T00:00:00", "Mar 2021"),
        ("Q1 2021/22", "Q1 2021/22"),
        ("Apr 21", "Apr 2021"),
    ),
)
def test_periods_as_data_files_have_them(text: str, label: str) -> None:
    period = read_data_period(text)
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize("text", ("202022", "2021-02-31", "31/13/2021", "latest", "99"))
def test_what_is_no_period(text: str) -> None:
    assert read_data_period(text) is None
