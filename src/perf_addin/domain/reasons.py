"""The sentence behind a rating: what was compared with what, and what it allowed."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.against_limits import range_of
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rate import absolute_amount
from perf_addin.domain.rating import WIDE, Rating
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import name_range, show_all_apart, show_apart, show_number
from perf_addin.domain.targets import Comparison, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

NAMES = {"G": "Green", "A": "Amber", "R": "Red"}
"""What sentences call the letters; each begins with it, a colon and the figure."""
MISSED_BY = "missed by "
"""What stands before the miss, where it is told."""
_RELATIVE = ToleranceUnit.RELATIVE
_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)  # members are slow to look up


class StatedMiss(NamedTuple):
    """A miss in the unit of the tolerance that it is held against.

    Attributes:
        by: the miss.
        allows: the tolerance; None where it has no meaning, in per cent of a target of 0.
        percent: whether both are in per cent of the target.
        points: whether both are in points.
    """

    by: Decimal
    allows: Decimal | None
    percent: bool = False
    points: bool = False

    def show(self, number: Decimal) -> str:
        """A number in this unit, by itself."""
        shown = show_number(number, percent=self.percent)
        return _unit(shown, self.points)


def tell(rating: Rating) -> str:
    """Give the sentence, without a full stop, as a cell or a line shows it."""
    if rating.letter is None:
        return f"Not rated: {rating.why_not}"
    actual = rating.inputs.actual
    if not isinstance(actual, Figure) or rating.miss is None or rating.aim is None:
        message = "a rating without a figure or an aim has no sentence"
        raise ValueError(message)
    say = _SAYS.get(rating.rule, _target) if rating.rule else _target
    told = say(rating, actual, rating.miss, rating.aim)
    return f"{NAMES[rating.letter]}: {told}{_defaults(rating)}"


def _defaults(rating: Rating) -> str:
    if not rating.defaults:
        return ""
    return f"; {' and '.join(rating.defaults)} by built-in default"


def _target(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    by_direction = rating.rule in _DIRECTIONS
    earlier = rating.inputs.earlier if by_direction and rating.letter != "G" else None
    shown, target_shown, *before = show_all_apart(
        (actual.value, aim) if earlier is None else (actual.value, aim, earlier),
        percent=actual.percent,
    )
    target = rating.inputs.target
    if isinstance(target, Target) and target.comparison is not Comparison.PLAIN:
        target_shown = f"{target.comparison.value} {target_shown}"
    word = rating.polarity.value if rating.polarity else ""
    start = f"{shown} against a target of {target_shown} ({word}): "
    if rating.letter == "G" and rating.allowed is None:
        return f"{start}met"
    if earlier is not None:
        return start + _direction(rating, actual, (miss, aim), earlier, before[0])
    if rating.rule is Rule.BINARY and rating.letter == "R":
        return f"{start}{_missed_by(miss, aim, actual)}; there is no amber"
    if rating.allowed is None:
        return f"{start}missed"
    band = "green" if rating.letter == "G" else "amber"
    return start + _missed(miss, rating.allowed, aim, actual, band)


def _missed(miss: Decimal, allowed: Tolerance, aim: Decimal, actual: Figure, band: str) -> str:
    if miss == 0:
        return "exactly there, and so not met"
    by, allows, percent, points = stated = state_miss(miss, allowed, aim, percent=actual.percent)
    if allows is None:
        told = stated.show(by)
        return f"{MISSED_BY}{told}; a tolerance in per cent has no meaning for a target of 0"
    first, second = show_apart(by, allows, percent=percent)
    return f"{MISSED_BY}{_unit(first, points)}; {band} allows {_unit(second, points)}"


def _missed_by(miss: Decimal, aim: Decimal, actual: Figure) -> str:
    """A miss where no tolerance is there to be compared with."""
    if miss == 0:
        return "exactly there, and so not met"
    if not aim:
        return f"missed by {_unit(show_number(miss), actual.percent)}"
    return f"missed by {show_number(_per_cent(miss, aim), percent=True)}"


def _per_cent(miss: Decimal, aim: Decimal) -> Decimal:
    return WIDE.divide(WIDE.multiply(miss, Decimal(100)), abs(aim))


def state_miss(miss: Decimal, allowed: Tolerance, aim: Decimal, *, percent: bool) -> StatedMiss:
    """Bring a miss and what is allowed into the tolerance's own unit.

    Args:
        miss: the miss on the indicator's scale.
        allowed: the tolerance.
        aim: what the miss is measured from.
        percent: whether the indicator is a percentage.
    """
    relative = allowed.unit is _RELATIVE
    if relative:
        if not aim:
            return StatedMiss(miss, None, points=percent)
        return StatedMiss(_per_cent(miss, aim), allowed.amount, relative)
    amount = absolute_amount(allowed, aim, percent=percent)
    if amount != allowed.amount:
        return StatedMiss(miss.scaleb(2), allowed.amount, points=True)
    return StatedMiss(miss, amount, points=percent)


def _unit(shown: str, points: bool) -> str:
    if not points:
        return shown
    return f"{shown} point" if shown == "1" else f"{shown} points"


def _direction(
    rating: Rating, actual: Figure, measured: tuple[Decimal, Decimal], earlier: Decimal, before: str
) -> str:
    miss, aim = measured
    if rating.allowed is None:
        told = _missed_by(miss, aim, actual)
    else:
        told = _missed(miss, rating.allowed, aim, actual, "amber")
    when = f" in {rating.inputs.earlier_label}" if rating.inputs.earlier_label else " before"
    if actual.value == earlier:
        return f"{told}; the same as {before}{when}"
    gained = (actual.value > earlier) == (rating.polarity is Polarity.HIGH)
    return f"{told}; {'better' if gained else 'worse'} than {before}{when}"


def _thresholds(rating: Rating, actual: Figure, _miss: Decimal, aim: Decimal) -> str:
    percent = actual.percent
    amber = rating.inputs.amber_threshold or Decimal(0)
    shown, green, floor = show_all_apart((actual.value, aim, amber), percent=percent)
    word = rating.polarity.value if rating.polarity else ""
    target = rating.inputs.target
    if rating.inputs.green_threshold is None and isinstance(target, Target) and target.strict:
        green = f"{target.comparison.value} {green}"
    if rating.letter == "G":
        return f"{shown} reaches the green threshold of {green} ({word})"
    if rating.letter == "A":
        return (
            f"{shown} reaches the amber threshold of {floor} but not the green threshold of "
            f"{green} ({word})"
        )
    return f"{shown} does not reach the amber threshold of {floor} ({word})"


def _in_range(rating: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> str:
    limits = range_of(rating.inputs) or AcceptableRange(None, None)
    named, shown = name_range(limits._replace(percent=actual.percent), actual.value)
    if miss < 0 or (miss == 0 and not limits.strict):
        return f"{shown} is within the target range ({named})"
    start = f"{shown} is outside the target range ({named}): "
    if rating.allowed is None:
        return f"{start}by {show_number(miss)}"
    return start + _missed(
        miss, rating.allowed, aim, actual, "green" if rating.letter == "G" else "amber"
    )


_SAYS = {Rule.THRESHOLDS: _thresholds, Rule.IN_RANGE: _in_range}
