"""An indicator's figures over time, on the scale of the figure that was rated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.diff.picture import Held
from perf_addin.application.rated import Rated
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period


class At(NamedTuple):
    """A figure of a series: its period, its value (in points for a percentage), and its cell."""

    period: Period
    value: Decimal
    held: Held


def settled(item: Rated, entries: Mapping[Period, Held]) -> list[At]:
    """Every figure of an indicator with a rated one, oldest first, symbols left out.

    A bare figure in a percentage row is read as the rated one was: as points, or as a ratio.
    """
    if item.actual is None:
        return []
    own = entries.get(item.period) if item.period is not None else None
    ratios = (
        item.actual.percent
        and own is not None
        and isinstance(own.content, Figure)
        and not own.content.percent
        and own.content.value != item.actual.value
    )
    found = []
    for period, held in sorted(entries.items()):
        if isinstance(held.content, Figure):
            value = held.content.value
            if ratios and not held.content.percent and abs(value) <= 1:
                value = value.scaleb(2)
            found.append(At(period, value, held))
    return found


def series_of(item: Rated, entries: Mapping[Period, Held]) -> list[At]:
    """The figures of the rated figure's kind of period up to it, oldest first.

    Empty where no figure was rated, or it has no period.
    """
    last = item.period
    if last is None:
        return []
    return [
        at for at in settled(item, entries) if at.period <= last and at.period.kind is last.kind
    ]
