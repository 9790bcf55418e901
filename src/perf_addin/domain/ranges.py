"""Acceptable ranges, and whether and by how much a figure breaches one.

A breach is apart from the rating: an indicator that is information only can breach its range.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.figures import Figure, read_number, show_all_apart, show_number
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from typing import Literal

_new = tuple.__new__  # a third of the time of calling a class
_BETWEEN = lazily(
    r"(?i)(?:(?:between|from)\s+)?(.+?)\s*(?:-|\N{EN DASH}|\N{EM DASH}|\bto\b|\band\b)\s*(.+)",
)
_AT_LEAST = lazily(
    r"(?i)(?:>=|=>|\N{GREATER-THAN OR EQUAL TO}|at least|minimum(?: of)?|min|from|at or above"
    r"|no(?:t)? (?:less|fewer|lower) than|(?:more|greater|higher) than or equal to)\s*(.+)",
)
_AT_MOST = lazily(
    r"(?i)(?:<=|=<|\N{LESS-THAN OR EQUAL TO}|at most|up to|maximum(?: of)?|max|at or below"
    r"|no(?:t)? (?:more|greater|higher) than|not exceeding|(?:less|fewer|lower) than or equal to)"
    r"\s*(.+)",
)
_OVER = lazily(r"(?i)(?:>|(?:more|greater|higher) than|above|over)\s*(.+)")
_UNDER = lazily(r"(?i)(?:<|(?:less|fewer|lower) than|below|under)\s*(.+)")
_OR_ABOVE = lazily(r"(?i)(.+?)\s*(?:\+|(?:or|and) (?:above|more|over|higher))")
_OR_BELOW = lazily(r"(?i)(.+?)\s*(?:or|and) (?:below|less|under|fewer|lower)")


class AcceptableRange(NamedTuple):
    """Lower and upper limit; None where a side is open. Percentages are in points.

    A figure on a limit is in the range, unless the range is `strict`: 5 is not in "<5". Only ranges
    with one limit are.
    """

    lower: Decimal | None
    upper: Decimal | None
    percent: bool = False
    strict: bool = False

    def __str__(self) -> str:
        """The range as a person reads it."""
        return name_range(self)[0]


class Breach(NamedTuple):
    """Which limit a figure lies beyond, and by how much in the figure's own unit (points for %).

    By 0 where the range is strict and the figure is on its limit.
    """

    side: Literal["Above", "Below"]
    by: Decimal


def read_range(text: str) -> AcceptableRange | None:
    """Read a range in one text: `12% - 20%`, `12-20`, `10 to 15`, `up to 20%`, `>= 5`.

    A per cent sign on one side holds for both. `<5`, `below 5` and the like leave 5 itself out, as
    they do in a target; every other wording includes its limits.

    Returns:
        The range, or None where the text states none, or its lower limit is above the upper.
    """
    words = " ".join(text.split())
    for pattern, is_lower, strict in (
        (_OR_ABOVE, True, False),
        (_OR_BELOW, False, False),
        (_AT_LEAST, True, False),
        (_AT_MOST, False, False),
        (_OVER, True, True),
        (_UNDER, False, True),
    ):
        found = pattern.fullmatch(words)
        number = read_number(found[1]) if found else None
        if number is not None:
            value, percent = number
            lower, upper = (value, None) if is_lower else (None, value)
            return AcceptableRange(lower, upper, percent, strict)
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return None
    first, second = read_number(found[1]), read_number(found[2])
    if first is None or second is None or first[0] > second[0]:
        return None
    return AcceptableRange(first[0], second[0], first[1] or second[1])


def name_range(limits: AcceptableRange, *others: Decimal) -> list[str]:
    """Name a range, and show other numbers of the same sentence apart from its limits.

    Returns:
        The range as a person reads it, then the other numbers.
    """
    lower, upper, percent, strict = limits
    stated = [limit for limit in (lower, upper) if limit is not None]
    shown = show_all_apart((*stated, *others), percent=percent)
    told, rest = shown[: len(stated)], shown[len(stated) :]
    if not told:
        name = "no limits"
    elif lower is None:
        name = f"under {told[0]}" if strict else f"up to {told[0]}"
    elif upper is None:
        name = f"over {told[0]}" if strict else f"{told[0]} or more"
    else:
        name = told[0] if lower == upper else f"{told[0]} to {told[1]}"
    return [name, *rest]


def find_breach(figure: Figure, limits: AcceptableRange) -> Breach | None:
    """Tell whether a figure lies outside a range; exactly on a limit is within, unless strict.

    Both must be on one scale (percentages in points).
    """
    value, (lower, upper, _, strict) = figure[0], limits
    if upper is not None and value > upper:
        found = ("Above", value - upper)
    elif lower is not None and value < lower:
        found = ("Below", lower - value)
    elif strict and value in (lower, upper):
        found = ("Below" if upper is None else "Above", Decimal(0))
    else:
        return None
    breach: Breach = _new(Breach, found)
    return breach


def breach_sentence(figure: Figure, limits: AcceptableRange, breach: Breach) -> str:
    """Say it in words: `22% is above the acceptable range of 12% to 20%, by 2 points`."""
    named, shown = name_range(limits._replace(percent=figure.percent), figure.value)
    if not breach.by:
        return f"{shown} is not in the acceptable range of {named}"
    by = show_number(breach.by)
    unit = (" point" if by == "1" else " points") if figure.percent else ""
    return f"{shown} is {breach.side.lower()} the acceptable range of {named}, by {by}{unit}"
