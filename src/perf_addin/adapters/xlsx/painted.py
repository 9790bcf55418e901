"""Cells that a person painted red, amber or green."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from perf_addin.adapters.xlsx.cell_xml import restyled
from perf_addin.adapters.xlsx.cells import RawCell, raw_cell
from perf_addin.adapters.xlsx.colour_rules import fill_colour
from perf_addin.adapters.xlsx.part_tree import Edit
from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.application.audit.colours import letter_of

Place = tuple[int, int]


class Painted:
    """Tells which cells of a sheet have a rating's colour of their own, and takes it away.

    Colours that this product gave, and those of conditional formats, are no paint.
    """

    def __init__(self, scan: SheetScan, styles: Styles, theme: Sequence[str]) -> None:
        """Bind a sheet, the workbook's styles, and the colours of its theme."""
        self._scan = scan
        self._styles = styles
        self._theme = theme
        self._known: dict[int, bool] = {}

    def among(self, cells: Collection[Place]) -> set[Place]:
        """Those of some cells, each by row and column, that are painted."""
        return {place for place, _ in self._painted(cells)}

    def without_paint(self, cells: Collection[Place]) -> list[Edit]:
        """The edits that take the paint of some cells away; all else of their style stays."""
        edits: list[Edit] = []
        unpainted: dict[int, int] = {}
        for _, raw in self._painted(cells):
            if raw.style not in unpainted:
                unpainted[raw.style] = self._styles.unpainted(raw.style)
            found = self._scan.patterns.start_tag.match(self._scan.text, raw.start)
            if found is not None:
                edits.append((raw.start, found.end(), restyled(found[0], unpainted[raw.style])))
        return edits

    def _painted(self, cells: Collection[Place]) -> Iterator[tuple[Place, RawCell]]:
        wanted: dict[int, list[int]] = {}
        for row, column in sorted(cells):
            wanted.setdefault(row, []).append(column)
        for number, span, _ in walk(self._scan, list(wanted)):
            for column in wanted[number] if span is not None else ():
                start = self._scan.start_of(span, column) if span is not None else -1
                raw = raw_cell(self._scan, start) if start >= 0 else None
                if raw is not None and self._is_paint(raw.style):
                    yield (number, column), raw

    def _is_paint(self, style: int) -> bool:
        if style not in self._known:
            colour = fill_colour(self._styles.fill(style), self._theme)
            is_ours = self._styles.look(style) is not None
            self._known[style] = not is_ours and bool(colour and letter_of(colour))
        return self._known[style]
