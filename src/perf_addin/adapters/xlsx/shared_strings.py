"""The workbook's shared strings, decoded one by one as they are asked for."""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.sheet_scan import mask
from perf_addin.adapters.xlsx.xml_text import find_element
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.lazy_patterns import lazily, literal

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.string_offsets import StringsByOffset

_MOST = 50_000
_LARGE = 1 << 20
_TAGS_BETWEEN = 4  # the text and the string end, the next ones begin


class SharedStrings:
    """Gives shared strings by their number, joined from their runs and without phonetic guides."""

    def __init__(self, xml: bytes) -> None:
        """Find each string.

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
        every = self._find_all()
        self._all = every or []
        # Whether all that is stored reads as it stands, without entities and escapes.
        self._verbatim = not (b"&" in xml or b"\r" in xml or (b"_" in xml and b"_x" in xml))
        self._others = self._by_offset() if every is None else None

    @property
    def is_large(self) -> bool:
        """Whether they take so much memory that it is worth while to read them again."""
        return len(self._xml) > _LARGE

    def _find_all(self) -> list[bytes] | None:
        """Every string; None where some are not simple, or there are too many of them."""
        p = self._prefix
        # Mostly nothing but texts stands between these tags, so that no pattern is needed.
        begin, end = b"<%bsi><%bt>" % (p, p), b"</%bt></%bsi>" % (p, p)
        before, _, texts = self._text.partition(begin)
        texts, ended, after = texts.rpartition(end)
        tags, opening = texts.count(b"<"), b"<%bsi" % p
        if ended and tags < _TAGS_BETWEEN * _MOST and opening not in before + after:
            found = texts.split(end + begin)
            if tags == _TAGS_BETWEEN * (len(found) - 1):
                return found
        number = self._text.count(opening)
        found = self._simple.findall(self._text) if number <= _MOST else []
        return found if len(found) == number else None

    def _by_offset(self) -> StringsByOffset:
        from perf_addin.adapters.xlsx.string_offsets import (  # noqa: PLC0415 - few are rich
            StringsByOffset,
        )

        return StringsByOffset(self._xml, self._text, self._prefix, self._simple)

    def __getitem__(self, index: int) -> str:
        """The string of a 0-based number; an empty text where there is none.

        Raises:
            TornStringError: it is not well-formed.
        """
        if self._others is not None:
            return self._others[index]
        if not 0 <= index < len(self._all):
            return ""
        stored = self._all[index]
        return stored.decode("utf-8", "replace") if self._verbatim else decode(stored)

    def runs(self, index: int, prefix: bytes) -> bytes | None:
        """The runs of a rich text as the part has them, where it writes this namespace prefix.

        None where there is no such string, or it is plain.
        """
        if self._others is None or prefix != self._prefix:
            return None
        return self._others.runs(index)
