"""Regular expressions that are compiled when they are first used.

A run uses few of those that it could need, and compiling all takes longer than rating an index.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


class _Lazy(Generic[AnyStr]):
    def __init__(self, source: AnyStr, flags: int) -> None:
        self._source: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        found: object = getattr(compiled, name)
        setattr(self, name, found)  # the next look-up does not come here
        return found


def lazily(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression as `re.compile` gives it, but compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))
