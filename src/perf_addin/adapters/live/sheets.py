"""A worksheet that is open in Excel, written block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from perf_addin.adapters.live.blocks import addresses, blocks, grouped
from perf_addin.adapters.live.entering import LONGEST_IN_A_BLOCK, entered
from perf_addin.application.grid import CellRange, Look
from perf_addin.application.looks import PALETTE
from perf_addin.application.recording import CellChange, Entered

if TYPE_CHECKING:
    import xlwings as xw

Places = Iterable[tuple[int, int]]
_AUTOMATIC = "#000000"
_CONTINUOUS, _NO_LINE, _THIN = 1, -4142, 2  # XlLineStyle and XlBorderWeight


class LiveSheet:
    """A worksheet of an open workbook."""

    def __init__(self, sheet: xw.Sheet) -> None:
        """Wrap a sheet of xlwings; nothing is asked of Excel yet."""
        self.sheet = sheet
        self.on_desktop = sheet.book.app.engine.type == "desktop"

    def block(self, block: CellRange) -> xw.Range:
        """The cells of a block."""
        return self.sheet.range(block[:2], block[2:])

    def areas(self, places: Places) -> Iterator[xw.Range]:
        """Cells in as few ranges as the engine can name: on the desktop, of several blocks each."""
        found = blocks(places)
        if self.on_desktop:
            for address in addresses(found):
                yield self.sheet.range(address)
        else:
            yield from map(self.block, found)

    def put_values(self, values: Mapping[tuple[int, int], Entered]) -> None:
        """Enter values, a block at a time; a text never becomes a formula, number or date."""
        long = {
            place
            for place, value in values.items()
            if isinstance(value, str) and len(value) > LONGEST_IN_A_BLOCK
        }
        for block in blocks(values.keys() - long):
            columns = range(block.first_column, block.last_column + 1)
            self.block(block).value = [
                [entered(values[row, column]) for column in columns]
                for row in range(block.first_row, block.last_row + 1)
            ]
        for place in sorted(long):
            self.sheet.range(place).value = entered(values[place])

    def change(self, cells: Sequence[CellChange]) -> None:
        """Make changes of single cells; what a cell looks like otherwise stays."""
        self._take_looks(cells)
        self.put_values({(c.row, c.column): c.value for c in cells if c.sets_value})
        looks = {(c.row, c.column): c.look for c in cells if c.look is not None}
        for look, places in grouped(looks).items():
            paint = PALETTE.get(look)
            for area in self.areas(places):
                area.color = f"#{paint.fill}" if paint and look is not Look.PLAIN else None
                area.font.color = f"#{paint.font}" if paint else _AUTOMATIC

    def _take_looks(self, cells: Sequence[CellChange]) -> None:
        """Give cells that have no look of their own that of the cells they are to be like."""
        likes = {(c.row, c.column): c.like for c in cells if c.like is not None}
        offsets = {
            (row, column): (like[0] - row, like[1] - column)
            for (row, column), like in likes.items()
        }
        for (down, right), places in grouped(offsets).items():
            for block in blocks(places):
                first_row, first_column, last_row, last_column = block
                source = CellRange(
                    first_row + down, first_column + right, last_row + down, last_column + right
                )
                self.copy_formats(self.block(source), self.block(block))

    def copy_formats(self, source: xw.Range, target: xw.Range) -> None:
        """Give cells the look of others, without their content."""
        if self.on_desktop:
            source.copy()
            target.paste(paste="formats")
        else:
            target.copy_from(source, copy_type="formats")

    def draw_borders(self, area: xw.Range, *, wanted: bool) -> None:
        """Draw a thin line around every cell, or take such lines away.

        On the desktop for all sides at once: Excel refuses inner lines of a single cell.
        """
        if self.on_desktop:
            borders = area.api.Borders
            borders.LineStyle = _CONTINUOUS if wanted else _NO_LINE
            if wanted:
                borders.Weight = _THIN
                borders.Color = 0
        elif wanted:
            area.borders.set("all", line_style="continuous")
        else:
            area.borders.clear("all")

    def freeze_rows(self, rows: int) -> None:
        """Keep the first rows in view; on the desktop the sheet comes to the front for it."""
        if not self.on_desktop:
            self.sheet.freeze_panes.freeze_at(f"1:{rows}")
            return
        self.sheet.api.Activate()
        window = self.sheet.book.app.api.ActiveWindow
        window.FreezePanes = False
        window.SplitColumn = 0
        window.SplitRow = rows
        window.FreezePanes = True
