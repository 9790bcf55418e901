"""Rates figures against standards that are the same for many cells.

The rating itself is `domain.rate.rate`; here its inputs are brought to one scale, once for every
scale that a figure shows, and what may be on two scales is left unrated.
"""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.application.functions.learned import Learned
from perf_addin.application.functions.scaling import Scales, settle_tolerance, why_unclear
from perf_addin.application.functions.values import Entry, ExcelError, Value, figure_of
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import Rating, RatingInputs, not_rated
from perf_addin.domain.rules import Rule
from perf_addin.domain.scales import Scale
from perf_addin.domain.targets import NotArithmetic, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

_OWN, _IN_RANGE = ToleranceUnit.OWN, Rule.IN_RANGE
_MONOTONE = (Rule.TOLERANCE, Rule.THRESHOLDS)
_TOLERANCES = ("tolerance", "green_tolerance", "margin")
_CERTAIN_POINTS = 4
"""Beside a target of more points than this, a bare number up to 1 is taken as a ratio."""
_BEYOND_RATIOS = 2


class Standards(NamedTuple):
    """What figures are rated against, as read; None where it is not given."""

    target: Target | NotArithmetic | None = None
    green: Figure | None = None
    amber: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None

    @property
    def figures(self) -> list[Figure]:
        """Every number in it, as read."""
        found = [f for f in (self.green, self.amber, self.lower, self.upper) if f is not None]
        if isinstance(self.target, Target):
            numbers = (self.target.value, self.target.lower, self.target.upper)
            found += [Figure(n, self.target.percent) for n in numbers if n is not None]
        return found


class Rater:
    """Rates one figure after another against the same standards."""

    __slots__ = ("_figures", "_inputs", "_own_units", "_scales", "_settled", "_standards")

    def __init__(self, standards: Standards, inputs: RatingInputs) -> None:
        """Bind the standards.

        Args:
            standards: what the figures are rated against.
            inputs: polarity and tolerances.
        """
        self._standards = standards
        self._inputs = inputs
        self._figures = standards.figures
        self._scales = Scales(self._figures)
        stated = (inputs.tolerance, inputs.green_tolerance, inputs.margin)
        self._own_units = inputs.polarity is not Polarity.INFO and any(
            t is not None and t.unit is _OWN for t in stated
        )
        self._settled: dict[Scale, RatingInputs] = {}

    def rate(self, figure: Figure) -> Rating:
        """Rate a figure; a rating without a letter says why."""
        scale = self._scales.find(figure)
        inputs = self._settled.get(scale)
        if inputs is None:
            inputs = self._settled[scale] = self._on(scale)
        if self._own_units:
            settled = self._with_tolerances(inputs, figure, scale)
            if isinstance(settled, str):
                return not_rated(inputs, settled, polarity=inputs.polarity)
            inputs = settled
        rating = rate(inputs.with_figures(scale.settle(figure), None, ""))
        if rating.aim is None or (rating.rule is _IN_RANGE and rating.letter == "G"):
            return rating
        high = rating.polarity is Polarity.HIGH
        why = why_unclear(figure, rating.aim, scale, one_is_all=high)
        return not_rated(inputs, why, rating.rule, rating.polarity) if why else rating

    def _on(self, scale: Scale) -> RatingInputs:
        """The inputs with every standard on a scale."""
        target, *others = self._standards
        green, amber, lower, upper = (
            None if figure is None else scale.settle(figure).value for figure in others
        )
        return self._inputs._replace(
            target=target.on(scale) if isinstance(target, Target) else target,
            green_threshold=green,
            amber_threshold=amber,
            lower=lower,
            upper=upper,
        )

    def _with_tolerances(
        self, inputs: RatingInputs, figure: Figure, scale: Scale
    ) -> RatingInputs | str:
        settled: dict[str, Tolerance | None] = {}
        for name in _TOLERANCES:
            found = settle_tolerance(getattr(inputs, name), self._figures, figure, scale)
            if isinstance(found, str):
                return found
            settled[name] = found
        return inputs._replace(**settled)  # type: ignore[arg-type]

    def is_even(self, *, ratios: bool) -> bool:
        """Whether all bare numbers of a stretch are compared on one scale, and none is unclear.

        The stretch is -1 to 1 for ratios, otherwise everything beyond 2. Only where this holds is
        a rating between two equal ones known to be the same.
        """
        standards = self._standards
        aims = [aim for aim in (standards.green, standards.amber) if aim is not None]
        if isinstance(standards.target, Target) and standards.target.value is not None:
            aims.append(Figure(standards.target.value, standards.target.percent))
        if not aims or len(aims) != len(self._figures):
            return False
        if not ratios:
            return all(aim.value > 1 for aim in aims)
        if self._own_units:
            return False
        return all(
            aim.value > _CERTAIN_POINTS if aim.percent else abs(aim.value) <= 1 for aim in aims
        )


class RatingJudge:
    """Answers with a letter, or with the sentence behind it."""

    __slots__ = ("_points", "_rater", "_ratios", "_sentences", "quick")

    def __init__(self, rater: Rater, *, sentences: bool = False) -> None:
        """Bind what rates, and whether its sentence is wanted."""
        self._rater = rater
        self._sentences = sentences
        self._points = Learned() if not sentences and rater.is_even(ratios=False) else None
        self._ratios = Learned() if not sentences and rater.is_even(ratios=True) else None
        self.quick = self._points is not None or self._ratios is not None

    def __call__(self, entry: Entry) -> Value:
        """Answer for one cell."""
        learned, number = None, 0.0
        if type(entry) is float or type(entry) is int:
            number = entry
            learned = (
                self._points
                if number > _BEYOND_RATIOS
                else self._ratios
                if -1 <= number <= 1
                else None
            )
            letter = learned.find(number) if learned is not None else None
            if letter is not None:
                return letter
        figure = figure_of(entry)
        if figure is None:
            return ""
        if isinstance(figure, ExcelError):
            return figure
        rating = self._rater.rate(figure)
        if self._sentences:
            return rating.reason
        if rating.letter is None:
            return "" if rating.polarity is Polarity.INFO else ExcelError.VALUE
        if learned is not None and rating.rule in _MONOTONE:
            learned.add(number, rating.letter)
        return rating.letter
