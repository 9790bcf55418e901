"""Quartiles, bands and ranks among authorities, as the Department for Education's LAIT has them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import WIDE

Band = Literal["A", "B", "C", "D"]
_BEST_FIRST: tuple[Band, ...] = ("A", "B", "C", "D")


class Quartiles(NamedTuple):
    """Smallest figure, quartiles and largest; None for an edge that is not published."""

    q0: Decimal | None
    q25: Decimal | None
    q50: Decimal | None
    q75: Decimal | None
    q100: Decimal | None


def find_quartiles(values: Sequence[Decimal]) -> Quartiles:
    """The quartiles of at least one figure, missing ones left out.

    They are type-7 quantiles: Excel's PERCENTILE.INC, numpy's default. Reckoned exactly.
    """
    ordered = sorted(values)
    return Quartiles(*(_quantile(ordered, quarters) for quarters in range(5)))


def _quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    below, rest = divmod((len(ordered) - 1) * quarters, 4)
    start = ordered[below]
    if not rest:
        return start
    step = WIDE.subtract(ordered[below + 1], start)
    return WIDE.add(start, WIDE.multiply(step, Decimal(rest) / 4))


def find_band(value: Decimal, edges: Quartiles, polarity: Polarity) -> Band | None:
    """The quarter in which a figure lies: A is the best by polarity, D the worst.

    A figure on an edge belongs to the quarter below that edge, whichever way is good.

    Args:
        value: the figure.
        edges: the quartiles of all authorities.
        polarity: HIGH or LOW.

    Returns:
        The band. None where the figure is outside all figures, or an edge that would tell is not
        published, or no direction is good.
    """
    if polarity not in {Polarity.HIGH, Polarity.LOW}:
        return None
    bands = _BEST_FIRST if polarity is Polarity.LOW else _BEST_FIRST[::-1]
    for band, lower, upper in zip(bands, edges, edges[1:], strict=False):
        if lower is None or upper is None or value > upper:
            continue
        if value > lower or (value == lower and lower == edges.q0 and band is bands[0]):
            return band
    return None


def find_ranks(values: Sequence[Decimal | None], polarity: Polarity) -> list[int | None]:
    """The rank of every figure, 1 being the best; equal figures share the lowest number."""
    best_first = sorted(
        (value for value in values if value is not None), reverse=polarity is Polarity.HIGH
    )
    ranks: dict[Decimal, int] = {}
    for rank, value in enumerate(best_first, 1):
        ranks.setdefault(value, rank)
    return [None if value is None else ranks[value] for value in values]
