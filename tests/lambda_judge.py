"""IronCalc as a judge: what calls give in a workbook that holds our LAMBDA names.

It evaluates LAMBDA, LET and names as a workbook stores them; LibreOffice does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import ironcalc
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from perf_addin.application.functions import OMITTED, ExcelError, Scalar, Value
from perf_addin.application.functions.values import Argued
from perf_addin.entry.cli import main

_BLANK_CELL = "Ranges!A1"
_FIRST_ROW = 2


class Call(NamedTuple):
    """A call of a function, and the rows and columns of its answer, or None for one cell."""

    function: str
    arguments: Sequence[Argued]
    shape: tuple[int, int] | None = None


INDEX = (("Indicator", "Target", "Apr 21"), ("visits in time", 91, 88))


def answers(
    calls: Sequence[Call], folder: Path, settings: Mapping[str, str | float] | None = None
) -> list[Value]:
    """What calls give in a workbook that `init --functions` has been through.

    Ranges are put into cells. Of an answer of several cells every one is asked for by INDEX, as
    IronCalc spills only what is typed into it.

    Args:
        calls: the calls.
        folder: where the workbooks are written.
        settings: what the workbook's Settings sheet states; where None it has no such sheet.
    """
    book = Workbook()
    asked, ranges = book.active, book.create_sheet("Ranges")
    assert asked is not None
    formulas: list[str] = []
    for call in calls:
        typed = f"{call.function}({','.join(_typed(a, ranges) for a in call.arguments)})"
        rows, columns = call.shape or (0, 0)
        places = [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]
        several = len(places) > 1
        formulas += [f"INDEX({typed},{r},{c})" for r, c in places] if several else [typed]
    for row, formula in enumerate(formulas, start=1):
        asked.cell(row, 1, f"={formula}")
    source, target = folder / "calls.xlsx", folder / "calls_functions.xlsx"
    if settings is not None:
        book = _with_settings(book, source, settings)
    book.save(source)
    assert main(["init", "--functions", str(source), "-o", str(target)]) == 0
    model = ironcalc.load_from_xlsx(str(target))
    model.evaluate()
    given = (_read(model, row) for row in range(1, len(formulas) + 1))
    found: list[Value] = []
    for call in calls:
        rows, columns = call.shape or (0, 0)
        block = [[next(given) for _ in range(columns)] for _ in range(rows)]
        found.append(block or next(given))
    return found


def _with_settings(book: Workbook, path: Path, settings: Mapping[str, str | float]) -> Workbook:
    """The workbook with an index and its Settings sheet, filled in as a person would."""
    page = book.create_sheet("Index")
    for row in INDEX:
        page.append(row)
    book.save(path)
    assert main(["init", str(path), "--in-place"]) == 0
    stated = load_workbook(path)
    for name, value in stated["Settings"].iter_rows(max_col=2):
        if name.value in settings:
            value.value = settings[str(name.value)]
    return stated


def _typed(argument: Argued, ranges: Worksheet) -> str:
    """An argument as it stands in a formula; a blank and a range are references to cells."""
    if argument is OMITTED:
        return ""
    if argument is None:
        return _BLANK_CELL
    if isinstance(argument, list):
        return _placed(argument, ranges)
    if isinstance(argument, str) and not isinstance(argument, ExcelError):
        return '"' + argument.replace('"', '""') + '"'
    return str(argument).upper()


def _placed(rows: list[list[Scalar]], ranges: Worksheet) -> str:
    first = max(ranges.max_row + 1, _FIRST_ROW)
    for down, row in enumerate(rows, start=first):
        for along, value in enumerate(row, start=1):
            cell = ranges.cell(down, along, str(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "e" if isinstance(value, ExcelError) else "s"
    end = f"{get_column_letter(len(rows[0]))}{first + len(rows) - 1}"
    ranges.cell(first + len(rows), 1, "end")
    return f"Ranges!A{first}:{end}"


def _read(model: ironcalc.Model, row: int) -> Scalar:
    """A cell; an error is known from a text by its type."""
    value = model.get_cell_value(0, row, 1)
    if model.get_cell_type(0, row, 1) == ironcalc.CellType.ErrorValue:
        return ExcelError(str(value))
    return value
