"""Compare calculated results with those that Excel stored, and print a table by group of files.

Run it with the Python of the environment that holds perf-addin:
`python -m tests.agreement FOLDER_OR_FILE ...`, in the checkout.
Every stored result is hidden first, so that each formula has to be worked out from constants. What
was stored is the judge: a result that differs and is written without a finding is "silently wrong".
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.formulas.cells import FormulaCell, FormulaColumn, FormulaKind
from perf_addin.application.functions import Defaults, Scalar
from perf_addin.application.grid import CellRange
from perf_addin.application.recalculate import How, recalculate
from perf_addin.domain.errors import PerfAddinError

NEAR = 1e-9
Place = tuple[int, int]


class Cell(NamedTuple):
    """A formula cell whose result was written: what Excel stored, what was calculated."""

    sheet: str
    place: Place
    formula: str
    stored: Scalar
    calculated: Scalar


class Outcome(NamedTuple):
    """What became of a workbook's formulas.

    Attributes:
        formulas: how many cells hold a formula with a stored result.
        agree: how many of them were calculated to what is stored.
        differ: those that were calculated to something else, with nothing said.
        kept: how many were left as they are, with a finding that says so.
    """

    formulas: int
    agree: int
    differ: tuple[Cell, ...]
    kept: int


class Forgetful(XlsxWorkbook):
    """A workbook without the results that are stored in it."""

    def __init__(self, package: Package) -> None:
        """Find every cell that a formula fills."""
        super().__init__(package)
        self.stored: dict[tuple[str, Place], FormulaCell] = {}
        self.results: dict[tuple[str, Place], Scalar] = {}
        self._filled: dict[str, set[Place]] = {}
        for sheet in self.sheets:
            filled = self._filled.setdefault(sheet.name, set())
            for cell in super().formula_cells(sheet.name):
                self.stored[sheet.name, (cell.row, cell.column)] = cell
                filled.add((cell.row, cell.column))
                if cell.kind is FormulaKind.ARRAY and cell.area is not None:
                    filled.update(_places(cell.area))

    def formula_cells(self, sheet: str) -> Iterator[FormulaCell]:
        """The cells with a formula, without results."""
        for cell in super().formula_cells(sheet):
            yield cell._replace(stored=None)

    def formula_columns(self, sheet: str) -> Sequence[FormulaColumn] | None:
        """The formulas by columns, without results."""
        found = super().formula_columns(sheet)
        return None if found is None else [_forgotten(column) for column in found]

    def stored_values(
        self, sheet: str, areas: Iterable[CellRange]
    ) -> Iterator[tuple[Place, Scalar]]:
        """What cells hold that no formula fills."""
        for place, value in super().stored_values(sheet, areas):
            if place not in self._filled[sheet]:
                yield place, value

    def put_results(self, sheet: str, results: Mapping[Place, Scalar]) -> bool:
        """Note results instead of storing them."""
        self.results.update({(sheet, place): value for place, value in results.items()})
        return bool(results)


def _forgotten(column: FormulaColumn) -> FormulaColumn:
    nothing: list[Scalar] = [None] * len(column.rows)
    return FormulaColumn(column.column, column.text, column.moving, column.rows, lambda: nothing)


def _places(area: CellRange) -> Iterator[Place]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def compare(path: Path) -> Outcome:
    """Calculate a workbook from its constants, and compare with what is stored.

    Raises:
        PerfAddinError: the file is no workbook that can be read.
    """
    workbook = Forgetful(Package.open(path))
    recalculate(workbook, How.ALWAYS, Formualizer, Defaults())
    judged = {key: cell for key, cell in workbook.stored.items() if cell.stored is not None}
    agree, differ = 0, []
    for (sheet, place), cell in judged.items():
        if (sheet, place) not in workbook.results:
            continue
        found = workbook.results[sheet, place]
        if alike(cell.stored, found):
            agree += 1
        else:
            differ.append(Cell(sheet, place, cell.text, cell.stored, found))
    kept = len(judged) - agree - len(differ)
    return Outcome(len(judged), agree, tuple(differ), kept)


def alike(stored: Scalar, found: Scalar) -> bool:
    """Whether two results are the same, numbers up to nine digits."""
    if _number(stored) and _number(found):
        return math.isclose(float(stored), float(found), rel_tol=NEAR, abs_tol=NEAR)  # type: ignore[arg-type]
    return type(stored) is type(found) and stored == found


def _number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _files(given: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for text in given:
        path = Path(text)
        if path.is_file():
            yield path.stem, path
            continue
        for file in sorted(path.rglob("*.xls[xm]")):
            yield file.relative_to(path).parts[0], file


def main() -> None:
    """Print the table, and with --show every cell that differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--show", type=int, default=0, help="how many cells of a file to print")
    options = parser.parse_args()
    totals: dict[str, Counter[str]] = {}
    for group, path in _files(options.paths):
        total = totals.setdefault(group, Counter())
        try:
            found = compare(path)
        except PerfAddinError:
            total["refused"] += 1
            continue
        total.update(files=1, formulas=found.formulas, agree=found.agree, kept=found.kept)
        total.update(differ=len(found.differ), right=not found.differ and not found.kept)
        for cell in found.differ[: options.show]:
            print(path.name, *cell)
    titles = ("files", "refused", "formulas", "agree", "differ", "kept", "right")
    print(f"\n{'':20}" + "".join(f"{title:>10}" for title in titles))
    for group, total in totals.items():
        print(f"{group:20}" + "".join(f"{total[title]:10}" for title in titles))


if __name__ == "__main__":
    main()
