"""Regular expressions that are compiled when they are first used.

A run uses few of those that it could need, and compiling all takes longer than rating an index.
"""

from __future__ import annotations

import re

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import AnyStr


class _Lazy:
    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        found: object = getattr(compiled, name)
        setattr(self, name, found)  # the next look-up does not come here
        return found


def lazily(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression as `re.compile` gives it, but compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))
