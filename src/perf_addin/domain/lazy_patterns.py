"""Regular expressions that are compiled when they are first used.

A run uses few of those that it could need, and compiling all takes longer than rating an index. A
plain index of some forty indicators needs none, so that not even `re` is imported for it: flags
stand in the pattern (`(?i)`).
"""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import re
    from typing import AnyStr


class _Lazy:
    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        import re  # noqa: PLC0415 - see above

        compiled = re.compile(self._source, self._flags)
        found: object = getattr(compiled, name)
        setattr(self, name, found)  # the next look-up does not come here
        return found


def lazily(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression as `re.compile` gives it, but compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


def literal(text: bytes) -> bytes:
    """The pattern of a text, as `re.escape` gives it; mostly there is none."""
    if not text:
        return b""
    import re  # noqa: PLC0415 - see above

    return re.escape(text)
