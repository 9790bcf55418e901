"""What a rating is made from and what it is: red, amber, green, or not rated with a reason.

The families of rules are those by which councils publish (see `rules`). Boundaries are inclusive
on the better side: exactly on target is met, and a miss of exactly the tolerance stays in the
better band. Comparison is exact, without division; only the sentence rounds.
"""

from __future__ import annotations

from decimal import Context, Decimal

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.figures import Figure, Missing, Unreadable
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rules import Rule
from perf_addin.domain.targets import NotArithmetic, Target
from perf_addin.domain.tolerances import Tolerance

if TYPE_CHECKING:
    from typing import Literal

    Letter = Literal["G", "A", "R"]
else:
    Letter = str

_new_inputs = tuple.__new__  # a third of the time of calling the class

WIDE = Context(prec=80)
"""Wide enough that no product or difference of two 15-digit figures is ever rounded."""


class RatingInputs(NamedTuple):
    """What a rating is made from; None means that nobody stated it.

    All figures of one indicator are on one scale, percentages in points (see `scales`).

    Attributes:
        actual: the figure, or what stands in its place.
        target: the target, or what stands in its place.
        polarity: which way is good, as stated.
        rule: the family of rule, as stated; otherwise what is given decides.
        tolerance: how large a miss is amber.
        green_tolerance: how large a miss is still green.
        green_threshold: figure from which on it is green; inclusive.
        amber_threshold: figure from which on it is amber (the floor); inclusive.
        lower: lower limit of the range that is rated against; inclusive.
        upper: upper limit of it; inclusive.
        margin: how far outside the range is amber; the tolerance where not stated.
        strict_limits: whether the one limit is not inclusive after all: 5 is not in "<5".
        earlier: earlier figure that a direction-sensitive rule compares with.
        earlier_label: what that figure is called, such as the period's label.
    """

    actual: Figure | Missing | Unreadable | None
    target: Target | NotArithmetic | Missing | None = None
    polarity: Polarity | None = None
    rule: Rule | None = None
    tolerance: Tolerance | None = None
    green_tolerance: Tolerance | None = None
    green_threshold: Decimal | None = None
    amber_threshold: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    margin: Tolerance | None = None
    strict_limits: bool = False
    earlier: Decimal | None = None
    earlier_label: str = ""

    def with_standards(
        self,
        target: Target | NotArithmetic | Missing | None,
        thresholds: tuple[Decimal | None, Decimal | None],
        limits: tuple[Decimal | None, Decimal | None],
    ) -> RatingInputs:
        """The same, held against another target, green and amber threshold, and limits."""
        made = (self[0], target, *self[2:6], *thresholds, *limits, *self[10:])
        return _new_inputs(RatingInputs, made)

    def with_actual(self, actual: Figure) -> RatingInputs:
        """The same standards with a figure."""
        return _new_inputs(RatingInputs, (actual, *self[1:]))

    def with_figures(
        self, actual: Figure | None, earlier: Decimal | None, earlier_label: str
    ) -> RatingInputs:
        """The same standards with an indicator's own figures."""
        return _new_inputs(RatingInputs, (actual, *self[1:-2], earlier, earlier_label))


class Rating(NamedTuple):
    """A rating and everything that its sentence says.

    Attributes:
        letter: G, A, R, or None for not rated.
        rule: the family that was used, or None where none came to be used.
        polarity: the polarity that was used, or None.
        inputs: what it was made from.
        miss: how much worse than the target or range, in the indicator's own unit (points for a
            percentage); negative or 0 where it is met; None where nothing was compared.
        aim: the target, threshold or limit that the miss is measured from.
        allowed: the tolerance that decided, or the one that was exceeded.
        defaults: names of the inputs that were taken by built-in default.
        why_not: why it is not rated; empty for a rating.
    """

    letter: Letter | None
    rule: Rule | None
    polarity: Polarity | None
    inputs: RatingInputs
    miss: Decimal | None = None
    aim: Decimal | None = None
    allowed: Tolerance | None = None
    defaults: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def miss_pct(self) -> Decimal | None:
        """The miss in per cent of the target; None where there is none, or the target is 0."""
        if self.miss is None or not self.aim:
            return None
        return self.miss * 100 / abs(self.aim)

    @property
    def reason(self) -> str:
        """The rating in one plain sentence."""
        from perf_addin.domain.reasons import tell  # noqa: PLC0415 - most are never asked for

        return tell(self)


def not_rated(
    inputs: RatingInputs, why: str, rule: Rule | None = None, polarity: Polarity | None = None
) -> Rating:
    """Give a rating that says why there is none."""
    return Rating(None, rule, polarity, inputs, why_not=why)
