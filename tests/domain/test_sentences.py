"""The sentence behind a rating, word for word."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.domain.entries import Row, rated

MISSED = Row("85%", "91%", "High", "5%")
RANGE = Row("", polarity="Range", lower="12", upper="20", margin="2")
DIRECTION = Row("85%", "91%", "High", rule="direction")


@pytest.mark.parametrize(
    ("row", "sentence"),
    (
        # Tolerances: relative, points, own unit.
        (MISSED, "Red: 85% against a target of 91% (High): missed by 6.6%; amber allows 5%"),
        (
            Row("85%", "91%", "High", "5pp"),
            "Red: 85% against a target of 91% (High): missed by 6 points; amber allows 5 points",
        ),
        (
            Row("90%", "91%", "High", "5pp"),
            "Amber: 90% against a target of 91% (High): missed by 1 point; amber allows 5 points",
        ),
        (
            Row("26 weeks", "24 weeks", "Low", "2"),
            "Amber: 26 against a target of 24 (Low): missed by 2; amber allows 2",
        ),
        (
            Row("0.85", "0.91", "High", "5pp"),
            "Red: 0.85 against a target of 0.91 (High): missed by 6 points; amber allows 5 points",
        ),
        (Row("91%", "91%", "High", "5%"), "Green: 91% against a target of 91% (High): met"),
        (
            Row("96", "100", "High", "10%", "5%"),
            "Green: 96 against a target of 100 (High): missed by 4%; green allows 5%",
        ),
        # Rounding must not hide a miss.
        (
            Row("90.99%", "91%", "High", rule="binary"),
            "Red: 90.99% against a target of 91% (High): missed by 0.011%; there is no amber",
        ),
        (
            Row("86.4499%", "91%", "High", "5%"),
            "Red: 86.4% against a target of 91% (High): missed by 5.0001%; amber allows 5%",
        ),
        # Targets of 0, strict targets.
        (
            Row("3", "0", "Low", "10%"),
            (
                "Red: 3 against a target of 0 (Low): missed by 3; "
                "a tolerance in per cent has no meaning for a target of 0"
            ),
        ),
        (
            Row("3%", "0%", "Low", rule="binary"),
            "Red: 3% against a target of 0% (Low): missed by 3 points; there is no amber",
        ),
        (
            Row("85", "Fewer than 85", tolerance="5%"),
            "Amber: 85 against a target of fewer than 85 (Low): exactly there, and so not met",
        ),
        (
            Row("85", "Fewer than 85", rule="binary"),
            (
                "Red: 85 against a target of fewer than 85 (Low): exactly there, and so not met; "
                "there is no amber"
            ),
        ),
        # Defaults are named.
        (
            Row("85%", "91%"),
            (
                "Amber: 85% against a target of 91% (High): missed by 6.6%; amber allows 10%; "
                "polarity and tolerance by built-in default"
            ),
        ),
        (
            Row("85%", "91%", "High"),
            (
                "Amber: 85% against a target of 91% (High): missed by 6.6%; amber allows 10%; "
                "tolerance by built-in default"
            ),
        ),
        (
            Row("85%", "91%", tolerance="5%"),
            (
                "Red: 85% against a target of 91% (High): missed by 6.6%; amber allows 5%; "
                "polarity by built-in default"
            ),
        ),
        (
            Row("94%", "95% or above", tolerance="5pp"),
            (
                "Amber: 94% against a target of at least 95% (High): missed by 1 point; "
                "amber allows 5 points"
            ),
        ),
        # Thresholds.
        (
            Row("92", polarity="High", green="90", amber="80"),
            "Green: 92 reaches the green threshold of 90 (High)",
        ),
        (
            Row("85", polarity="High", green="90", amber="80"),
            "Amber: 85 reaches the amber threshold of 80 but not the green threshold of 90 (High)",
        ),
        (
            Row("16", green="10", amber="15"),
            "Red: 16 does not reach the amber threshold of 15 (Low)",
        ),
        (
            Row("20.004", green="25", amber="20.003"),
            (
                "Amber: 20.004 reaches the amber threshold of 20.003 but not the green "
                "threshold of 25 (High)"
            ),
        ),
        (
            Row("84", "Fewer than 85", amber="90"),
            "Green: 84 reaches the green threshold of fewer than 85 (Low)",
        ),
        (
            Row("85", "Fewer than 85", amber="90"),
            (
                "Amber: 85 reaches the amber threshold of 90 but not the green threshold of "
                "fewer than 85 (Low)"
            ),
        ),
        # A green tolerance in the place of the default tolerance: nothing is taken by default.
        (
            Row("80", "100", "High", "", "15%"),
            "Red: 80 against a target of 100 (High): missed by 20%; amber allows 15%",
        ),
        (
            Row("30", "12-20", green_tolerance="15%"),
            "Red: 30 is outside the target range (12 to 20): missed by 50%; amber allows 15%",
        ),
        # Ranges.
        (RANGE._replace(actual="15"), "Green: 15 is within the target range (12 to 20)"),
        (
            RANGE._replace(actual="23"),
            "Red: 23 is outside the target range (12 to 20): missed by 3; amber allows 2",
        ),
        (
            RANGE._replace(actual="11", margin=""),
            (
                "Amber: 11 is outside the target range (12 to 20): missed by 8.3%; amber "
                "allows 10%; tolerance by built-in default"
            ),
        ),
        (
            Row("80", "90", "Range", "5%"),
            "Red: 80 is outside the target range (90): missed by 11.1%; amber allows 5%",
        ),
        (
            Row("20.0001", polarity="Range", lower="20.004", margin="0"),
            (
                "Red: 20 is outside the target range (20.004 or more): missed by 0.0039; "
                "amber allows 0"
            ),
        ),
        # Direction.
        (
            DIRECTION._replace(earlier="80", earlier_label="Q1 2021/22"),
            (
                "Amber: 85% against a target of 91% (High): missed by 6.6%; "
                "better than 80% in Q1 2021/22"
            ),
        ),
        (
            DIRECTION._replace(earlier="86"),
            "Red: 85% against a target of 91% (High): missed by 6.6%; worse than 86% before",
        ),
        (
            DIRECTION._replace(earlier="85", tolerance="5pp"),
            (
                "Red: 85% against a target of 91% (High): missed by 6 points; amber allows "
                "5 points; the same as 85% before"
            ),
        ),
        (
            DIRECTION._replace(earlier="84.99"),
            "Amber: 85% against a target of 91% (High): missed by 6.6%; better than 84.99% before",
        ),
        # Not rated.
        (
            Row("c", "91%"),
            "Not rated: the figure is 'c' (confidential)",
        ),
    ),
)
def test_sentences(row: Row, sentence: str) -> None:
    assert rated(row).reason == sentence


@pytest.mark.parametrize(
    ("row", "miss", "miss_pct"),
    (
        (Row("86.45%", "91%", "High"), "4.55", "5"),
        (Row("95.55%", "91%", "Low"), "4.55", "5"),
        (Row("92%", "80%", "High"), "-12", "-15"),
        (Row("-90", "-100", "Low"), "10", "10"),
        (Row("3", "0", "Low"), "3", None),
        (Row("x", "0", "Low"), None, None),
    ),
)
def test_the_miss_in_own_unit_and_in_per_cent(
    row: Row, miss: str | None, miss_pct: str | None
) -> None:
    rating = rated(row)
    assert rating.miss == (None if miss is None else Decimal(miss))
    assert rating.miss_pct == (None if miss_pct is None else Decimal(miss_pct))


STRICT = "Fewer than 85"
DOCUMENTED = (
    # A target in words and an amber threshold.
    Row("84.9", STRICT, amber="90"),
    Row("85", STRICT, amber="90", tolerance="5%"),
    Row("90.1", STRICT, amber="90"),
    Row("85", STRICT, amber="85"),
    Row("85", "85 or fewer", amber="85"),
    Row("85", STRICT, amber="80"),
    # Sentences.
    Row("85%", "91%", "High", "5%"),
    Row("85%", "91%", "High", "5pp"),
    Row("26", "24", "Low", "2"),
    Row("96", "100", "High", "10%", "5%"),
    Row("85", green="90", amber="80"),
    RANGE._replace(actual="23"),
    Row("90.99%", "91%", "High", rule="binary"),
    DIRECTION._replace(earlier="80", earlier_label="Q1 2021/22"),
    Row("3", "0", "Low", "10%"),
    Row("85", "Fewer than 85", tolerance="5%"),
    Row("100", "100", tolerance="5%", green_tolerance="10%"),
    Row("85%", "91%"),
    Row("80", "Fewer than 85", "High"),
    Row("x", "91%", "High"),
    Row("85%", "91%", "Info"),
)


def test_the_documented_sentences_are_real(root: Path) -> None:
    text = (root / "docs" / "rating.md").read_text(encoding="utf-8")
    told = re.findall(r"\| ((?:Red|Amber|Green|Not rated): .*) \|$", text, re.MULTILINE)
    assert told == [rated(row).reason for row in DOCUMENTED]


@pytest.mark.parametrize(
    ("actual", "expected"), (("86", "G"), ("85", "G"), ("84.9", "R"), ("80", "R"))
)
def test_a_green_tolerance_wider_than_the_default_leaves_no_amber(
    actual: str, expected: str
) -> None:
    assert rated(Row(actual, "100", green_tolerance="15%")).letter == expected
