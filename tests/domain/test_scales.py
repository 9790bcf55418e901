"""One scale for one indicator: 88% is one fact, however it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perf_addin.domain.figures import Figure
from perf_addin.domain.scales import Scale, find_scale, is_unclear, says_percentage

FORMATTED_88 = Figure(Decimal(88), percent=True)  # stored 0.88, shown 88%
BARE_88 = Figure(Decimal(88))
BARE_088 = Figure(Decimal("0.88"))
FORMATTED_91 = Figure(Decimal(91), percent=True)
BARE_91 = Figure(Decimal(91))
BARE_091 = Figure(Decimal("0.91"))


@pytest.mark.parametrize(
    ("actual", "target", "named"),
    (
        (FORMATTED_88, FORMATTED_91, False),
        (FORMATTED_88, BARE_91, False),
        (FORMATTED_88, BARE_091, False),
        (BARE_88, FORMATTED_91, False),
        (BARE_88, BARE_91, True),
        (BARE_088, FORMATTED_91, False),
        (BARE_088, BARE_091, True),
    ),
)
def test_the_same_fact_gives_the_same_figures(actual: Figure, target: Figure, named: bool) -> None:
    scale = find_scale([target], [actual], named_percentage=named)
    assert scale.settle(actual) == FORMATTED_88
    assert scale.settle(target) == FORMATTED_91
    assert not is_unclear(actual, scale.settle(target).value, scale)


def test_counts_are_left_alone() -> None:
    scale = find_scale([BARE_91], [BARE_88, BARE_088], named_percentage=False)
    assert scale == Scale(percent=False, bare_ratios=False, mixed=False)
    assert scale.settle(BARE_088) == BARE_088


def test_without_standards_bare_figures_are_ratios_when_all_of_them_may_be() -> None:
    half = Figure(Decimal("0.5"))
    assert find_scale([], [BARE_088, half], named_percentage=True).bare_ratios
    assert not find_scale([], [BARE_88, half], named_percentage=True).bare_ratios
    assert not find_scale([], [Figure(Decimal(0))], named_percentage=True).bare_ratios
    assert not find_scale([], [FORMATTED_88], named_percentage=True).bare_ratios


@pytest.mark.parametrize(
    ("actuals", "mixed"),
    (
        ([FORMATTED_88, BARE_88], True),
        ([FORMATTED_88, FORMATTED_91], False),
        ([BARE_88, BARE_91], False),
        ([], False),
    ),
)
def test_a_mix_in_one_row_is_flagged(actuals: list[Figure], mixed: bool) -> None:
    assert find_scale([BARE_91], actuals, named_percentage=True).mixed is mixed


@pytest.mark.parametrize(
    ("actual", "target", "unclear"),
    (
        ("0.88", 91, True),  # 0.88% or 88%
        ("1", 91, True),
        ("0.31", 91, True),
        ("0.9", 3, False),  # 0.9% not in education, employment or training, against 3%
        ("2.1", 3, False),
        ("0.2", 3, False),
        ("0", 91, False),
        ("1.1", 91, False),
        ("88", 91, False),
    ),
)
def test_a_bare_ratio_beside_a_target_in_points(actual: str, target: int, unclear: bool) -> None:
    figure = Figure(Decimal(actual))
    scale = find_scale([Figure(Decimal(target))], [figure], named_percentage=True)
    assert is_unclear(figure, Decimal(target), scale) is unclear


def test_a_bare_figure_near_the_target_only_when_it_is_no_ratio() -> None:
    figure, target = Figure(Decimal("0.9")), Figure(Decimal(3), percent=True)
    scale = find_scale([target], [figure], named_percentage=True)
    assert is_unclear(figure, target.value, scale)  # 0.9% or 90%, against 3%


def test_one_figure_beyond_1_shows_that_bare_numbers_are_points() -> None:
    target, figures = Figure(Decimal("0.9")), [Figure(Decimal("1.2")), Figure(Decimal("0.8"))]
    scale = find_scale([target], figures, named_percentage=True)
    assert scale.settle(target) == Figure(Decimal("0.9"), percent=True)
    assert [scale.settle(f).value for f in figures] == [Decimal("1.2"), Decimal("0.8")]
    assert not any(is_unclear(f, Decimal("0.9"), scale) for f in figures)


def test_points_beside_a_bare_ratio_target_are_unclear() -> None:
    scale = find_scale([BARE_091], [BARE_88], named_percentage=True)
    assert is_unclear(BARE_88, scale.settle(BARE_091).value, scale)


def test_what_has_a_per_cent_sign_or_no_target_is_clear() -> None:
    points = Scale(percent=True, bare_ratios=False, mixed=False)
    assert is_unclear(BARE_088, Decimal(91), points)
    assert not is_unclear(Figure(Decimal("0.88"), percent=True), Decimal(91), points)
    assert not is_unclear(BARE_088, None, points)
    assert not is_unclear(BARE_088, Decimal(91), points._replace(percent=False))


@pytest.mark.parametrize(
    ("name", "says"),
    (
        ("% of assessments in 45 days", True),
        ("Percentage of care leavers", True),
        ("Per cent in employment", True),
        ("Proportion of placements", True),
        ("Number of children", False),
        ("Rate per 10,000", False),
        ("Percentile rank", False),
    ),
)
def test_names_that_say_percentage(name: str, says: bool) -> None:
    assert says_percentage(name) is says
