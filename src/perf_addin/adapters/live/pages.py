"""A sheet of ours laid out in the open workbook; what a person keeps on it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from perf_addin.adapters.live.blocks import blocks, grouped
from perf_addin.adapters.live.printing import set_up_print
from perf_addin.adapters.live.sheets import LiveSheet
from perf_addin.application.grid import CellRange
from perf_addin.application.ports import PageCell, PageStyle, SheetPage
from perf_addin.application.recording import PageChange

if TYPE_CHECKING:
    import xlwings as xw

Cells = Mapping[tuple[int, int], PageCell]

# What Excel measures column widths in on the web: points, of a character of the usual font.
_POINTS_PER_CHARACTER, _POINTS_OF_PADDING = 5.25, 3.75


def put_page(book: xw.Book, change: PageChange) -> None:
    """Add a sheet of ours, or bring its own columns up to date."""
    page = change.page
    if change.rows_before is None:
        sheet = LiveSheet(book.sheets.add(page.name, after=book.sheets[len(book.sheets) - 1]))
    else:
        sheet = LiveSheet(book.sheets[page.name])
    cells = {(row.number, cell.column): cell for row in page.rows for cell in row.cells}
    last = max([change.rows_before or 0, *(row for row, _ in cells)])
    columns = range(1, max([page.own_columns, *(column for _, column in cells)]) + 1)
    gone = {(row, column) for row in range(1, last + 1) for column in columns} - cells.keys()
    if change.rows_before is not None:
        _move_kept(sheet, cells, last, columns)
        for area in sheet.areas(gone):
            area.clear_contents()
            area.clear_formats()
    _put_content(sheet, cells)
    _put_styles(sheet, cells)
    if change.rows_before is None:
        _set_up(sheet, page)
    set_up_print(sheet, page, is_new=change.rows_before is None)


def _put_content(sheet: LiveSheet, cells: Cells) -> None:
    own = {place: cell for place, cell in cells.items() if cell.kept_from is None}
    sheet.put_values({place: cell.value for place, cell in own.items() if not cell.formula})
    for place, cell in own.items():
        if cell.formula:
            sheet.sheet.range(place).formula = cell.formula


def _move_kept(sheet: LiveSheet, cells: Cells, last: int, columns: range) -> None:
    """Move kept cells to their new rows, by way of a sheet that is there only meanwhile."""
    moves = {
        (row, column): cell.kept_from - row
        for (row, column), cell in cells.items()
        if cell.kept_from is not None and cell.kept_from != row
    }
    if not moves:
        return
    book = sheet.sheet.book
    aside = LiveSheet(book.sheets.add(after=book.sheets[len(book.sheets) - 1]))
    whole = CellRange(1, columns[0], last, columns[-1])
    sheet.block(whole).copy(aside.block(whole))
    for down, places in grouped(moves).items():
        for block in blocks(places):
            old = block._replace(first_row=block.first_row + down, last_row=block.last_row + down)
            aside.block(old).copy(sheet.block(block))
    aside.sheet.delete()


def _put_styles(sheet: LiveSheet, cells: Cells) -> None:
    """Give our cells their styles, one property after the other.

    A property's most frequent value goes to all cells at once, the others where they differ: cells
    of different styles have most properties in common.
    """
    styles = {place: cell.style for place, cell in cells.items() if not cell.keeps_style}
    if not styles:
        return
    for name in PageStyle._fields:
        groups = grouped({place: getattr(style, name) for place, style in styles.items()})
        usual = max(groups, key=lambda value: len(groups[value]))
        for area in sheet.areas(styles):
            _set(sheet, area, name, usual)
        for value, places in groups.items():
            if value != usual:
                for area in sheet.areas(places):
                    _set(sheet, area, name, value)


def _set(sheet: LiveSheet, area: xw.Range, name: str, value: Any) -> None:  # noqa: ANN401 - of any field
    """Set a property of a style, by its name in `PageStyle`."""
    match name:
        case "bold" | "italic" | "size":
            setattr(area.font, name, value)
        case "colour":
            area.font.color = f"#{value}"
        case "fill":
            area.color = f"#{value}" if value else None
        case "border":
            sheet.draw_borders(area, wanted=value)
        case "wrap":
            area.wrap_text = value
        case "horizontal":
            area.horizontal_alignment = value or "general"
        case _:
            setattr(area, f"{name}_alignment", value)


def _set_up(sheet: LiveSheet, page: SheetPage) -> None:
    """What a new sheet is given once, and a person may change afterwards."""
    live = sheet.sheet
    for column, width in page.column_widths.items():
        measure = width if sheet.on_desktop else width * _POINTS_PER_CHARACTER + _POINTS_OF_PADDING
        live.range((1, column)).column_width = measure
    for column in page.hidden_columns:
        live.range((1, column)).columns.hidden = True
    for choice in page.choices:
        live.range(choice.area).data_validation.set_list(list(choice.choices))
    last = max((row.number for row in page.rows), default=1)
    live.range((1, 1), (last, page.print_columns or page.own_columns)).rows.autofit()
    if page.frozen_rows:
        sheet.freeze_rows(page.frozen_rows)
    if page.hidden:
        live.visible = False
