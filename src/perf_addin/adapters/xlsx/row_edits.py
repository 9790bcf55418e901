"""The edits that one row needs: cells replaced, put in or taken out, its start tag adapted."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, repeat
from operator import lt

from perf_addin.adapters.xlsx.cell_xml import Written, new_cell
from perf_addin.adapters.xlsx.cells import simple_cell
from perf_addin.adapters.xlsx.part_tree import Edit, set_attribute
from perf_addin.adapters.xlsx.sheet_scan import (
    Offsets,
    RowSpan,
    SheetScan,
    attributes,
    column_of,
    letters_of,
)
from perf_addin.application.grid import CellWrite, Look
from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily

_SPAN = lazily(rb"(\d{1,9}):(\d{1,9})")
_PROBED = 6  # columns to the right that are looked for one by one


_NewCell = tuple[int, bytes]  # its column and the whole cell
_RowEdits = Callable[[RowSpan, Sequence[CellWrite]], list[Edit]]
_NewRow = Callable[[int, int, Sequence[CellWrite]], list[Edit]]


class RowEdits:
    """Collects what changes in one existing row."""

    def __init__(self, scan: SheetScan, span: RowSpan) -> None:
        """Begin with nothing changed."""
        self._scan = scan
        self._span = span
        self._edits: list[Edit] = []
        self._new: list[_NewCell] = []
        self.tag = scan.xml[span.start : span.inner]

    def replace(self, start: int, end: int, xml: bytes) -> None:
        """Put other bytes in the place of an existing cell, or of a part of it."""
        self._edits.append((start, end, xml))

    @property
    def any(self) -> bool:
        """Whether a cell changes."""
        return bool(self._edits or self._new)

    def add(self, column: int, style: int, value: Written) -> None:
        """Put a cell into a column that has none."""
        self.put(column, new_cell(self._scan.prefix, self._span.number, column, style, value))

    def put(self, column: int, xml: bytes) -> None:
        """Put a whole cell into a column that has none."""
        self._new.append((column, xml))

    def edits(self) -> list[Edit]:
        """The row's edits, in rising order."""
        scan, span = self._scan, self._span
        new = sorted(self._new)
        old_tag = scan.xml[span.start : span.inner]
        tag = self._spanning(new)
        if new and span.inner == span.end:
            tag = tag.rstrip(b">").rstrip(b"/").rstrip() + b">"
            cells = b"".join(xml for _, xml in new)
            return [(span.start, span.end, tag + cells + b"</" + scan.prefix + b"row>")]
        edits = self._edits if tag == old_tag else [(span.start, span.inner, tag), *self._edits]
        if not new and len(edits) == 1:
            return edits
        edits += [(at, at, xml) for column, xml in new for at in (self._place(column),)]
        return sorted(edits, key=lambda edit: edit[:2])

    def _spanning(self, new: list[_NewCell]) -> bytes:
        tag = self.tag
        if not new or b"spans" not in tag:
            return tag
        stated = attributes(tag).get(b"spans", b"")
        ends = [int(end) for pair in _SPAN.findall(stated) for end in pair]
        columns = (new[0][0], new[-1][0])
        if not ends or (min(ends) <= columns[0] and columns[1] <= max(ends)):
            return tag
        low, high = min(*ends, *columns), max(*ends, *columns)
        return set_attribute(tag, b"spans", f"{low}:{high}")

    def _place(self, column: int) -> int:
        """Where a new cell goes: before the first cell to its right, or behind the last cell."""
        scan, span = self._scan, self._span
        opening = b'<%bc r="' % scan.prefix
        if scan.is_plain(span, opening):
            last = scan.text.rfind(opening, span.inner, span.close)
            if last < 0:
                return span.inner
            letters = scan.text[last + len(opening) : last + len(opening) + 3]
            if column_of(letters.rstrip(b'"0123456789')) < column:
                return scan.end_of(last, span)
            for right in range(column + 1, column + _PROBED):
                start = scan.start_of(span, right)
                if start >= 0:
                    return start
        cells = scan.cells(span)
        after = next((c.start for c in cells if c.column > column), None)
        if after is not None:
            return after
        return cells[-1].end if cells else span.inner


def _out_of_order(scan: SheetScan, number: int, previous: int) -> InputError:
    """The error for a sheet whose rows do not rise, since nobody can say where a row belongs."""
    return InputError(
        f"{scan.where} is damaged: row {number} comes after row {previous}. "
        "Open the workbook in Excel, let it repair the file, and save it anew."
    )


def walk(scan: SheetScan, numbers: Sequence[int]) -> Iterator[tuple[int, RowSpan | None, int]]:
    """Go through rows by rising number: each with its span, or None and where it would be put in.

    Raises:
        InputError: the rows of the sheet are not in order.
    """
    for number, offsets, at in _offsets(scan, numbers):
        yield number, offsets and RowSpan(*offsets), at


