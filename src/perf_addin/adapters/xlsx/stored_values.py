"""What many cells of a sheet hold, as stored: numbers plain, dates as the numbers they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.formula_cells import stored_value
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan
from perf_addin.application.functions.values import Scalar
from perf_addin.application.grid import CellRange

_TEXTS = (b"str", b"inlineStr")


def stored_values(
    scan: SheetScan, strings: Callable[[], SharedStrings], areas: Iterable[CellRange]
) -> Iterator[tuple[tuple[int, int], Scalar]]:
    """The cells of some areas that hold something, by 1-based row and column, row by row."""
    single: dict[int, set[int]] = {}
    wide: list[CellRange] = []
    for area in areas:
        if area[:2] == area[2:]:
            single.setdefault(area.first_row, set()).add(area.first_column)
        else:
            wide.append(area)
    wide.sort()
    reach = _Reach(wide)
    for row in scan.rows():
        columns = single.get(row.number)
        ranges = reach.at(row.number)
        if ranges:
            within = [(area.first_column, area.last_column) for area in ranges]
            found: Iterable[tuple[int, int]] = (
                (cell.column, cell.start)
                for cell in scan.cells(row)
                if (columns and cell.column in columns)
                or any(first <= cell.column <= last for first, last in within)
            )
        elif columns:
            found = _starts(scan, row, columns)
        else:
            continue
        for column, start in found:
            value = _value(scan, strings, start)
            if value is not None:
                yield (row.number, column), value


class _Reach:
    """Which of many areas, in order, reach a row; asked for rising rows."""

    def __init__(self, areas: list[CellRange]) -> None:
        self._waiting = areas[::-1]
        self._open: list[CellRange] = []

    def at(self, row: int) -> list[CellRange]:
        while self._waiting and self._waiting[-1].first_row <= row:
            self._open.append(self._waiting.pop())
        if self._open:
            self._open = [area for area in self._open if area.last_row >= row]
        return self._open


def _starts(scan: SheetScan, row: RowSpan, columns: set[int]) -> Iterator[tuple[int, int]]:
    for column in columns:
        start = scan.start_of(row, column)
        if start >= 0:
            yield column, start


def _value(scan: SheetScan, strings: Callable[[], SharedStrings], start: int) -> Scalar:
    quick = None if scan.masked else _plain_cell(scan.prefix).match(scan.text, start)
    if quick is not None:
        kind, stored = quick.groups()
        if kind is None:
            return float(stored)
        if kind == b"s":
            return strings()[int(stored)]
    raw = raw_cell(scan, start)
    if raw.text is None:
        return None
    if raw.kind == b"s":
        number = raw.text.strip()
        return strings()[int(number)] if number.isdecimal() else None
    if raw.kind in _TEXTS:
        return raw.text
    return stored_value(raw.kind, raw.text)


@cache
def _plain_cell(prefix: bytes) -> re.Pattern[bytes]:
    """A cell with a number or a shared string, with or without a formula, as Excel writes it."""
    p = re.escape(prefix)
    return re.compile(
        b"<"
        + p
        + rb'c r="[A-Z]{1,3}\d+"(?: s="\d+")?(?: t="(s)")?>(?:<'
        + p
        + rb"f>[^<]*</"
        + p
        + b"f>)?<"
        + p
        + rb"v>(-?\d+(?:\.\d+)?(?:E[-+]?\d+)?)</"
        + p
        + b"v></"
        + p
        + b"c>"
    )
