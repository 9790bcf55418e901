"""Between two figures with the same answer, every figure has that answer.

Against one target a rating only ever improves with the figure, or only ever worsens; the same goes
for a breach, a comparison and a quartile band. So once two figures are answered alike, what lies
between them need not be reckoned. Every answer that is given from here was given by the rules to a
figure on either side; what makes a range of 10,000 rows quick decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, isfinite, log10

from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Entry, Value
from perf_addin.domain.figures import Figure

_NUMBERS = {float, int}
_BEYOND_RATIOS = 2
_CERTAIN_POINTS = 4
"""Beside an aim of more points than this, a bare number up to 1 is taken as a ratio."""

_FEW = 250
"""Figures of which each is looked up by itself."""
_MOST_STEPS = 600
"""Figures that are reckoned at most to find where answers change: some 55 for each change."""
_USUAL = 5
"""Stretches with one answer each: red, amber, green, amber, red."""
_ROUND = (1e-4, 100.0)
"""How far two numbers are apart between which a round one may be where the answers change."""
_NEXT = 2e-14
"""How far apart numbers are that Excel tells from each other, and a little more."""
_BELOW, _BEYOND = "<", ">"

Spans = dict[str, tuple[float, float]]
"""The smallest and the largest number with an answer; beside a middle, on each of its sides."""


def learning(
    judge: Judge,
    aims: Sequence[Figure],
    answers: Sequence[str],
    *,
    own_units: bool = False,
    middle: str = "",
) -> Judge:
    """Let a judge answer from what it answered before, where that is certain.

    Args:
        judge: what reckons an answer.
        aims: everything that it holds figures against, as read.
        answers: the answers that are given to all figures between two that have them.
        own_units: whether a tolerance in the figure's own unit bears on them.
        middle: the answer on either side of which that holds, for figures on one side; empty
            where there are no sides.

    Returns:
        A judge with the same answers; the judge itself where nothing can be learned.
    """
    points = answers and all(aim.value > 1 or aim.value <= 0 for aim in aims)
    ratios = answers and not own_units and all(map(_is_ratio_or_certain, aims))
    if not points and not ratios:
        return judge
    centres = [float(aim.value) for aim in aims] if middle else []
    centres += [centre / 100 for centre in centres]
    return LearningJudge(
        judge,
        _Learned(judge, answers, middle, filter(_is_beyond, centres)) if points else None,
        _Learned(judge, answers, middle, filter(_is_small, centres)) if ratios else None,
    )


def _is_beyond(number: float) -> bool:
    return number > _BEYOND_RATIOS


def _is_small(number: float) -> bool:
    return -1 <= number <= 1


def _is_ratio_or_certain(aim: Figure) -> bool:
    if aim.value <= 0:
        return True
    return aim.value > _CERTAIN_POINTS if aim.percent else aim.value <= 1


class _Learned:
    """What is known of the answers to the numbers of one stretch."""

    __slots__ = ("_centres", "_judge", "_middle", "_names", "_spans")

    def __init__(
        self, judge: Judge, answers: Sequence[str], middle: str, centres: Iterable[float]
    ) -> None:
        """Bind what reckons; `centres` are numbers that may well have the answer in the middle."""
        self._judge, self._middle, self._centres = judge, middle, list(centres)
        self._spans: Spans = {}
        sides = {a + side: a for a in answers if a != middle for side in (_BELOW, _BEYOND)}
        self._names = {**sides, middle: middle} if middle else {a: a for a in answers}

    def answer(self, number: float) -> Value:
        """Answer for a number, and learn from it."""
        for key, (smallest, largest) in self._spans.items():
            if smallest <= number <= largest:
                return self._names[key]
        while self._centres:
            self._learn(self._centres.pop())
        return self._learn(number)[0]

    def _learn(self, number: float) -> tuple[Value, str]:
        """Reckon a number: its answer, and what all numbers between two such have in common."""
        answer = self._judge(number)
        key = answer if isinstance(answer, str) else ""
        middle = self._spans.get(self._middle)
        if self._middle and key != self._middle:
            key += "" if middle is None else _BELOW if number < middle[0] else _BEYOND
        if key not in self._names:
            return answer, ""
        smallest, largest = self._spans.get(key, (number, number))
        self._spans[key] = (min(smallest, number), max(largest, number))
        return answer, key

    def answers(self, numbers: Sequence[float], smallest: float, largest: float) -> list[Value]:
        """Answer for many numbers: it is looked for where between them the answers change."""
        while self._centres:
            self._learn(self._centres.pop())
        if not self._is_settled(smallest, largest):
            return list(map(self.answer, numbers))
        spans = sorted((span[1], self._names[key]) for key, span in self._spans.items())
        spans = [span for span in spans if span[0] >= smallest]
        if len(spans) > _USUAL:
            from bisect import bisect_left  # noqa: PLC0415 - quartile bands need no more than four

            ends, names = [end for end, _ in spans], [name for _, name in spans]
            return [names[bisect_left(ends, number)] for number in numbers]
        spans += [spans[-1]] * (_USUAL - len(spans))
        (a, first), (b, second), (c, third), (d, fourth), (_, fifth) = spans
        return [
            first if n <= a else second if n <= b else third if n <= c else fourth if n <= d
            else fifth
            for n in numbers
        ]  # fmt: skip

    def _is_settled(self, smallest: float, largest: float) -> bool:
        """Learn until every number from one to another lies between two with one answer."""
        waiting = [(smallest, self._learn(smallest)[1], largest, self._learn(largest)[1])]
        steps = 0
        while waiting:
            low, below, high, above = waiting.pop()
            if not below or not above or steps > _MOST_STEPS:
                return False
            between = _between(low, high)
            if below == above or not low < between < high:
                continue
            steps += 1
            key = self._learn(between)[1]
            waiting += [(low, below, between, key), (between, key, high, above)]
            beside = between - abs(between) * _NEXT * (1 if key == above else -1)
            if _ROUND[0] < high - low < _ROUND[1] and low < beside < high and key in {below, above}:
                # Where answers change at a round number, they do so right here.
                other = self._learn(beside)[1]
                ends = sorted(((between, key), (beside, other)))
                waiting[-2:] = [
                    (low, below, *ends[0]), (*ends[0], *ends[1]), (*ends[1], high, above)
                ]  # fmt: skip
        return True


def _between(low: float, high: float) -> float:
    """A number in the middle half between two, with as few decimals as that takes."""
    middle = low + (high - low) / 2
    if not low < middle < high:
        return middle
    return round(middle, max(0, -floor(log10((high - low) / 2))))


class LearningJudge:
    """Answers from what was answered before.

    Bare numbers from -1 to 1 and those beyond 2 are learned apart: within each stretch all of them
    are compared on one scale, and none is refused for a scale that is unclear.
    """

    __slots__ = ("_judge", "_points", "_ratios")

    def __init__(self, judge: Judge, points: _Learned | None, ratios: _Learned | None) -> None:
        """Bind what reckons, and what is known on which stretch; None where nothing can be."""
        self._judge, self._points, self._ratios = judge, points, ratios

    def __call__(self, entry: Entry) -> Value:
        """Answer for one cell."""
        kind = type(entry)
        if kind is not float and kind is not int:
            return self._judge(entry)
        number: float = entry  # type: ignore[assignment]
        if number > _BEYOND_RATIOS:
            learned = self._points
        elif -1 <= number <= 1:
            learned = self._ratios
        else:
            learned = None
        return self._judge(entry) if learned is None else learned.answer(number)

    def many(self, entries: Sequence[Entry]) -> list[Value]:
        """Answer for many cells, each as by itself."""
        if len(entries) < _FEW or not set(map(type, entries)) <= _NUMBERS:
            return list(map(self, entries))
        numbers: Sequence[float] = entries  # type: ignore[assignment]
        smallest = largest = 0.0
        learned = None
        if isfinite(sum(numbers)):
            smallest, largest = float(min(numbers)), float(max(numbers))
            if _is_beyond(smallest):
                learned = self._points
            elif _is_small(smallest) and _is_small(largest):
                learned = self._ratios
        return (
            list(map(self, entries))
            if learned is None
            else learned.answers(numbers, smallest, largest)
        )
