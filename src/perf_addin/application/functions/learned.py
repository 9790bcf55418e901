"""Between two figures with the same answer, every figure has that answer.

Against one target a rating only ever improves with the figure, or only ever worsens; the same goes
for a breach, a comparison and a quartile band. So once two figures are answered alike, what lies
between them need not be reckoned. Every answer that is given from here was given by the rules to a
figure on either side; what makes a range of 10,000 rows quick decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Entry, Value
from perf_addin.domain.figures import Figure

_NOTHING = (float("inf"), float("-inf"))
_BEYOND_RATIOS = 2
_CERTAIN_POINTS = 4
"""Beside an aim of more points than this, a bare number up to 1 is taken as a ratio."""

Spans = dict[Value, tuple[float, float]]


def learning(
    judge: Judge, aims: Sequence[Figure], answers: Sequence[str], *, own_units: bool = False
) -> Judge:
    """Let a judge answer from what it answered before, where that is certain.

    Args:
        judge: what reckons an answer.
        aims: everything that it holds figures against, as read.
        answers: the answers that are given to all figures between two that have them.
        own_units: whether a tolerance in the figure's own unit bears on them.

    Returns:
        A judge with the same answers; the judge itself where nothing can be learned.
    """
    points = answers and all(aim.value > 1 or aim.value <= 0 for aim in aims)
    ratios = answers and not own_units and all(map(_is_ratio_or_certain, aims))
    if not points and not ratios:
        return judge
    return LearningJudge(judge, answers, points=bool(points), ratios=bool(ratios))


def _is_ratio_or_certain(aim: Figure) -> bool:
    if aim.value <= 0:
        return True
    return aim.value > _CERTAIN_POINTS if aim.percent else aim.value <= 1


class LearningJudge:
    """Answers from what was answered before.

    Bare numbers from -1 to 1 and those beyond 2 are learned apart: within each stretch all of them
    are compared on one scale, and none is refused for a scale that is unclear.
    """

    __slots__ = ("_judge", "_points", "_ratios", "quick")

    def __init__(self, judge: Judge, answers: Sequence[str], *, points: bool, ratios: bool) -> None:
        """Bind what reckons, and say on which stretches there is something to learn."""
        self._judge = judge
        self._points: Spans | None = dict.fromkeys(answers, _NOTHING) if points else None
        self._ratios: Spans | None = dict.fromkeys(answers, _NOTHING) if ratios else None
        self.quick = True

    def __call__(self, entry: Entry) -> Value:
        """Answer for one cell."""
        kind = type(entry)
        if kind is not float and kind is not int:
            return self._judge(entry)
        number: float = entry  # type: ignore[assignment]
        if number > _BEYOND_RATIOS:
            spans = self._points
        elif -1 <= number <= 1:
            spans = self._ratios
        else:
            spans = None
        if spans is None:
            return self._judge(entry)
        for answer, (smallest, largest) in spans.items():
            if smallest <= number <= largest:
                return answer
        answer = self._judge(entry)
        span = spans.get(answer) if isinstance(answer, str) else None
        if span is not None:
            spans[answer] = (min(span[0], number), max(span[1], number))
        return answer
