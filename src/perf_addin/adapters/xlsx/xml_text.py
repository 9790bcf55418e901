"""XML parts as the rest of the code may rely on them: UTF-8, no entities of their own.

And what is found in them at once, without a parser.
"""

from __future__ import annotations

from functools import lru_cache

from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily

_MOST_DIGITS = 9
"""Digits that the number of an entry in a list may have; no file holds as many entries."""
_LONGEST_NUMBER = 20
_SMALL, _PARTS_HELD = 1 << 14, 64
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
# A start tag's attributes may hold `>` inside quotes.
QUOTED = rb"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_TAG = lazily(b"<" + QUOTED + b">")
_BEHIND_NAMES = (b" ", b">", b"/", b"\r", b"\n", b"\t")
STATED = rb"""\s*<\?xml\b[^>]{0,200}?\sencoding\s*=\s*(?:"([\w.\-]+)"|'([\w.\-]+)')"""
_DECLARED = lazily(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_USUAL = (b'encoding="UTF-8"', b'encoding="utf-8"')
_DECLARATION, _DECLARATION_WITHIN = b"<?xml", 80
_RARE = 4096  # how often a rare letter may be met before it is none
_AS_IT_IS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def find_sign(text: bytes, sign: bytes, start: int = 0, stop: int | None = None) -> int:
    """As `text.find(sign, start, stop)`, for a sign whose last byte is rare where `<` is common.

    One byte is found many times faster than two. Where it is not rare after all, little is lost.
    """
    last, before = sign[-1:], len(sign) - 1
    at = start
    for _ in range(_RARE):
        found = text.find(last, at + before, stop)
        if found < 0:
            return -1
        at = found - before
        if text.startswith(sign, at):
            return at
        at += 1
    return text.find(sign, at, stop)


def find_element(text: bytes, name: bytes, start: int = 0) -> tuple[bytes, int] | None:
    """The first element of a name: its prefix with the colon, and where it starts; None if none.

    Nearly always it has no prefix and is seen at once; a pattern is compiled for others alone.
    """
    at = text.find(name, start)
    if at > start and text[at - 1] == ord("<") and text.startswith(_BEHIND_NAMES, at + len(name)):
        return b"", at - 1
    import re  # noqa: PLC0415 - see above

    found = re.compile(rb"<([^\s:<>/!?]+:)?" + name + rb"[\s/>]").search(text, start)
    return None if found is None else (found[1] or b"", found.start())


def tag_end(text: bytes, start: int) -> int:
    """Where the start tag that begins at an offset ends; -1 where it does not."""
    end = text.find(b">", start) + 1
    if end and (text.count(b'"', start, end) % 2 or text.find(b"'", start, end) >= 0):
        tag = _TAG.match(text, start)  # the `>` may stand inside quotes
        return tag.end() if tag else -1
    return end or -1


def is_index(text: str | bytes) -> bool:
    """Whether a text is the number of an entry that a list may have."""
    return text.isdigit() and text.isascii() and len(text) <= _MOST_DIGITS


def whole_number(stated: str | bytes, where: str, what: str) -> int:
    """A whole number as an attribute states it.

    Raises:
        InputError: it is none, or longer than any that a workbook has need of; the message calls
            the place `where` and the attribute `what`.
    """
    try:
        if len(stated) <= _LONGEST_NUMBER:
            return int(stated)
    except ValueError:
        pass
    shown = stated if isinstance(stated, str) else stated.decode("utf-8", "replace")
    raise InputError(
        f"{where} is damaged: {what} is {shown[:_LONGEST_NUMBER]!r}, expected a whole number. Open "
        "and save the file in Excel."
    )


def as_utf8(data: bytes, where: str) -> bytes:
    """Give a part in UTF-8 without a byte order mark; the very same object where it is that.

    Raises:
        InputError: the part is in an encoding that is unknown or not kept to, or declares a
            document type. Nothing that Excel writes does, and entities declared there can expand
            without bound or name files to be read.
    """
    if len(data) <= _SMALL and _is_as_excel_writes(data):
        return data
    encoding = _encoding(data)
    if encoding == "utf-8" and not data.startswith(_UTF8_MARK):
        text = data
    else:
        from perf_addin.adapters.xlsx.encodings import converted  # noqa: PLC0415 - nearly all is UTF-8

        text = converted(data, "utf-8-sig" if encoding == "utf-8" else encoding, where)
    if _has_document_type(text):
        raise InputError(
            f"{where} declares a document type or entities, which no workbook needs and attacks "
            "use. Ask its sender for a copy saved in Excel."
        )
    return text


@lru_cache(_PARTS_HELD)
def _is_as_excel_writes(data: bytes) -> bool:
    """Whether a part is in UTF-8 without a mark, and declares nothing; alike in many workbooks."""
    usual = _encoding(data) == "utf-8" and not data.startswith(_UTF8_MARK)
    return usual and not _has_document_type(data)


def _encoding(data: bytes) -> str:
    if data.startswith(_UTF8_MARK):
        return "utf-8"
    for sign, encoding in _SIGNS:
        if data.startswith(sign):
            return encoding
    if 0 in data[:2]:
        # Without a mark, the first character (a "<" or a blank) shows how it is stored.
        return "utf-16-le" if data[0] else "utf-16-be"
    head = data[:_DECLARATION_WITHIN].lstrip()
    undeclared = bool(head) and not head.startswith(_DECLARATION)
    if undeclared or any(usual in head for usual in _USUAL):
        return "utf-8"
    import re  # noqa: PLC0415 - nearly all is UTF-8

    stated = re.match(STATED, data)
    if stated is None:
        return "utf-8"
    encoding = (stated[1] or stated[2]).decode().lower()
    return "utf-8" if encoding in _AS_IT_IS else encoding


def _has_document_type(text: bytes) -> bool:
    """Whether anything but comments and instructions stands before the root element."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith(b"<?", at):
            close, end = text.find(b"?>", at), b"?>"
        elif text.startswith(b"<!--", at):
            close, end = text.find(b"-->", at + 4), b"-->"
        else:
            return text.startswith(b"<!", at)
        if close < 0:  # not well-formed; whoever parses it will say so
            return False
        at = close + len(end)


def saying_utf8(xml: bytes) -> bytes:
    """A part in UTF-8 whose declaration says so too, whatever the file's own said."""
    head = xml[: max(xml.find(b"?>", 0, _DECLARATION_WITHIN), 0)]
    if any(usual in head for usual in _USUAL) or not xml.startswith((_DECLARATION, _UTF8_MARK)):
        return xml
    declared = _DECLARED.match(xml)
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        xml = xml[: declared.start(1)] + b"UTF-8" + xml[declared.end(1) :]
    return xml
