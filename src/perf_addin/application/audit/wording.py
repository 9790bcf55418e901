"""Words that several checks share."""

from __future__ import annotations

from collections.abc import Sequence

COLOURS = {"R": "red", "A": "amber", "G": "green"}
"""Ratings as sentences call them."""

_MOST_NAMED = 5


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
