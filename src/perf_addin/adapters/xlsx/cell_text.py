"""Text in cells: between what XML stores and what a person reads.

SpreadsheetML writes a character that XML cannot hold as `_xHHHH_`, and a text that merely looks
like that with its underscore escaped as `_x005F_`.
"""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    import re

_ENTITY = lazily(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));")
_MOST_DIGITS, _END, _SURROGATES = 20, 0x110000, (0xD800, 0xDFFF)
"""Of a character's number: its digits, zeros before it included; where Unicode ends; no letters."""
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPE = lazily(r"_x([0-9A-Fa-f]{4})_")
_MUST_ESCAPE = lazily(
    "_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]",
)
_PADDED = lazily(r"^\s|\s$|[\n\t]|\s\s")


def unescape(text: str) -> str:
    """Resolve XML's character and entity references."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
    code = int(digits, base) if len(digits) <= _MOST_DIGITS else _END
    is_half = _SURROGATES[0] <= code <= _SURROGATES[1]
    return "\ufffd" if is_half or code >= _END else chr(code)


def decode(raw: bytes) -> str:
    """The text that a person reads, from character data as the XML holds it."""
    text = raw.decode("utf-8", "replace")
    if "&" not in text and "_x" not in text and "\r" not in text:
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unescape_cell(unescape(text))


def unescape_cell(text: str) -> str:
    """Resolve SpreadsheetML's `_xHHHH_`; Windows line ends become plain ones."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n") if "\r" in text else text


def encode(text: str) -> bytes:
    """Character data for a text, such that Excel reads exactly this text."""
    if text.isalnum() and text.isascii():
        return text.encode()
    if not text.isprintable() or "_x" in text:
        text = _MUST_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(text)


def escape(text: str) -> bytes:
    """XML character data for a text that holds no control character."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.encode()


def escape_attribute(text: str) -> bytes:
    """XML for a text inside a double-quoted attribute."""
    return escape(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def needs_space_kept(text: str) -> bool:
    """Whether Excel would drop or fold white space unless `xml:space` says to keep it."""
    if text.isprintable():  # then spaces are the only white space
        return text[:1] == " " or text[-1:] == " " or "  " in text
    return _PADDED.search(text) is not None
