"""Whether threads that were begun without `threading` have come to their end."""

from __future__ import annotations

import _thread
import time

_LONGEST = 10.0  # seconds


def running() -> int:
    """How many threads there are."""
    return _thread._count()


def ended(before: int) -> bool:
    """Whether no more threads are left than before; one that is about to end is waited for."""
    until = time.monotonic() + _LONGEST
    while running() > before and time.monotonic() < until:
        time.sleep(0.001)
    return running() <= before
