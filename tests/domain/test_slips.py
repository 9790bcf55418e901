"""Figures that jump out of a series, held to the rule as it is written, in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.process_limits import whole_numbers
from perf_addin.domain.slips import Slip, find_slips
from perf_addin.domain.spc import chart


@pytest.mark.parametrize(
    ("series", "slips"),
    (
        ("91 92 90 93 91 92 90 19 92", [7]),
        ("91 92 90 93 91 92 90 93 92", []),
        ("19 92 90 93 91 92 90 93 92", [0]),
        ("91 92 90 93 91 92 90 93 912", [8]),
        ("5 5 5 5 5 5 5 5 6", []),
        ("10 10.1 10 10.1 10 10.1 20 20.1 20 20.1", []),
        ("91 92", []),
        ("", []),
    ),
)
def test_a_slip_lies_beyond_the_others_and_far_from_its_neighbours(
    series: str, slips: list[int]
) -> None:
    assert [
        slip.at for slip in find_slips(whole_numbers([Decimal(x) for x in series.split()]))
    ] == slips


def by_the_rule(values: list[Decimal]) -> list[Slip]:
    """The rule word for word: limits of all others, both neighbours within, steps too large."""
    found = []
    for at, value in enumerate(values):
        limits = chart([*values[:at], *values[at + 1 :]])[0].limits
        beside = [*values[max(0, at - 1) : at], *values[at + 1 : at + 2]]
        if limits.lower is None or limits.upper is None or limits.upper == limits.mean:
            continue
        largest = (limits.upper - limits.mean) * Fraction(3267, 2660)
        if not limits.lower <= value <= limits.upper and all(
            limits.lower <= other <= limits.upper
            and abs(Fraction(value) - Fraction(other)) > largest
            for other in beside
        ):
            found.append(Slip(at, limits))
    return found


FIGURES = st.one_of(
    st.decimals(0, 100, places=1), st.integers(88, 92).map(Decimal), st.just(Decimal(9000))
)


@given(st.lists(FIGURES, min_size=4, max_size=15))
def test_the_short_way_finds_what_the_rule_finds(values: list[Decimal]) -> None:
    assert list(find_slips(whole_numbers(values))) == by_the_rule(values)
