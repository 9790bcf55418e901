"""XML parts as the rest of the code may rely on them: UTF-8, no entities of their own."""

from __future__ import annotations

import re

from perf_addin.domain.errors import InputError

_UTF8_MARK = b"\xef\xbb\xbf"
# Longest first: the mark of UTF-16 begins that of UTF-32.
_SIGNS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_STATED = rb"""\s*<\?xml\b[^>]{0,200}?\sencoding\s*=\s*(?:"([\w.\-]+)"|'([\w.\-]+)')"""
_STATED_BYTES = re.compile(_STATED)
_STATED_TEXT = re.compile(_STATED.decode())
_AS_IT_IS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
# What may stand before the root element, each piece taken once (no backtracking into it).
_DOCTYPE = re.compile(rb"\s*+(?>(?:<\?.*?\?>|<!--.*?-->)\s*+)*+<!(?!--)", re.DOTALL)


def as_utf8(data: bytes, where: str) -> bytes:
    """Give a part in UTF-8 without a byte order mark; the very same object where it is that.

    Raises:
        InputError: the part is in an encoding that is unknown or not kept to, or declares a
            document type. Nothing that Excel writes does, and entities declared there can expand
            without bound or name files to be read.
    """
    encoding = _encoding(data)
    if encoding == "utf-8" and not data.startswith(_UTF8_MARK):
        text = data
    else:
        text = _converted(data, "utf-8-sig" if encoding == "utf-8" else encoding, where)
    if _DOCTYPE.match(text):
        raise InputError(
            f"{where} declares a document type or entities, which no workbook needs and attacks "
            "use. Ask its sender for a copy saved in Excel."
        )
    return text


def _encoding(data: bytes) -> str:
    if data.startswith(_UTF8_MARK):
        return "utf-8"
    for sign, encoding in _SIGNS:
        if data.startswith(sign):
            return encoding
    if 0 in data[:2]:
        # Without a mark, the first character (a "<" or a blank) shows how it is stored.
        return "utf-16-le" if data[0] else "utf-16-be"
    stated = _STATED_BYTES.match(data)
    if stated is None:
        return "utf-8"
    encoding = (stated[1] or stated[2]).decode().lower()
    return "utf-8" if encoding in _AS_IT_IS else encoding


def _converted(data: bytes, encoding: str, where: str) -> bytes:
    try:
        text = data.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except (LookupError, ValueError) as error:
        raise InputError(
            f"{where} cannot be read as {encoding!r}, the encoding that it states ({error}). Open "
            "the workbook in Excel and save it anew."
        ) from error
    stated = _STATED_TEXT.match(text)
    if stated:
        start, stop = stated.span(1 if stated[1] else 2)
        text = f"{text[:start]}UTF-8{text[stop:]}"
    return text.encode("utf-8", "replace")
