"""What workbooks that one process reads have in common: worked out once, and kept within bounds.

Many indexes of a council have the same headings and the same standards. Whatever is kept depends on
nothing but what it is kept under, exactly: 1.0 and 1 are equal numbers, but read differently.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from perf_addin.application.grid import Cell
from perf_addin.application.settings import Settings
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")

_LONGEST = 500  # characters; longer texts would repeat seldom, and take memory


def keep(known: dict[K, V], key: K, value: V, most: int) -> V:
    """Keep a value under its key, and give it; all others are let go of where there are `most`."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


def exactly(cells: Sequence[Cell | None]) -> Hashable | None:
    """What cells hold, so that only what is the same in every respect is equal.

    None where it is too long to be kept.
    """
    held = tuple([c and (str(c[0]), c[0].__class__, c[1], c[2]) for c in cells])
    length = sum([len(each[0]) for each in filter(None, held)])
    return held if length <= _LONGEST else None


def stated_standards(settings: Settings) -> str:
    """The settings that bear on how standards are read, as a text that tells all of them apart."""
    stated = (settings.polarity, settings.rule)
    allowed = (settings.tolerance, settings.green_tolerance, settings.margin)
    return repr((*stated, *allowed))
