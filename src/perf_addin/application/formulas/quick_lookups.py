"""What MATCH, INDEX and VLOOKUP find in columns of values, where that is beyond doubt."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from math import isclose

from perf_addin.application.formulas.quick_expressions import NotQuickError
from perf_addin.application.functions.values import ExcelError, Scalar

Column = Sequence[Scalar]

_PATTERN = frozenset("*?~")
_LONGEST = 255  # characters that Excel looks for
_NEAR = 1e-12


def matched(wanted: Column, area: Column) -> list[Scalar]:
    """The first place, from 1 on, at which each value stands in an area; #N/A where it does not.

    A text and a number that read alike are two things, and capitals do not matter.
    """
    texts: dict[str, float] = {}
    numbers: dict[float, float] = {}
    for place, value in enumerate(area, 1):
        if type(value) is float:
            numbers.setdefault(value, float(place))
        elif isinstance(value, str) and not isinstance(value, ExcelError):
            plain = value.lower()
            if plain.isascii() and not value.isascii():
                raise NotQuickError(value)
            texts.setdefault(plain, float(place))
    order = sorted(numbers)
    found: list[Scalar] = []
    for value in wanted:
        if isinstance(value, ExcelError):
            found.append(value)
        elif type(value) is float:
            _require_apart(value, order)
            found.append(numbers.get(value, ExcelError.NA))
        else:
            found.append(texts.get(_plain(value), ExcelError.NA))
    return found


def _require_apart(number: float, order: Sequence[float]) -> None:
    """Refuse a number that another one equals but for its last digits."""
    at = bisect(order, number)
    for other in order[max(at - 2, 0) : at + 1]:
        if other != number and isclose(other, number, rel_tol=_NEAR, abs_tol=0.0):
            raise NotQuickError(number)


def _plain(value: Scalar) -> str:
    """A text that is looked for as it stands, in small letters."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise NotQuickError(value)
    if not value.isascii() or not _PATTERN.isdisjoint(value):
        raise NotQuickError(value)
    return value.lower()


def taken(area: Column, places: Column) -> list[Scalar]:
    """What stands at each place of an area; a blank is left to the thorough way."""
    found: list[Scalar] = []
    for place in places:
        if isinstance(place, ExcelError):
            found.append(place)
            continue
        if type(place) is not float or not place.is_integer() or not 1 <= place <= len(area):
            raise NotQuickError(place)
        value = area[int(place) - 1]
        if value is None:
            raise NotQuickError(place)
        found.append(value)
    return found
