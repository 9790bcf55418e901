"""Writing one cell: its element, its start tag, its content."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from perf_addin.adapters.xlsx.cell_text import encode, needs_space_kept
from perf_addin.adapters.xlsx.part_tree import set_attribute
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, letters_of
from perf_addin.application.grid import cell_name
from perf_addin.domain.errors import OutputError

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_LONGEST = 32_767

Written = str | int | Decimal | None


def plain_lines(text: str) -> str:
    """A text with plain line ends, as Excel has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def number_text(value: int | Decimal) -> bytes:
    """A number as SpreadsheetML stores it."""
    return str(value).encode()


def content(value: Written, prefix: bytes) -> tuple[bytes, bytes]:
    """What a cell's element holds for a value, and the `t` attribute that goes with it."""
    if value is None or value == "":
        return b"", b""
    if isinstance(value, str):
        return _text_content(value, prefix), b' t="inlineStr"'
    return b"<%bv>%b</%bv>" % (prefix, number_text(value), prefix), b""


@lru_cache(maxsize=256)
def _text_content(text: str, p: bytes) -> bytes:
    text = plain_lines(text)
    kept = b' xml:space="preserve"' if needs_space_kept(text) else b""
    return b"<%bis><%bt%b>%b</%bt></%bis>" % (p, p, kept, encode(text), p, p)


def new_cell(prefix: bytes, row: int, column: int, style: int, value: Written) -> bytes:
    """A whole cell that was not there before."""
    inner, kind = content(value, prefix)
    filled, empty = _frames(prefix, column, style)
    return filled % (row, kind, inner) if inner else empty % row


@lru_cache(maxsize=1024)
def _frames(prefix: bytes, column: int, style: int) -> tuple[bytes, bytes]:
    """A cell around its row, its type and what it holds; and an empty one around its row."""
    styled = b' s="%d"' % style if style else b""
    start = b'<%bc r="%b%%d"%b' % (prefix, letters_of(column), styled)
    return start + b"%%b>%%b</%bc>" % prefix, start + b"/>"


def restyled(tag: bytes, style: int) -> bytes:
    """A cell's start tag with another style."""
    address, rest = _cut(tag)
    return address + _restyled(rest, style)


def refilled(
    tag: bytes, style: int, value: Written, prefix: bytes, extensions: bytes = b""
) -> bytes:
    """A cell's element with another value: type and value metadata go, all else of the tag stays.

    Args:
        tag: the start tag.
        style: the style, be it new or the old one.
        value: the new value.
        prefix: the namespace prefix with its colon, or empty.
        extensions: what `extensions_of` gives for the old cell.
    """
    inner, kind = content(value, prefix)
    inner += extensions
    address, rest = _cut(tag)
    start = address + _bare(rest, style) + kind
    return start + (b">%b</%bc>" % (inner, prefix) if inner else b"/>")


def extensions_of(scan: SheetScan, start: int, end: int) -> bytes:
    """The list of extensions (`extLst`) of the cell between two offsets; mostly none."""
    first = scan.text.find(b"<%bextLst" % scan.prefix, start, end)
    last = scan.text.rfind(b"</%bextLst" % scan.prefix, start, end)
    return scan.xml[first : scan.text.find(b">", last) + 1] if 0 <= first < last else b""


def _cut(tag: bytes) -> tuple[bytes, bytes]:
    """A start tag up to its first attribute, mostly the address, and what cells have in common."""
    end = tag.find(b'"', tag.find(b'"') + 1) + 1
    return (tag[:end], tag[end:]) if b' r="' in tag[:end] else (b"", tag)


@lru_cache(maxsize=4096)
def _restyled(rest: bytes, style: int) -> bytes:
    if (attributes(rest).get(b"s") or b"0") == b"%d" % style:
        return rest
    return set_attribute(rest, b"s", str(style) if style else None)


@lru_cache(maxsize=4096)
def _bare(rest: bytes, style: int) -> bytes:
    """The tag in a style, without the attributes that belong to the value and without its end."""
    rest = _restyled(rest, style)
    for name in (b"t", b"cm", b"vm"):
        rest = set_attribute(rest, name, None)
    return rest.rstrip(b">").rstrip(b"/").rstrip()


def check(sheet: str, row: int, column: int, value: Written) -> None:
    """Refuse what no cell can hold.

    Raises:
        OutputError: the cell is off the sheet, the text too long, or the number not finite.
    """
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise OutputError(f"Sheet {sheet!r} has no row {row}, column {column} to write to.")
    if isinstance(value, str):
        if len(value) > _LONGEST // 2 and len(value.encode("utf-16-le", "replace")) > 2 * _LONGEST:
            raise OutputError(
                f"The text for cell {cell_name(row, column)} of sheet {sheet!r} has "
                f"{len(value):,} characters; a cell holds at most {_LONGEST:,}. Shorten it."
            )
    elif isinstance(value, Decimal) and not value.is_finite():
        raise OutputError(
            f"Cell {cell_name(row, column)} of sheet {sheet!r} cannot hold {value}; "
            "it needs a finite number."
        )
