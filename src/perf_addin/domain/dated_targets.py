"""Targets that change with time: which held when, and how often each was met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity


class DatedTarget(NamedTuple):
    """A target, on the indicator's scale, and the day from which on it holds.

    `strict` is whether the target itself does not meet it ("Fewer than 85"). `since` is None for
    one that held before any other.
    """

    since: date | None
    value: Decimal
    strict: bool = False

    def is_met(self, value: Decimal, polarity: Polarity) -> bool:
        """Whether a figure meets it; exactly on it is met unless it is strict."""
        if value == self.value:
            return not self.strict
        return (value > self.value) is (polarity is Polarity.HIGH)


class Met(NamedTuple):
    """How many points had a target, and how many of them met it."""

    met: int
    points: int


def in_order(targets: Sequence[DatedTarget]) -> list[DatedTarget]:
    """Targets by the day from which on they hold; the last stated of one day holds."""
    by_day = {target.since: target for target in targets}
    return sorted(by_day.values(), key=lambda target: target.since or date.min)


def target_at(targets: Sequence[DatedTarget], period: Period) -> DatedTarget | None:
    """The target that holds at the start of a period; None before the first.

    Args:
        targets: in order of time, as `in_order` gives them.
        period: the period.
    """
    held = [t for t in targets if t.since is None or t.since <= period.start]
    return held[-1] if held else None


def count_met(
    figures: Sequence[tuple[Period, Decimal]],
    targets: Sequence[DatedTarget],
    polarity: Polarity,
) -> Met:
    """Hold each figure against the target of its own time; polarity is HIGH or LOW."""
    verdicts = [
        target.is_met(value, polarity)
        for period, value in figures
        if (target := target_at(targets, period)) is not None
    ]
    return Met(sum(verdicts), len(verdicts))
