"""The workbook's shared strings, found by offset and decoded one by one as they are asked for."""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.sheet_scan import mask
from perf_addin.adapters.xlsx.xml_text import find_element
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.lazy_patterns import lazily, literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 50_000
_LARGE = 1 << 20
_TAGS_BETWEEN = 4  # the text and the string end, the next ones begin


class SharedStrings:
    """Gives shared strings by their number, joined from their runs and without phonetic guides."""

    def __init__(self, xml: bytes) -> None:
        """Note where each string starts.

        Args:
            xml: the part (UTF-8).
        """
        self._xml = xml
        self._text = mask(xml)
        root = find_element(self._text, b"sst")
        self._prefix = root[0] if root else b""
        p = literal(self._prefix)
        self._simple = lazily(
            b'<%bsi><%bt(?: xml:space="preserve")?>([^<]*)</%bt></%bsi>' % (p, p, p, p)
        )
        self._known: dict[int, str] = {}
        self._all = self._find_all()
        # Whether all that is stored reads as it stands, without entities and escapes.
        self._verbatim = not (b"&" in xml or b"\r" in xml or (b"_" in xml and b"_x" in xml))
        self._starts = () if self._all else self._find()

    @property
    def is_large(self) -> bool:
        """Whether they take so much memory that it is worth while to read them again."""
        return len(self._xml) > _LARGE

    def _find_all(self) -> list[bytes]:
        """Every string, where all are simple and there are not too many of them."""
        p = self._prefix
        # Mostly nothing but texts stands between these tags, so that no pattern is needed.
        begin, end = b"<%bsi><%bt>" % (p, p), b"</%bt></%bsi>" % (p, p)
        before, _, texts = self._text.partition(begin)
        texts, ended, after = texts.rpartition(end)
        tags, opening = texts.count(b"<"), b"<%bsi" % p
        if ended and tags < _TAGS_BETWEEN * _KEPT and opening not in before + after:
            found = texts.split(end + begin)
            if tags == _TAGS_BETWEEN * (len(found) - 1):
                return found
        number = self._text.count(opening)
        found = self._simple.findall(self._text) if number <= _KEPT else []
        return found if len(found) == number else []

    def _find(self) -> Sequence[int]:
        from array import array  # noqa: PLC0415 - most workbooks need none

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
        if self._all:
            if not 0 <= index < len(self._all):
                return ""
            stored = self._all[index]
            return stored.decode("utf-8", "replace") if self._verbatim else decode(stored)
        known = self._known.get(index)
        if known is not None:
            return known
        if not 0 <= index < len(self._starts) - 1:
            return ""
        simple = self._simple.match(self._text, self._starts[index])
        text = decode(simple[1]) if simple else self._runs(index)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[index] = text
        return text

    def runs(self, index: int, prefix: bytes) -> bytes | None:
        """The runs of a rich text as the part has them, where it writes this namespace prefix.

        None where there is no such string, or it is plain.
        """
        if prefix != self._prefix or not 0 <= index < len(self._starts) - 1:
            return None
        raw = self._xml[self._starts[index] : self._starts[index + 1]]
        if self._xml is not self._text and raw != self._text[self._starts[index] :][: len(raw)]:
            return None
        begin, end = raw.find(b">") + 1, raw.rfind(b"</" + prefix + b"si")
        inner = raw[begin:end]
        return inner if inner.lstrip().startswith((b"<%br>" % prefix, b"<%br " % prefix)) else None

    def _runs(self, index: int) -> str:
        from perf_addin.adapters.xlsx.rich_text import (  # noqa: PLC0415 - few are rich
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
