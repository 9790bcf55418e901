"""A field and its period in one heading."""

from __future__ import annotations

import pytest

from perf_addin.application.headings import read_column
from perf_addin.application.vocabulary import Field, plain_words


@pytest.mark.parametrize(
    ("heading", "field", "period"),
    (
        ("Q4 2020/21 RAG", Field.RATING, "Q4 2020/21"),
        ("RAG Q4 2020/21", Field.RATING, "Q4 2020/21"),
        ("Q4 2020/21 Target", Field.TARGET, "Q4 2020/21"),
        ("Q4 RAG", Field.RATING, "Q4 2021/22"),
        ("Aug 2020 RAG", Field.RATING, "Aug 2020"),
        ("Actual Q1 2020/21", Field.ACTUAL, "Q1 2020/21"),
    ),
)
def test_the_year_in_a_heading_is_not_that_of_the_index(
    heading: str, field: Field, period: str
) -> None:
    meaning = read_column([heading], 2021)
    assert meaning is not None
    assert meaning[0] is field
    assert meaning[1] is not None
    assert meaning[1].label == period


@pytest.mark.parametrize(
    ("heading", "words"),
    (
        ("Target 2021/22", "target"),
        ("21/22 Target 2022-2023", "target"),
        ("Target 2021 / 22", "target"),
        ("Target (2021)", "target"),
        ("2021", ""),
        ("Apr 2021", "apr"),
        ("2021 22 target", "22 target"),
        ("Target 2021 / 22 2023", "target"),
        ("Target 1921", "target 1921"),
        ("Target 2021/22 v2", "target v2"),
        ("R/A/G 1921/22", "r/a/g 1921/22"),
        ("On-time 20x/21", "on-time 20x/21"),
    ),
)
def test_years_carry_no_meaning_however_they_are_written(heading: str, words: str) -> None:
    """In one word or in several, and among others that have digits too."""
    assert plain_words(heading) == words
