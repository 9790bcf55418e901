"""Reading one cell: from its element's bytes to a typed value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes
from perf_addin.adapters.xlsx.styles import Shown, Styles
from perf_addin.adapters.xlsx.xml_text import is_index, whole_number
from perf_addin.application.grid import Cell, CellError, CellValue
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import exact
from perf_addin.domain.lazy_patterns import lazily

_FORMULA = lazily(rb"<(?:[^\s:<>/]+:)?f[\s/>]")
_VALUE = lazily(rb"<(?:[^\s:<>/]+:)?v(?:\s[^<>]*)?>([^<]*)<")
_EMPTY = lazily(rb"<(?:[^\s:<>/]+:)?v\s*/>")
_RICH = lazily(rb"<(?:[^\s:<>/]+:)?is[\s/>]")
_GIVEN = ((), (b" s=",), (b" t=",), (b" s=", b" t="))
_SHORT = 15  # digits that need no cutting
_LONGEST_ADDRESS = 20  # more than any has, in a message
LARGEST_POWER = 308
"""The power of ten beyond which Excel holds no number, and below whose reciprocal only zero."""


class RawCell(NamedTuple):
    """A cell as stored: offsets, style, type, text (None where there is none), formula or not."""

    start: int
    end: int
    style: int
    kind: bytes
    text: str | None
    formula: bool


def raw_cell(scan: SheetScan, start: int) -> RawCell:
    """Read the cell whose element starts at an offset."""
    simple = None if scan.masked else simple_cell(scan, start)
    if simple is not None:
        return simple
    tag = scan.patterns.start_tag.match(scan.text, start)
    stated = attributes(tag[1]) if tag else {}
    kind, style = stated.get(b"t", b"n"), stated.get(b"s") or b"0"
    number = whole_number(style, scan.where, "the style of a cell")
    inner = end = tag.end() if tag else start
    if tag and not tag[1].endswith(b"/"):
        closing = scan.patterns.cell_close.search(scan.text, inner)
        end = closing.end() if closing else inner
    formula, text = _content(scan, start, inner, end, kind)
    return RawCell(start, end, number, kind, text, formula)


def simple_cell(scan: SheetScan, start: int) -> RawCell | None:
    """Read a cell of the plainest kind, with a style, a type and a value; None for any other."""
    text, p = scan.text, scan.prefix
    first = end = text.find(b">", start) + 1
    opening, *tag = text[start:first].split(b'"')
    given = dict(zip(tag[1:-1:2], tag[2::2], strict=False))
    style, kind = given.get(b" s=", b"0"), given.get(b" t=", b"n")
    if opening != b"<%bc r=" % p or tuple(given) not in _GIVEN or not is_index(style):
        return None
    value = None
    if tag[-1] != b"/>":
        behind = b"</%bc>" % p
        if text.startswith(b"<%bv>" % p, first):
            behind = b"</%bv>%b" % (p, behind)
            first += len(b"<%bv>" % p)
            value = text[first : text.find(b"<", first)]
        end = first + len(value or b"") + len(behind)
        if tag[-1] != b">" or not text.endswith(behind, first, end):
            return None
    return RawCell(start, end, int(style), kind, None if value is None else decode(value), False)


def _content(
    scan: SheetScan, start: int, inner: int, end: int, kind: bytes
) -> tuple[bool, str | None]:
    rich = kind == b"inlineStr"
    raw = scan.text[inner:end]
    if scan.masked and raw != scan.xml[inner:end]:
        from perf_addin.adapters.xlsx.rich_text import parsed_cell  # noqa: PLC0415 - few are

        cell = parsed_cell(scan.xml[start:end], _place(scan, start))
        return cell.formula, cell.rich if rich and cell.rich is not None else cell.value
    formula = _FORMULA.search(raw) is not None
    if rich and _RICH.search(raw):
        from perf_addin.adapters.xlsx.rich_text import plain_text  # noqa: PLC0415 - few are

        return formula, plain_text(raw, scan.prefix)
    value = _VALUE.search(raw)
    if value is None and kind == b"str" and _EMPTY.search(raw):
        return formula, ""  # the empty text that a formula came to, in its shorter spelling
    return formula, decode(value[1]) if value else None


def _place(scan: SheetScan, start: int) -> str:
    """The sheet and, as far as it says so, the address of the cell that starts at an offset."""
    tag = scan.patterns.start_tag.match(scan.text, start)
    address = attributes(tag[1]).get(b"r", b"").decode("utf-8", "replace") if tag else ""
    return f"{scan.where}, cell {address[:_LONGEST_ADDRESS]}" if address else scan.where


def number_of(text: str) -> Decimal | None:
    """A stored number, cut to Excel's 15 significant digits; None where Excel holds no such."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_POWER:
        return None
    return number if len(text) <= _SHORT else exact(number)


class CellReader:
    """Turns stored cells of one sheet into values."""

    def __init__(
        self,
        scan: SheetScan,
        styles: Styles,
        strings: Callable[[], SharedStrings],
        *,
        from_1904: bool,
    ) -> None:
        """Bind what values depend on; `strings` is only called when a shared string is met."""
        self._scan = scan
        self.shown = styles.shown
        self._strings = strings
        self._shared: SharedStrings | None = None
        self._from_1904 = from_1904
        self.context = (styles.as_read, from_1904) if styles.as_read is not None else None
        """What the meaning of a cell's XML depends on, shared strings aside; None if unknown."""

    def shared(self, number: int) -> str:
        """The shared string of a 0-based number.

        Raises:
            InputError: it is not well-formed; the message names a cell that shows it.
        """
        if self._shared is None:
            self._shared = self._strings()
        try:
            return self._shared[number]
        except InputError as error:
            from perf_addin.adapters.xlsx.string_places import (  # noqa: PLC0415 - few are torn
                refuse,
            )

            refuse(self._scan, error)

    def cell(self, start: int) -> Cell | None:
        """The cell whose element starts at an offset, or None where it holds nothing."""
        raw = raw_cell(self._scan, start)
        shown = self.shown(raw.style)
        value = self.value(raw, shown)
        if value is None or (value == "" and not raw.formula):
            return Cell("", formula=True) if raw.formula else None
        percent = shown is Shown.PERCENT and isinstance(value, Decimal)
        return Cell(value, percent, raw.formula)

    def value(self, raw: RawCell, shown: Shown = Shown.NUMBER) -> CellValue | None:
        """What a stored cell holds, or None where that is nothing."""
        text, kind = raw.text, raw.kind
        if text is None:
            return None
        if kind == b"n":
            return self._number(text, shown)
        if kind == b"s":
            number = text.strip()
            return self.shared(int(number)) if is_index(number) else ""
        if kind in {b"b", b"e"}:
            return text.strip() in {"1", "true"} if kind == b"b" else CellError(text)
        if kind == b"d":
            from perf_addin.adapters.xlsx.dates import iso_date  # noqa: PLC0415 - few are

            return iso_date(text)
        return text

    def _number(self, text: str, shown: Shown) -> CellValue | None:
        number = number_of(text)
        if number is None:
            return text or None
        if shown is Shown.DATE:
            from perf_addin.adapters.xlsx.dates import date_of  # noqa: PLC0415 - few are

            day = date_of(number, from_1904=self._from_1904)
            return number if day is None else day
        return number
