"""Rate an indicator: which family of rules decides, and how large a miss of a target is what.

Those that go by two thresholds or a range are apart (`against_limits`), since few indexes do.
"""

from __future__ import annotations

from decimal import Decimal
from operator import ge, gt, le, lt

from perf_addin.domain.figures import Figure, Missing, Unreadable
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import WIDE, Letter, Rating, RatingInputs, not_rated
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Comparison, NotArithmetic, Target
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance, ToleranceUnit

# Members of an enumeration are slow to look up, and this is done for every indicator.
_HIGH, _LOW, _RANGE, _INFO = Polarity.HIGH, Polarity.LOW, Polarity.RANGE, Polarity.INFO
_INFORMATION, _TOLERANCE = Rule.INFORMATION, Rule.TOLERANCE
_THRESHOLDS, _IN_RANGE = Rule.THRESHOLDS, Rule.IN_RANGE
_BY_LIMITS = (_THRESHOLDS, _IN_RANGE)
_ONE_WAY = (_HIGH, _LOW)
_BINARY, _RELATIVE = Rule.BINARY, ToleranceUnit.RELATIVE
_STRICT = (Comparison.MORE_THAN, Comparison.FEWER_THAN)
_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)
_ZERO, _HUNDREDTH = Decimal(0), Decimal("0.01")
_subtract, _multiply = WIDE.subtract, WIDE.multiply
_new_rating = tuple.__new__  # a third of the time of calling the class


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
    if rule in _BY_LIMITS:
        from perf_addin.domain.against_limits import (  # noqa: PLC0415 - few indexes have such
            by_thresholds,
            in_range,
        )

        if rule is _THRESHOLDS:
            return by_thresholds(inputs, actual)
        return in_range(inputs, actual)
    return _against_target(inputs, actual, rule)


def _implied(inputs: RatingInputs) -> Rule:
    plain = isinstance(inputs.target, Target) and inputs.target.value is not None
    if inputs.amber_threshold is not None and (inputs.green_threshold is not None or plain):
        return _THRESHOLDS
    between = isinstance(inputs.target, Target) and inputs.target.value is None
    if inputs.polarity is _RANGE or between:
        return _IN_RANGE
    return _TOLERANCE


def _against_target(inputs: RatingInputs, actual: Figure, rule: Rule) -> Rating:
    prepared = judge_of(inputs, rule, percent=actual.percent)
    return prepared if isinstance(prepared, Rating) else prepared.rate(inputs, actual)


def prepare(inputs: RatingInputs, *, percent: bool) -> TargetJudge | None:
    """Prepare standards for many figures; None where only `rate` can say what they give.

    Args:
        inputs: the standards, without a figure.
        percent: whether the figures will be percentages.
    """
    if inputs.rule is _INFORMATION or inputs.polarity is _INFO:
        return None
    rule = inputs.rule or _implied(inputs)
    if rule in _BY_LIMITS:
        return None
    prepared = judge_of(inputs, rule, percent=percent)
    return None if isinstance(prepared, Rating) else prepared


class TargetJudge:
    """Standards against a target, worked out once for all the figures that they are asked about."""

    __slots__ = (
        *("_aim", "_allowed", "_amber", "_by_travel", "_defaults", "_green", "_is_green"),
        *("_is_low", "_polarity", "_reaches", "_rule", "_strict"),
    )

    def __init__(self, rule: Rule, polarity: Polarity, target: Target, aim: Decimal) -> None:
        """Take the standards, without tolerances yet."""
        self._rule, self._polarity, self._aim = rule, polarity, aim
        self._is_low, self._by_travel = polarity is _LOW, rule in _DIRECTIONS
        self._strict = target.comparison in _STRICT
        self._reaches = le if self._is_low else ge
        self._is_green = self._reaches
        self._allowed: tuple[Tolerance | None, Tolerance | None] = (None, None)
        self._green: Decimal | None = None
        self._amber: Decimal | None = None
        self._defaults: tuple[str, ...] = ()

    def allow(
        self,
        green: Tolerance | None,
        amber: Tolerance | None,
        defaults: tuple[str, ...],
        *,
        percent: bool,
    ) -> None:
        """Set how large a miss is green and amber, and which inputs were taken by default."""
        self._allowed, self._defaults = (green, amber), defaults
        self._green = self._edge(green, percent=percent)
        self._amber = self._edge(amber, percent=percent)
        if self._green is None and self._strict:
            self._is_green = lt if self._is_low else gt

    def _edge(self, tolerance: Tolerance | None, *, percent: bool) -> Decimal | None:
        """The figure that misses the aim by just as much as a tolerance allows."""
        miss = None if tolerance is None else _largest_miss(tolerance, self._aim, percent=percent)
        if miss is None:
            return None
        return WIDE.add(self._aim, miss) if self._is_low else _subtract(self._aim, miss)

    @property
    def polarity(self) -> Polarity:
        """The polarity that ratings name."""
        return self._polarity

    @property
    def edges(self) -> list[Decimal]:
        """The aim, and the other figures at which the letter changes; any side may be the better.

        A rule by direction looks at an earlier figure too.
        """
        return [self._aim, *[edge for edge in (self._green, self._amber) if edge is not None]]

    def letter(self, actual: Figure) -> Letter:
        """The letter of a figure; not for a rule by direction, which needs an earlier one too."""
        value, is_green, green = actual[0], self._is_green, self._green
        if is_green(value, self._aim if green is None else green):
            return "G"
        reaches, amber = self._reaches, self._amber
        return "A" if amber is not None and reaches(value, amber) else "R"

    def rate(self, inputs: RatingInputs, actual: Figure) -> Rating:
        """Rate a figure; the inputs are those that were prepared, with this figure."""
        aim, letter = self._aim, self.letter(actual)
        miss = _subtract(actual[0], aim) if self._is_low else _subtract(aim, actual[0])
        allowed = None
        if miss > _ZERO or (self._strict and not miss):
            green, amber = self._allowed
            allowed = green if letter == "G" else amber
            if self._by_travel and letter != "G":
                marginal = amber is None or letter == "A"
                return _by_direction(self._missed(inputs, miss), actual, marginal=marginal)
        made = (letter, self._rule, self._polarity, inputs, miss, aim, allowed, self._defaults, "")
        return _new_rating(Rating, made)

    def _missed(self, inputs: RatingInputs, miss: Decimal) -> Rating:
        aim, amber = self._aim, self._allowed[1]
        return Rating("R", self._rule, self._polarity, inputs, miss, aim, amber, self._defaults)


