"""Acceptable ranges, and whether and by how much a figure breaches one.

A breach is apart from the rating: an indicator that is information only can breach its range.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_addin.domain.figures import Figure, read_number, show_all_apart, show_number
from perf_addin.domain.lazy_patterns import lazily

_BETWEEN = lazily(
    r"(?:(?:between|from)\s+)?(.+?)\s*(?:-|\N{EN DASH}|\N{EM DASH}|\bto\b|\band\b)\s*(.+)",
    re.IGNORECASE,
)
_AT_LEAST = lazily(
    r"(?:>=|\N{GREATER-THAN OR EQUAL TO}|at least|minimum(?: of)?|min|from|above|over|>)\s*(.+)",
    re.IGNORECASE,
)
_AT_MOST = lazily(
    r"(?:<=|\N{LESS-THAN OR EQUAL TO}|at most|up to|maximum(?: of)?|max|no more than|below|under|<)"
    r"\s*(.+)",
    re.IGNORECASE,
)
_OR_ABOVE = lazily(r"(.+?)\s*(?:\+|(?:or|and) (?:above|more|over|higher))", re.IGNORECASE)
_OR_BELOW = lazily(r"(.+?)\s*(?:or|and) (?:below|less|under|fewer|lower)", re.IGNORECASE)


class AcceptableRange(NamedTuple):
    """Lower and upper limit, inclusive; None where a side is open. Percentages are in points."""

    lower: Decimal | None
    upper: Decimal | None
    percent: bool = False

    def __str__(self) -> str:
        """The range as a person reads it."""
        return name_range(self.lower, self.upper, percent=self.percent)[0]


class Breach(NamedTuple):
    """Which limit a figure lies beyond, and by how much in the figure's own unit (points for %)."""

    side: Literal["Above", "Below"]
    by: Decimal


def read_range(text: str) -> AcceptableRange | None:
    """Read a range in one text: `12% - 20%`, `12-20`, `10 to 15`, `up to 20%`, `>= 5`.

    A per cent sign on one side holds for both.

    Returns:
        The range, or None where the text states none, or its lower limit is above the upper.
    """
    words = " ".join(text.split())
    for pattern, is_lower in (
        (_OR_ABOVE, True),
        (_OR_BELOW, False),
        (_AT_LEAST, True),
        (_AT_MOST, False),
    ):
        found = pattern.fullmatch(words)
        number = read_number(found[1]) if found else None
        if number is not None:
            value, percent = number
            return AcceptableRange(
                value if is_lower else None, None if is_lower else value, percent
            )
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return None
    first, second = read_number(found[1]), read_number(found[2])
    if first is None or second is None or first[0] > second[0]:
        return None
    return AcceptableRange(first[0], second[0], first[1] or second[1])


def name_range(
    lower: Decimal | None, upper: Decimal | None, *others: Decimal, percent: bool = False
) -> list[str]:
    """Name a range, and show other numbers of the same sentence apart from its limits.

    Returns:
        The range as a person reads it, then the other numbers.
    """
    limits = [limit for limit in (lower, upper) if limit is not None]
    shown = show_all_apart((*limits, *others), percent=percent)
    told, rest = shown[: len(limits)], shown[len(limits) :]
    if not told:
        name = "no limits"
    elif lower is None:
        name = f"up to {told[0]}"
    elif upper is None:
        name = f"{told[0]} or more"
    else:
        name = told[0] if lower == upper else f"{told[0]} to {told[1]}"
    return [name, *rest]


def find_breach(figure: Figure, limits: AcceptableRange) -> Breach | None:
    """Tell whether a figure lies outside a range; exactly on a limit is within it.

    Both must be on one scale (percentages in points).
    """
    if limits.upper is not None and figure.value > limits.upper:
        return Breach("Above", figure.value - limits.upper)
    if limits.lower is not None and figure.value < limits.lower:
        return Breach("Below", limits.lower - figure.value)
    return None


def breach_sentence(figure: Figure, limits: AcceptableRange, breach: Breach) -> str:
    """Say it in words: `22% is above the acceptable range of 12% to 20%, by 2 points`."""
    named, shown = name_range(limits.lower, limits.upper, figure.value, percent=figure.percent)
    by = show_number(breach.by)
    unit = (" point" if by == "1" else " points") if figure.percent else ""
    return f"{shown} is {breach.side.lower()} the acceptable range of {named}, by {by}{unit}"
