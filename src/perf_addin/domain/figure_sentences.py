"""Sentences that figures support: drafts for the people who write commentary, and nothing more.

Every sentence follows from numbers alone and names the cells that it rests on. What the numbers do
not show, such as a cause, is never said. Two figures that differ never read the same, however they
are rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.direction import Direction, direction_of_travel
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rating import Letter
from perf_addin.domain.showing import name_range, show_all_apart, show_number
from perf_addin.domain.targets import Comparison, Target


class Source(StrEnum):
    """What a comparator is."""

    BENCHMARK = "another body's figure"
    EARLIER = "an earlier figure of the indicator's own"


class Comparator(NamedTuple):
    """A figure that the indicator's is held against.

    Attributes:
        source: what it is.
        name: as a sentence calls it: `the national average`, `London`, `in Jul 2021`.
        value: on the indicator's scale (points for a percentage).
        cell: where it stands, such as `K9`.
    """

    source: Source
    name: str
    value: Decimal
    cell: str


class Evidence(NamedTuple):
    """What is known about an indicator's figure, all on one scale.

    Attributes:
        figure: the figure.
        cell: where it stands.
        polarity: which way is good, or None where nobody knows.
        letter: the computed rating, or None.
        target: the target, or None where there is none to reckon with.
        target_cells: where it stands.
        limits: the acceptable range, or None.
        limit_cells: where it stands.
        comparators: what else it is held against, in the order in which they are to be named.
    """

    figure: Figure
    cell: str
    polarity: Polarity | None = None
    letter: Letter | None = None
    target: Target | None = None
    target_cells: tuple[str, ...] = ()
    limits: AcceptableRange | None = None
    limit_cells: tuple[str, ...] = ()
    comparators: tuple[Comparator, ...] = ()

    def those(self, source: Source) -> tuple[Comparator, ...]:
        """The comparators of one kind."""
        return tuple(each for each in self.comparators if each.source is source)


class Sentence(NamedTuple):
    """A sentence, and the cells that it rests on, the figure's own first."""

    text: str
    cells: tuple[str, ...]


_RATED = {"R": "Red", "A": "Amber"}
_DIRECTIONS = {Direction.BETTER: ", which is better", Direction.WORSE: ", which is worse"}


def figure_sentences(known: Evidence) -> Iterator[Sentence]:
    """Say what the figures show, in up to four sentences.

    Against the target; against benchmarks and the acceptable range; against the indicator's own
    earlier figures; and, for a red or amber one that is better than every benchmark, that it is.
    Being exactly on a figure is said to be so, never "above" or "below" it.
    """
    for told in (_against_target, _in_context, _against_earlier, _yet_better):
        sentence = told(known)
        if sentence is not None:
            yield sentence


def _against_target(known: Evidence) -> Sentence | None:
    figure, target = known.figure, known.target
    if target is None:
        return None
    cells = (known.cell, *known.target_cells)
    if target.value is None:
        limits = AcceptableRange(target.lower, target.upper, percent=figure.percent)
        shown, where = _beside_range(figure, limits, "the target range")
        return Sentence(f"{shown} is {where}.", cells)
    shown, aim = show_all_apart((figure.value, target.value), percent=figure.percent)
    worded = aim if target.comparison is Comparison.PLAIN else f"{target.comparison.value} {aim}"
    apart = figure.value - target.value
    if not apart:
        return Sentence(f"{shown} is exactly on the target of {worded}.", cells)
    size = show_number(abs(apart), digits=1 if figure.percent else 2)
    unit = "" if not figure.percent else " point" if size == "1" else " points"
    side = "above" if apart > 0 else "below"
    return Sentence(f"{shown} is {side} the target of {worded}, by {size}{unit}.", cells)


def _in_context(known: Evidence) -> Sentence | None:
    """`22% is above the national average (21%) and London (17%), and above the top of ...`."""
    benchmarks = known.those(Source.BENCHMARK)
    if not benchmarks and known.limits is None:
        return None
    values = (known.figure.value, *(each.value for each in benchmarks))
    shown, *others = show_all_apart(values, percent=known.figure.percent)
    clauses = list(_sides(known.figure, benchmarks, others))
    cells = [known.cell, *(each.cell for each in benchmarks)]
    if known.limits is not None:
        alone, where = _beside_range(known.figure, known.limits, "the acceptable range")
        shown = shown if benchmarks else alone
        clauses.append(where)
        cells += known.limit_cells
    return Sentence(f"{shown} is {_listed(clauses)}.", tuple(cells))


