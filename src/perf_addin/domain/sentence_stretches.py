"""Sentences of ratings that differ in nothing but the figure and its miss.

Against one target, the sentences of all figures between two changes of colour share their words.
So the sentence of one of them shows how those of the others read: before the figure, between figure
and miss, and after the miss. A number is put there only where it is certain how it is shown: where
it does not round to 0, and does not read like a number beside it, which would take more digits.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from perf_addin.domain.against_limits import range_of
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.figures import Figure, exact
from perf_addin.domain.rating import WIDE, Rating
from perf_addin.domain.reasons import MISSED_BY, NAMES, StatedMiss, state_miss
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import show_number
from perf_addin.domain.tolerances import Tolerance

SURE = 1e-3
"""How far from a half a number of steps is that certainly rounds as its exact decimal does.

Below `_MOST_STEPS` neither the fifteenth digit, to which figures are cut, nor the rounding of
binary arithmetic moves a number of steps by a tenth of that.
"""
_MOST_STEPS = 1e10
_DECIMALS = {
    places: [f".{n:0{places}d}".rstrip("0").rstrip(".") for n in range(10**places)]
    for places in (1, 2)
}


class Texts(dict[int, str]):
    """Texts with a number in them, by its size in steps; empty where it would be shown otherwise.

    A step is 1 of the last decimal that is shown at most: 0.01, or 0.1 for a percentage.
    """

    def __init__(self, before: str, after: str, *, percent: bool) -> None:
        """Bind what stands before and after the number, and whether it is a percentage."""
        super().__init__({0: ""})
        self.places = 1 if percent else 2
        self.one = 10**self.places
        self._parts = before, self.one, _DECIMALS[self.places], f"%{after}" if percent else after

    def __missing__(self, steps: int) -> str:
        """Write a text that is asked for, and keep it."""
        before, one, decimals, after = self._parts
        text = self[steps] = f"{before}{steps // one:,}{decimals[steps % one]}{after}"
        return text

    def refuse(self, number: Decimal) -> None:
        """Have no text for what reads like a number."""
        self[self._steps(number)] = ""

    def exactly(self, number: Decimal) -> str:
        """The text with a number, rounded as it is shown: halves away from zero."""
        return self[self._steps(number)]

    def _steps(self, number: Decimal) -> int:
        return int(abs(number).scaleb(self.places).to_integral_value(ROUND_HALF_UP))


class _Missed(NamedTuple):
    """What misses are measured from and held against, on the scale of the rating."""

    aim: Decimal
    allowed: Tolerance
    percent: bool

    def by(self, value: Decimal) -> StatedMiss:
        miss = abs(WIDE.subtract(value, self.aim))
        return state_miss(miss, self.allowed, self.aim, percent=self.percent)


class Stretch(NamedTuple):
    """How the sentences of a stretch of numbers read.

    Attributes:
        heads: the sentence up to the miss.
        steps: how many steps 1 is.
        tails: the rest of it; None where no miss is told.
        miss_steps: how many steps 1 of a miss is; negative for numbers below `aim`.
        aim: what the miss is measured from, on the scale of the numbers.
        scaled: by how many places the point moves to bring a number to the scale of the rating.
        missed: how the miss is measured exactly.
    """

    heads: Texts
    steps: float
    tails: Texts | None = None
    miss_steps: float = 0.0
    aim: float = 0.0
    scaled: int = 0
    missed: _Missed | None = None

    def tell(self, number: float) -> str:
        """The sentence of a number of the stretch; empty where it is not certain."""
        value = exact(number).scaleb(self.scaled)
        head = self.heads.exactly(value) if self.steps else self.heads[0]
        if self.tails is None or self.missed is None or not head:
            return head
        tail = self.tails.exactly(self.missed.by(value).by)
        return head + tail if tail else ""


def stretch_of(rating: Rating, told: str, number: float, largest: float) -> Stretch | None:
    """Find how the sentences of a stretch read from the rating of one of its figures.

    Args:
        rating: a rating against a target or a target range, with its figure.
        told: its sentence.
        number: the figure as a cell holds it, not 0; for a percentage it may be a ratio.
        largest: the size of the largest number of the stretch.

    Returns:
        How they read; None where this figure does not show it.
    """
    if rating.letter is None:
        return _unrated(told, number)
    actual, beside = rating.inputs.actual, _beside(rating)
    scaled = _scaled(actual, number) if isinstance(actual, Figure) else None
    if not isinstance(actual, Figure) or beside is None or scaled is None:
        return None
    start, shown = f"{NAMES[rating.letter]}: ", show_number(actual.value, percent=actual.percent)
    if shown in beside or not told.startswith(start + shown):
        return None
    sign = "-" if actual.value < 0 else ""
    between, missed, rest = told.removeprefix(start + shown).partition(MISSED_BY)
    heads = Texts(start + sign, between + missed, percent=actual.percent)
    for other in beside.values():
        heads.refuse(other)
    stretch: Stretch | None = Stretch(heads, float(heads.one * 10**scaled), scaled=scaled)
    if stretch is not None and missed:
        stretch = _with_miss(stretch, rating, rest)
    if stretch is None:
        return None
    sizes = (stretch.steps * largest, abs(stretch.miss_steps) * (largest + abs(stretch.aim)))
    return stretch if max(sizes) < _MOST_STEPS and stretch.tell(number) == told else None


def _unrated(told: str, number: float) -> Stretch | None:
    """Why none of a stretch is rated; None where that names the figure."""
    if f"{exact(number).normalize():f}" in told:
        return None
    always = Texts("", "", percent=False)
    always[0] = told
    return Stretch(always, 0.0)


def _scaled(actual: Figure, number: float) -> int | None:
    """By how many places the point moves from a number to the figure: 0, 2, or None for neither."""
    read = exact(number)
    if actual.value == read:
        return 0
    return 2 if actual.value == read.scaleb(2) else None


def _beside(rating: Rating) -> dict[str, Decimal] | None:
    """What a figure is shown beside, by its text; None where that takes more digits than usual."""
    numbers: list[Decimal | None] = []
    if rating.rule is Rule.TOLERANCE:
        numbers = [rating.aim]
    elif rating.rule is Rule.IN_RANGE and (limits := range_of(rating.inputs)):
        numbers = [limits.lower, limits.upper]
    percent = isinstance(rating.inputs.actual, Figure) and rating.inputs.actual.percent
    shown = {show_number(n, percent=percent): n for n in numbers if n is not None}
    return shown if shown and set(shown.values()) == {*numbers} - {None} else None


def _with_miss(stretch: Stretch, rating: Rating, rest: str) -> Stretch | None:
    """Add how the miss is told; None where this miss does not show it."""
    miss, aim, allowed, actual = rating.miss, rating.aim, rating.allowed, rating.inputs.actual
    if not isinstance(actual, Figure) or not miss or aim is None or allowed is None:
        return None
    missed = _Missed(aim, allowed, actual.percent)
    stated = missed.by(actual.value)
    shown, allows = stated.show(stated.by), stated.allows
    if not rest.startswith(shown) or (allows is not None and stated.show(allows) == shown):
        return None
    after = rest.removeprefix(shown)
    tails = Texts("", f" points{after}" if stated.points else after, percent=stated.percent)
    tails[tails.one] = stated.show(Decimal(1)) + after
    if allows is not None:
        tails.refuse(allows)
    steps = float(stated.by / miss) * tails.one * 10**stretch.scaled
    return stretch._replace(
        tails=tails,
        miss_steps=-steps if actual.value < aim else steps,
        aim=float(aim) / 10**stretch.scaled,
        missed=missed,
    )
