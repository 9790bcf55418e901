"""Where the cells of a row lie, one by one: found by patterns, however they are written."""

from __future__ import annotations

from functools import cache, cached_property

from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, attributes, column_of
from perf_addin.adapters.xlsx.xml_text import QUOTED
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily, literal

if TYPE_CHECKING:
    import re


class CellSpan(NamedTuple):
    """A cell's 1-based column, and where its element starts and ends."""

    column: int
    start: int
    end: int


class Patterns:
    """What rows and cells look like under one namespace prefix (with its colon, or empty).

    Each is compiled when it is first asked for: a reading needs few of them.
    """

    def __init__(self, prefix: bytes) -> None:
        """Bind the prefix."""
        self._prefix = literal(prefix)

    @cached_property
    def cell(self) -> re.Pattern[bytes]:
        """A cell's start tag: the letters of its address, if that comes first, and the rest."""
        return lazily(b"<" + self._prefix + rb'c(?=[\s/>])(?: r="([A-Z]+)\d+")?(' + QUOTED + b")>")

    @cached_property
    def cell_close(self) -> re.Pattern[bytes]:
        """A cell's end tag."""
        return lazily(b"</" + self._prefix + rb"c\s*>")

    @cached_property
    def start_tag(self) -> re.Pattern[bytes]:
        """A cell's start tag: all its attributes."""
        return lazily(b"<" + self._prefix + rb"c(?=[\s/>])(" + QUOTED + b")>")


@cache
def patterns(prefix: bytes) -> Patterns:
    """The patterns for a namespace prefix."""
    return Patterns(prefix)


def cells_of(scan: SheetScan, row: RowSpan) -> list[CellSpan]:
    """The cells of a row, in file order, blank ones too."""
    found = []
    column, at = 0, row.inner
    while tag := scan.patterns.cell.search(scan.text, at, row.close):
        letters, rest = tag.groups()
        if letters is None:
            stated = attributes(rest).get(b"r", b"")
            letters = stated.rstrip(b"0123456789")
        column = column_of(letters) if letters else column + 1
        at = tag.end()
        if not rest.endswith(b"/"):
            closing = scan.patterns.cell_close.search(scan.text, at, row.close)
            if closing is None:
                raise InputError(f"{scan.where} is damaged in row {row.number}.")
            at = closing.end()
        found.append(CellSpan(column, tag.start(), at))
    return found


def end_of(scan: SheetScan, start: int, row: RowSpan) -> int:
    """Where the cell that starts at an offset ends."""
    tag = scan.patterns.cell.match(scan.text, start)
    if tag is None or tag[2].endswith(b"/"):
        return tag.end() if tag else row.close
    closing = scan.patterns.cell_close.search(scan.text, tag.end(), row.close)
    return closing.end() if closing else row.close
