"""IronCalc as a judge: what formulas give in a workbook that holds our LAMBDA names.

It evaluates LAMBDA, LET and names as a workbook stores them; LibreOffice does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ironcalc
from openpyxl import Workbook

from perf_addin.entry.cli import main

Answer = str | float | bool | None


def evaluate(
    formulas: Sequence[str], folder: Path, cells: Sequence[tuple[str, object]] = ()
) -> list[Answer]:
    """What formulas (without `=`) give in a workbook that `init --functions` has been through.

    Args:
        formulas: each is put into a cell of the file before the functions are added.
        folder: where the workbooks are written.
        cells: addresses on the same sheet with what they hold, for formulas to refer to; columns
            A to F.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    for address, value in cells:
        page[address] = value
    for row, formula in enumerate(formulas, start=1):
        page.cell(row, 8, f"={formula}")
    source, target = folder / "calls.xlsx", folder / "calls_functions.xlsx"
    book.save(source)
    assert main(["init", "--functions", str(source), "-o", str(target)]) == 0
    model = ironcalc.load_from_xlsx(str(target))
    model.evaluate()
    return [model.get_cell_value(0, row, 8) for row in range(1, len(formulas) + 1)]
