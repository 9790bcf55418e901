"""The thirty-six published rules: expressed, with example figures, or listed as inexpressible.

The numbers are the ids of the collection of published rules, which names the source of each. Where
a body publishes no amounts ("per-indicator tolerance"), the examples use ordinary ones.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.domain.entries import Row, letter, rated

# What a body's rule is in the columns of an index, without the figure.
BRACKNELL = Row("", "100", "High", tolerance="10%", green_tolerance="5%")
WITHIN_10 = Row("", "200", "High", tolerance="10%")
WITHIN_10_LOW = Row("", "200", "Low", tolerance="10%")
WITHIN_5 = Row("", "200", "High", tolerance="5%")
BELFAST = Row("", "1000", "High", tolerance="5%", green_tolerance="1%")
BELFAST_LOW = Row("", "1000", "Low", tolerance="5%", green_tolerance="1%")
HAVERING_2013 = Row("", "200", "High", green_tolerance="10%", rule="direction maintained")
HAVERING_2015 = Row("", "85%", "High", tolerance="2.5pp")
HAVERING_2017 = Row("", "85%", "High", rule="binary")
HAVERING_2024 = Row("", "12", "Low", tolerance="3")
THURROCK = Row("", "85%", "High", rule="direction")
HALTON = Row("", "200", "High", tolerance="10%", rule="direction")
KENT = Row("", polarity="High", green="90", amber="80")
KENT_LOW = Row("", polarity="Low", green="10", amber="15")
KENT_ACTIVITY = Row("", polarity="T", lower="400", upper="450", margin="0")
ROTHERHAM = Row("", polarity="Low", green="85", amber="90")
BRIGHTON = Row("", "91%", "High", amber="86%")
CUMBRIA_PLAN = Row("", "500", "to plan", tolerance="5%")
EAST_SUSSEX = Row("", "91%", "High", rule="binary")
OXFORDSHIRE = Row("", "200", "High", green_tolerance="15%", rule="binary")
CHESHIRE_WEST = Row("", "91%", "M")
GOAL_POST = Row("", "50", "Range", rule="in range", green_tolerance="5", margin="5")

EXPRESSED: dict[int, list[tuple[Row, str, str]]] = {
    1: [(BRACKNELL, "100 120 95 94.99 90 89.99", "GGGAAR")],
    2: [(BRACKNELL, "100 101 95 94 90 89", "GGGAAR")],
    3: [
        (WITHIN_10, "200 201 199.9 180 179.9", "GGAAR"),
        (WITHIN_10_LOW, "200 199 200.1 220 220.1", "GGAAR"),
        (Row("", polarity="data only"), "200 0", "--"),
    ],
    4: [(WITHIN_10, "200 199 180 179", "GAAR")],
    6: [(WITHIN_10, "200 199 181 180 179", "GAAAR")],
    7: [(WITHIN_5, "200 199 190.1 190 189.9", "GAAAR")],
    8: [
        (BELFAST, "1000 990 989.9 951 950 949.9", "GGAAAR"),
        (BELFAST_LOW, "1000 1010 1010.1 1049 1050 1050.1", "GGAAAR"),
    ],
    9: [(WITHIN_5, "200 190 189.99", "GAR")],
    11: [
        (HAVERING_2013._replace(earlier="150"), "200 180 179 151 150 149", "GGAAAR"),
        (HAVERING_2013._replace(earlier="178"), "179 178 177", "AAR"),
    ],
    12: [(HAVERING_2015, "85% 84.9% 82.5% 82.4%", "GAAR")],
    13: [(HAVERING_2017, "85% 84.9% 80%", "GRR")],
    14: [
        (HAVERING_2024, "12 11 12.1 15 15.1", "GGAAR"),
        (Row("", polarity="narrative"), "12", "-"),
    ],
    15: [(THURROCK._replace(earlier="70"), "85% 70.1% 70% 69.9%", "GARR")],
    16: [
        (HALTON._replace(earlier="170"), "200 199 180 179.9 171", "GAARR"),
        (HALTON._replace(earlier="190"), "200 191 190 189", "GARR"),
        (Row("", "200", "High", rule="information only"), "150", "-"),
    ],
    17: [
        (KENT, "95 90 89.9 80 79.9", "GGAAR"),
        (KENT_LOW, "5 10 10.1 15 15.1", "GGAAR"),
    ],
    18: [(KENT_ACTIVITY, "399.9 400 425 450 450.1", "RGGGR")],
    19: [
        (Row("", "90", "H", tolerance="10%"), "90 81 80.9", "GAR"),
        (Row("", "90", "L", tolerance="10%"), "90 99 99.1", "GAR"),
        (Row("", "90", "T", tolerance="10%"), "90 99 99.1 81 80.9", "GARAR"),
    ],
    20: [
        (ROTHERHAM, "84 85 85.1 90 90.1", "GGAAR"),
        (Row("", polarity="Info"), "84", "-"),
    ],
    21: [
        (Row("", "Fewer than 85", "Low", rule="binary"), "84 85 86", "GRR"),
        (Row("", "Greater than 50%", rule="binary"), "50.1% 50% 49%", "GRR"),
        (Row("", "Maintain 9% or above", rule="binary"), "9.1% 9% 8.9%", "GGR"),
        (Row("", "Above Stat Neighbour Average", "High"), "50%", "-"),
        (Row("", "Top quartile metropolitan authorities", "High"), "50%", "-"),
        (Row("", "85", "Measure for information"), "85", "-"),
    ],
    22: [
        (BRIGHTON, "91% 90.9% 86% 85.9%", "GAAR"),
        (Row("", polarity="trend"), "91%", "-"),
    ],
    23: [
        (CUMBRIA_PLAN, "500 501 525 525.1 499 475 474.9", "GAARAAR"),
        (Row("", "500", "bigger", tolerance="5%"), "500 475 474.9", "GAR"),
        (Row("", "500", "smaller", tolerance="5%"), "500 525 525.1", "GAR"),
    ],
    24: [(EAST_SUSSEX, "91% 90.9% CO", "GR-")],
    25: [(OXFORDSHIRE, "200 170 169.9 #", "GGR-")],
    30: [
        (CHESHIRE_WEST, "91% 50%", "--"),
        (CHESHIRE_WEST._replace(polarity="High", tolerance="5%"), "91% 90% 50%", "GAR"),
    ],
    32: [(WITHIN_10, "z x : c low k ~ u Z LOW 0", "----------R")],
    35: [
        (Row("", "80%", "High", tolerance="5pp"), "80% 75% 74.9%", "GAR"),
        (Row("", "80", "High", tolerance="5%"), "80 76 75.9", "GAR"),
    ],
    36: [
        (WITHIN_10, "200 180 179.9", "GAR"),
        (WITHIN_10_LOW, "200 220 220.1", "GAR"),
        (GOAL_POST, "50 55 55.1 45 44.9", "GGRGR"),
        (Row("", "0", "Low", tolerance="10%"), "0 1", "GR"),
    ],
}

INEXPRESSIBLE = {
    5: "a forecast of the year end, which is an officer's judgement",
    10: "four bands",
    26: "a forecast of the year end",
    27: "a forecast of the year end",
    28: "a second status, for the forecast",
    29: "its middle band is on target, not amber, and better than target is a band of its own",
    31: "needs the figures of all local authorities",
    33: "rounding and suppression for publication, no rating",
    34: "suppression for publication, no rating",
}

CASES = [
    pytest.param(row._replace(actual=figure), expected, id=f"{number}: {figure} {row.polarity}")
    for number, examples in EXPRESSED.items()
    for row, figures, letters in examples
    for figure, expected in zip(figures.split(), letters, strict=True)
]


@pytest.mark.parametrize(("row", "expected"), CASES)
def test_a_published_rule_rates_as_published(row: Row, expected: str) -> None:
    rating = rated(row)
    assert (rating.letter or "-") == expected, rating.reason


def test_every_published_rule_is_accounted_for(shared: Path) -> None:
    path = shared / "conformance" / "published_rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {int(row["id"]) for row in csv.DictReader(file)}
    assert len(published) == 36
    assert not EXPRESSED.keys() & INEXPRESSIBLE.keys()
    assert EXPRESSED.keys() | INEXPRESSIBLE.keys() == published


def test_deviations_lists_exactly_the_inexpressible_rules(root: Path) -> None:
    text = (root / "docs" / "deviations.md").read_text(encoding="utf-8")
    section = text.split("## Published rules", 1)[1].split("\n## ", 1)[0]
    listed = [int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]
    assert listed == sorted(INEXPRESSIBLE)


def test_the_examples_can_tell_rules_apart() -> None:
    """The same miss of 6% has a different rating under each of four published rules."""
    figure = "188"
    assert letter(WITHIN_10._replace(actual=figure)) == "A"
    assert letter(WITHIN_5._replace(actual=figure)) == "R"
    assert letter(OXFORDSHIRE._replace(actual=figure)) == "G"
    assert letter(HAVERING_2017._replace(actual="79.9%")) == "R"
