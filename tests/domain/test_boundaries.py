"""Boundaries: inclusive on the better side, whatever the rule and the unit of the tolerance."""

from __future__ import annotations

import pytest

from tests.domain.entries import Row, letter, rated


@pytest.mark.parametrize(
    ("row", "expected"),
    (
        # Exactly on target is met, also where binary floating point would not say so.
        (Row("91%", "91%", "High", "5%"), "G"),
        (Row("91%", "91%", "Low", "5%"), "G"),
        (Row("91", "91", "High", rule="binary"), "G"),
        (Row("0.30", "0.3", "High", "0"), "G"),
        # Exactly the tolerance: relative, points, own unit; High and Low.
        (Row("86.45%", "91%", "High", "5%"), "A"),
        (Row("86.44%", "91%", "High", "5%"), "R"),
        (Row("95.55%", "91%", "Low", "5%"), "A"),
        (Row("95.56%", "91%", "Low", "5%"), "R"),
        (Row("86%", "91%", "High", "5pp"), "A"),
        (Row("85.999%", "91%", "High", "5pp"), "R"),
        (Row("96%", "91%", "Low", "5pp"), "A"),
        (Row("96.001%", "91%", "Low", "5pp"), "R"),
        (Row("26 weeks", "24 weeks", "Low", "2"), "A"),
        (Row("26.1 weeks", "24 weeks", "Low", "2"), "R"),
        (Row("22", "24", "High", "2"), "A"),
        (Row("21.9", "24", "High", "2"), "R"),
        # Ratios that stand bare: points are hundredths of them.
        (Row("0.86", "0.91", "High", "5pp"), "A"),
        (Row("0.859", "0.91", "High", "5pp"), "R"),
        (Row("0.96", "0.9", "Low", "5pp"), "R"),
        (Row("1.2", "0.9", "Low", "5pp"), "R"),
        # A tolerance of nothing leaves no amber.
        (Row("90.9%", "91%", "High", "0"), "R"),
        # Exactly the green tolerance.
        (Row("95", "100", "High", "10%", "5%"), "G"),
        (Row("94.9", "100", "High", "10%", "5%"), "A"),
        (Row("105", "100", "Low", "10%", "5%"), "G"),
        # A green tolerance wider than the default tolerance leaves no amber.
        (Row("85", "100", "High", "", "15%"), "G"),
        (Row("84.9", "100", "High", "", "15%"), "R"),
    ),
)
def test_on_target_and_on_the_tolerance(row: Row, expected: str) -> None:
    assert letter(row) == expected, rated(row).reason


@pytest.mark.parametrize(
    ("row", "expected"),
    (
        # A relative tolerance has no meaning: green if met, otherwise red.
        (Row("0", "0", "Low", "10%"), "G"),
        (Row("1", "0", "Low", "10%"), "R"),
        (Row("0.001", "0", "Low", "500%"), "R"),
        (Row("-1", "0", "High", "10%"), "R"),
        (Row("1", "0", "Low", "10%", "5%"), "R"),
        # An absolute one has.
        (Row("2", "0", "Low", "2"), "A"),
        (Row("2.1", "0", "Low", "2"), "R"),
        (Row("3%", "0%", "Low", "3pp"), "A"),
        (Row("3.1%", "0%", "Low", "3pp"), "R"),
        # Negative targets: a budget variance of -100 or lower. 10% is 10, not -10.
        (Row("-100", "-100", "Low", "10%"), "G"),
        (Row("-90", "-100", "Low", "10%"), "A"),
        (Row("-89.9", "-100", "Low", "10%"), "R"),
        (Row("-110", "-100", "High", "10%"), "A"),
        (Row("-110.1", "-100", "High", "10%"), "R"),
        (Row("-99", "-100", "High", "10%"), "G"),
    ),
)
def test_zero_and_negative_targets(row: Row, expected: str) -> None:
    assert letter(row) == expected, rated(row).reason


