"""Shared strings found by their offsets: where some are rich, or they are very many."""

from __future__ import annotations

from array import array

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_KEPT = 50_000


class StringsByOffset:
    """Gives the strings of a part by their number; each is decoded when it is asked for."""

    def __init__(self, xml: bytes, text: bytes, prefix: bytes, simple: re.Pattern[bytes]) -> None:
        """Note where each string starts.

        Args:
            xml: the part (UTF-8).
            text: the same with all masked that may hold markup which is none.
            prefix: the namespace prefix with its colon, or empty.
            simple: what a string without runs looks like.
        """
        self._xml, self._text, self._prefix = xml, text, prefix
        self._simple = simple
        self._known: dict[int, str] = {}
        self._starts = self._find()

    def _find(self) -> array[int]:
        starts = array("Q")
        opening, find = b"<" + self._prefix + b"si", self._text.find
        at = find(opening)
        while at >= 0:
            starts.append(at)
            at = find(opening, at + 4)
        starts.append(len(self._text))
        return starts

    def __getitem__(self, index: int) -> str:
        """The string of a 0-based number; an empty text where there is none.

        Raises:
            TornStringError: it is not well-formed.
        """
        known = self._known.get(index)
        if known is not None:
            return known
        if not 0 <= index < len(self._starts) - 1:
            return ""
        simple = self._simple.match(self._text, self._starts[index])
        text = decode(simple[1]) if simple else self._joined(index)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[index] = text
        return text

    def runs(self, index: int) -> bytes | None:
        """The runs of a rich text as the part has them; None for a plain one or none."""
        if not 0 <= index < len(self._starts) - 1:
            return None
        prefix = self._prefix
        raw = self._xml[self._starts[index] : self._starts[index + 1]]
        if self._xml is not self._text and raw != self._text[self._starts[index] :][: len(raw)]:
            return None
        begin, end = raw.find(b">") + 1, raw.rfind(b"</" + prefix + b"si")
        inner = raw[begin:end]
        return inner if inner.lstrip().startswith((b"<%br>" % prefix, b"<%br " % prefix)) else None

    def _joined(self, index: int) -> str:
        from perf_addin.adapters.xlsx.rich_text import (  # noqa: PLC0415 - with a parser
            plain_text,
            shared_text,
        )

        start, end = self._starts[index], self._starts[index + 1]
        raw = self._xml[start:end]
        close = raw.rfind(b"</" + self._prefix + b"si")
        raw = raw[:close] + b"</" + self._prefix + b"si>" if close >= 0 else raw
        if self._xml is not self._text and raw != self._text[start : start + len(raw)]:
            return shared_text(raw, index)
        return plain_text(raw, self._prefix)
