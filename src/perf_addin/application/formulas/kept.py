"""Why a formula keeps what Excel stored."""

from __future__ import annotations

from perf_addin.domain.declaring import NamedTuple


class Kept(NamedTuple):
    """Why a formula keeps what is stored.

    Attributes:
        why: as the end of a sentence.
        of_its_own: whether the formula itself cannot be calculated.
        differs: whether it was calculated, and to something else than is stored.
        spill: whether its result has another size than the cells that it fills.
        steady: whether what is stored holds all the same, so that others may build on it.
    """

    why: str
    of_its_own: bool = False
    differs: bool = False
    spill: bool = False
    steady: bool = False
