"""Counting the rows of a child-level list by a stated rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.application.importing.counting import Rule, read_rule
from perf_addin.application.importing.tally import Tally
from perf_addin.domain.periods import Period, read_period
from tests.application.importing.extracts import csv_extract

# Illustrative: no child of any council.
LIST = """\
Child ID,In time,Days,Plan,Closed on
1,Yes,12,CP,03/08/2021
1,Yes,20,CP,2021-08-05 09:30
2,no,51,CP,31-AUG-21
3,YES,45,,1 September 2021
4,,46,LAC,30/09/2021
5,No,9,CP,
6,Yes,x,LAC,13/13/2021
"""
COLUMNS = {"Child ID": 1, "In time": 2, "Days": 3, "Plan": 4, "Closed on": 5}


def _tally(folder: Path, text: str, period: str | None = None) -> Tally:
    rule = read_rule(text)
    assert isinstance(rule, Rule), rule
    tally = Tally(rule, COLUMNS, read_period(period) if period else None)
    (sheet,) = csv_extract(folder, LIST).sheets
    for row in sheet.rows(2):
        tally.take(row)
    return tally


def _by_label(counted: dict[Period, int]) -> dict[str, int]:
    return {period.label: count for period, count in counted.items()}


@pytest.mark.parametrize(
    ("rule", "counted", "bases"),
    (
        (
            'rows where "In time" = "Yes" of all rows by month of "Closed on"',
            {"Aug 2021": 2, "Sep 2021": 1},
            {"Aug 2021": 3, "Sep 2021": 2},
        ),
        (
            'rows where "In time" = Yes by quarter of "Closed on"',
            {"Q2 2021/22": 3},
            {"Q2 2021/22": 5},
        ),
        (
            'different "Child ID" of rows where "Plan" = "CP" by year of "Closed on"',
            {"2021/22": 2},
            {"2021/22": 2},
        ),
        (
            'rows where "Days" <= 45 of rows where "In time" is not blank by month of "Closed on"',
            {"Aug 2021": 2, "Sep 2021": 1},
            {"Aug 2021": 3, "Sep 2021": 1},
        ),
        (
            'rows where "Plan" = "LAC" by month of "Closed on"',  # none of August: a true zero
            {"Aug 2021": 0, "Sep 2021": 1},
            {"Aug 2021": 3, "Sep 2021": 2},
        ),
        (
            'rows where "Closed on" >= "31/08/2021" and "Days" > 45 by month of "Closed on"',
            {"Aug 2021": 1, "Sep 2021": 1},
            {"Aug 2021": 3, "Sep 2021": 2},
        ),
        (
            'ROWS WHERE "in time" <> "Yes" OF ALL ROWS BY MONTH OF "Closed on"',
            {"Aug 2021": 1, "Sep 2021": 1},
            {"Aug 2021": 3, "Sep 2021": 2},
        ),
    ),
)
def test_rules(tmp_path: Path, rule: str, counted: dict[str, int], bases: dict[str, int]) -> None:
    rule = rule.replace('"in time"', '"In time"')
    tally = _tally(tmp_path, rule)
    assert _by_label(tally.counted) == counted
    assert _by_label(tally.bases) == bases


def test_rows_without_a_date_are_not_counted_and_named(tmp_path: Path) -> None:
    tally = _tally(tmp_path, 'rows by month of "Closed on"')
    assert (tally.undated_rows, tally.undated) == (2, [7, 8])
    assert _by_label(tally.counted) == {"Aug 2021": 3, "Sep 2021": 2}


def test_a_stated_period_is_the_only_one_or_that_of_all_rows(tmp_path: Path) -> None:
    one = _tally(tmp_path, 'rows by month of "Closed on"', "Aug 2021")
    assert _by_label(one.counted) == {"Aug 2021": 3}
    every = _tally(tmp_path, 'rows where "Plan" = CP of all rows', "Q2 2021/22")
    assert _by_label(every.counted) == {"Q2 2021/22": 4}
    assert _by_label(every.bases) == {"Q2 2021/22": 7}


@pytest.mark.parametrize(
    ("text", "says"),
    (
        ("", "expected it to begin with 'rows'"),
        ("children", "expected it to begin with 'rows'"),
        ("different things", "expected the heading of a column in quotation marks"),
        ('rows where In time = "Yes"', "in quotation marks before 'In'"),
        ('rows where "In time" "Yes"', "expected =, <>"),
        ('rows where "In time" =', "expected =, <>"),
        ('rows where "In time" = "Yes" of "All"', "expected 'all rows' or 'rows where'"),
        ('rows by week of "Date"', "expected 'month of'"),
        ('rows by month of "Date" and more', "expected nothing more before 'and'"),
        ('rows where "In time', "found"),
        ("rows " * 1000, "more than 2,000 characters"),
    ),
)
def test_rules_that_cannot_be_read_say_what_was_expected(text: str, says: str) -> None:
    found = read_rule(text)
    assert isinstance(found, str)
    assert says in found