@pytest.mark.parametrize(
    ("row", "expected"),
    (
        (Row("84", "Fewer than 85", tolerance="5%"), "G"),
        (Row("85", "Fewer than 85", tolerance="5%"), "A"),
        (Row("89.25", "Fewer than 85", tolerance="5%"), "A"),
        (Row("89.3", "Fewer than 85", tolerance="5%"), "R"),
        (Row("85", "Fewer than 85", rule="binary"), "R"),
        (Row("85", "Fewer than 85", tolerance="5%", green_tolerance="0"), "A"),
        (Row("85", "Fewer than 85", tolerance="5%", green_tolerance="1"), "G"),
        (Row("85", "Fewer than 85", tolerance="0"), "R"),
        (Row("85", "Fewer than 85", tolerance="0%"), "R"),
        (Row("0", "fewer than 0"), "R"),
        (Row("50%", "> 50%", tolerance="5pp"), "A"),
        (Row("50.1%", "> 50%", tolerance="5pp"), "G"),
        (Row("85", "85 or fewer"), "G"),
        (Row("95%", "95% or above"), "G"),
        (Row("94%", "95% or above", tolerance="1pp"), "A"),
    ),
)
def test_text_targets(row: Row, expected: str) -> None:
    assert letter(row) == expected, rated(row).reason


@pytest.mark.parametrize(
    ("row", "expected"),
    (
        # Thresholds settle the polarity by their order; both are inclusive.
        (Row("90", green="90", amber="80"), "G"),
        (Row("89.9", green="90", amber="80"), "A"),
        (Row("80", green="90", amber="80"), "A"),
        (Row("79.9", green="90", amber="80"), "R"),
        (Row("10", green="10", amber="15"), "G"),
        (Row("10.1", green="10", amber="15"), "A"),
        (Row("15", green="10", amber="15"), "A"),
        (Row("15.1", green="10", amber="15"), "R"),
        # One value for both: the polarity has to be stated.
        (Row("90", polarity="Low", green="90", amber="90"), "G"),
        (Row("91", polarity="Low", green="90", amber="90"), "R"),
        (Row("90", polarity="High", green="90", amber="90"), "G"),
        # The target takes the place of the green threshold.
        (Row("90", target="91", amber="86"), "A"),
        (Row("85.9", target="91", amber="86"), "R"),
        # Then its wording counts as it does without thresholds: strict stays strict.
        (Row("84.9", "Fewer than 85", amber="90"), "G"),
        (Row("85", "Fewer than 85", amber="90"), "A"),
        (Row("90.1", "Fewer than 85", amber="90"), "R"),
        (Row("85", "Fewer than 85", amber="85"), "A"),
        (Row("50%", "Greater than 50%", amber="45%"), "A"),
        (Row("50.1%", "Greater than 50%", amber="45%"), "G"),
        (Row("95", "95 or above", amber="90"), "G"),
        (Row("90", "at least 90", amber="90"), "G"),
        (Row("89.9", "at least 90", amber="90"), "R"),
        # A green threshold that is stated outright is reached inclusively.
        (Row("85", "Fewer than 85", green="85", amber="90"), "G"),
        # The green threshold takes the place of a target.
        (Row("85.5", polarity="High", tolerance="5%", green="90"), "A"),
        (Row("85.4", polarity="High", tolerance="5%", green="90"), "R"),
    ),
)
def test_thresholds(row: Row, expected: str) -> None:
    assert letter(row) == expected, rated(row).reason


RANGE = Row("", polarity="Range", lower="12", upper="20")


