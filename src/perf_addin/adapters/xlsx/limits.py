"""How much a package may ask for before it is taken for a bomb."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds on what is inflated; far above what real indexes need.

    Attributes:
        member: bytes of one member, inflated.
        total: bytes of all members, inflated, as they declare.
        count: number of members.
        ratio: inflated to compressed bytes of a member larger than `ratio_from`.
        ratio_from: size in bytes from which the ratio is looked at.
    """

    member: int = 768 * 2**20
    total: int = 2 * 2**30
    count: int = 20_000
    ratio: int = 250
    ratio_from: int = 32 * 2**20


DEFAULT_LIMITS = Limits()
