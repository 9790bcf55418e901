"""What a rating would be otherwise, and the arithmetic behind it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.arithmetic import arithmetic
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import Rating, RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Comparison, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit
from perf_addin.domain.what_if import Change, alternatives, nearest_change

D = Decimal
HIGH, LOW, RANGE = Polarity.HIGH, Polarity.LOW, Polarity.RANGE


def percent(actual: str, target: str, polarity: Polarity = HIGH, **stated: object) -> RatingInputs:
    """An indicator in per cent."""
    aim = Target(Comparison.PLAIN, D(target), percent=True)
    return RatingInputs(Figure(D(actual), percent=True), aim, polarity, **stated)  # type: ignore[arg-type]


def ten_to_twenty(actual: str, margin: str) -> RatingInputs:
    """An indicator in per cent that is to be from 10 to 20."""
    return RatingInputs(
        Figure(D(actual), percent=True),
        polarity=RANGE,
        lower=D(10),
        upper=D(20),
        margin=Tolerance(D(margin), ToleranceUnit.POINTS),
    )


@pytest.mark.parametrize(
    ("inputs", "change"),
    (
        (percent("83.4", "95"), Change(D("85.5"), "A", beyond=False)),
        (percent("88", "93"), Change(D("83.7"), "R", beyond=True)),
        (percent("94", "95"), Change(D("95"), "G", beyond=False)),
        (percent("95", "95"), Change(D("95"), "A", beyond=True)),
        (percent("16", "18", LOW), Change(D("18"), "A", beyond=True)),
        (percent("43", "26", LOW), Change(D("28.6"), "A", beyond=False)),
        (percent("80", "90", rule=Rule.BINARY), Change(D("90"), "G", beyond=False)),
        (ten_to_twenty("22", "3"), Change(D("23"), "R", beyond=True)),
        (ten_to_twenty("30", "3"), Change(D("23"), "A", beyond=False)),
        (ten_to_twenty("21", "3"), Change(D("20"), "G", beyond=False)),
        (
            percent("80", "90", amber_threshold=D("85")),
            Change(D("85"), "A", beyond=False),
        ),
        (
            percent("80", "90", rule=Rule.DIRECTION, earlier=D("82")),
            Change(D("82"), "A", beyond=True),
        ),
    ),
)
def test_the_smallest_change_that_alters_a_rating(inputs: RatingInputs, change: Change) -> None:
    assert nearest_change(rate(inputs)) == change


@given(
    st.decimals(0, 100, places=1),
    st.decimals(0, 100, places=1),
    st.sampled_from((HIGH, LOW)),
    st.decimals(0, 30, places=1),
)
def test_no_nearer_figure_is_rated_otherwise(
    actual: Decimal, target: Decimal, polarity: Polarity, tolerance: Decimal
) -> None:
    stated = Tolerance(tolerance, ToleranceUnit.POINTS)
    inputs = percent(str(actual), str(target), polarity, tolerance=stated)
    rating = rate(inputs)
    change = nearest_change(rating)
    assert change is not None

    def letter(value: Decimal) -> str | None:
        return rate(inputs._replace(actual=Figure(value, percent=True))).letter

    distance = change.figure - actual
    for part in range(100):
        assert letter(actual + distance * part / 100) == rating.letter
        assert letter(actual - distance * part / 101) == rating.letter
    beyond = D("0.001").copy_sign(distance)
    if distance:
        reached = change.figure + (beyond if change.beyond else 0)
        assert letter(reached) == change.letter != rating.letter


def test_alternatives_are_the_usual_tolerances() -> None:
    letters = [a.rating.letter for a in alternatives(percent("86", "91"))]
    assert letters == ["R", "R", "A", "A", "A"]
    letters = [a.rating.letter for a in alternatives(percent("87", "91"))]
    assert letters == ["R", "A", "A", "A", "G"]
    words = [a.rule for a in alternatives(percent("87", "91"))]
    assert words[3] == "amber within 5 percentage points"
    count = RatingInputs(Figure(D(40)), Target(Comparison.PLAIN, D(43), percent=False), HIGH)
    assert [a.rule for a in alternatives(count)][3] == "amber within 5 in its own unit"


def test_alternatives_of_a_range_are_margins_around_it() -> None:
    assert [a.rating.letter for a in alternatives(ten_to_twenty("21.5", "1"))] == [
        *("R", "R", "A", "A", "A"),
    ]


def test_without_figure_or_target_there_is_nothing_to_say() -> None:
    assert not list(alternatives(RatingInputs(None)))
    assert not list(alternatives(RatingInputs(Figure(D(1)))))
    assert nearest_change(rate(RatingInputs(None))) is None


def lines(rating: Rating) -> list[str]:
    return list(arithmetic(rating))


@given(
    st.decimals(-1000, 1000, places=5),
    st.decimals(-1000, 1000, places=5) | st.just(Decimal(95)),
)
def test_the_sum_that_is_told_comes_out(actual: Decimal, target: Decimal) -> None:
    rating = rate(percent(str(actual), str(target)))
    found = re.match(r"(?:Missed|Better) by (\S+)% \S (\S+)% = (\S+) points", lines(rating)[0])
    if found is None:
        assert lines(rating)[0].startswith("Exactly")
        return
    first, second, between = (Decimal(text.replace(",", "")) for text in found.groups())
    assert first - second == between > 0


@pytest.mark.parametrize(
    ("inputs", "told"),
    (
        (
            percent("83.4", "95"),
            [
                "Missed by 95% − 83.4% = 11.6 points, 12.2% of 95.",
                "Amber allows 10% of 95 = 9.5 points, so down to 85.5%.",
            ],
        ),
        (
            percent("88.888889", "93"),
            [
                "Missed by 93% − 88.9% = 4.1 points, 4.4% of 93.",
                "Amber allows 10% of 93 = 9.3 points, so down to 83.7%.",
            ],
        ),
        (
            percent("88.86", "93.04"),
            [
                "Missed by 93.04% − 88.86% = 4.18 points, 4.5% of 93.04.",
                "Amber allows 10% of 93.04 = 9.3 points, so down to 83.736%.",
            ],
        ),
        (
            ten_to_twenty("16", "3"),
            [
                (
                    "16% − 10% = 6 points above the lower limit. "
                    "Amber allows 3pp = 3 points, so down to 7%."
                ),
                (
                    "20% − 16% = 4 points below the upper limit. "
                    "Amber allows 3pp = 3 points, so up to 23%."
                ),
            ],
        ),
        (
            ten_to_twenty("20", "3"),
            [
                (
                    "20% − 10% = 10 points above the lower limit. "
                    "Amber allows 3pp = 3 points, so down to 7%."
                ),
                "Exactly on the upper limit. Amber allows 3pp = 3 points, so up to 23%.",
            ],
        ),
        (
            percent("43", "26", LOW, tolerance=Tolerance(D(5), ToleranceUnit.POINTS)),
            [
                "Missed by 43% − 26% = 17 points, 65.4% of 26.",
                "Amber allows 5pp = 5 points, so up to 31%.",
            ],
        ),
        (percent("95", "95", rule=Rule.BINARY), ["Exactly 95%."]),
        (percent("97", "95", rule=Rule.BINARY), ["Better by 97% − 95% = 2 points."]),
        (
            percent("80", "90", amber_threshold=D(85)),
            [
                "Missed by 90% − 80% = 10 points, 11.1% of 90.",
                "Green from 90% upwards, amber from 85% upwards.",
            ],
        ),
        (
            ten_to_twenty("22", "3"),
            [
                "Missed by 22% − 20% = 2 points, 10% of 20.",
                "Amber allows 3pp = 3 points, so up to 23%.",
            ],
        ),
        (
            percent("80", "90", rule=Rule.DIRECTION, earlier=D(78), earlier_label="May 2021"),
            [
                "Missed by 90% − 80% = 10 points, 11.1% of 90.",
                "Compared with 78% (May 2021), now 80%: a miss is amber while it improves.",
            ],
        ),
        (
            percent("1", "0"),
            ["Better by 1% − 0% = 1 points.", "Amber allows 10%: nothing but a met target."],
        ),
        (RatingInputs(None), []),
    ),
)
def test_the_arithmetic_line_by_line(inputs: RatingInputs, told: list[str]) -> None:
    assert lines(rate(inputs)) == told