@pytest.mark.parametrize(
    ("row", "figures", "letters"),
    (
        (RANGE._replace(margin="2"), "9.9 10 11.9 12 16 20 20.1 22 22.1", "RAAGGGAAR"),
        # 10% is of the limit that is passed: 1.2 below and 2 above.
        (RANGE._replace(margin="10%"), "10.7 10.8 22 22.1", "RAAR"),
        (RANGE, "10.7 10.8 22 22.1", "RAAR"),
        (RANGE._replace(tolerance="1"), "10.9 11 21 21.1", "RAAR"),
        (RANGE._replace(tolerance="1", margin="2"), "9.9 10 22 22.1", "RAAR"),
        (RANGE._replace(margin="2", green_tolerance="1"), "9.9 10 11 21 22 22.1", "RAGGAR"),
        # A green tolerance wider than the default margin leaves no amber, as with a target.
        (RANGE._replace(green_tolerance="50%"), "5.9 6 12 20 30 30.1", "RGGGGR"),
        (Row("", "12-20", margin="2"), "9.9 10 12 20 22 22.1", "RAGGAR"),
        # One open side.
        (Row("", polarity="Range", upper="20", margin="2"), "-500 20 22 22.1", "GGAR"),
        (Row("", polarity="Range", lower="12", margin="2"), "9.9 10 12 500", "RAGG"),
        # A single target is a range without width.
        (Row("", "90", "Range", margin="2"), "87.9 88 89.9 90 90.1 92 92.1", "RAAGAAR"),
        # Limits come before a single target beside them.
        (Row("", "15", "Range", lower="12", upper="20", margin="0"), "11.9 12 20 20.1", "RGGR"),
        # A range that ends in 0: relative margins have no meaning there.
        (Row("", polarity="Range", lower="-5", upper="0", margin="10%"), "0 0.1 -5.5", "GRA"),
        # The rule may be stated where the polarity says High.
        (Row("", "12-20", "High", rule="in range", margin="0"), "12 20 21", "GGR"),
    ),
)
def test_ranges(row: Row, figures: str, letters: str) -> None:
    rating = [letter(row._replace(actual=figure)) for figure in figures.split()]
    assert "".join(rating) == letters


@pytest.mark.parametrize(
    ("row", "expected"),
    (
        # Thurrock 2014/15: amber is better than a year ago, but the target is not hit.
        (Row("80%", "91%", "High", rule="direction", earlier="79%"), "A"),
        (Row("80%", "91%", "High", rule="direction", earlier="80%"), "R"),
        (Row("80%", "91%", "High", rule="direction", earlier="81%"), "R"),
        (Row("20", "10", "Low", rule="direction", earlier="21"), "A"),
        (Row("20", "10", "Low", rule="direction", earlier="19"), "R"),
        (Row("91%", "91%", "High", rule="direction", earlier="99%"), "G"),
        # Halton 2003/04: amber is a marginal miss that improves; either alone is red.
        (Row("95", "100", "High", "5%", rule="direction", earlier="94"), "A"),
        (Row("94.9", "100", "High", "5%", rule="direction", earlier="94"), "R"),
        (Row("95", "100", "High", "5%", rule="direction", earlier="95"), "R"),
        # Havering 2013: green within 10%; beyond, amber if improved or maintained.
        (Row("90", "100", "High", "", "10%", "direction maintained", earlier="99"), "G"),
        (Row("89", "100", "High", "", "10%", "direction maintained", earlier="89"), "A"),
        (Row("89", "100", "High", "", "10%", "direction maintained", earlier="88"), "A"),
        (Row("89", "100", "High", "", "10%", "direction maintained", earlier="90"), "R"),
        # Without an earlier figure a miss is not rated, and a hit is.
        (Row("80%", "91%", "High", rule="direction"), "-"),
        (Row("91%", "91%", "High", rule="direction"), "G"),
    ),
)
def test_direction_families(row: Row, expected: str) -> None:
    assert letter(row) == expected, rated(row).reason


