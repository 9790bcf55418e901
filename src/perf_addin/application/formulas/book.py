"""All formulas of a workbook, and which cells each of them depends on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from perf_addin.application.formulas.calls import calls_ours
from perf_addin.application.formulas.cells import (
    Calculation,
    DefinedName,
    FormulaCell,
    FormulaColumn,
    FormulaKind,
)
from perf_addin.application.formulas.references import Area, references
from perf_addin.application.formulas.specs import Moving, Node, SpecReader
from perf_addin.application.formulas.tables import placed, resolve
from perf_addin.application.functions import Scalar
from perf_addin.application.grid import CellRange
from perf_addin.application.lambdas import OWNER
from perf_addin.application.sheets import Sheet
from perf_addin.domain.declaring import NamedTuple, Protocol

Key = tuple[str, int, int]
"""A cell: its sheet, row and column."""

_new = tuple.__new__  # a third of the time of calling the class
_DEEPEST = 20  # names within names
_OWN_BOOK = "[0]"  # before names of the workbook that the formula lies in


class FormulaWorkbook(Protocol):
    """A workbook whose formulas can be read, and into which results can be put."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The worksheets in tab order."""

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1904."""

    @property
    def calculation(self) -> Calculation:
        """What the workbook says of its last calculation."""

    @property
    def defined_names(self) -> Sequence[DefinedName]:
        """Every defined name, hidden ones too."""

    def any_formula(self, test: Callable[[bytes], bool] | None = None) -> bool:
        """Whether any sheet holds formulas; with a test on stored bytes, one that it holds for."""

    def formula_cells(self, sheet: str) -> Iterable[FormulaCell]:
        """The cells of a sheet that hold a formula, row by row."""

    def formula_columns(self, sheet: str) -> Sequence[FormulaColumn] | None:
        """The formulas of a sheet by columns; None where that takes reading cell by cell."""

    def column_values(self, sheet: str, column: int, rows: Sequence[int]) -> Sequence[Scalar]:
        """What some rows of a column hold, in the order of the rows; None for each blank."""

    def stored_values(
        self, sheet: str, areas: Iterable[CellRange]
    ) -> Iterable[tuple[tuple[int, int], Scalar]]:
        """What the cells of some areas hold, by row and column; blanks are left out."""

    def hides_rows(self, sheet: str) -> bool:
        """Whether a sheet has hidden rows, by hand or by a filter."""

    def put_results(self, sheet: str, results: Mapping[tuple[int, int], Scalar]) -> bool:
        """Store results in cells, by their row and column; whether any was another one."""


class Precedents(NamedTuple):
    """What a formula depends on: areas with their sheets; and what of it cannot be followed."""

    areas: tuple[tuple[str, CellRange], ...]
    unsupported: str


class FormulaBook:
    """The formulas of a workbook."""

    def __init__(self, workbook: FormulaWorkbook, besides: Collection[Key] = ()) -> None:
        """Read every formula, besides those of some cells."""
        self.tables = placed(workbook.sheets)
        self.names = {(n.sheet, n.name.casefold()): n for n in workbook.defined_names}
        named = workbook.defined_names
        self._calling = {n for n in named if not n.is_function and calls_ours(n.text)}
        # A function of somebody else's by the name of one of ours is not ours to calculate.
        self._theirs = {
            n.name.upper() for n in named if n.is_function and not n.comment.endswith(OWNER)
        }
        self._sheets = {sheet.name.casefold(): sheet.name for sheet in workbook.sheets}
        self.nodes: dict[Key, Node] = {}
        self.orphans: list[Key] = []
        for sheet in workbook.sheets:
            reader = SpecReader(sheet.name)
            for cell in workbook.formula_cells(sheet.name):
                if besides and (sheet.name, cell.row, cell.column) in besides:
                    continue
                node = reader.node(cell)
                if node is None:
                    self.orphans.append((sheet.name, cell.row, cell.column))
                else:
                    self.nodes[node.key] = node

    def precedents(self, node: Node) -> Precedents:
        """The cells that a formula refers to, through names and tables too."""
        spec = node.spec
        if node.cell.kind is FormulaKind.DATA_TABLE:
            from perf_addin.application.formulas.data_tables import (  # noqa: PLC0415 - few have any
                table_precedents,
            )

            return table_precedents(self, node)
        if spec.moving is None:
            spec.moving = self._moving(node)
        if spec.moving:
            rows = node.rows
            areas_here = [
                (sheet, area)
                if fixed
                else (sheet, _new(CellRange, (area[0] + rows, area[1], area[2] + rows, area[3])))
                for sheet, area, fixed in spec.moving
            ]
            return _new(Precedents, (tuple(areas_here), ""))
        found = spec.references
        theirs = sorted(self._theirs.intersection(found.functions))
        unsupported = found.unsupported or (theirs[0] if theirs else "")
        areas = list(self._placed(found.areas, node))
        if len(areas) < len(found.areas):
            unsupported = unsupported or "a reference beyond the workbook"
        for name in found.names:
            through = self.areas_of_name(name, node.sheet)
            unsupported = unsupported or through.unsupported
            areas += through.areas
        for table in found.tables:
            cells = resolve(table, self.tables, node.key)
            if cells is None:
                unsupported = unsupported or table
            else:
                areas.append(cells)
        return Precedents(tuple(areas), unsupported)

    def _moving(self, node: Node) -> Moving:
        """The areas of a formula that was filled down, and which of them stay; empty for others."""
        spec, found = node.spec, node.spec.references
        plain = not (found.names or found.tables or found.unsupported)
        if not (spec.is_pinned and plain) or self._theirs.intersection(found.functions):
            return ()
        areas: list[tuple[str, CellRange, bool]] = []
        for area in found.areas:
            cells, sheet = area.at(0, 0), self.sheet_of(area, node.sheet)
            if cells is None or sheet is None or area.first.row_fixed != area.last.row_fixed:
                return ()
            areas.append((sheet, cells, area.first.row_fixed or not area.first.row))
        return tuple(areas)

    def calls_ours(self, node: Node) -> bool:
        """Whether a formula calls any of our functions, itself or through names."""
        if self._theirs.intersection(node.spec.references.functions):
            return False
        if node.spec.calls_ours or not self._calling:
            return node.spec.calls_ours
        return any(self._names_ours(name, node.sheet) for name in node.spec.references.names)

    def _names_ours(self, name: str, sheet: str, depth: int = 0) -> bool:
        known = self.name(name, sheet)
        if known is None or depth > _DEEPEST:
            return False
        inner = references(known.text).names
        return known in self._calling or any(
            self._names_ours(other, sheet, depth + 1) for other in inner
        )

    def _placed(self, areas: Iterable[Area], node: Node) -> Iterator[tuple[str, CellRange]]:
        for area in areas:
            cells = area.at(node.rows, node.columns)
            sheet = self.sheet_of(area, node.sheet)
            if cells is not None and sheet is not None:
                yield sheet, cells

    def sheet_of(self, area: Area, own: str) -> str | None:
        """The sheet of an area in a formula on a sheet; None where there is no such."""
        return own if area.sheet is None else self._sheets.get(area.sheet.casefold())

    def name(self, name: str, sheet: str) -> DefinedName | None:
        """What a name (in lower case) stands for in a formula on a sheet."""
        where, mark, bare = name.rpartition("!")
        if mark:
            on = self._sheets.get(where.strip("'").replace("''", "'"))
            if on is None and where != _OWN_BOOK:
                return None  # of another workbook, or of a sheet that is gone
            return self.names.get((on, bare)) or self.names.get((None, bare))
        return self.names.get((sheet, name)) or self.names.get((None, name))

    def areas_of_name(self, name: str, sheet: str, depth: int = 0) -> Precedents:
        """The cells that a name refers to, through other names and tables too."""
        known = self.name(name, sheet)
        if known is None or depth > _DEEPEST:
            return Precedents((), name)
        found = references(known.text)
        unsupported = found.unsupported
        areas: list[tuple[str, CellRange]] = []
        for area in found.areas:
            cells, on = area.at(0, 0), self.sheet_of(area, sheet)
            fixed = area.first.row_fixed and area.first.column_fixed
            if cells is None or on is None or not fixed:
                unsupported = unsupported or known.text
            else:
                areas.append((on, cells))
        for table in found.tables:
            cells_of = resolve(table, self.tables, (sheet, 0, 0))
            if cells_of is None:
                unsupported = unsupported or table
            else:
                areas.append(cells_of)
        for inner in found.names:
            through = self.areas_of_name(inner, sheet, depth + 1)
            unsupported = unsupported or through.unsupported
            areas += through.areas
        return Precedents(tuple(areas), unsupported)
