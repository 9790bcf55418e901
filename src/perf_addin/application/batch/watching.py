"""Which of the workbooks of a folder are to be worked on now: those that were saved and are quiet.

A save is many writes, and what a share shows of them comes late. A workbook is worked on when its
size and time have stayed the same for a while and nobody has it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

_FIRST_RETRY_SECONDS = 10.0
_LONGEST_RETRY_SECONDS = 3600.0


class Stamp(NamedTuple):
    """By what a file is seen to have been saved."""

    size: int
    changed_ns: int


class _Seen:
    """A file: its stamp, since when it has it, and whether it was worked on in that state."""

    __slots__ = ("done", "retry_after", "since", "stamp", "told_open")

    def __init__(self, stamp: Stamp, since: float) -> None:
        self.stamp = stamp
        self.since = since
        self.done = False
        self.told_open = False
        self.retry_after = _FIRST_RETRY_SECONDS


class Look(NamedTuple):
    """What a look at the folder comes to: the files to work on, and those newly seen to be open."""

    ready: tuple[str, ...]
    held_up: tuple[str, ...]


class Watch:
    """Remembers what was seen of a folder. Times are in seconds of a clock that is never set."""

    def __init__(self, quiet_seconds: float) -> None:
        """Bind for how long a file must stay the same."""
        self._quiet = quiet_seconds
        self._seen: dict[str, _Seen] = {}

    def look(self, now: float, stamps: Mapping[str, Stamp], is_open: Callable[[str], bool]) -> Look:
        """Compare the folder with what was seen before.

        Args:
            now: the time.
            stamps: every workbook that is there, by name.
            is_open: whether somebody has a workbook open; asked where it matters.
        """
        for gone in self._seen.keys() - stamps.keys():
            del self._seen[gone]
        ready: list[str] = []
        held_up: list[str] = []
        for key, stamp in stamps.items():
            seen = self._seen.get(key)
            if seen is None or seen.stamp != stamp:
                seen = self._seen[key] = _Seen(stamp, now)
            if seen.done or now - seen.since < self._quiet:
                continue
            if not is_open(key):
                ready.append(key)
            elif not seen.told_open:
                seen.told_open = True
                held_up.append(key)
        return Look(tuple(ready), tuple(held_up))

    def done(self, key: str) -> None:
        """It was worked on; nothing more until it is saved again."""
        self._seen[key].done = True

    def failed(self, key: str, now: float) -> None:
        """It could not be worked on; it is tried again later, each time after twice as long."""
        seen = self._seen[key]
        seen.since = now + seen.retry_after - self._quiet
        seen.retry_after = min(2 * seen.retry_after, _LONGEST_RETRY_SECONDS)
