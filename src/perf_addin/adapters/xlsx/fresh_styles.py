"""The style of a cell that a sheet has not yet: like another cell, or its row's or column's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, attributes
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.adapters.xlsx.xml_text import QUOTED, whole_number
from perf_addin.application.grid import CellWrite, Look
from perf_addin.domain.lazy_patterns import lazily

_COLUMN = lazily(rb"<(?:[^\s:<>/]+:)?col(?=\s)(" + QUOTED + b")>")


class FreshStyles:
    """The styles of the cells that some writes add to a sheet."""

    def __init__(self, scan: SheetScan, styles: Styles, writes: Sequence[CellWrite]) -> None:
        """Bind the sheet and all that is written into it."""
        self._scan = scan
        self._styles = styles
        self._writes = writes
        self._likes: dict[tuple[int, int], int] | None = None
        self._columns: list[tuple[int, int, int]] | None = None

    def style(self, write: CellWrite, row_tag: bytes, span: RowSpan | None = None) -> int:
        """The style for a cell that is not there yet: like another, or its row's or column's."""
        style = None
        if write.like and write.like[0] != write.row:
            style = self._noted_likes().get(write.like)
        elif write.like and span is not None:
            style = self._style_at(span, write.like[1])
        if style is None:
            style = self._style_of_row(row_tag)
        if style is None:
            style = self._style_of_column(write.column)
        return self._styles.with_look(style, write.look or Look.PLAIN)

    def _noted_likes(self) -> Mapping[tuple[int, int], int]:
        """The styles of cells that new cells of other rows get, once one is needed."""
        if self._likes is None:
            self._likes = {}
            likes = {w.like for w in self._writes if w.like and w.like[0] != w.row}
            rows = {n: [*group] for n, group in groupby(sorted(likes), key=itemgetter(0))}
            for number, span, _ in walk(self._scan, list(rows)):
                for like in rows[number] if span else ():
                    style = self._style_at(span, like[1]) if span else None
                    if style is not None:
                        self._likes[like] = style
        return self._likes

    def _style_at(self, span: RowSpan, column: int) -> int | None:
        start = self._scan.start_of(span, column)
        return None if start < 0 else raw_cell(self._scan, start).style

    def _style_of_row(self, tag: bytes) -> int | None:
        if b"customFormat" not in tag:
            return None
        stated = attributes(tag)
        used = stated.get(b"customFormat") in {b"1", b"true"}
        return self._number(stated, b"s") if used else None

    def _number(self, stated: Mapping[bytes, bytes], name: bytes) -> int:
        what = f"{name.decode()} of a row or column"
        return whole_number(stated.get(name, b"0"), self._scan.where, what)

    def _style_of_column(self, column: int) -> int:
        if self._columns is None:
            tags = map(attributes, _COLUMN.findall(self._scan.text, 0, self._scan.data_start))
            self._columns = [
                (self._number(t, b"min"), self._number(t, b"max"), self._number(t, b"style"))
                for t in tags
            ]
        return next((s for low, high, s in self._columns if low <= column <= high), 0)
