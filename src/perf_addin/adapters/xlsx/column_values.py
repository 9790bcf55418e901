"""What one column holds in many rows, read in one pass over the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.formula_values import stored_value
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, letters_of
from perf_addin.application.functions.values import Scalar
from perf_addin.application.grid import CellRange

_Match = tuple[bytes, bytes, bytes]


def column_values(
    scan: SheetScan, strings: Callable[[], SharedStrings], column: int, rows: Sequence[int]
) -> Sequence[Scalar]:
    """What the cells of a 1-based column hold in some rows; None for each blank."""
    known = {} if scan.masked or scan.prefix else _simple(scan, strings, column)
    odd = [row for row in rows if row not in known]
    if odd:
        from perf_addin.adapters.xlsx.stored_values import stored_values  # noqa: PLC0415 - rare

        known.update(dict.fromkeys(odd))
        areas = [CellRange(row, column, row, column) for row in odd]
        known.update((row, value) for (row, _), value in stored_values(scan, strings, areas))
    return [known[row] for row in rows]


def _simple(
    scan: SheetScan, strings: Callable[[], SharedStrings], column: int
) -> dict[int, Scalar]:
    """By row what those cells hold that have nothing but a value, or nothing at all."""
    cell = re.compile(
        rb'<c r="' + letters_of(column) + rb'(\d{1,7})"([^<>]*)>(?:<v>([^<]*)</v></c>)?'
    )
    found: list[_Match] = cell.findall(scan.text, max(scan.first, 0), scan.stop)
    kinds = {rest: _kind(rest) for rest in {match[1] for match in found}}
    if set(kinds.values()) == {b"n"} and all(match[2] for match in found):
        try:
            numbers: dict[int, Scalar] = {int(row): float(text) for row, _, text in found}
        except ValueError:
            pass
        else:
            return numbers if len(numbers) == len(found) else {}
    rows = {match[0] for match in found}
    return _mixed(found, kinds, strings) if len(rows) == len(found) else {}


def _kind(rest: bytes) -> bytes:
    """The type of a cell from its tag's attributes behind the address; `/` where it is blank."""
    return b"/" if rest.endswith(b"/") else attributes(rest).get(b"t", b"n")


def _mixed(
    found: list[_Match], kinds: dict[bytes, bytes], strings: Callable[[], SharedStrings]
) -> dict[int, Scalar]:
    known: dict[tuple[bytes, bytes], Scalar] = {}
    values: dict[int, Scalar] = {}
    for row, rest, text in found:
        kind = kinds[rest]
        if kind == b"/":
            values[int(row)] = None
        elif text:
            pair = (kind, text)
            if pair not in known:
                known[pair] = _value(kind, text, strings)
            values[int(row)] = known[pair]
    return values


def _value(kind: bytes, text: bytes, strings: Callable[[], SharedStrings]) -> Scalar:
    if kind == b"s":
        return strings()[int(text)] if text.isdigit() else None
    return stored_value(kind, decode(text))
