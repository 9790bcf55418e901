"""Recorded changes made in the workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perf_addin.adapters.live.pages import put_page
from perf_addin.adapters.live.sheets import LiveSheet
from perf_addin.application.recording import Change, PageChange, SheetChange
from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    import xlwings as xw


def apply_changes(book: xw.Book, changes: Sequence[Change]) -> None:
    """Make changes in an open workbook, in order, in blocks of cells.

    On the desktop the active sheet and the selection stay as they are.

    Raises:
        OutputError: a sheet that changes, or the workbook's list of sheets, is protected. Nothing
            was changed.
    """
    if not changes:
        return
    on_desktop = book.app.engine.type == "desktop"
    if on_desktop:
        _check_protection(book, changes)
    active = book.sheets.active if on_desktop else None
    for change in changes:
        if isinstance(change, SheetChange):
            LiveSheet(book.sheets[change.sheet]).change(change.cells)
        else:
            put_page(book, change)
    if active is not None:
        active.api.Activate()
        book.app.api.CutCopyMode = False


def _check_protection(book: xw.Book, changes: Sequence[Change]) -> None:
    for change in changes:
        if isinstance(change, PageChange) and change.rows_before is None:
            if book.api.ProtectStructure:
                raise OutputError(
                    f"The sheet {change.page.name!r} cannot be added, since the structure of "
                    f"{book.name} is protected. Lift the protection (Review, Protect Workbook) "
                    "and try again.",
                    file=book.name,
                )
            continue
        name = change.sheet if isinstance(change, SheetChange) else change.page.name
        if book.sheets[name].api.ProtectContents:
            raise OutputError(
                f"The sheet {name!r} of {book.name} is protected. Lift the protection (Review, "
                "Unprotect Sheet) and try again.",
                file=book.name,
            )
