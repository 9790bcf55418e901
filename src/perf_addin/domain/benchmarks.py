"""A figure beside a benchmark: England, London, statistical neighbours."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rate import within
from perf_addin.domain.rating import WIDE
from perf_addin.domain.tolerances import Tolerance


class Standing(StrEnum):
    """How a figure stands beside a benchmark, by polarity."""

    BETTER = "Better"
    WORSE = "Worse"
    IN_LINE = "In line"


def compare(
    actual: Figure, benchmark: Decimal, polarity: Polarity, tolerance: Tolerance | None = None
) -> Standing | None:
    """Tell whether a figure is better than a benchmark.

    Args:
        actual: the figure.
        benchmark: what it is compared with, on the figure's scale.
        polarity: HIGH or LOW.
        tolerance: how far from the benchmark, on either side, is in line with it; inclusive.
            Without one only an equal figure is.

    Returns:
        The standing, or None where no direction is good.
    """
    if polarity not in {Polarity.HIGH, Polarity.LOW}:
        return None
    gain = WIDE.subtract(actual.value, benchmark)
    if polarity is Polarity.LOW:
        gain = -gain
    percent = actual.percent
    if not gain or (
        tolerance is not None and within(abs(gain), tolerance, benchmark, percent=percent)
    ):
        return Standing.IN_LINE
    return Standing.BETTER if gain > 0 else Standing.WORSE