@pytest.mark.parametrize(
    ("row", "why"),
    (
        (Row("", "91%", "High"), "there is no figure"),
        (Row("x", "91%", "High"), "the figure is 'x' (not available)"),
        (Row("12 (of 15)", "91%", "High"), "'12 (of 15)' is no figure"),
        (Row("85%", "", "High"), "there is no target"),
        (Row("85%", "TBC", "High"), "the target is 'TBC' (to be confirmed)"),
        (Row("85%", "Top quartile"), "the target 'Top quartile' cannot be reckoned with"),
        (Row("85%", "Top quartile", "T"), "the target 'Top quartile' cannot be reckoned with"),
        (
            Row("80", "Fewer than 85", "High"),
            "the target 'fewer than 85' contradicts the polarity High",
        ),
        (
            Row("80", "95 or above", "Low"),
            "the target 'at least 95' contradicts the polarity Low",
        ),
        (Row("12", "10-15", "High"), "a target range contradicts the polarity High"),
        (Row("12", "at least 10", "Range"), "the target 'at least 10' is no range"),
        (Row("12", polarity="Range"), "there is no target range"),
        (
            Row("12", polarity="Range", lower="20", upper="10"),
            "the lower limit of the range is above its upper limit",
        ),
        (
            Row("85", polarity="Low", green="90", amber="80"),
            "the order of the thresholds contradicts the polarity Low",
        ),
        (
            Row("85", "at least 90", amber="95"),
            "the order of the thresholds contradicts the target 'at least 90'",
        ),
        (
            Row("85", "Fewer than 90", amber="80"),
            "the order of the thresholds contradicts the target 'fewer than 90'",
        ),
        (
            Row("85", "at least 90", "Low", amber="95"),
            "the target 'at least 90' contradicts the polarity Low",
        ),
        (
            Row("85", "at least 90", green="80", amber="85"),
            "the order of the thresholds contradicts the target 'at least 90'",
        ),
        (
            Row("12", "10-15", green="90", amber="80"),
            "the rule 'two thresholds' needs polarity High or Low",
        ),
        (
            Row("12", "10-15", "High", green="90", amber="80"),
            "the target '10 to 15' contradicts the polarity High",
        ),
        (
            Row("28", "10-20", green_tolerance="10", margin="5"),
            "the green tolerance 10 is wider than the amber tolerance 5",
        ),
        (
            Row("28", polarity="Range", lower="10", upper="20", green_tolerance="10%", margin="1"),
            "the green tolerance 10% is wider than the amber tolerance 1",
        ),
        (
            Row("85", polarity="Range", target="90", amber="80"),
            "the rule 'two thresholds' needs polarity High or Low",
        ),
        (
            Row("85", green="90", amber="90"),
            "both thresholds are the same, and no polarity High or Low is stated",
        ),
        (
            Row("85", green="90", rule="thresholds"),
            "the rule 'two thresholds' needs an amber threshold",
        ),
        (
            Row("85", amber="80", rule="thresholds"),
            "the rule 'two thresholds' needs a green threshold",
        ),
        (
            Row("95", "100", "High", "5%", "10%"),
            "the green tolerance 10% is wider than the amber tolerance 5%",
        ),
        (
            Row("95%", "100%", "High", "5pp", "10%"),
            "the green tolerance 10% is wider than the amber tolerance 5pp",
        ),
        (
            Row("12", "10-15", rule="tolerance"),
            "the rule 'tolerance' needs a single target, and polarity High or Low",
        ),
        (
            Row("80%", "91%", "High", rule="direction"),
            "the target is missed, and there is no earlier figure to tell whether it improves",
        ),
    ),
)
def test_what_cannot_be_rated_says_why(row: Row, why: str) -> None:
    rating = rated(row)
    assert rating.letter is None
    assert rating.reason == f"Not rated: {why}"


@pytest.mark.parametrize(
    "row",
    (
        Row("85%", "91%", "Info"),
        Row("85%", "91%", "High", rule="information only"),
        Row("85%", "91%", "Info", rule="in range"),
        Row("85%", "91%", "Info", rule="tolerance"),
        Row("85", polarity="Info", green="90", amber="80"),
        Row("", polarity="Info"),
        Row("x", polarity="Info"),
    ),
)
def test_information_only_is_never_rated(row: Row) -> None:
    assert rated(row).reason == "Not rated: information only"
