"""Rate figures against two thresholds, or a range."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rate import is_wider, no_target, too_wide, within
from perf_addin.domain.rating import WIDE, Letter, Rating, RatingInputs, not_rated
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Target
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE

# Members of an enumeration are slow to look up, and this is done for many indicators.
_HIGH, _LOW, _RANGE = Polarity.HIGH, Polarity.LOW, Polarity.RANGE
_THRESHOLDS, _IN_RANGE = Rule.THRESHOLDS, Rule.IN_RANGE
_ONE_WAY = (_HIGH, _LOW)


def by_thresholds(inputs: RatingInputs, actual: Figure) -> Rating:
    """Rate by a green and an amber value; a target takes the place of a missing green one.

    A stated threshold is inclusive. A target in that place is as its wording says: 85 does not
    meet "Fewer than 85". The wording settles the polarity too, and may not contradict the order.
    """
    rule = _THRESHOLDS
    green, amber = inputs.green_threshold, inputs.amber_threshold
    target = inputs.target if isinstance(inputs.target, Target) else None
    strict = False
    if green is None and target is not None:
        green, strict = target.value, target.strict
    if green is None or amber is None:
        missing = "a green" if green is None else "an amber"
        why = f"the rule '{rule.value}' needs {missing} threshold"
        return not_rated(inputs, why, rule, inputs.polarity)
    ordered = None
    if green != amber:
        ordered = _HIGH if green > amber else _LOW
    polarity = inputs.polarity or (target.fixes if target else None) or ordered
    why = _threshold_contradiction(polarity, ordered, target, stated=inputs.polarity)
    if polarity is None or why:
        return not_rated(inputs, why, rule, polarity)
    sign = 1 if polarity is _HIGH else -1
    miss = WIDE.multiply(WIDE.subtract(green, actual.value), Decimal(sign))
    short = WIDE.multiply(WIDE.subtract(amber, actual.value), Decimal(sign))
    met = miss < 0 or (miss == 0 and not strict)
    letter: Letter = "G" if met else "A" if short <= 0 else "R"
    return Rating(letter, rule, polarity, inputs, miss, green)


def _threshold_contradiction(
    polarity: Polarity | None,
    ordered: Polarity | None,
    target: Target | None,
    *,
    stated: Polarity | None,
) -> str:
    """Say how stated polarity, order of the thresholds and target disagree, or nothing."""
    fixes = target.fixes if target else None
    if polarity is None:
        return "both thresholds are the same, and no polarity High or Low is stated"
    if polarity is _RANGE:
        return f"the rule '{_THRESHOLDS.value}' needs polarity High or Low"
    if fixes not in {None, polarity}:
        return f"the target '{target}' contradicts the polarity {polarity.value}"
    if ordered not in {None, polarity}:
        against = f"polarity {polarity.value}" if stated else f"target '{target}'"
        return f"the order of the thresholds contradicts the {against}"
    return ""


def in_range(inputs: RatingInputs, actual: Figure) -> Rating:
    """Rate by a range: green inside it; outside, by how far (`rules` says more)."""
    rule = _IN_RANGE
    target = inputs.target
    if isinstance(target, Target) and target.fixes in _ONE_WAY:
        why = f"the target '{target}' is no range"
        return not_rated(inputs, why, rule, inputs.polarity)
    limits = range_of(inputs)
    if limits is None:
        why = no_target(target) or "there is no target range"
        return not_rated(inputs, why, rule, inputs.polarity)
    lower, upper = limits.lower, limits.upper
    if lower is not None and upper is not None and lower > upper:
        why = "the lower limit of the range is above its upper limit"
        return not_rated(inputs, why, rule, inputs.polarity)
    if inputs.polarity in _ONE_WAY and inputs.rule is None:
        why = f"a target range contradicts the polarity {inputs.polarity.value}"
        return not_rated(inputs, why, rule, inputs.polarity)
    if upper is not None and (lower is None or actual.value > upper):
        aim, miss = upper, WIDE.subtract(actual.value, upper)
    elif lower is not None:
        aim, miss = lower, WIDE.subtract(lower, actual.value)
    else:
        return not_rated(inputs, "there is no target range", rule, inputs.polarity)
    return _beside_range(inputs, actual, miss, aim, strict=limits.strict)


def _beside_range(
    inputs: RatingInputs, actual: Figure, miss: Decimal, aim: Decimal, *, strict: bool
) -> Rating:
    """Settle how far outside a range is still green or amber; inside it no tolerance matters."""
    margin = inputs.margin or inputs.tolerance
    defaults = ("tolerance",) if margin is None else ()
    if miss < 0 or (miss == 0 and not strict):
        return Rating("G", _IN_RANGE, _RANGE, inputs, miss, aim, None, defaults)
    green, amber, percent = inputs.green_tolerance, margin or DEFAULT_TOLERANCE, actual.percent
    if green is not None and is_wider(green, amber, aim, percent=percent):
        if margin is not None:
            return not_rated(inputs, too_wide(green, amber), _IN_RANGE, _RANGE)
        amber, defaults = green, ()
    letter: Letter = "R"
    allowed = amber
    if green is not None and within(miss, green, aim, percent=percent):
        letter, allowed = "G", green
    elif within(miss, amber, aim, percent=percent):
        letter = "A"
    return Rating(letter, _IN_RANGE, _RANGE, inputs, miss, aim, allowed, defaults)


def range_of(inputs: RatingInputs) -> AcceptableRange | None:
    """The range that is rated against: the target's own, the limits given, or the target itself."""
    target = inputs.target
    if isinstance(target, Target) and target.value is None:
        return AcceptableRange(target.lower, target.upper)
    if inputs.lower is not None or inputs.upper is not None:
        return AcceptableRange(inputs.lower, inputs.upper, strict=inputs.strict_limits)
    if isinstance(target, Target):
        return AcceptableRange(target.value, target.value)
    return None
