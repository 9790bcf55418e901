"""A workbook's formulas and their results: the port to them, over the sheets of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.formula_columns import XlsxColumn
    from perf_addin.adapters.xlsx.package import Package
    from perf_addin.adapters.xlsx.part_tree import Edit
    from perf_addin.adapters.xlsx.shared_strings import SharedStrings
    from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
    from perf_addin.adapters.xlsx.sheet_scan import SheetScan
    from perf_addin.adapters.xlsx.workbook_xml import WorkbookXml
    from perf_addin.application.formulas.cells import (
        Calculation,
        DefinedName,
        FormulaCell,
        FormulaColumn,
    )
    from perf_addin.application.functions.values import Scalar
    from perf_addin.application.grid import CellRange


class WorkbookFormulas:
    """What a workbook offers to whoever calculates it; most files need none of it."""

    package: Package
    stated: WorkbookXml
    _sheets: list[XlsxSheet]
    _columns: tuple[SheetScan | None, Sequence[XlsxColumn] | None] = (None, None)
    """The sheet whose formulas were read last, and they."""

    def strings(self) -> SharedStrings:
        """The workbook's shared strings."""
        raise NotImplementedError

    def _sheet(self, name: str) -> XlsxSheet | None:
        raise NotImplementedError

    def apply(self, sheet: XlsxSheet, edits: list[Edit]) -> None:
        """Change a sheet."""
        raise NotImplementedError

    @property
    def calculation(self) -> Calculation:
        """What the workbook says of its last calculation."""
        from perf_addin.adapters.xlsx.calculation import (  # noqa: PLC0415 - few have formulas
            calculation_of,
        )

        return calculation_of(self.package, self.stated)

    @property
    def defined_names(self) -> Sequence[DefinedName]:
        """Every defined name, hidden ones too."""
        from perf_addin.adapters.xlsx.calculation import (  # noqa: PLC0415 - few have formulas
            defined_names_of,
        )

        return defined_names_of(self.stated)

    def any_formula(self, test: Callable[[bytes], bool] | None = None) -> bool:
        """Whether any sheet holds formulas; with a test on stored bytes, one that it holds for."""
        return any(
            s.scan.holds_formulas() and (test is None or test(s.scan.xml)) for s in self._sheets
        )

    def formula_cells(self, sheet: str) -> Iterable[FormulaCell]:
        """The cells of a sheet that hold a formula, row by row."""
        from perf_addin.adapters.xlsx.formula_cells import FormulaCells  # noqa: PLC0415

        found = self._sheet(sheet)
        return FormulaCells(found.scan) if found is not None else ()

    def stored_values(
        self, sheet: str, areas: Iterable[CellRange]
    ) -> Iterable[tuple[tuple[int, int], Scalar]]:
        """What the cells of some areas hold, by row and column; blanks are left out."""
        from perf_addin.adapters.xlsx.stored_values import stored_values  # noqa: PLC0415

        found = self._sheet(sheet)
        return stored_values(found.scan, self.strings, areas) if found is not None else ()

    def hides_rows(self, sheet: str) -> bool:
        """Whether a sheet has hidden rows, by hand or by a filter."""
        found = self._sheet(sheet)
        return found is not None and any(row.hidden for row in found.rows())

    def put_results(self, sheet: str, results: Mapping[tuple[int, int], Scalar]) -> bool:
        """Store results in cells, by their row and column; whether any was another one."""
        from perf_addin.adapters.xlsx.formula_cells import result_edits  # noqa: PLC0415

        found = self._sheet(sheet)
        edits = result_edits(found.scan, results) if found is not None else []
        if found is not None and edits:
            self.apply(found, edits)
        return bool(edits)

    def formula_columns(self, sheet: str) -> Sequence[FormulaColumn] | None:
        """The formulas of a sheet by columns; None where that takes reading cell by cell."""
        from perf_addin.adapters.xlsx.formula_columns import formula_columns  # noqa: PLC0415

        found = self._sheet(sheet)
        if found is None or not found.scan.holds_formulas():
            return ()
        columns = formula_columns(found.scan)
        self._columns = found.scan, columns
        return columns

    def column_values(self, sheet: str, column: int, rows: Sequence[int]) -> Sequence[Scalar]:
        """What some rows of a column hold, in the order of the rows; None for each blank."""
        from perf_addin.adapters.xlsx import column_values, formula_columns  # noqa: PLC0415

        found = self._sheet(sheet)
        if found is None:
            return [None] * len(rows)
        scan, columns = self._columns
        behind = None
        if scan is found.scan and columns is not None:
            behind = formula_columns.formulas_behind(columns, column, rows)
        try:
            return column_values.column_values(found.scan, self.strings, column, rows, behind)
        except InputError as error:
            from perf_addin.adapters.xlsx.string_places import refuse  # noqa: PLC0415

            refuse(found.scan, error)