def _offsets(scan: SheetScan, numbers: Sequence[int]) -> Iterable[tuple[int, Offsets | None, int]]:
    """What `walk` gives, without the names that a span has."""
    known = scan.row_numbers()
    first = known.index(numbers[0]) if numbers and numbers[0] in known else 0
    last = first + len(numbers)
    # Mostly all rows from one on are wanted.
    if known[first:last] == numbers and all(map(lt, known[:first], known[1 : first + 1])):
        return zip(numbers, islice(scan.offsets(), first, last), repeat(-1))
    return _one_by_one(scan, numbers, frozenset(known))


def _one_by_one(
    scan: SheetScan, numbers: Sequence[int], known: Container[int]
) -> Iterator[tuple[int, Offsets | None, int]]:
    wanted = iter(numbers)
    number = next(wanted, None)
    previous = 0
    for offsets in scan.offsets():
        here, start, _, _, _ = offsets
        if here <= previous:
            raise _out_of_order(scan, here, previous)
        previous = here
        while number is not None and number < here:
            if number in known:  # further down
                raise _out_of_order(scan, number, here)
            yield number, None, start
            number = next(wanted, None)
        if number == here:
            yield number, offsets, start
            number = next(wanted, None)
        if number is None:
            return
    while number is not None:
        yield number, None, scan.stop
        number = next(wanted, None)


class PlainEdits:
    """Works out edits of rows, and at once those of one cell each of the plainest kind.

    What becomes of such a cell behind its address is the same for thousands of cells, and is
    worked out once. All else is left to whoever works out a row thoroughly.
    """

    def __init__(self, scan: SheetScan, thorough: _RowEdits, new_row: _NewRow) -> None:
        """Bind the sheet.

        Args:
            scan: the sheet.
            thorough: gives the edits of any row that there is.
            new_row: gives the edit that puts a row in, by its number and the offset.
        """
        self._scan = scan
        self._thorough = thorough
        self._new_row = new_row
        self._known: dict[tuple[bytes, Written, Look | None], bytes] = {}

    def edits(
        self, numbers: Sequence[int], rows: Iterable[Sequence[CellWrite]], *, plain: bool
    ) -> list[Edit]:
        """The edits of rows, by their rising numbers; the short way only where `plain`.

        Raises:
            InputError: the rows of the sheet are not in order.
            OutputError: a cell cannot be written.
        """
        scan, known = self._scan, self._known
        text, find = scan.text, scan.text.find
        following, closing = b"<%bc" % scan.prefix, b"</%brow" % scan.prefix
        spelled, address, cell = 0, b"", following.replace(b"%", b"%%")
        old = usual = b""  # what stands behind an address, and that with what ends it
        edits: list[Edit] = []
        for here, (number, offsets, at) in zip(rows, _offsets(scan, numbers), strict=True):
            if offsets is None:
                edits += self._new_row(number, at, here)
                continue
            if plain and len(here) == 1:
                write, (_, _, inner, close, _) = here[0], offsets
                column = write.column
                if column != spelled:
                    spelled, address = column, b'%b r="%b%%d"' % (cell, letters_of(column))
                opening = address % number
                start = find(opening, inner, close)
                if start >= 0:
                    behind = start + len(opening)
                    # Mostly the same as in the row above; a search takes twice as long.
                    if text[behind : behind + len(usual)] != usual or not usual:
                        end = find(following, behind, close)
                        old = text[behind : close if end < 0 else end]
                        usual = old + (closing if end < 0 else following)
                    end = behind + len(old)
                    new = known.get((old, write.value, write.look))
                    if new is None:
                        new = self._learned(RowSpan(*offsets), (start, behind, end), write)
                    if new is not None:
                        if new != old:
                            edits.append((behind, end, new))
                        continue
            edits += self._thorough(RowSpan(*offsets), here)
        return edits

    def _learned(
        self, span: RowSpan, place: tuple[int, int, int], write: CellWrite
    ) -> bytes | None:
        """What becomes of a cell behind its address; None where it is not of the plainest kind.

        The place is that of the cell, of what stands behind its address, and of its end.
        """
        scan, (start, behind, end) = self._scan, place
        found = simple_cell(scan, start)
        if found is None or found.end != end or isinstance(write.value, (int, Decimal)):
            return None
        old = new = scan.text[behind:end]
        for at, until, xml in self._thorough(span, [write]):  # one at most
            new = (scan.xml[start:at] + xml + scan.xml[until:end])[behind - start :]
        self._known[old, write.value, write.look] = new
        return new
