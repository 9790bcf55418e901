"""The sentences behind the ratings of a long column, each as its cell would have it by itself.

Between two numbers where anything changes, be it the colour, the tolerance that decides, or the
scale that a number is on, sentences differ in the figure and its miss alone. So the first sentence
of such a stretch is made by the rules, and shows how the others read (`domain.sentence_stretches`).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from perf_addin.application.functions.rater import Rater
from perf_addin.application.functions.values import Entry, ExcelError, Value, figure_of
from perf_addin.domain.declaring import TYPE_CHECKING, cast
from perf_addin.domain.figures import Figure
from perf_addin.domain.rating import WIDE
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

if TYPE_CHECKING:
    from perf_addin.domain.sentence_stretches import Stretch

_FEW = 24
"""Cells for which looking for stretches would take longer than it spares."""
_TRIES = 8
"""How many sentences of a stretch are asked how the others read, before it is given up."""
_MEANINGS = (0.0, 1.0, 2.0)
"""Numbers beside which a bare number may be on another scale: nothing, a ratio, points."""
_SIZES = (1e4, 1e8)
"""Sizes to which numbers are told together; what is larger is told by itself."""
_NEAR = (1, 1 / 4, 4, 1 / 400, 1 / 25, 25, 400)
"""Parts of an aim beside which a number may, or may no longer, be on another scale than it."""
_MARGIN, _LEAST = 1e-12, 1e-300
"""How near to a change a number is told by itself: a part of it, and more than nothing."""


class Teller:
    """Answers with the sentence behind a rating, or behind there being none."""

    __slots__ = ("_rater",)

    def __init__(self, rater: Rater) -> None:
        """Bind what rates."""
        self._rater = rater

    def __call__(self, entry: Entry) -> Value:
        """Answer for one cell."""
        figure = figure_of(entry)
        if figure is None:
            return ""
        return figure if isinstance(figure, ExcelError) else self._rater.rate(figure).reason

    def many(self, entries: Sequence[Entry]) -> list[Value]:
        """Answer for many cells, each as by itself."""
        return _Column(self, self._rater, learns=len(entries) >= _FEW).tell(entries)


class _Column:
    """Tells the cells of one column, and learns from them how those of each stretch read."""

    __slots__ = ("_edges", "_known", "_rater", "_stretches", "_teller", "_tries")

    def __init__(self, teller: Teller, rater: Rater, *, learns: bool) -> None:
        """Lay out the stretches, of which nothing is known yet; none where nothing is learned."""
        self._teller, self._rater = teller, rater
        self._known: dict[Entry, Value] = {}
        changes = _changes(rater.aims, rater.tolerances) if learns else ()
        self._edges = list(_edges(changes))
        # Every other one lies about a change, and the outermost are beyond what is certain.
        between = len(self._edges) - 1
        self._tries = [0, *(_TRIES * (n % 2) for n in range(between)), 0]
        self._stretches: list[Stretch | None] = [None] * (between + 2)

    def tell(self, entries: Sequence[Entry]) -> list[Value]:
        """Answer for each cell.

        For a number this does as `Stretch.tell`, in binary arithmetic, wherever that is certain to
        round as the exact decimals do.
        """
        from perf_addin.domain.sentence_stretches import (  # noqa: PLC0415 - long columns only
            SURE,
        )

        edges, stretches, by_itself = self._edges, self._stretches, self._by_itself
        surely = 1 - SURE
        told: list[Value] = []
        for entry in entries:
            if type(entry) is float or type(entry) is int:
                stretch = stretches[bisect(edges, entry)]
                if stretch is not None:
                    heads, steps, tails, miss_steps, aim, _, _ = stretch
                    size = abs(entry) * steps + 0.5
                    whole = int(size)
                    head = heads[whole]
                    if head and SURE < size - whole < surely:
                        if tails is None:
                            told.append(head)
                            continue
                        size = (entry - aim) * miss_steps + 0.5
                        whole = int(size)
                        tail = tails[whole]
                        if tail and SURE < size - whole < surely:
                            told.append(head + tail)
                            continue
            told.append(by_itself(entry))
        return told

    def _by_itself(self, entry: Entry) -> Value:
        kind = type(entry)
        if kind is not float and kind is not int and kind is not str:
            return self._teller(entry)
        answer = self._known.get(entry)
        if answer is None:
            is_text = kind is str
            answer = self._teller(entry) if is_text else self._learn(cast("float", entry))
            self._known[entry] = answer
        return answer

    def _learn(self, number: float) -> Value:
        """Answer for a number by the rules, and see how the others of its stretch read."""
        at = bisect(self._edges, number)
        stretch = self._stretches[at]
        if stretch is not None and (answer := stretch.tell(number)):
            return answer
        figure = figure_of(number)
        if not self._tries[at] or not isinstance(figure, Figure):
            return self._teller(number)
        from perf_addin.domain.sentence_stretches import (  # noqa: PLC0415 - long columns only
            stretch_of,
        )

        self._tries[at] -= 1
        rating = self._rater.rate(figure)
        told = rating.reason
        largest = max(map(abs, self._edges[at - 1 : at + 1]))
        self._stretches[at] = stretch or stretch_of(rating, told, number, largest)
        return told


def _changes(aims: Sequence[Figure], tolerances: Sequence[Tolerance]) -> set[float]:
    """All numbers beside which more may change than the figure and its miss, and then some.

    Those are the aims, what the tolerances allow beside them, and where the scale may be another
    (`domain.scales` and `scaling`); each as it is, as a ratio of points, and with either sign.
    """
    changes = set(_MEANINGS)
    for aim in aims:
        value = aim.value
        size = abs(float(value))
        changes.update(size * part for part in _NEAR)
        for tolerance in tolerances:
            for amount in _amounts(tolerance, value):
                changes.add(float(WIDE.add(value, amount)))
                changes.add(float(WIDE.subtract(value, amount)))
    changes.update([change / 100 for change in changes])
    changes.update([-change for change in changes])
    return changes.union(_SIZES, [-size for size in _SIZES])


def _amounts(tolerance: Tolerance, aim: Decimal) -> Sequence[Decimal]:
    """What a tolerance may allow beside an aim, on whatever scale."""
    amount = tolerance.amount
    if tolerance.unit is ToleranceUnit.RELATIVE:
        return (WIDE.scaleb(WIDE.multiply(amount, aim), -2),)
    return amount, amount.scaleb(2), amount.scaleb(-2)


def _edges(changes: Iterable[float]) -> Iterator[float]:
    """Where certain stretches end and begin, by turns: a little before and after each change."""
    last = None
    for change in sorted(changes):
        margin = abs(change) * _MARGIN + _LEAST
        if last is None:
            yield change - margin
        elif change - margin > last:
            yield last
            yield change - margin
        last = change + margin
    if last is not None:
        yield last
