"""Rate an indicator: how each family of rules decides."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.direction import Direction, direction_of_travel
from perf_addin.domain.figures import Figure, Missing, Unreadable
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import WIDE, Letter, Rating, RatingInputs, not_rated
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Comparison, NotArithmetic, Target
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance, ToleranceUnit

# Members of an enumeration are slow to look up, and this is done for every indicator.
_HIGH, _LOW, _RANGE, _INFO = Polarity.HIGH, Polarity.LOW, Polarity.RANGE, Polarity.INFO
_INFORMATION, _TOLERANCE, _BINARY = Rule.INFORMATION, Rule.TOLERANCE, Rule.BINARY
_THRESHOLDS, _IN_RANGE, _RELATIVE = Rule.THRESHOLDS, Rule.IN_RANGE, ToleranceUnit.RELATIVE
_ONE_WAY = (_HIGH, _LOW)
_STRICT = (Comparison.MORE_THAN, Comparison.FEWER_THAN)
_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)


def rate(inputs: RatingInputs) -> Rating:
    """Rate an indicator.

    Polarity Info is never rated. Where no rule is stated: two thresholds where an amber
    threshold is given with a green one or a target; in range for polarity Range or a target such
    as `10-15`; otherwise tolerance. The built-in defaults are polarity High, amber within 10% of
    the target, green only if it is met; a rating that uses them names them.
    """
    if inputs.rule is _INFORMATION or inputs.polarity is _INFO:
        return not_rated(inputs, "information only", _INFORMATION, _INFO)
    if not isinstance(inputs.actual, Figure):
        return not_rated(inputs, _no_figure(inputs.actual), inputs.rule, inputs.polarity)
    return _judge(inputs, inputs.actual)


def _no_figure(actual: Missing | Unreadable | None) -> str:
    if actual is None:
        return "there is no figure"
    if isinstance(actual, Missing):
        return f"the figure is '{actual.symbol}' ({actual.meaning})"
    return f"'{actual.text}' is no figure"


def _judge(inputs: RatingInputs, actual: Figure) -> Rating:
    """Rate a usable figure by the stated rule, or by the one that the inputs call for."""
    rule = inputs.rule or _implied(inputs)
    if rule is _THRESHOLDS:
        return _thresholds(inputs, actual)
    if rule is _IN_RANGE:
        return _in_range(inputs, actual)
    return _against_target(inputs, actual, rule)


def _implied(inputs: RatingInputs) -> Rule:
    plain = isinstance(inputs.target, Target) and inputs.target.value is not None
    if inputs.amber_threshold is not None and (inputs.green_threshold is not None or plain):
        return _THRESHOLDS
    between = isinstance(inputs.target, Target) and inputs.target.value is None
    if inputs.polarity is _RANGE or between:
        return _IN_RANGE
    return _TOLERANCE


def _target_of(inputs: RatingInputs, rule: Rule) -> Target | Rating:
    target = inputs.target
    if target is None and inputs.green_threshold is not None:
        percent = isinstance(inputs.actual, Figure) and inputs.actual.percent
        return Target(Comparison.PLAIN, inputs.green_threshold, percent)
    if isinstance(target, Target):
        return target
    return not_rated(inputs, _no_target(target) or "there is no target", rule, inputs.polarity)


def _no_target(target: Target | NotArithmetic | Missing | None) -> str:
    if isinstance(target, Missing):
        return f"the target is '{target.symbol}' ({target.meaning})"
    if isinstance(target, NotArithmetic):
        return f"the target '{target.text}' cannot be reckoned with"
    return ""


def _against_target(inputs: RatingInputs, actual: Figure, rule: Rule) -> Rating:
    target = _target_of(inputs, rule)
    if isinstance(target, Rating):
        return target
    fixes = target.fixes
    polarity = inputs.polarity or fixes or _HIGH
    aim = target.value
    if aim is None or polarity not in _ONE_WAY:
        why = f"the rule '{rule.value}' needs a single target, and polarity High or Low"
        return not_rated(inputs, why, rule, polarity)
    if fixes is not None and fixes is not polarity:
        why = f"the target '{target}' contradicts the polarity {polarity.value}"
        return not_rated(inputs, why, rule, polarity)
    amber, by_default = _amber_tolerance(inputs, rule)
    green = inputs.green_tolerance
    if amber is not None and green is not None and not _narrower(green, amber, aim, actual):
        if not by_default:
            return not_rated(inputs, _too_wide(green, amber), rule, polarity)
        amber, by_default = green, False
    defaults = () if inputs.polarity or fixes else ("polarity",)
    if by_default:
        defaults = (*defaults, "tolerance")
    miss = WIDE.subtract(aim, actual.value)
    if polarity is _LOW:
        miss = -miss
    strict = target.comparison in _STRICT
    met = miss < 0 or (miss == 0 and not strict)
    missed = Rating("R", rule, polarity, inputs, miss, aim, amber, defaults)
    return missed.banded("G", None) if met else _band(missed, actual, miss, aim)


def _band(missed: Rating, actual: Figure, miss: Decimal, aim: Decimal) -> Rating:
    """Settle by how much, or by whether it is improving, in which band a miss lies."""
    green, amber = missed.inputs.green_tolerance, missed.allowed
    if green is not None and within(miss, green, aim, actual):
        return missed.banded("G", green)
    marginal = amber is not None and within(miss, amber, aim, actual)
    if missed.rule in _DIRECTIONS:
        return _by_direction(missed, actual, marginal=marginal or amber is None)
    return missed.banded("A", amber) if marginal else missed


def _amber_tolerance(inputs: RatingInputs, rule: Rule) -> tuple[Tolerance | None, bool]:
    """The amber tolerance that a rule uses, and whether it is the built-in one."""
    if rule is _BINARY:
        return None, False
    if inputs.tolerance is not None or rule in _DIRECTIONS:
        return inputs.tolerance, False
    return DEFAULT_TOLERANCE, True


def _by_direction(missed: Rating, actual: Figure, *, marginal: bool) -> Rating:
    """Settle a miss by whether it is improving (and, with a tolerance, marginal)."""
    earlier, polarity = missed.inputs.earlier, missed.polarity
    if earlier is None or polarity is None:
        why = "the target is missed, and there is no earlier figure to tell whether it improves"
        return not_rated(missed.inputs, why, missed.rule, polarity)
    travel = direction_of_travel(actual.value, earlier, polarity)
    improving = travel is Direction.BETTER or (
        travel is Direction.SAME and missed.rule is Rule.DIRECTION_MAINTAINED
    )
    return missed._replace(letter="A") if improving and marginal else missed


def _thresholds(inputs: RatingInputs, actual: Figure) -> Rating:
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


def _in_range(inputs: RatingInputs, actual: Figure) -> Rating:
    rule = _IN_RANGE
    target = inputs.target
    if isinstance(target, Target) and target.fixes in _ONE_WAY:
        why = f"the target '{target}' is no range"
        return not_rated(inputs, why, rule, inputs.polarity)
    limits = range_of(inputs)
    if limits is None:
        why = _no_target(target) or "there is no target range"
        return not_rated(inputs, why, rule, inputs.polarity)
    lower, upper = limits
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
    return _beside_range(inputs, actual, miss, aim)


def _beside_range(inputs: RatingInputs, actual: Figure, miss: Decimal, aim: Decimal) -> Rating:
    """Settle how far outside a range is still green or amber; inside it no tolerance matters."""
    margin = inputs.margin or inputs.tolerance
    defaults = ("tolerance",) if margin is None else ()
    if miss <= 0:
        return Rating("G", _IN_RANGE, _RANGE, inputs, miss, aim, None, defaults)
    green, amber = inputs.green_tolerance, margin or DEFAULT_TOLERANCE
    if green is not None and not _narrower(green, amber, aim, actual):
        if margin is not None:
            return not_rated(inputs, _too_wide(green, amber), _IN_RANGE, _RANGE)
        amber, defaults = green, ()
    outside = Rating("R", _IN_RANGE, _RANGE, inputs, miss, aim, amber, defaults)
    if green is not None and within(miss, green, aim, actual):
        return outside.banded("G", green)
    return outside.banded("A", amber) if within(miss, amber, aim, actual) else outside


def _too_wide(green: Tolerance, amber: Tolerance) -> str:
    return f"the green tolerance {green} is wider than the amber tolerance {amber}"


def range_of(inputs: RatingInputs) -> tuple[Decimal | None, Decimal | None] | None:
    """The range that is rated against: the target's own, the limits given, or the target itself."""
    target = inputs.target
    if isinstance(target, Target) and target.value is None:
        return target.lower, target.upper
    if inputs.lower is not None or inputs.upper is not None:
        return inputs.lower, inputs.upper
    if isinstance(target, Target):
        return target.value, target.value
    return None


