"""Answers that depend on little of what a cell holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from perf_addin.application.functions.spreading import Judge, answered
from perf_addin.application.functions.values import Entry, ExcelError, Value, figure_of
from perf_addin.domain.figures import Figure

_NEXT, _LEAST = 2e-14, 1e-300
"""How far apart numbers are that Excel tells from each other, and a little more."""
_MANY = 2_500
"""Figures of which the answers are learned, and not looked up one by one."""


def always(answer: Value) -> Judge:
    """Answer every cell alike."""

    def judge(_entry: Entry) -> Value:
        return answer

    return judge


def own_error_or(answer: Value) -> Judge:
    """Answer a cell with the error that it holds, and every other cell alike."""

    def judge(entry: Entry) -> Value:
        return entry if isinstance(entry, ExcelError) else answer

    return judge


def of_figures(answer: Callable[[Figure], Value]) -> Judge:
    """Answer a figure; a missing one with nothing, and what is none with its error."""

    def judge(entry: Entry) -> Value:
        figure = figure_of(entry)
        if figure is None:
            return ""
        return figure if isinstance(figure, ExcelError) else answer(figure)

    return judge


def present_is(error: ExcelError) -> Judge:
    """Answer a figure or another text with an error, a missing figure with nothing."""

    def judge(entry: Entry) -> Value:
        if isinstance(entry, ExcelError):
            return entry
        return "" if figure_of(entry) is None else error

    return judge


class EdgedJudge:
    """Answers numbers by its answers to others between the same two edges.

    Numbers right beside an edge, those out of reach, and whatever else a cell holds are judged by
    themselves.
    """

    __slots__ = ("_answers", "_bounds", "_judge", "_learning", "_reach")

    def __init__(
        self,
        judge: Judge,
        edges: Iterable[float],
        reach: tuple[float, float],
        learning: Callable[[], Judge],
    ) -> None:
        """Bind what reckons.

        Args:
            judge: what reckons an answer.
            edges: the numbers at which answers change.
            reach: the smallest and the largest number of which that holds.
            learning: gives what answers for long columns, as by itself.
        """
        self._judge, self._reach, self._learning = judge, reach, learning
        self._bounds: list[float] = []
        for edge in sorted(edges):
            by = abs(edge) * _NEXT + _LEAST
            if self._bounds and edge - by <= self._bounds[-1]:
                self._bounds[-1] = edge + by
            else:
                self._bounds += (edge - by, edge + by)
        # Below the first bound, between two, and from the last on; every other one has an edge.
        self._answers: list[Value] = [None] * (len(self._bounds) + 1)

    def __call__(self, entry: Entry) -> Value:
        """Answer for one cell."""
        (answer,) = self._each([entry])
        return answer

    def many(self, entries: Sequence[Entry]) -> Iterable[Value]:
        """Answer for many cells, each as by itself."""
        return self._each(entries) if len(entries) < _MANY else answered(self._learning(), entries)

    def _each(self, entries: Iterable[Entry]) -> list[Value]:
        judge, bounds, answers = self._judge, self._bounds, self._answers
        least, most = self._reach
        found: list[Value] = []
        for entry in entries:
            kind = type(entry)
            number: float = entry  # type: ignore[assignment] # where it is one
            if (kind is not float and kind is not int) or not least <= number <= most:
                found.append(judge(entry))
                continue
            at = 0
            for bound in bounds:
                if number < bound:
                    break
                at += 1
            answer = answers[at]
            if answer is None:
                answer = judge(entry)
                if at % 2 == 0:
                    answers[at] = answer
            found.append(answer)
        return found