def _sides(figure: Figure, others: Sequence[Comparator], shown: Sequence[str]) -> Iterator[str]:
    """`above A (21%) and B (17%)`, `below C (23%)`, `the same as D (22%)`."""
    pairs = list(zip(others, shown, strict=True))
    for side, sign in (("above", 1), ("below", -1), ("the same as", 0)):
        named = [
            f"{each.name} ({text})" for each, text in pairs if _sign(figure, each.value) == sign
        ]
        if named:
            yield f"{side} {_and(named)}"


def _sign(figure: Figure, value: Decimal) -> int:
    return (figure.value > value) - (figure.value < value)


def _beside_range(figure: Figure, limits: AcceptableRange, what: str) -> tuple[str, str]:
    """The figure as shown, and where it lies: `above the top of the acceptable range (20%)`."""
    named, shown, *edges = name_range(
        limits._replace(percent=figure.percent),
        figure.value,
        *(limit for limit in (limits.lower, limits.upper) if limit is not None),
    )
    value, lower, upper = figure.value, limits.lower, limits.upper
    if limits.strict and value in {lower, upper}:
        return shown, f"on the edge of {what} ({named}), and not in it"
    if upper is not None and value >= upper:
        side = "at" if value == upper else "above"
        return shown, f"{side} the top of {what} ({edges[-1]})"
    if lower is not None and value <= lower:
        side = "at" if value == lower else "below"
        return shown, f"{side} the bottom of {what} ({edges[0]})"
    return shown, f"within {what} ({named})"


def _against_earlier(known: Evidence) -> Sentence | None:
    """`83.4% is lower than in Jul 2021 (85.3%), which is worse, ...`."""
    earlier = known.those(Source.EARLIER)
    if not earlier:
        return None
    values = (known.figure.value, *(each.value for each in earlier))
    shown, *others = show_all_apart(values, percent=known.figure.percent)
    clauses = []
    for side, sign in (("higher than", 1), ("lower than", -1), ("the same as", 0)):
        group = [
            (each, text)
            for each, text in zip(earlier, others, strict=True)
            if _sign(known.figure, each.value) == sign
        ]
        for meaning, names in _by_direction(known, group):
            clauses.append(f"{side} {_and(names)}{meaning}")
    cells = (known.cell, *(each.cell for each in earlier))
    return Sentence(f"{shown} is {_listed(clauses)}.", cells)


def _by_direction(
    known: Evidence, group: Iterable[tuple[Comparator, str]]
) -> Iterator[tuple[str, list[str]]]:
    """Names of figures that mean one and the same, with what they mean."""
    names: dict[str, list[str]] = {}
    for each, text in group:
        names.setdefault(_meaning(known, each.value), []).append(f"{each.name} ({text})")
    yield from names.items()


def _meaning(known: Evidence, earlier: Decimal) -> str:
    if known.polarity is None:
        return ""
    limits = known.limits or known.target or AcceptableRange(None, None)
    direction = direction_of_travel(
        known.figure.value, earlier, known.polarity, limits.lower, limits.upper
    )
    return _DIRECTIONS.get(direction, "") if direction is not None else ""


def _yet_better(known: Evidence) -> Sentence | None:
    """Say `Red against target, yet better than the national average (44) and London (45)`."""
    benchmarks = known.those(Source.BENCHMARK)
    word = _RATED.get(known.letter or "")
    if word is None or known.polarity is None or not benchmarks:
        return None
    standings = {compare(known.figure, each.value, known.polarity) for each in benchmarks}
    if standings != {Standing.BETTER}:
        return None
    values = (known.figure.value, *(each.value for each in benchmarks))
    _, *shown = show_all_apart(values, percent=known.figure.percent)
    named = [f"{each.name} ({text})" for each, text in zip(benchmarks, shown, strict=True)]
    against = f"{word} against target" if known.target is not None else f"Rated {word.lower()}"
    cells = (known.cell, *known.target_cells, *(each.cell for each in benchmarks))
    return Sentence(f"{against}, yet better than {_and(named)}.", cells)


def _and(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _listed(clauses: Sequence[str]) -> str:
    """`a`, `a, and b`, `a, b, and c`: clauses that hold an `and` themselves."""
    return ", and ".join(part for part in (", ".join(clauses[:-1]), clauses[-1]) if part)
