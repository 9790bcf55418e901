"""IronCalc as a judge: what formulas give in a workbook that holds our LAMBDA names.

It evaluates LAMBDA, LET and names as a workbook stores them; LibreOffice does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import ironcalc
from openpyxl import Workbook

from perf_addin.application.functions import OMITTED, ExcelError
from perf_addin.application.functions.values import Argued
from perf_addin.entry.cli import main

Answer = str | float | bool | None
CALLS_COLUMN = 8
BLANK_CELL = "A1"


def typed(argument: Argued) -> str:
    """An argument as it stands in a formula; a blank is a reference to a blank cell."""
    if argument is OMITTED:
        return ""
    if isinstance(argument, list):
        rows = (",".join(typed(cell) for cell in row) for row in argument)
        return "{" + ";".join(rows) + "}"
    if argument is None:
        return BLANK_CELL
    if isinstance(argument, str) and not isinstance(argument, ExcelError):
        return '"' + argument.replace('"', '""') + '"'
    return str(argument).upper()


def evaluate(
    formulas: Sequence[str], folder: Path, cells: Mapping[str, str | float | None] | None = None
) -> list[Answer]:
    """What formulas (without `=`) give in a workbook that `init --functions` has been through.

    Args:
        formulas: each is put into a cell of the file before the functions are added.
        folder: where the workbooks are written.
        cells: what cells in columns B to F of the same sheet hold, for formulas to refer to.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    for address, value in (cells or {}).items():
        page[address] = value
    for row, formula in enumerate(formulas, start=1):
        page.cell(row, CALLS_COLUMN, f"={formula}")
    source, target = folder / "calls.xlsx", folder / "calls_functions.xlsx"
    book.save(source)
    assert main(["init", "--functions", str(source), "-o", str(target)]) == 0
    model = ironcalc.load_from_xlsx(str(target))
    model.evaluate()
    rows = range(1, len(formulas) + 1)
    return [model.get_cell_value(0, row, CALLS_COLUMN) for row in rows]
