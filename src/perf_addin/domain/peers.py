"""A figure among those of other authorities: band, rank, what the next band takes, neighbours.

As the Department for Education's LAIT has them: quartiles over all local authorities, upper edges
inclusive; equal figures share the lowest rank; the statistical neighbours' figure is the plain
mean of theirs, missing ones left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.polarity import Polarity
from perf_addin.domain.quartiles import Band, Quartiles, find_band, find_quartiles, find_ranks
from perf_addin.domain.rating import WIDE

FEWEST_FOR_QUARTILES = 4


class NextBand(NamedTuple):
    """What the next better band takes.

    Attributes:
        band: that band.
        edge: the quartile that has to be reached (or, for HIGH, passed).
        distance: how far the figure is from it; 0 or more.
        passed: whether reaching the edge is not enough: upper edges belong to the band below
            them, so where more is better the figure has to be greater than the edge.
    """

    band: Band
    edge: Decimal
    distance: Decimal
    passed: bool


class Among(NamedTuple):
    """A figure among those of all authorities.

    Attributes:
        band: A is the best quarter by polarity, D the worst; None where no direction is good,
            or fewer than four authorities have a figure.
        rank: 1 is the best; equal figures share the lowest number. None where no direction is good.
        areas: how many authorities have a figure, the own one included.
        edges: the quartiles; None with fewer than four figures.
        ahead: what the next better band takes; None in the best, or without a band.
    """

    band: Band | None
    rank: int | None
    areas: int
    edges: Quartiles | None
    ahead: NextBand | None


class Mean(NamedTuple):
    """The plain mean of the neighbours that have a figure, and how many of how many those are.

    The mean is not rounded (it has 80 digits where it does not end); LAIT rounds none either.
    """

    value: Decimal
    there: int
    asked: int


def stand_among(own: Decimal, others: Sequence[Decimal], polarity: Polarity) -> Among:
    """Tell where a figure stands.

    Args:
        own: the figure.
        others: the figures of the other authorities, on its scale, missing ones left out.
        polarity: which way is good.
    """
    figures = [own, *others]
    if polarity not in {Polarity.HIGH, Polarity.LOW}:
        return Among(None, None, len(figures), None, None)
    rank = find_ranks(figures, polarity)[0]
    if len(figures) < FEWEST_FOR_QUARTILES:
        return Among(None, rank, len(figures), None, None)
    edges = find_quartiles(figures)
    band = find_band(own, edges, polarity)
    ahead = None if band is None else find_next(own, edges, band, polarity)
    return Among(band, rank, len(figures), edges, ahead)


def find_next(own: Decimal, edges: Quartiles, band: Band, polarity: Polarity) -> NextBand | None:
    """What the next better band takes; None in the best, or where its edge is not published.

    A band that holds no figures, its edges being one, is passed over.
    """
    high = polarity is Polarity.HIGH
    inner = (edges.q25, edges.q50, edges.q75)
    better: tuple[tuple[Band, Decimal | None], ...] = (
        (("C", inner[0]), ("B", inner[1]), ("A", inner[2]))
        if high
        else (("C", inner[2]), ("B", inner[1]), ("A", inner[0]))
    )
    for name, edge in better:
        if name >= band or edge is None:
            continue
        gain = WIDE.subtract(edge, own) if high else WIDE.subtract(own, edge)
        if _far_edge(name, edges, high=high) == edge:
            continue
        return NextBand(name, edge, max(gain, Decimal(0)), passed=high)
    return None


def _far_edge(band: Band, edges: Quartiles, *, high: bool) -> Decimal | None:
    """The better edge of a band; None for the best one where less is better, which has figures."""
    far = {"C": edges.q50, "B": edges.q75 if high else edges.q25}
    return far.get(band, edges.q100 if high else None)


def mean_of(values: Sequence[Decimal | None]) -> Mean | None:
    """The plain mean of the neighbours' figures; None where none has one.

    Args:
        values: one for each neighbour, None where it has no figure.
    """
    there = [value for value in values if value is not None]
    if not there:
        return None
    total = Decimal(0)
    for value in there:
        total = WIDE.add(total, value)
    return Mean(WIDE.divide(total, len(there)), len(there), len(values))


def decimals_of(values: Sequence[Decimal | None]) -> int:
    """The most decimals that any figure is written with: 1 for 20.5 beside 17."""
    places = [0]
    for value in values:
        if value is not None:
            exponent = value.normalize().as_tuple().exponent
            places.append(-exponent if isinstance(exponent, int) else 0)
    return max(places)
