"""Which cell shows a shared string; looked for only where the string cannot be read."""

from __future__ import annotations

from typing import NoReturn

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.rich_text import TornStringError
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.application.grid import cell_name
from perf_addin.domain.errors import InputError


def refuse(scan: SheetScan, refusal: InputError) -> NoReturn:
    """Refuse a shared string with the sheet and the first of its cells that shows it.

    The sheet alone is named where it is itself too damaged to be gone through.

    Raises:
        InputError: always; a refusal of anything else than a string stays as it is.
    """
    if isinstance(refusal, TornStringError):
        place = _place(scan, str(refusal.number))
        raise InputError(f"{place}: {refusal}") from refusal
    raise refusal


def _place(scan: SheetScan, number: str) -> str:
    try:
        for span in scan.rows():
            for cell in scan.cells(span):
                raw = raw_cell(scan, cell.start)
                if raw.kind == b"s" and (raw.text or "").strip() == number:
                    return f"{scan.where}, cell {cell_name(span.number, cell.column)}"
    except InputError:
        pass
    return scan.where
