"""What many cells of a sheet hold, as stored: numbers plain, dates as the numbers they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.column_values import stored_value
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, attributes
from perf_addin.adapters.xlsx.xml_text import is_index
from perf_addin.application.functions.values import Scalar
from perf_addin.application.grid import CellRange
from perf_addin.domain.errors import InputError

_TEXTS = (b"str", b"inlineStr")
_PLAIN = (b"n", b"s", b"str")
_OPENING = b'<c r="'


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
    value_of = _Values(scan, strings).at
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
            try:
                value = value_of(start)
            except InputError as error:
                from perf_addin.adapters.xlsx.string_places import refuse  # noqa: PLC0415 - rare

                refuse(scan, error)
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


class _Values:
    """What cells hold; of numbers and texts as Excel writes them, only the start tag is read."""

    def __init__(self, scan: SheetScan, strings: Callable[[], SharedStrings]) -> None:
        self._scan, self._strings = scan, strings
        self._text = b"" if scan.masked or scan.prefix else scan.text
        self._kinds: dict[bytes, bytes] = {}

    def at(self, start: int) -> Scalar:
        """What the cell holds that begins at an offset."""
        text, opening = self._text, start + len(_OPENING)
        if text[start:opening] != _OPENING:
            return self._any(start)
        behind = text.find(b'"', opening) + 1
        inner = text.find(b">", behind) + 1
        tag = text[behind:inner]
        kind = self._kinds.get(tag)
        if kind is None:
            kind = b"" if tag.endswith(b"/>") else attributes(tag).get(b"t", b"n")
            self._kinds[tag] = kind
        end = text.find(b"</c>", inner)
        value = text.find(b"<v>", inner, end) + 3
        if kind not in _PLAIN or value < inner:
            return self._any(start)
        stored = text[value : text.find(b"<", value)]
        if kind == b"s":
            return self._strings()[int(stored)] if is_index(stored) else None
        return stored_value(kind, decode(stored))

    def _any(self, start: int) -> Scalar:
        raw = raw_cell(self._scan, start)
        if raw.text is None:
            return None
        if raw.kind == b"s":
            number = raw.text.strip()
            return self._strings()[int(number)] if is_index(number) else None
        if raw.kind in _TEXTS:
            return raw.text
        return stored_value(raw.kind, raw.text)
