"""Rates figures against standards that are the same for many cells.

The rating itself is `domain.rate.rate`; here its inputs are brought to one scale, once for every
scale that a figure shows, and what may be on two scales is left unrated.
"""

from __future__ import annotations

from perf_addin.application.functions.plain_judges import EdgedJudge, of_figures
from perf_addin.application.functions.scaling import (
    AS_IT_IS,
    Scales,
    settle_tolerance,
    why_unclear,
)
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import ExcelError, Value
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import TargetJudge, prepare, rate
from perf_addin.domain.rating import Rating, RatingInputs, not_rated
from perf_addin.domain.rules import Rule
from perf_addin.domain.scales import Scale
from perf_addin.domain.targets import NotArithmetic, Target
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE, Tolerance, ToleranceUnit

if TYPE_CHECKING:
    from decimal import Decimal

_OWN, _IN_RANGE = ToleranceUnit.OWN, Rule.IN_RANGE
_TOLERANCES = ("tolerance", "green_tolerance", "margin")
_RATIOS, _COUNTS = (-1.0, 1.0), (2.0, 1.7976931348623157e308)
"""Finite bare numbers that are never on two scales beside a target up to 1, or beyond that."""


class Standards(NamedTuple):
    """What figures are rated against, as read; None where it is not given."""

    target: Target | NotArithmetic | None = None
    green: Figure | None = None
    amber: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None

    @property
    def have_percentages(self) -> bool:
        """Whether any number in it has a per cent sign."""
        target, *others = self
        percent = isinstance(target, Target) and target.percent
        return percent or any(figure.percent for figure in others if figure is not None)

    @property
    def figures(self) -> list[Figure]:
        """Every number in it, as read."""
        target, *others = self
        found = [figure for figure in others if figure is not None]
        if isinstance(target, Target):
            numbers = (target.value, target.lower, target.upper)
            found += [Figure(n, target.percent) for n in numbers if n is not None]
        return found


class Rater:
    """Rates one figure after another against the same standards."""

    __slots__ = (
        *("_figures", "_inputs", "_own_units", "_percent", "_scales", "_settled", "_standards"),
    )

    def __init__(self, standards: Standards, inputs: RatingInputs) -> None:
        """Bind the standards.

        Args:
            standards: what the figures are rated against.
            inputs: polarity and tolerances.
        """
        self._standards = standards
        self._inputs = inputs
        self._percent = standards.have_percentages
        self._figures: list[Figure] | None = None  # these two for those that need them
        self._scales: Scales | None = None
        stated = (inputs.tolerance, inputs.green_tolerance, inputs.margin)
        units = [tolerance.unit for tolerance in stated if tolerance is not None]
        self._own_units = _OWN in units and inputs.polarity is not Polarity.INFO
        self._settled: dict[Scale, tuple[RatingInputs, TargetJudge | None]] = {}

    def rate(self, figure: Figure, *, told: bool = True) -> Rating:
        """Rate a figure; a rating without a letter says why.

        Args:
            figure: the figure.
            told: whether the rating's sentence is wanted too, for which it needs the figure.
        """
        scale = self._scale_of(figure) if self._percent or figure.percent else AS_IT_IS
        inputs, judge = self._settled.get(scale) or self._settle(scale)
        if self._own_units:
            settled = self._with_tolerances(inputs, figure, scale)
            if isinstance(settled, str):
                return not_rated(inputs, settled, polarity=inputs.polarity)
            inputs = settled
        on_scale = scale.settle(figure)
        if told or judge is None:
            inputs = inputs.with_figures(on_scale, None, "")
        rating = rate(inputs) if judge is None else judge.rate(inputs, on_scale)
        if rating.aim is None or (rating.rule is _IN_RANGE and rating.letter == "G"):
            return rating
        high = rating.polarity is Polarity.HIGH
        why = why_unclear(figure, rating.aim, scale, one_is_all=high)
        return not_rated(inputs, why, rating.rule, rating.polarity) if why else rating

    def _scale_of(self, figure: Figure) -> Scale:
        """The scale of a figure and the standards, where any of them has a per cent sign."""
        if self._scales is None:
            self._scales = Scales(self.aims)
        return self._scales.find(figure)

    def _settle(self, scale: Scale) -> tuple[RatingInputs, TargetJudge | None]:
        """The inputs on a scale, and what judges all figures on it; None where that takes more."""
        inputs = self._on(scale)
        # On one scale all figures are percentages, or none is.
        judge = None if self._own_units else prepare(inputs, percent=scale.percent)
        self._settled[scale] = known = inputs, judge
        return known

    def _on(self, scale: Scale) -> RatingInputs:
        """The inputs with every standard on a scale."""
        target, *others = self._standards
        green, amber, lower, upper = [f and scale.settle(f).value for f in others]
        if isinstance(target, Target):
            target = target.on(scale)
        return self._inputs.with_standards(target, (green, amber), (lower, upper))

    def _with_tolerances(
        self, inputs: RatingInputs, figure: Figure, scale: Scale
    ) -> RatingInputs | str:
        settled: dict[str, Tolerance | None] = {}
        for name in _TOLERANCES:
            found = settle_tolerance(getattr(inputs, name), self.aims, figure, scale)
            if isinstance(found, str):
                return found
            settled[name] = found
        return inputs._replace(**settled)  # type: ignore[arg-type]

    @property
    def edges(self) -> list[Decimal]:
        """The target, and further numbers at which the letter of a bare number changes.

        Empty where anything else bears on it: a percentage, a range, limits, another's unit.
        """
        if self._percent or self._own_units:
            return []
        judge = self._settle(AS_IT_IS)[1]
        return [] if judge is None else judge.edges

    @property
    def aims(self) -> list[Figure]:
        """Everything that figures are held against, as read."""
        if self._figures is None:
            self._figures = self._standards.figures
        return self._figures

    @property
    def tolerances(self) -> list[Tolerance]:
        """How large a miss may be told from a larger one; the built-in default among them."""
        stated = (getattr(self._inputs, name) for name in _TOLERANCES)
        return [DEFAULT_TOLERANCE, *(each for each in stated if each is not None)]

    @property
    def has_own_units(self) -> bool:
        """Whether a tolerance is in the figure's own unit."""
        return self._own_units

    @property
    def middle(self) -> str:
        """The letter beside which figures are worse on both sides; empty where they are on one."""
        target = self._standards.target
        between = isinstance(target, Target) and target.value is None
        return "G" if between or self._inputs.polarity is Polarity.RANGE else ""


def letters(rater: Rater) -> Judge:
    """Make what answers with a letter; nothing for Info, #VALUE! for what cannot be rated."""

    def answer(figure: Figure) -> Value:
        rating = rater.rate(figure, told=False)
        if rating.letter is None:
            return "" if rating.polarity is Polarity.INFO else ExcelError.VALUE
        return rating.letter

    judge = of_figures(answer)

    def learning() -> Judge:
        from perf_addin.application.functions import learned  # noqa: PLC0415 - not for few rows

        own_units, middle = rater.has_own_units, rater.middle
        return learned.learning(judge, rater.aims, "GAR", own_units=own_units, middle=middle)

    edges = list(map(float, rater.edges))
    if not edges or edges[0] <= 0:
        return learning()
    return EdgedJudge(judge, edges, _RATIOS if edges[0] <= 1 else _COUNTS, learning)


def sentences(rater: Rater) -> Judge:
    """Make what answers with the sentence behind a rating, or behind there being none."""
    from perf_addin.application.functions.telling import Teller  # noqa: PLC0415 - RAGWHY alone

    return Teller(rater)
