"""What a rating would be otherwise: under another tolerance, or with another figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.against_limits import range_of
from perf_addin.domain.figures import Figure
from perf_addin.domain.rate import amount_of, rate
from perf_addin.domain.rating import Letter, Rating, RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Target
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance, ToleranceUnit

_FIVE, _TEN = Decimal(5), Decimal(10)
_RELATIVE_FIVE = Tolerance(_FIVE, ToleranceUnit.RELATIVE)
_RELATIVE_TEN = Tolerance(_TEN, ToleranceUnit.RELATIVE)


class Alternative(NamedTuple):
    """A rating under another rule: the rule in words, and what it gives."""

    rule: str
    rating: Rating


class Change(NamedTuple):
    """The figure nearest to an actual that is rated otherwise.

    Attributes:
        figure: that figure, on the indicator's own scale (percentages in points).
        letter: what it is rated.
        beyond: whether the figure itself is still rated as before, and only what lies beyond it
            (seen from the actual) is not.
    """

    figure: Decimal
    letter: Letter | None
    beyond: bool


def alternatives(inputs: RatingInputs) -> Iterator[Alternative]:
    """Rate under the tolerances that are usual: none, 5%, 10%, 5 points, green inside 5%.

    The target, range and polarity stay as they are; stated thresholds and rules do not. Points are
    percentage points for a percentage, and the indicator's own unit otherwise. Nothing is given
    where there is no figure or nothing to compare it with.
    """
    actual = inputs.actual
    target = isinstance(inputs.target, Target) or inputs.green_threshold is not None
    if not isinstance(actual, Figure) or not (target or range_of(inputs)):
        return
    unit = ToleranceUnit.POINTS if actual.percent else ToleranceUnit.OWN
    points = "5 percentage points" if actual.percent else "5 in its own unit"
    usual = (
        ("no tolerance", Tolerance(Decimal(0), ToleranceUnit.RELATIVE), None),
        ("amber within 5% of the target", _RELATIVE_FIVE, None),
        ("amber within 10% of the target", _RELATIVE_TEN, None),
        (f"amber within {points}", Tolerance(_FIVE, unit), None),
        ("green within 5% of the target, amber within 10%", _RELATIVE_TEN, _RELATIVE_FIVE),
    )
    in_range = rate(inputs).rule is Rule.IN_RANGE
    for words, amber, green in usual:
        other = inputs._replace(
            rule=Rule.IN_RANGE if in_range else Rule.TOLERANCE,
            tolerance=amber,
            margin=None,
            green_tolerance=green,
            amber_threshold=None,
        )
        yield Alternative(words, rate(other))


def nearest_change(rating: Rating) -> Change | None:
    """Find the figure nearest to the actual that would be rated otherwise, or None.

    Where one better and one worse are as near, the better one is given.
    """
    actual = rating.inputs.actual
    if not isinstance(actual, Figure) or rating.letter is None:
        return None
    found: list[tuple[Decimal, int, Change]] = []
    for edge in _edges(rating, actual):
        for change in _around(rating, actual, edge):
            order = "GAR".index(change.letter) if change.letter else 3
            found.append((abs(change.figure - actual.value), order, change))
    return min(found)[2] if found else None


def _around(rating: Rating, actual: Figure, edge: Decimal) -> Iterator[Change]:
    """The change at an edge, or just beyond it, if there is one."""
    letter = _letter(rating.inputs, actual, edge)
    if letter != rating.letter:
        yield Change(edge, letter, beyond=False)
        return
    # A figure that differs from the edge by less than any that can be stored in a cell.
    least = Decimal(1).scaleb(max(edge.adjusted(), actual.value.adjusted(), 0) - 16)
    outward = (-least, least) if edge == actual.value else (least.copy_sign(edge - actual.value),)
    for step in outward:
        letter = _letter(rating.inputs, actual, edge + step)
        if letter != rating.letter:
            yield Change(edge, letter, beyond=True)


def _letter(inputs: RatingInputs, actual: Figure, value: Decimal) -> Letter | None:
    return rate(inputs._replace(actual=actual._replace(value=value))).letter


def _edges(rating: Rating, actual: Figure) -> set[Decimal]:
    """Every figure at which the rating may change."""
    inputs = rating.inputs
    limits = range_of(inputs)
    aims = [inputs.green_threshold, inputs.amber_threshold]
    aims += [limits.lower, limits.upper] if limits is not None else []
    if isinstance(inputs.target, Target):
        aims.append(inputs.target.value)
    stated = [inputs.tolerance, inputs.green_tolerance, inputs.margin, DEFAULT_TOLERANCE]
    edges = {aim for aim in aims if aim is not None}
    for aim in tuple(edges):
        for tolerance in stated:
            if tolerance is not None:
                amount = amount_of(tolerance, aim, percent=actual.percent)
                edges |= {aim - amount, aim + amount}
    return edges | ({inputs.earlier} if inputs.earlier is not None else set())
