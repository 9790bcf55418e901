"""What cells hold, told from their type and text; and what one column holds in many rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, letters_of
from perf_addin.adapters.xlsx.xml_text import is_index
from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.application.grid import CellRange
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.formula_columns import XlsxColumn

_Match = tuple[bytes, bytes, bytes]
_TEXTS = frozenset({b"str", b"inlineStr"})
_ERRORS = {error.value: error for error in ExcelError}


def stored_value(kind: bytes, text: str) -> Scalar:
    """What a cell holds by its type and its text; None where that is nothing.

    An empty text is one that a formula came to (`t="str"`); an empty number or truth value is how
    programs store nothing for a formula that they did not calculate.
    """
    if kind == b"s" or (not text and kind not in _TEXTS):
        return None  # Excel never stores a result as a shared string
    if kind == b"n":
        try:
            return float(text)
        except ValueError:
            return None
    if kind == b"b":
        return text.strip() in {"1", "true"}
    if kind == b"e":
        return _ERRORS.get(text.strip().upper(), ExcelError.VALUE)
    return text


def column_values(
    scan: SheetScan,
    strings: Callable[[], SharedStrings],
    column: int,
    rows: Sequence[int],
    behind: XlsxColumn | None = None,
) -> Sequence[Scalar]:
    """What the cells of a 1-based column hold in some rows; None for each blank.

    Args:
        scan: the sheet.
        strings: gives the shared strings.
        column: the column.
        rows: the rows.
        behind: the first formulas behind the column, where they are in just these rows.
    """
    found_rows: Sequence[int] = []
    values: Sequence[Scalar] = []
    if not (scan.masked or scan.prefix):
        at_once = None if behind is None else _before(behind, strings, column)
        if at_once is not None:
            return at_once
        reach = (max(scan.first, 0), scan.stop)
        found_rows, values = _simple(scan.text, reach, strings, column)
    if found_rows == rows:
        return values
    known = dict(zip(found_rows, values, strict=True))
    if len(known) < len(found_rows):
        known = {}
    odd = [row for row in rows if row not in known]
    if odd:
        from perf_addin.adapters.xlsx.stored_values import stored_values  # noqa: PLC0415 - rare

        known.update(dict.fromkeys(odd))
        areas = [CellRange(row, column, row, column) for row in odd]
        known.update((row, value) for (row, _), value in stored_values(scan, strings, areas))
    return [known[row] for row in rows]


def _before(
    formulas: XlsxColumn, strings: Callable[[], SharedStrings], column: int
) -> Sequence[Scalar] | None:
    """Contents of the cells before some formulas; None where not all have just a value."""
    address = b'<c r="%b' % letters_of(column), b'"'
    cells = []
    for before, number in zip(formulas.before, formulas.digits, strict=True):
        _, found, cell = before.rpartition(number.join(address))
        if not found:
            return None
        cells.append(cell.partition(b"</v></c>")[0])
    kinds: dict[bytes, bytes] = {}
    known: dict[bytes, Scalar] = {}
    for cell in set(cells):
        tag, _, text = cell.partition(b"><v>")
        if not text or b"<" in text or b">" in tag:
            return None
        if tag not in kinds:
            kinds[tag] = _kind(tag)
        known[cell] = _value(kinds[tag], text, strings)
    return list(map(known.__getitem__, cells))


def _simple(
    cells: bytes, reach: tuple[int, int], strings: Callable[[], SharedStrings], column: int
) -> tuple[list[int], Sequence[Scalar]]:
    """Rows and contents of the cells that have nothing but a value, or nothing at all."""
    cell = re.compile(
        rb'<c r="' + letters_of(column) + rb'(\d{1,7})"([^<>]*)>(?:<v>([^<]*)</v></c>)?'
    )
    found = cell.findall(cells, *reach)
    if not found:
        return [], []
    rows, tags, texts = zip(*found, strict=True)
    kinds = {tag: _kind(tag) for tag in set(tags)}
    every = set(kinds.values())
    if b"/" in every or b"" in set(texts):
        return _mixed(found, kinds, strings)
    numbers = list(map(int, rows))
    if every == {b"n"}:
        try:
            return numbers, list(map(float, texts))
        except ValueError:
            return _mixed(found, kinds, strings)
    if every == {b"s"}:
        known = {text: _value(b"s", text, strings) for text in set(texts)}
        return numbers, list(map(known.__getitem__, texts))
    return _mixed(found, kinds, strings)


def _kind(rest: bytes) -> bytes:
    """The type of a cell from its tag's attributes behind the address; `/` where it is blank."""
    return b"/" if rest.endswith(b"/") else attributes(rest).get(b"t", b"n")


def _mixed(
    found: list[_Match], kinds: dict[bytes, bytes], strings: Callable[[], SharedStrings]
) -> tuple[list[int], Sequence[Scalar]]:
    """The same of cells of several kinds; those that have something else inside are left out."""
    known: dict[tuple[bytes, bytes], Scalar] = {}
    rows: list[int] = []
    values: list[Scalar] = []
    for row, tag, text in found:
        kind = kinds[tag]
        if kind != b"/" and not text:
            continue
        pair = (kind, text)
        if pair not in known:
            known[pair] = None if kind == b"/" else _value(kind, text, strings)
        rows.append(int(row))
        values.append(known[pair])
    return rows, values


def _value(kind: bytes, text: bytes, strings: Callable[[], SharedStrings]) -> Scalar:
    if kind == b"s":
        return strings()[int(text)] if is_index(text) else None
    return stored_value(kind, decode(text))
