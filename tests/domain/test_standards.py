"""Targets, tolerances, ranges, polarity and rules, as analysts type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.figures import Figure, Missing, Unreadable
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.ranges import AcceptableRange, find_breach
from perf_addin.domain.rules import Rule, read_rule
from perf_addin.domain.showing import breach_sentence
from perf_addin.domain.standard_texts import read_range
from perf_addin.domain.targets import Comparison, NotArithmetic, Target, read_target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit, read_tolerance

HIGH, LOW = Polarity.HIGH, Polarity.LOW


@pytest.mark.parametrize(
    ("text", "shown", "fixes"),
    (
        ("91%", "91%", None),
        ("91", "91", None),
        ("Target 91%", "91%", None),
        ("1,200", "1,200", None),
        ("26 weeks", "26", None),
        ("Fewer than 85", "fewer than 85", LOW),
        ("less than 85", "fewer than 85", LOW),
        ("Below 85", "fewer than 85", LOW),
        ("under 85", "fewer than 85", LOW),
        ("<85", "fewer than 85", LOW),
        ("Greater than 50%", "more than 50%", HIGH),
        ("Above 50%", "more than 50%", HIGH),
        ("> 50%", "more than 50%", HIGH),
        ("95% or above", "at least 95%", HIGH),
        ("95% and above", "at least 95%", HIGH),
        ("95%+", "at least 95%", HIGH),
        ("at least 95%", "at least 95%", HIGH),
        ("No less than 95%", "at least 95%", HIGH),
        (">= 95%", "at least 95%", HIGH),
        ("\N{GREATER-THAN OR EQUAL TO}95%", "at least 95%", HIGH),
        ("Maintain 9% or above", "at least 9%", HIGH),
        ("Minimum of 9", "at least 9", HIGH),
        ("5 or fewer", "at most 5", LOW),
        ("5 or less", "at most 5", LOW),
        ("no more than 5", "at most 5", LOW),
        ("up to 5", "at most 5", LOW),
        ("<= 5", "at most 5", LOW),
        ("Maximum 5", "at most 5", LOW),
        ("Less than or equal to 5", "at most 5", LOW),
        ("Fewer than or equal to 5", "at most 5", LOW),
        ("Greater than or equal to 95%", "at least 95%", HIGH),
        ("More than or equal to 95%", "at least 95%", HIGH),
        ("At or above 95%", "at least 95%", HIGH),
        ("at or below 5", "at most 5", LOW),
        ("Min 9", "at least 9", HIGH),
        ("max. 5", "at most 5", LOW),
        ("from 10 to 15", "10 to 15", Polarity.RANGE),
        ("10-15", "10 to 15", Polarity.RANGE),
        ("10 to 15", "10 to 15", Polarity.RANGE),
        ("between 10 and 15", "10 to 15", Polarity.RANGE),
        ("12% - 20%", "12% to 20%", Polarity.RANGE),
        ("12\N{EN DASH}20%", "12% to 20%", Polarity.RANGE),
    ),
)
def test_targets_that_can_be_reckoned_with(text: str, shown: str, fixes: Polarity | None) -> None:
    target = read_target(text)
    assert isinstance(target, Target)
    assert (str(target), target.fixes) == (shown, fixes)


@pytest.mark.parametrize(
    "text",
    (
        "Top quartile",
        "Top quartile metropolitan authorities",
        "Above Stat Neighbour Average",
        "Above 2019 average of 40",
        "15-10",
        "12 of 15",
        "improve",
    ),
)
def test_targets_in_words_are_kept_as_words(text: str) -> None:
    assert read_target(text) == NotArithmetic(text)


def test_targets_that_are_no_texts() -> None:
    assert read_target(None) is None
    assert read_target("  ") is None
    assert read_target("TBC") == Missing("TBC", "to be confirmed")
    assert read_target(Decimal("0.91"), percent=True) == Target(
        Comparison.PLAIN, Decimal(91), percent=True
    )
    assert read_target(Decimal("0.91")) == Target(Comparison.PLAIN, Decimal("0.91"))
    assert isinstance(read_target(True), NotArithmetic)
    assert isinstance(read_target(date(2021, 8, 1)), NotArithmetic)


RELATIVE, POINTS, OWN = ToleranceUnit.RELATIVE, ToleranceUnit.POINTS, ToleranceUnit.OWN


@pytest.mark.parametrize(
    ("text", "amount", "unit", "shown"),
    (
        ("5%", "5", RELATIVE, "5%"),
        ("5 %", "5", RELATIVE, "5%"),
        ("5 per cent", "5", RELATIVE, "5%"),
        ("\N{PLUS-MINUS SIGN}5%", "5", RELATIVE, "5%"),
        ("+/-5%", "5", RELATIVE, "5%"),
        ("+/- 2.5%", "2.5", RELATIVE, "2.5%"),
        ("5pp", "5", POINTS, "5pp"),
        ("5 PP", "5", POINTS, "5pp"),
        ("2.5ppt", "2.5", POINTS, "2.5pp"),
        ("5 points", "5", POINTS, "5pp"),
        ("5% points", "5", POINTS, "5pp"),
        ("5 percentage points", "5", POINTS, "5pp"),
        ("5", "5", OWN, "5"),
        ("0", "0", OWN, "0"),
        ("1,000", "1000", OWN, "1,000"),
        ("2 weeks", "2", OWN, "2"),
    ),
)
def test_tolerances(text: str, amount: str, unit: ToleranceUnit, shown: str) -> None:
    tolerance = read_tolerance(text)
    assert tolerance == Tolerance(Decimal(amount), unit)
    assert str(tolerance) == shown


def test_a_tolerance_under_a_per_cent_format_is_relative() -> None:
    assert read_tolerance(Decimal("0.05"), percent=True) == Tolerance(Decimal(5), RELATIVE)
    assert read_tolerance(Decimal("0.05")) == Tolerance(Decimal("0.05"), OWN)


@pytest.mark.parametrize(
    "value", ("-5%", "-5pp", "5 or so", "n/a", "+/-", Decimal(-5), True, date(2021, 8, 1))
)
def test_tolerances_that_cannot_be_read(value: str | Decimal | bool | date) -> None:
    assert isinstance(read_tolerance(value), Unreadable)


@pytest.mark.parametrize("blank", (None, "", "  "))
def test_no_tolerance_is_stated(blank: str | None) -> None:
    assert read_tolerance(blank) is None


@pytest.mark.parametrize(
    ("text", "lower", "upper", "percent", "shown"),
    (
        ("12% - 20%", 12, 20, True, "12% to 20%"),
        ("12-20%", 12, 20, True, "12% to 20%"),
        ("12-20", 12, 20, False, "12 to 20"),
        ("10 to 15", 10, 15, False, "10 to 15"),
        ("between 10 and 15", 10, 15, False, "10 to 15"),
        ("from 10 to 15", 10, 15, False, "10 to 15"),
        ("from 5", 5, None, False, "5 or more"),
        ("-5 to 5", -5, 5, False, "-5 to 5"),
        ("up to 20%", None, 20, True, "up to 20%"),
        ("20 or less", None, 20, False, "up to 20"),
        ("<= 20", None, 20, False, "up to 20"),
        (">= 5", 5, None, False, "5 or more"),
        ("5+", 5, None, False, "5 or more"),
        ("1,000 - 1,500", 1000, 1500, False, "1,000 to 1,500"),
    ),
)
def test_ranges(text: str, lower: int | None, upper: int | None, percent: bool, shown: str) -> None:
    limits = read_range(text)
    assert limits == AcceptableRange(
        None if lower is None else Decimal(lower),
        None if upper is None else Decimal(upper),
        percent,
    )
    assert str(limits) == shown


@pytest.mark.parametrize(
    ("text", "lower", "upper", "shown"),
    (
        ("<5|< 5|below 5|under 5|fewer than 5|less than 5|Lower than 5", None, 5, "under 5"),
        (">5|above 5|over 5|more than 5|greater than 5|Higher than 5", 5, None, "over 5"),
        (
            "<=5|=<5|at or below 5|no more than 5|less than or equal to 5|up to 5",
            None,
            5,
            "up to 5",
        ),
        (">=5|=>5|at or above 5|no fewer than 5|not less than 5|at least 5", 5, None, "5 or more"),
    ),
)
def test_ranges_are_strict_where_their_wording_is(
    text: str, lower: int | None, upper: int | None, shown: str
) -> None:
    strict = shown.startswith(("under", "over"))
    for each in text.split("|"):
        limits = read_range(each)
        assert limits == AcceptableRange(
            None if lower is None else Decimal(lower),
            None if upper is None else Decimal(upper),
            strict=strict,
        )
        assert str(limits) == shown
        target = read_target(each)
        assert isinstance(target, Target)
        assert target.strict is strict
        breach = find_breach(Figure(Decimal(5)), limits)
        assert breach == ((("Above" if upper else "Below"), Decimal(0)) if strict else None)


@pytest.mark.parametrize("text", ("", "20-12", "normal", "12", "12 - a few", "a - 12", "to"))
def test_texts_that_are_no_ranges(text: str) -> None:
    assert read_range(text) is None


@pytest.mark.parametrize(
    ("figure", "side", "by"),
    (
        ("12", None, ""),
        ("20", None, ""),
        ("16", None, ""),
        ("11.9", "Below", "0.1"),
        ("20.01", "Above", "0.01"),
        ("-1", "Below", "13"),
    ),
)
def test_a_figure_on_a_limit_is_no_breach(figure: str, side: str | None, by: str) -> None:
    breach = find_breach(Figure(Decimal(figure)), AcceptableRange(Decimal(12), Decimal(20)))
    assert (breach.side if breach else None) == side
    assert breach is None or breach.by == Decimal(by)


@pytest.mark.parametrize(
    ("figure", "limits", "sentence"),
    (
        ("22", "12-20%", "22% is above the acceptable range of 12% to 20%, by 2 points"),
        ("11", "12-20%", "11% is below the acceptable range of 12% to 20%, by 1 point"),
        ("1,500", "up to 1,200", "1,500 is above the acceptable range of up to 1,200, by 300"),
        ("4", "5+", "4 is below the acceptable range of 5 or more, by 1"),
        ("7", "<5", "7 is above the acceptable range of under 5, by 2"),
        ("5", "<5", "5 is not in the acceptable range of under 5"),
        ("5", ">5%", "5% is not in the acceptable range of over 5%"),
        (
            "20.0001",
            "20.004 or more",
            "20 is below the acceptable range of 20.004 or more, by 0.0039",
        ),
    ),
)
def test_breaches_in_words(figure: str, limits: str, sentence: str) -> None:
    read = read_range(limits)
    assert read is not None
    value = Figure(Decimal(figure.replace(",", "")), percent=read.percent)
    breach = find_breach(value, read)
    assert breach is not None
    assert breach_sentence(value, read, breach) == sentence


@pytest.mark.parametrize(
    ("words", "polarity"),
    (
        ("High|HIGHER|h|bigger is better|Good to be high|up|Maximise|increase.", HIGH),
        ("Low|lower|L|smaller|less is better|Good  to be low|reduce", LOW),
        # Arrows; a thick one comes with or without the selector that makes it a picture.
        ("\u2191|\u25b2|\u2b06|\u2b06\ufe0f", HIGH),
        ("\u2193|\u25bc|\u2b07|\u2b07\ufe0f", LOW),
        ("Range|T|to plan|Plan|stay close to target|within range", Polarity.RANGE),
        (
            "Info|Information only|Measure for information|M|monitor|trend|N/A|narrative|-",
            Polarity.INFO,
        ),
        ("Representative of the borough|?|green||highish", None),
    ),
)
def test_polarity_words(words: str, polarity: Polarity | None) -> None:
    assert {word: read_polarity(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), polarity
    )


@pytest.mark.parametrize(
    ("words", "rule"),
    (
        ("Tolerance|within tolerance|TOLERANCES", Rule.TOLERANCE),
        ("two thresholds|Floor standard|target and floor", Rule.THRESHOLDS),
        ("in range|To plan|range", Rule.IN_RANGE),
        ("Binary|No amber|red/green", Rule.BINARY),
        ("direction|Amber if improving|direction of travel", Rule.DIRECTION),
        ("direction maintained|improved or maintained", Rule.DIRECTION_MAINTAINED),
        ("information only|Info|data only|monitor", Rule.INFORMATION),
        ("forecast||amber", None),
    ),
)
def test_rule_words(words: str, rule: Rule | None) -> None:
    assert {word: read_rule(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), rule
    )


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_can_be_stated_by_its_own_name(rule: Rule) -> None:
    assert read_rule(rule.value.upper()) is rule


@pytest.mark.parametrize("polarity", Polarity)
def test_a_polarity_can_be_stated_by_its_own_name(polarity: Polarity) -> None:
    assert read_polarity(polarity.value.upper()) is polarity


@given(st.text() | st.from_regex(r"[<>=]{0,2} ?\d{0,3}%? ?(-|to|or)? ?\d{0,3}[%a-z]{0,6}"))
def test_no_text_raises(text: str) -> None:
    read_target(text)
    read_tolerance(text)
    read_range(text)
    read_polarity(text)
    read_rule(text)
