"""What a commentary claims, quotes and refers to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perf_addin.domain.commentary import (
    Claim,
    claims,
    personal_data,
    quoted_percentages,
    says_see_below,
)


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("Performance has improved since July.", {Claim.IMPROVED}),
        ("The rate has deteriorated.", {Claim.WORSENED}),
        ("It rose again in May.", {Claim.RISEN}),
        ("There was a drop in timeliness.", {Claim.FALLEN}),
        ("Timeliness slipped.", {Claim.WORSENED}),
        ("We have seen a reduction in this indicator.", {Claim.FALLEN}),
        ("It has not improved.", set()),
        ("We expect this to improve; it should have improved by May.", set()),
        ("Work is under way to reduce delays.", set()),
        ("Nationally, the duration of proceedings has increased.", set()),
        ("The rate declined while contacts increased.", set()),
        ("Not a concern. It improved.", {Claim.IMPROVED}),
        ("", set()),
    ),
)
def test_claims(text: str, found: set[Claim]) -> None:
    assert claims(text) == found


@pytest.mark.parametrize(
    ("text", "quoted"),
    (
        ("22% against 21.5 % and 7 per cent", ["22%", "21.5 %", "7 per cent"]),
        ("22.5 weeks, 1,234 children and 2021", []),
        ("about 100%.", ["100%"]),
    ),
)
def test_quoted_percentages(text: str, quoted: list[str]) -> None:
    assert [found.text for found in quoted_percentages(text)] == quoted


@pytest.mark.parametrize(
    ("text", "figure", "same"),
    (
        ("83%", "83.448", True),
        ("83.4%", "83.448", True),
        ("83.5%", "83.448", False),
        ("83.6%", "83.448", False),
        ("84%", "83.448", False),
        ("84%", "83.5", True),
    ),
)
def test_a_quote_reads_as_its_figure_rounded(text: str, figure: str, same: bool) -> None:
    (quoted,) = quoted_percentages(text)
    assert quoted.is_of(Decimal(figure)) is same


@pytest.mark.parametrize(
    ("text", "said"),
    (
        ("See commentary below.", True),
        ("Please refer to the paragraph on fostering.", True),
        ("see below", True),
        ("We see performance improving. It is below target.", False),
    ),
)
def test_see_below(text: str, said: bool) -> None:
    assert says_see_below(text) is said


@pytest.mark.parametrize(
    ("text", "kind"),
    (
        ("Delays in case 4512873 skew the figure.", "long number"),
        ("NHS 943 476 5919", "NHS number"),
        ("Delays in case no. 2021/00345 skew it.", "reference"),
        ("Case LAC12345 was delayed.", "reference"),
        ("The pupil with UPN A123456789012 moved.", "reference"),
        ("Her number is AB123456C.", "reference"),
        ("In this case 2021/22 was the worse year.", None),
        ("As the case 2020-21 shows, SSDA903 counts 12345 moves.", None),
        ("One boy, born 3/4/2012, moved.", "date of birth"),
        ("The child Amara was placed in May.", "name beside"),
        ("Her mother, called Joan, agreed.", "name beside"),
        ("Tom Okafor (14) moved placement.", "name with an age"),
        ("Child Protection Plans and child Benefit rose.", None),
        ("Child A was placed in May.", None),
        ("£1,250,000 was spent; 1234567% is no number.", None),
        ("27 new applications in 2021/22", None),
    ),
)
def test_what_looks_like_personal_data(text: str, kind: str | None) -> None:
    found = personal_data(text)
    if kind is None:
        assert found is None
    else:
        assert found is not None
        assert kind in found[0]
