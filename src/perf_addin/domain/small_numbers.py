"""Small numbers: when children could be recognised, and when one child more changes a rating.

Source: domain rules of children's services statistics, after the Department for Education: a
numerator of 5 or less, or a denominator of 10 or less, is not published.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.figures import Figure
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import WIDE, Letter, RatingInputs

MOST_SUPPRESSED = 5
"""A count of children up to this is not published; inclusive."""
MOST_SUPPRESSED_BASE = 10
"""A percentage of so few children or fewer is not published; inclusive."""


class Parts(NamedTuple):
    """The count and the base that a figure is made of."""

    numerator: Decimal
    denominator: Decimal

    def figure(self, *, percent: bool) -> Decimal | None:
        """What they come to, in points for a percentage; None where the denominator is 0."""
        if not self.denominator:
            return None
        ratio = WIDE.divide(self.numerator, self.denominator)
        return ratio.scaleb(2) if percent else ratio

    @property
    def too_small(self) -> str:
        """Why they must not be published, as the end of a sentence; empty where they may."""
        if self.numerator <= MOST_SUPPRESSED:
            return f"a numerator of {self.numerator} ({MOST_SUPPRESSED} or less)"
        if self.denominator <= MOST_SUPPRESSED_BASE:
            return f"a denominator of {self.denominator} ({MOST_SUPPRESSED_BASE} or less)"
        return ""


class OneMore(NamedTuple):
    """What one child more or less would do: the count then, and the rating that it would give."""

    numerator: Decimal
    letter: Letter


def agrees(parts: Parts, shown: Figure) -> bool:
    """Whether parts come to a figure, to as many decimals as the figure is stated with."""
    found = parts.figure(percent=shown.percent)
    if found is None:
        return False
    exponent = shown.value.normalize().as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    return abs(found - shown.value) <= Decimal(5).scaleb(places - 1)


def one_more_or_less(parts: Parts, inputs: RatingInputs, *, percent: bool) -> Iterator[OneMore]:
    """The ratings that one more or one fewer in the numerator would give, where they differ.

    Args:
        parts: numerator and denominator of the rated figure.
        inputs: what the rating was made from.
        percent: whether the figure is a percentage.
    """
    now = rate(inputs).letter
    for step in (1, -1):
        count = parts.numerator + step
        if count < 0 or count > parts.denominator:
            continue
        figure = Parts(count, parts.denominator).figure(percent=percent)
        if figure is None:
            continue
        letter = rate(inputs._replace(actual=Figure(figure, percent))).letter
        if letter is not None and letter != now:
            yield OneMore(count, letter)
