"""Parts that are stored in another encoding than UTF-8."""

from __future__ import annotations

import codecs
import re

from perf_addin.adapters.xlsx.xml_text import STATED
from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily

# What XML is stored in, by the names that Python has for it. Others of Python's codecs are no
# character sets, or take time that grows with the square of the length.
_KNOWN = lazily(r"ascii|utf-8(-sig)?|utf-(16|32)(-le|-be)?|iso8859-\d+|cp125\d")


def converted(data: bytes, encoding: str, where: str) -> bytes:
    """Give a part in UTF-8, and saying so, that is in another encoding.

    Raises:
        InputError: the encoding is unknown, or not kept to.
    """
    try:
        text = data.decode(_known(encoding)).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except (LookupError, ValueError) as error:
        raise InputError(
            f"{where} cannot be read as {encoding!r}, the encoding that it states ({error}). Open "
            "the workbook in Excel and save it anew."
        ) from error
    stated = re.match(STATED.decode(), text)
    if stated:
        start, stop = stated.span(1 if stated[1] else 2)
        text = f"{text[:start]}UTF-8{text[stop:]}"
    return text.encode("utf-8", "replace")


def _known(encoding: str) -> str:
    name = codecs.lookup(encoding).name
    if not _KNOWN.fullmatch(name):
        raise LookupError("workbooks are not stored in it")
    return name