def judge_of(inputs: RatingInputs, rule: Rule, *, percent: bool) -> TargetJudge | Rating:
    """Prepare standards that a rule compares with a target, or say why they do not fit."""
    target = _target_of(inputs, rule, percent=percent)
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
    if amber is not None and green is not None and is_wider(green, amber, aim, percent=percent):
        if not by_default:
            return not_rated(inputs, too_wide(green, amber), rule, polarity)
        amber, by_default = green, False
    defaults = () if inputs.polarity or fixes else ("polarity",)
    if by_default:
        defaults = (*defaults, "tolerance")
    judge = TargetJudge(rule, polarity, target, aim)
    judge.allow(green, amber, defaults, percent=percent)
    return judge


def _amber_tolerance(inputs: RatingInputs, rule: Rule) -> tuple[Tolerance | None, bool]:
    """The amber tolerance that a rule uses, and whether it is the built-in one."""
    if rule is _BINARY:
        return None, False
    if inputs.tolerance is not None or rule in _DIRECTIONS:
        return inputs.tolerance, False
    return DEFAULT_TOLERANCE, True


def _by_direction(missed: Rating, actual: Figure, *, marginal: bool) -> Rating:
    """Settle a miss by whether it is improving (and, with a tolerance, marginal)."""
    from perf_addin.domain.direction import (  # noqa: PLC0415 - few go by it
        Direction,
        direction_of_travel,
    )

    earlier, polarity = missed.inputs.earlier, missed.polarity
    if earlier is None or polarity is None:
        why = "the target is missed, and there is no earlier figure to tell whether it improves"
        return not_rated(missed.inputs, why, missed.rule, polarity)
    travel = direction_of_travel(actual.value, earlier, polarity)
    improving = travel is Direction.BETTER or (
        travel is Direction.SAME and missed.rule is Rule.DIRECTION_MAINTAINED
    )
    return missed._replace(letter="A") if improving and marginal else missed


def _target_of(inputs: RatingInputs, rule: Rule, *, percent: bool) -> Target | Rating:
    target = inputs.target
    if target is None and inputs.green_threshold is not None:
        return Target(Comparison.PLAIN, inputs.green_threshold, percent)
    if isinstance(target, Target):
        return target
    return not_rated(inputs, no_target(target) or "there is no target", rule, inputs.polarity)


def no_target(target: Target | NotArithmetic | Missing | None) -> str:
    """Say what stands in the place of a target; empty where nothing does."""
    if isinstance(target, Missing):
        return f"the target is '{target.symbol}' ({target.meaning})"
    if isinstance(target, NotArithmetic):
        return f"the target '{target.text}' cannot be reckoned with"
    return ""


def within(miss: Decimal, tolerance: Tolerance, aim: Decimal, *, percent: bool) -> bool:
    """Whether a miss is no larger than a tolerance; exactly as large is within it.

    A relative tolerance on a target of 0 has no meaning: nothing but a met target is within it. The
    same goes for a tolerance of 0, of which 85 against "Fewer than 85" would be exactly as large.
    """
    largest = _largest_miss(tolerance, aim, percent=percent)
    return largest is not None and miss <= largest


def _largest_miss(tolerance: Tolerance, aim: Decimal, *, percent: bool) -> Decimal | None:
    """The largest miss that is within a tolerance; None where none is."""
    amount = amount_of(tolerance, aim, percent=percent)
    return amount or None


def is_wider(green: Tolerance, amber: Tolerance, aim: Decimal, *, percent: bool) -> bool:
    """Whether a green tolerance allows more than an amber one."""
    return amount_of(green, aim, percent=percent) > amount_of(amber, aim, percent=percent)


def too_wide(green: Tolerance, amber: Tolerance) -> str:
    """Say that a green tolerance is wider than the amber one."""
    return f"the green tolerance {green} is wider than the amber tolerance {amber}"


def amount_of(tolerance: Tolerance, aim: Decimal, *, percent: bool) -> Decimal:
    """A tolerance as an amount on the indicator's scale, exactly."""
    if tolerance.unit is _RELATIVE:
        return _multiply(_multiply(tolerance.amount, aim.copy_abs()), _HUNDREDTH)
    return absolute_amount(tolerance, aim, percent=percent)


def absolute_amount(tolerance: Tolerance, aim: Decimal, *, percent: bool) -> Decimal:
    """A tolerance in points or own unit as an amount on the indicator's scale.

    Points are points for a percentage, and hundredths where the target is a bare ratio between
    -1 and 1. The figure has no say in that: a worse one must not be allowed more.
    """
    ratio = not percent and abs(aim) <= 1
    if tolerance.unit is ToleranceUnit.POINTS and ratio:
        return tolerance.amount.scaleb(-2)
    return tolerance.amount
