"""What holds for every rating, whatever was typed."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from perf_addin.domain.figures import Figure, Missing, Unreadable
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import Comparison, NotArithmetic, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

ORDER = {"R": 0, "A": 1, "G": 2}
ZERO = Decimal(0)

# Few distinct numbers meet often on a boundary; the others are of every size that Excel can hold.
EVEN = st.integers(-40, 40).map(lambda number: Decimal(number * 5))
NUMBERS = EVEN | st.decimals(-1000, 1000, places=3)
ANY_NUMBERS = NUMBERS | st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(-320, 290),
)
AMOUNTS = st.integers(0, 20).map(Decimal) | st.decimals(0, 50, places=2)
TOLERANCES = st.builds(Tolerance, AMOUNTS, st.sampled_from(tuple(ToleranceUnit)))
OWN_OR_RELATIVE = st.builds(
    Tolerance, AMOUNTS, st.sampled_from([ToleranceUnit.RELATIVE, ToleranceUnit.OWN])
)
SINGLE = st.sampled_from([c for c in Comparison if c is not Comparison.BETWEEN])


def _single(comparison: Comparison, value: Decimal) -> Target:
    return Target(comparison, value)


def _between(low: Decimal, high: Decimal) -> Target:
    return Target(Comparison.BETWEEN, None, lower=min(low, high), upper=max(low, high))


def _inputs(
    numbers: st.SearchStrategy[Decimal], tolerances: st.SearchStrategy[Tolerance]
) -> st.SearchStrategy[RatingInputs]:
    """Inputs with a usable figure, of every family of rules."""
    some = st.none() | numbers
    return st.builds(
        RatingInputs,
        actual=st.builds(Figure, numbers, st.booleans()),
        target=st.none()
        | st.builds(_single, st.just(Comparison.PLAIN), numbers)
        | st.builds(_single, SINGLE, numbers)
        | st.builds(_between, numbers, numbers),
        polarity=st.none() | st.sampled_from(tuple(Polarity)),
        rule=st.none() | st.sampled_from(tuple(Rule)),
        tolerance=st.none() | tolerances,
        green_tolerance=st.none() | tolerances,
        green_threshold=some,
        amber_threshold=some,
        lower=some,
        upper=some,
        margin=st.none() | tolerances,
        strict_limits=st.just(False),  # it is of one limit alone, and has no mirror image
        earlier=some,
        earlier_label=st.sampled_from(["", "Q1 2021/22"]),
    )


@st.composite
def _anything(draw: st.DrawFn) -> RatingInputs:
    inputs = draw(_inputs(ANY_NUMBERS, TOLERANCES))
    if draw(st.integers(0, 4)) == 0:
        missing = st.builds(Missing, st.text(max_size=3), st.text(max_size=3))
        inputs = inputs._replace(
            actual=draw(st.none() | missing | st.builds(Unreadable, st.text(max_size=3))),
            target=draw(st.none() | missing | st.builds(NotArithmetic, st.text(max_size=3))),
        )
    return inputs


def _value(inputs: RatingInputs) -> Decimal:
    assert isinstance(inputs.actual, Figure)
    return inputs.actual.value


def _with_value(inputs: RatingInputs, value: Decimal) -> RatingInputs:
    assert isinstance(inputs.actual, Figure)
    return inputs._replace(actual=inputs.actual._replace(value=value))


@given(_anything())
@settings(max_examples=300)
def test_rate_never_raises_and_always_says_why(inputs: RatingInputs) -> None:
    rating = rate(inputs)
    reason = rating.reason
    assert reason == reason.strip()
    if rating.letter is None:
        assert rating.why_not
        assert reason == f"Not rated: {rating.why_not}"
    else:
        assert not rating.why_not
        assert reason.startswith({"G": "Green: ", "A": "Amber: ", "R": "Red: "}[rating.letter])
        assert ("by built-in default" in reason) == bool(rating.defaults)


SAID = re.compile(r"^\w+: (\S+) against a target of (?:[a-z ]+ )?(\S+) \((?:High|Low)\): (.*)")
OUTSIDE = re.compile(r"^\w+: (\S+) is outside the target range \((.*?)\)")
UNREACHED = re.compile(r"^\w+: (\S+) does not reach the amber threshold of (\S+) ")
BY = re.compile(r"missed by (\S+).*?; (green|amber) allows (\S+)")


@given(_inputs(ANY_NUMBERS, TOLERANCES) | _inputs(st.decimals(19, 21, places=4), TOLERANCES))
@settings(max_examples=300)
@example(RatingInputs(Figure(Decimal("20.0001")), polarity=Polarity.RANGE, lower=Decimal("20.004")))
def test_a_miss_never_reads_like_a_hit(inputs: RatingInputs) -> None:
    rating = rate(inputs)
    reason = rating.reason
    said = SAID.match(reason)
    if said is not None and "missed" in said[3]:
        assert said[1] != said[2], reason
    outside = OUTSIDE.match(reason)
    if outside is not None and not inputs.strict_limits:  # else words say "under", "over"
        assert outside[1] not in outside[2].split(), reason
    unreached = UNREACHED.match(reason)
    if unreached is not None:
        assert unreached[1] != unreached[2], reason
    by = BY.search(reason)
    if by is not None and rating.letter == "R" and rating.rule in {Rule.TOLERANCE, Rule.IN_RANGE}:
        assert by[1] != by[3], reason


def _mirrored(inputs: RatingInputs) -> RatingInputs:
    """The same facts counted downwards: every figure negated, and the other polarity."""
    other = {
        Comparison.AT_LEAST: Comparison.AT_MOST,
        Comparison.AT_MOST: Comparison.AT_LEAST,
        Comparison.MORE_THAN: Comparison.FEWER_THAN,
        Comparison.FEWER_THAN: Comparison.MORE_THAN,
    }
    swapped = {Polarity.HIGH: Polarity.LOW, Polarity.LOW: Polarity.HIGH}
    target = inputs.target
    if isinstance(target, Target):
        target = target._replace(
            comparison=other.get(target.comparison, target.comparison),
            value=_negated(target.value),
            lower=_negated(target.upper),
            upper=_negated(target.lower),
        )
    polarity = inputs.polarity and swapped.get(inputs.polarity, inputs.polarity)
    return _with_value(inputs, -_value(inputs))._replace(
        target=target,
        polarity=polarity,
        green_threshold=_negated(inputs.green_threshold),
        amber_threshold=_negated(inputs.amber_threshold),
        lower=_negated(inputs.upper),
        upper=_negated(inputs.lower),
        earlier=_negated(inputs.earlier),
    )


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


@given(_inputs(NUMBERS, TOLERANCES))
@settings(max_examples=200)
def test_the_opposite_polarity_mirrors_the_rating(inputs: RatingInputs) -> None:
    rating, mirrored = rate(inputs), rate(_mirrored(inputs))
    # The default, High, has no mirror image.
    assume("polarity" not in (*rating.defaults, *mirrored.defaults))
    assert mirrored.letter == rating.letter
    if rating.miss is not None and rating.miss > 0:
        assert mirrored.miss == rating.miss


def _scaled(inputs: RatingInputs, factor: Decimal) -> RatingInputs:
    def times(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * factor

    def stretched(tolerance: Tolerance | None) -> Tolerance | None:
        if tolerance is None or tolerance.unit is ToleranceUnit.RELATIVE:
            return tolerance
        return tolerance._replace(amount=tolerance.amount * factor)

    target = inputs.target
    if isinstance(target, Target):
        target = target._replace(
            value=times(target.value), lower=times(target.lower), upper=times(target.upper)
        )
    return _with_value(inputs, _value(inputs) * factor)._replace(
        target=target,
        tolerance=stretched(inputs.tolerance),
        green_tolerance=stretched(inputs.green_tolerance),
        green_threshold=times(inputs.green_threshold),
        amber_threshold=times(inputs.amber_threshold),
        lower=times(inputs.lower),
        upper=times(inputs.upper),
        margin=stretched(inputs.margin),
        earlier=times(inputs.earlier),
    )


@given(
    _inputs(NUMBERS, OWN_OR_RELATIVE),
    st.sampled_from([Decimal(text) for text in ("1000", "7", "0.01", "0.3", "1E+9")]),
)
@settings(max_examples=200)
def test_another_unit_changes_nothing(inputs: RatingInputs, factor: Decimal) -> None:
    assert rate(_scaled(inputs, factor)).letter == rate(inputs).letter


@given(_inputs(NUMBERS, TOLERANCES), NUMBERS)
@settings(max_examples=300)
def test_a_better_figure_never_rates_worse(inputs: RatingInputs, other: Decimal) -> None:
    first, second = rate(inputs), rate(_with_value(inputs, other))
    assume(first.letter is not None)
    assume(second.letter is not None)
    assert first.letter is not None
    assert second.letter is not None
    assert first.polarity is second.polarity
    value = _value(inputs)
    if first.polarity is Polarity.RANGE:
        # Better is nearer to the same limit.
        assume(first.aim == second.aim)
        assert first.miss is not None
        assert second.miss is not None
        better = first.miss <= second.miss
    else:
        better = value >= other if first.polarity is Polarity.HIGH else value <= other
    if better:
        assert ORDER[first.letter] >= ORDER[second.letter]
    else:
        assert ORDER[first.letter] <= ORDER[second.letter]


@given(_inputs(NUMBERS, OWN_OR_RELATIVE))
@settings(max_examples=100)
def test_being_a_percentage_changes_no_rating(inputs: RatingInputs) -> None:
    """Points of a percentage are judged as any other unit is; only the sentence differs."""
    assert isinstance(inputs.actual, Figure)
    percent = rate(inputs._replace(actual=inputs.actual._replace(percent=True)))
    plain = rate(inputs._replace(actual=inputs.actual._replace(percent=False)))
    assert (percent.letter, percent.miss) == (plain.letter, plain.miss)


@given(
    st.decimals(0, 100, places=1),
    st.decimals("0.1", 100, places=1).filter(lambda target: target > 1),
    st.sampled_from([Polarity.HIGH, Polarity.LOW]),
    st.integers(0, 20).map(Decimal),
    st.sampled_from([ToleranceUnit.RELATIVE, ToleranceUnit.POINTS]),
)
def test_ratios_and_points_give_one_rating(
    value: Decimal, target: Decimal, polarity: Polarity, amount: Decimal, unit: ToleranceUnit
) -> None:
    """88 against 91 in a percentage and 0.88 against 0.91 in bare ratios are one fact."""
    tolerance = Tolerance(amount, unit)
    points = RatingInputs(
        Figure(value, percent=True),
        Target(Comparison.PLAIN, target, percent=True),
        polarity,
        tolerance=tolerance,
    )
    ratios = points._replace(
        actual=Figure(value.scaleb(-2)), target=Target(Comparison.PLAIN, target.scaleb(-2))
    )
    assert rate(ratios).letter == rate(points).letter


@given(_inputs(NUMBERS, TOLERANCES), st.sampled_from(list(Rule)))
def test_information_only_is_never_rated(inputs: RatingInputs, rule: Rule) -> None:
    assert rate(inputs._replace(polarity=Polarity.INFO, rule=rule)).letter is None
    assert rate(inputs._replace(rule=Rule.INFORMATION)).letter is None


@given(NUMBERS, st.sampled_from([Polarity.HIGH, Polarity.LOW]), TOLERANCES)
def test_exactly_on_target_is_met(value: Decimal, polarity: Polarity, tolerance: Tolerance) -> None:
    inputs = RatingInputs(
        Figure(value), Target(Comparison.PLAIN, value), polarity, tolerance=tolerance
    )
    rating = rate(inputs)
    assert rating.letter == "G"
    assert rating.miss == ZERO
    assert rating.reason.endswith(": met")
