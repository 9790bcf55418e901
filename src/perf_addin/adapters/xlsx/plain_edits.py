"""Edits of rows that are written in one cell each, the cell of the plainest kind: by the thousand.

What becomes of such a cell behind its address is the same for thousands of cells, and is worked out
once. All else is left to whoever works out a row thoroughly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from perf_addin.adapters.xlsx.cell_xml import Written
from perf_addin.adapters.xlsx.cells import simple_cell
from perf_addin.adapters.xlsx.part_tree import Edit
from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, letters_of
from perf_addin.application.grid import CellWrite, Look

_RowEdits = Callable[[RowSpan, Sequence[CellWrite]], list[Edit]]
_NewRow = Callable[[int, int, Sequence[CellWrite]], list[Edit]]


class PlainEdits:
    """Works out edits of rows, the plainest of them at once."""

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
    ) -> Iterator[Edit]:
        """The edits of rows, by their rising numbers; the short way only where `plain`.

        Raises:
            OutputError: the rows of the sheet are not in order, or a cell cannot be written.
        """
        scan, known = self._scan, self._known
        text, find = scan.text, scan.text.find
        following = b"<%bc" % scan.prefix
        spelled, address = 0, b""
        for here, (number, span, at) in zip(rows, walk(scan, numbers), strict=True):
            if span is None:
                yield from self._new_row(number, at, here)
                continue
            if plain and len(here) == 1:
                _, _, inner, close, _ = span
                _, column, value, look, _ = here[0]
                if column != spelled:
                    spelled, address = column, b'%b r="%b' % (following, letters_of(column))
                opening = b'%b%d"' % (address, number)
                start = find(opening, inner, close)
                if start >= 0:
                    behind = start + len(opening)
                    end = find(following, behind, close)
                    if end < 0:
                        end = close
                    old = text[behind:end]
                    new = known.get((old, value, look))
                    if new is None:
                        new = self._learned(span, (start, behind, end), here[0])
                    if new is not None:
                        if new != old:
                            yield (behind, end, new)
                        continue
            yield from self._thorough(span, here)

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
