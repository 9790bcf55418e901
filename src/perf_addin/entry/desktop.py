"""What the desktop add-in's ribbon calls: one press, from the open workbook to a message."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import xlwings as xw

from perf_addin import __version__
from perf_addin.adapters.addin_file.sources import selftest_workbook
from perf_addin.adapters.live.applying import apply_changes
from perf_addin.adapters.live.held import held
from perf_addin.adapters.live.selftest import run_selftest, selftest_sheet
from perf_addin.adapters.live.snapshot import snapshot
from perf_addin.adapters.live.undoing import Undo, prepare_undo, undo
from perf_addin.application.buttons import Button, ButtonId, button_of
from perf_addin.application.desktop.machine import FILE_NAME
from perf_addin.application.help_text import help_text
from perf_addin.application.pressing import Selected, Told, press
from perf_addin.application.recording import RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import OutputError, PerfAddinError, UsageError
from perf_addin.entry.log_file import log_path, logger
from perf_addin.entry.ribbon import open_snapshot

UNDO = "undo"
UNDO_MACRO = f"'{FILE_NAME}'!PerfUndo"  # with its file, since another workbook is in front

_kept: dict[str, Undo] = {}


def dispatch(control_id: str) -> None:
    """Do what a button of the ribbon is for, with the workbook that is in front.

    Whatever goes wrong becomes one message; what was unforeseen is in the log as well.
    """
    book = xw.Book.caller()
    try:
        told = _undo(book) if control_id == UNDO else _press(control_id, book)
        if told.shows is not None:
            book.sheets[told.shows].api.Activate()
    except PerfAddinError as error:
        told = Told("Nothing was changed", str(error), is_error=True)
    except Exception as error:  # noqa: BLE001 - told and logged; Excel shows no traceback
        logger().exception("%s in %s", control_id, book.name)
        told = Told(
            "Something went wrong",
            f"{type(error).__name__}: {error}\n\nThe workbook is as it was before. What happened "
            f"is in the log, {log_path()}; please send it with a report of the problem.",
            is_error=True,
        )
    mode = "critical" if told.is_error else "info"
    book.app.alert(told.text, f"perf-addin: {told.title}", mode=mode)


def _press(control_id: str, book: xw.Book) -> Told:
    button = button_of(control_id)
    if button is None:
        raise UsageError(f"There is no button {control_id!r}; install the add-in anew.")
    if button.id is ButtonId.HELP:
        return Told("Help", help_text(__version__))
    if button.id is ButtonId.SELFTEST:
        return _selftest(book)
    if button.id is ButtonId.RECALCULATE:
        book.app.api.CalculateFull()  # after a change of the settings too
    with snapshot(book) as path:
        if button.id is ButtonId.PAPER:
            return _paper(book, path)
        return _change(button, book, path)


def _paper(book: xw.Book, path: Path) -> Told:
    """Write the committee paper beside the workbook, and open it in Word."""
    from perf_addin.entry.paper import paper_of, paper_told  # noqa: PLC0415 - for this button

    outcome = paper_of(open_snapshot(path), Settings(), paper_place(book))
    opener = getattr(os, "startfile", None)  # on Windows
    if opener is not None:
        opener(outcome.path)
    return paper_told(outcome)


def paper_place(book: xw.Book) -> Path:
    """Where the paper of an open workbook goes: beside it, or among the user's documents.

    A workbook that was never saved, or lies in OneDrive or SharePoint, has no folder here.
    """
    folder = Path(book.api.Path) if book.api.Path else None
    if folder is None or "://" in book.api.Path or not folder.is_dir():
        documents = Path.home() / "Documents"
        folder = documents if documents.is_dir() else Path.home()
    return folder / f"{PurePath(book.name).stem}_paper.docx"


def _selftest(book: xw.Book) -> Told:
    """Run the table of cases in this Excel.

    Raises:
        UsageError: another workbook is in front.
    """
    sheet = selftest_sheet(book)
    if sheet is None:
        raise UsageError(f"Open {selftest_workbook()} first, then press Self-test again.")
    found = run_selftest(sheet)
    return Told("Self-test", found.text(), sheet.name, is_error=bool(found.failed))


def _change(button: Button, book: xw.Book, path: Path) -> Told:
    """Work on the copy of the workbook, then make all changes in Excel, or none."""
    recorded = RecordedWorkbook(open_snapshot(path), book.name)
    told = press(button.id, recorded, Settings(), selected(book))
    if not recorded.changes:
        return told
    kept = prepare_undo(path, open_snapshot(path), recorded.changes)
    with held(book.app, f"perf-addin: {button.label} …"):
        try:
            apply_changes(book, recorded.changes)
        except Exception as error:
            _take_back(book, kept, error)
            raise
    _remember(book, kept, button.label)
    return told


def _take_back(book: xw.Book, kept: Undo, cause: Exception) -> None:
    """Put the workbook back as it was, after some of the changes were made.

    Raises:
        OutputError: even that failed; it says where the copy from before is.
    """
    try:
        undo(book, kept)
    except Exception as error:
        logger().exception("undoing in %s", book.name)
        raise OutputError(
            f"{book.name} could only be changed in part ({cause}). A copy from before is "
            f"{kept.copy}; close the workbook without saving, or compare the two.",
            file=book.name,
        ) from error
    kept.forget()


def _remember(book: xw.Book, kept: Undo, label: str) -> None:
    """Offer to undo the last press under Excel's own Undo."""
    earlier = _kept.pop(book.name, None)
    if earlier is not None:
        earlier.forget()
    _kept[book.name] = kept
    book.app.api.OnUndo(f"Undo {label}", UNDO_MACRO)


def _undo(book: xw.Book) -> Told:
    kept = _kept.pop(book.name, None)
    if kept is None:
        raise UsageError(f"There is nothing to undo in {book.name}.", file=book.name)
    with held(book.app, "perf-addin: undoing …"):
        undo(book, kept)
    kept.forget()
    return Told("Undone", "The cells are as they were before the last press of a button.")


def selected(book: xw.Book) -> Selected | None:
    """The active cell, or None where there is none, as on a sheet that holds only a chart."""
    cell = book.app.api.ActiveCell
    return Selected(cell.Worksheet.Name, cell.Row) if cell is not None else None
