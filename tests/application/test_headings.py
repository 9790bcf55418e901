"""A field and its period in one heading."""

from __future__ import annotations

import pytest

from perf_addin.application.headings import read_column
from perf_addin.application.vocabulary import Field


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
