"""XML parts as UTF-8, without the constructs that attack a parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.container import Container

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_PLAIN = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


def as_utf8(data: bytes, name: str, container: Container) -> bytes:
    """Give an XML part in UTF-8 without a byte order mark; other encodings are rewritten.

    Raises:
        InputError: the encoding is unknown or wrong, or the part has a DOCTYPE, in which
            entities could be declared.
    """
    if data[:2] in _UTF16:
        data = _recoded(data, "utf-16", name, container)
    elif data[:3] == _UTF8_MARK:
        data = data[3:]
    declared = _DECLARED.match(data)
    if declared is not None and declared[1].lower() not in _PLAIN:
        data = _recoded(data, declared[1].decode("ascii"), name, container)
    _refuse_doctype(data, name, container)
    return data


def _recoded(data: bytes, encoding: str, name: str, container: Container) -> bytes:
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        what = f"the part {name!r} is not in the encoding {encoding} that it declares"
        raise container.damaged(what) from None
    text = _ENCODING.sub(r'\1 encoding="UTF-8"', text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), 1)
    return text.encode()


def _refuse_doctype(data: bytes, name: str, container: Container) -> None:
    at = 0
    while (skipped := _PROLOG.match(data, at)) is not None:
        at = skipped.end()
    if data[at : at + 2] == b"<!":
        raise container.refused(f"holds a part {name!r} with a DOCTYPE, which Excel never writes")