def within(miss: Decimal, tolerance: Tolerance, aim: Decimal, actual: Figure) -> bool:
    """Whether a miss is no larger than a tolerance; exactly as large is within it.

    A relative tolerance on a target of 0 has no meaning: nothing but a met target is within it. The
    same goes for a tolerance of 0, of which 85 against "Fewer than 85" would be exactly as large.
    """
    if not tolerance.amount:
        return False
    if tolerance.unit is _RELATIVE:
        if not aim:
            return False
        return WIDE.multiply(miss, Decimal(100)) <= WIDE.multiply(tolerance.amount, abs(aim))
    return miss <= absolute_amount(tolerance, aim, actual)


def absolute_amount(tolerance: Tolerance, aim: Decimal, actual: Figure) -> Decimal:
    """A tolerance in points or own unit as an amount on the indicator's scale.

    Points are points for a percentage, and hundredths where the target is a bare ratio between
    -1 and 1. The figure has no say in that: a worse one must not be allowed more.
    """
    ratio = not actual.percent and abs(aim) <= 1
    if tolerance.unit is ToleranceUnit.POINTS and ratio:
        return tolerance.amount.scaleb(-2)
    return tolerance.amount


def _narrower(green: Tolerance, amber: Tolerance, aim: Decimal, actual: Figure) -> bool:
    def amount(tolerance: Tolerance) -> Decimal:
        if tolerance.unit is _RELATIVE:
            return WIDE.multiply(tolerance.amount, abs(aim)).scaleb(-2)
        return absolute_amount(tolerance, aim, actual)

    return amount(green) <= amount(amber)
