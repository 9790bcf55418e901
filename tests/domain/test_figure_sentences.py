"""What sentences say of figures, word for word, and what they never say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.figure_sentences import (
    Comparator,
    Evidence,
    Sentence,
    Source,
    figure_sentences,
)
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.standard_texts import read_range
from perf_addin.domain.targets import Target, read_target

ENGLAND, LONDON = "the national average", "London"


def benchmark(name: str, value: str, cell: str = "K9") -> Comparator:
    """Another body's figure."""
    return Comparator(Source.BENCHMARK, name, Decimal(value), cell)


def earlier(name: str, value: str, cell: str = "P9") -> Comparator:
    """An earlier figure."""
    return Comparator(Source.EARLIER, name, Decimal(value), cell)


def said(known: Evidence) -> list[str]:
    """The sentences alone."""
    return [each.text for each in figure_sentences(known)]


def percent(value: str, *comparators: Comparator, **more: object) -> Evidence:
    """A percentage in Q9, less is better unless said otherwise."""
    stated: dict[str, Any] = {"polarity": Polarity.LOW, **more}
    return Evidence(Figure(Decimal(value), percent=True), "Q9", comparators=comparators, **stated)


RANGE = AcceptableRange(Decimal(12), Decimal(20), percent=True)
TARGET_18 = read_target(Decimal("0.18"), percent=True)


def test_the_sentence_of_the_published_paper() -> None:
    known = percent(
        "22",
        benchmark(ENGLAND, "21", "K9"),
        benchmark(LONDON, "17", "L9"),
        limits=RANGE,
        limit_cells=("F9", "G9"),
    )
    assert list(figure_sentences(known)) == [
        Sentence(
            "22% is above the national average (21%) and London (17%), and above the top of the "
            "acceptable range (20%).",
            ("Q9", "K9", "L9", "F9", "G9"),
        )
    ]


@pytest.mark.parametrize(
    ("value", "where"),
    (
        ("20", "20% is at the top of the acceptable range (20%)."),
        ("12", "12% is at the bottom of the acceptable range (12%)."),
        ("11.96", "11.96% is below the bottom of the acceptable range (12%)."),
        ("15", "15% is within the acceptable range (12% to 20%)."),
    ),
)
def test_where_a_figure_lies_beside_its_range(value: str, where: str) -> None:
    assert said(percent(value, limits=RANGE)) == [where]


def test_better_is_nearer_to_a_target_range() -> None:
    target = read_target("15% - 20%")
    known = percent("18", earlier("in Jul 2021", "22"), target=target, polarity=Polarity.RANGE)
    assert said(known)[1] == "18% is lower than in Jul 2021 (22%), which is better."


def test_a_limit_that_is_not_in_the_range() -> None:
    limits = read_range("<20%")
    assert said(percent("20", limits=limits)) == [
        "20% is on the edge of the acceptable range (under 20%), and not in it."
    ]


@pytest.mark.parametrize(
    ("value", "target", "sentence"),
    (
        ("83.448", "95%", "83.4% is below the target of 95%, by 11.6 points."),
        ("94", "95%", "94% is below the target of 95%, by 1 point."),
        ("95", "95%", "95% is exactly on the target of 95%."),
        ("94.96", "95%", "94.96% is below the target of 95%, by 0.04 points."),
        ("90.6", "85% or above", "90.6% is above the target of at least 85%, by 5.6 points."),
        ("9", "10%-15%", "9% is below the bottom of the target range (10%)."),
    ),
)
def test_against_the_target(value: str, target: str, sentence: str) -> None:
    read = read_target(target)
    assert isinstance(read, Target)
    assert said(percent(value, target=read))[0] == sentence


def test_own_earlier_figures_with_what_they_mean() -> None:
    before = earlier("in Jul 2021", "85.3"), earlier("for Merton 2020/21", "80", "J9")
    (told,) = said(percent("83.4", *before, polarity=Polarity.HIGH))
    assert told == (
        "83.4% is higher than for Merton 2020/21 (80%), which is better, and lower than in Jul "
        "2021 (85.3%), which is worse."
    )
    assert said(percent("83.4", *before, polarity=None)) == [
        "83.4% is higher than for Merton 2020/21 (80%), and lower than in Jul 2021 (85.3%)."
    ]
    same = percent("85.3", earlier("in Jul 2021", "85.3"))
    assert said(same) == ["85.3% is the same as in Jul 2021 (85.3%)."]


@pytest.mark.parametrize(
    ("letter", "england", "london", "sentence"),
    (
        (
            "R",
            "44",
            "45",
            "Red against target, yet better than the national average (44%) and London (45%).",
        ),
        (
            "A",
            "44",
            "45",
            "Amber against target, yet better than the national average (44%) and London (45%).",
        ),
        ("R", "44", "43", None),
        ("R", "44", "40", None),
        ("G", "44", "45", None),
        (None, "44", "45", None),
    ),
)
def test_red_yet_better_only_where_it_is_so(
    letter: Literal["R", "A", "G"] | None, england: str, london: str, sentence: str | None
) -> None:
    known = percent(
        "43",
        benchmark(ENGLAND, england),
        benchmark(LONDON, london),
        letter=letter,
        target=TARGET_18,
        target_cells=("E9",),
    )
    found = [text for text in said(known) if "yet" in text]
    assert found == ([sentence] if sentence else [])


def test_nobody_is_better_where_no_direction_is_good() -> None:
    known = percent("43", benchmark(ENGLAND, "44"), polarity=Polarity.RANGE, letter="R")
    assert not any("better" in text for text in said(known))


def test_figures_that_differ_never_read_the_same() -> None:
    known = percent("18.018", benchmark(LONDON, "18"))
    assert said(known) == ["18.02% is above London (18%)."]


def test_nothing_known_nothing_said() -> None:
    assert said(percent("18")) == []


numbers = st.decimals(-1000, 1000, places=3)


@given(figure=numbers, others=st.lists(numbers, min_size=1, max_size=4), high=st.booleans())
def test_every_figure_is_named_with_its_cell_on_its_own_side(
    figure: Decimal, others: list[Decimal], *, high: bool
) -> None:
    polarity = Polarity.HIGH if high else Polarity.LOW
    names = [f"Body{n}" for n in range(len(others))]
    given_ = tuple(
        Comparator(Source.BENCHMARK, name, value, f"K{at}")
        for at, (name, value) in enumerate(zip(names, others, strict=True))
    )
    found = list(
        figure_sentences(Evidence(Figure(figure), "Q9", polarity, "R", comparators=given_))
    )
    assert found[0].cells == ("Q9", *(f"K{at}" for at in range(len(others))))
    for name, value in zip(names, others, strict=True):
        before = found[0].text.partition(f"{name} (")[0]
        sides = [(before.rfind(word), word) for word in ("above", "below", "the same as")]
        side = max(sides)[1]
        assert side == ("above" if figure > value else "below" if figure < value else "the same as")
    better = all(figure > value if high else figure < value for value in others)
    assert any("yet better" in each.text for each in found) is better
