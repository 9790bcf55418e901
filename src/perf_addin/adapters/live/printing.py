"""How a sheet of ours is printed: what xlwings offers everywhere, the rest on the desktop."""

from __future__ import annotations

from perf_addin.adapters.live.sheets import LiveSheet
from perf_addin.application.grid import column_letters
from perf_addin.application.ports import SheetPage

_PORTRAIT, _LANDSCAPE, _A4 = 1, 2, 9  # XlPageOrientation and XlPaperSize
_MARGIN_POINTS, _HEADER_POINTS = 56.7, 28.35  # 2 cm and 1 cm


def set_up_print(sheet: LiveSheet, page: SheetPage, *, is_new: bool) -> None:
    """Set the print area and the page breaks, and for a new sheet its paper and margins."""
    area = print_area(page)
    if area is not None:
        sheet.sheet.page_setup.print_area = area
    if not sheet.on_desktop:
        return
    if is_new:
        _set_paper(sheet, page)
    worksheet = sheet.sheet.api
    worksheet.ResetAllPageBreaks()
    for row in sorted(set(page.page_breaks)):
        if row > 1:
            worksheet.HPageBreaks.Add(Before=worksheet.Range(f"A{row}"))


def _set_paper(sheet: LiveSheet, page: SheetPage) -> None:
    setup = sheet.sheet.api.PageSetup
    setup.Orientation = _LANDSCAPE if page.landscape else _PORTRAIT
    setup.PaperSize = _A4
    setup.Zoom = False
    setup.FitToPagesWide = 1
    setup.FitToPagesTall = False
    for side in ("LeftMargin", "RightMargin", "TopMargin", "BottomMargin"):
        setattr(setup, side, _MARGIN_POINTS)
    setup.HeaderMargin = setup.FooterMargin = _HEADER_POINTS
    setup.LeftFooter, setup.RightFooter = "&A", "Page &P of &N"
    if page.title_rows is not None:
        first, last = page.title_rows
        setup.PrintTitleRows = f"${first}:${last}"


def print_area(page: SheetPage) -> str | None:
    """The address of what is printed, or None where that is all."""
    if page.print_columns is None:
        return None
    last = page.print_rows or max((row.number for row in page.rows), default=1)
    return f"$A$1:${column_letters(page.print_columns)}${last}"
