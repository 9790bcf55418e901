"""A copy of the workbook as it is in Excel at this moment, to be read as any file is.

It holds what the screen shows, saved or not, wherever the workbook lies; the workbook itself and
its unsaved state stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    import xlwings as xw

# XlFileFormat by the suffix that goes with it; other formats hold no workbook that we can read.
_SUFFIXES = {51: ".xlsx", 52: ".xlsm", 53: ".xltm", 54: ".xltx", 55: ".xlam"}


@contextmanager
def snapshot(book: xw.Book) -> Iterator[Path]:
    """Save a copy of an open workbook into a private folder, and drop it at the end.

    Yields:
        The path of the copy, named as the workbook.

    Raises:
        InputError: the workbook is in an older or binary format.
    """
    suffix = _SUFFIXES.get(book.api.FileFormat)
    if suffix is None:
        raise InputError(
            f"{book.name} is in an older or binary format. Save it as Excel Workbook (.xlsx) or "
            "Macro-Enabled Workbook (.xlsm), and try again.",
            file=book.name,
        )
    with TemporaryDirectory(prefix="perf-addin-") as folder:
        name = book.name if book.name.lower().endswith(suffix) else f"{book.name}{suffix}"
        path = Path(folder, name)
        book.api.SaveCopyAs(str(path))
        yield path
