"""Rules that hold a cell against all others of their areas: scales, icons, ranks, averages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Protocol

from perf_addin.application.audit.rule_functions import Blank, Value
from perf_addin.application.grid import CellError

_TRUE = frozenset({"1", "true"})
_DEFAULT_RANK = 10
_HUNDRED = 100


class Threshold(Protocol):
    """A point of a scale: see `colours.Threshold`."""

    @property
    def kind(self) -> str:
        """`min`, `max`, `num`, `percent`, `percentile` or `formula`."""

    @property
    def value(self) -> str:
        """Its value as stored."""

    @property
    def inclusive(self) -> bool:
        """Whether a number that equals it has reached it."""


def is_repeated(value: Value, values: Sequence[Value], _details: Mapping[str, str]) -> bool | None:
    """Whether a value occurs again; texts in any case. None for errors, blanks, truth values."""
    if isinstance(value, (Blank, CellError, bool)):
        return None
    own = _key(value)
    return sum(_key(each) == own for each in values) > 1


def is_unique(value: Value, values: Sequence[Value], details: Mapping[str, str]) -> bool | None:
    """Whether a value occurs only once."""
    found = is_repeated(value, values, details)
    return None if found is None else not found


def _key(value: Value) -> object:
    return value.casefold() if isinstance(value, str) else value


def is_among_first(
    value: Value, values: Sequence[Value], details: Mapping[str, str]
) -> bool | None:
    """Whether a number is among the highest, or lowest, so many or so many per cent."""
    numbers = sorted(each for each in values if isinstance(each, Decimal))
    rank = details.get("rank", str(_DEFAULT_RANK))
    if not isinstance(value, Decimal) or not numbers or not (rank.isdecimal() and len(rank) < 5):  # noqa: PLR2004
        return None
    count = int(rank)
    if details.get("percent") in _TRUE:
        count = max(1, len(numbers) * count // _HUNDRED)
    count = min(count, len(numbers))
    if count < 1:
        return None
    if details.get("bottom") in _TRUE:
        return value <= numbers[count - 1]
    return value >= numbers[-count]


def is_beyond_average(
    value: Value, values: Sequence[Value], details: Mapping[str, str]
) -> bool | None:
    """Whether a number is above or below the average; None for rules about deviations from it."""
    numbers = [each for each in values if isinstance(each, Decimal)]
    if not isinstance(value, Decimal) or not numbers or details.get("stdDev", "0") != "0":
        return None
    mean = Fraction(sum(map(Fraction, numbers), Fraction(0)), len(numbers))
    own = Fraction(value)
    if own == mean:
        return details.get("equalAverage") in _TRUE
    return (own > mean) is (details.get("aboveAverage", "1") in _TRUE)


def icon_at(
    value: Decimal, numbers: Sequence[Decimal], thresholds: Sequence[Threshold]
) -> int | None:
    """Which icon of a set a number gets, from 0 for the lowest; None where it is not known."""
    reached = 0
    for at, threshold in enumerate(thresholds):
        edge = _edge(threshold, numbers) if at else None  # the first icon is for all below
        if at and edge is None:
            return None
        if edge is not None and (value > edge or (value == edge and threshold.inclusive)):
            reached = at
    return reached if thresholds else None


def scale_colour(
    value: Decimal,
    numbers: Sequence[Decimal],
    thresholds: Sequence[Threshold],
    colours: Sequence[str],
) -> str | None:
    """The colour of a number on a scale of two or three colours, as RRGGBB.

    None where the scale cannot be followed.
    """
    edges = [_edge(threshold, numbers) for threshold in thresholds]
    known = [edge for edge in edges if edge is not None]
    if len(known) < len(edges) or len(known) != len(colours) or not all(colours):
        return None
    own = Fraction(value)
    if not known or own <= known[0]:
        return colours[0] if known else None
    for low, high, one, other in zip(known, known[1:], colours, colours[1:], strict=False):
        if own <= high and low < high:
            return _between(one, other, (own - low) / (high - low))
    return colours[-1]


def _between(one: str, other: str, part: Fraction) -> str:
    mixed = []
    for at in (0, 2, 4):
        low, high = int(one[at : at + 2], 16), int(other[at : at + 2], 16)
        mixed.append(round(low + (high - low) * part))
    return "".join(f"{each:02X}" for each in mixed)


def _edge(threshold: Threshold, numbers: Sequence[Decimal]) -> Fraction | None:
    """Where a threshold lies among numbers; None where it is not known."""
    if not numbers:
        return None
    low, high = Fraction(min(numbers)), Fraction(max(numbers))
    if threshold.kind in {"min", "max"}:
        return low if threshold.kind == "min" else high
    value = _stated(threshold.value)
    if value is None or threshold.kind in {"num", "formula"}:
        return value
    if threshold.kind == "percentile" and 0 <= value <= _HUNDRED:
        return _percentile(numbers, value)
    return low + (high - low) * value / _HUNDRED if threshold.kind == "percent" else None


def _stated(text: str) -> Fraction | None:
    """A number that a threshold states; None for a formula."""
    try:
        stated = Decimal(text.strip())
    except InvalidOperation:
        return None
    return Fraction(stated) if stated.is_finite() and abs(stated.adjusted()) < _HUNDRED else None


def _percentile(numbers: Sequence[Decimal], percent: Fraction) -> Fraction:
    """Excel's PERCENTILE.INC."""
    ordered = [Fraction(number) for number in sorted(numbers)]
    place = (len(ordered) - 1) * percent / _HUNDRED
    below = place.numerator // place.denominator
    if below + 1 == len(ordered):
        return ordered[-1]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)
