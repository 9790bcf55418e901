"""What a recalculation has found so far: results, what they changed, what was kept and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook, Key, Precedents
from perf_addin.application.formulas.cell_values import CellValues
from perf_addin.application.formulas.dependents import CellIndex, filled
from perf_addin.application.formulas.kept import Kept
from perf_addin.application.formulas.references import References
from perf_addin.application.formulas.results import filled_with, is_error, same
from perf_addin.application.functions import Scalar, Value
from perf_addin.application.grid import CellRange

_ANYWHERE = frozenset({"INDIRECT", "OFFSET"})


def _reaches_anywhere(found: References, unsupported: str) -> bool:
    """Whether a formula may take its figures from any cell of the workbook."""
    return bool(_ANYWHERE.intersection(found.functions)) or (
        bool(unsupported) and "]" not in unsupported  # another workbook's cells are not altered
    )


class Ledger:
    """The results of one recalculation."""

    def __init__(self, workbook: FormulaWorkbook, confirmed: Mapping[Key, Scalar]) -> None:
        """Read the formulas of a workbook; nothing is calculated yet.

        Args:
            workbook: the workbook.
            confirmed: cells with formulas whose results are known to be right, with these.
        """
        self.workbook, self._confirmed = workbook, confirmed
        self.book = FormulaBook(workbook, confirmed)
        self.values = CellValues(workbook)
        self.precedents: dict[Key, Precedents] = {}
        self.kept: dict[Key, Kept] = {}
        self.doubt = workbook.calculation.doubt
        self._results: dict[Key, Scalar] = {}
        self._uncertain = CellIndex()
        self._changed: set[Key] = set()
        self._before: dict[Key, Scalar] = {}
        self._moved = CellIndex()
        self.has_altered = False
        self._altered: frozenset[Key] = frozenset()
        self._opaque: set[Key] = set()

    def note_altered(self, cells: Iterable[Key]) -> None:
        """Note cells that were given another content since the results were stored."""
        self._altered = frozenset(cells)
        self.has_altered = bool(self._altered)
        self._moved = CellIndex(self._altered)

    def find_opaque(self) -> set[Key]:
        """Note the formulas of which nobody can tell whether altered cells bear on them."""
        self.learn(self.book.nodes)
        self._opaque = {
            key
            for key, node in self.book.nodes.items()
            if _reaches_anywhere(node.spec.references, self.precedents[key].unsupported)
        }
        return self._opaque

    def unsettled(self) -> list[Key]:
        """The formulas whose stored result was kept, though altered cells may bear on it."""
        return sorted(
            key
            for key in self.kept
            if key in self._opaque or self.has_moved(key) or self.is_uncertain(key)
        )

    def learn(self, keys: Iterable[Key]) -> None:
        """Find out what formulas depend on."""
        for key in keys:
            if key not in self.precedents:
                self.precedents[key] = self.book.precedents(self.book.nodes[key])

    def read(self, keys: Iterable[Key]) -> None:
        """Read what the cells hold that formulas refer to."""
        nodes, know = self.book.nodes, self.values.know
        wanted: set[tuple[str, CellRange]] = set()
        for key in keys:
            for place in self.precedents[key].areas:
                sheet, (top, left, bottom, right) = place
                if top == bottom and left == right:
                    node = nodes.get((sheet, top, left))
                    if node is not None and node.cell.stored is not None:
                        know(node.key, node.cell.stored)
                        continue
                    cell = (sheet, top, left)
                    if cell in self._confirmed:
                        know(cell, self._confirmed[cell])
                        continue
                wanted.add(place)
        self.values.read(wanted)

    def take(self, key: Key, value: Value) -> set[Key]:
        """Note a result; give the cells that it changes."""
        node = self.book.nodes[key]
        changed: set[Key] = set()
        for place, scalar, fits in filled_with(node, value):
            cell = (key[0], *place)
            old: Scalar = node.cell.stored if cell == key else self.values.get(cell)
            if not fits:
                self.kept[key] = Kept("its result has another size than before", spill=True)
            old = self._before.setdefault(cell, old)
            if not same(old, scalar):
                changed.add(cell)
            self.values.put(cell, scalar)
            self._results[cell] = scalar
        self._changed |= changed
        for cell in changed:
            self._moved.add(cell)
        return changed

    def forget(self, keys: Iterable[Key]) -> None:
        """Take results back, so that formulas can be worked out from others than before."""
        for key in keys:
            self.kept.pop(key, None)
            for cell in filled(self.book, key):
                if cell in self._results:
                    del self._results[cell]
                    self._changed.discard(cell)
                    self.values.restore(cell, self._before[cell])
        self._moved = CellIndex(self._changed | self._altered)

    def keep(self, key: Key, why: Kept) -> set[Key]:
        """Leave what is stored in a cell, and remember where that is not certain."""
        steady = self.is_steady(key)
        self.kept[key] = why._replace(steady=steady)
        if not steady:
            for cell in filled(self.book, key):
                self._uncertain.add(cell)
        return set()

    def is_steady(self, key: Key) -> bool:
        """Whether what Excel stored in a cell holds: it is trusted, and nothing before moved."""
        if self.doubt or self.book.nodes[key].cell.stored is None or key in self._opaque:
            return False
        return not self.has_moved(key) and not self.is_uncertain(key)

    def has_moved(self, key: Key) -> bool:
        """Whether anything that a formula refers to has another result than before."""
        return any(self._moved.reaches(*area) for area in self.precedents[key].areas)

    def is_uncertain(self, key: Key) -> bool:
        """Whether anything that a formula refers to could not be calculated."""
        return any(self._uncertain.reaches(*area) for area in self.precedents[key].areas)

    def meets_error(self, key: Key) -> bool:
        """Whether any cell that a formula refers to holds an error."""
        for sheet, area in self.precedents[key].areas:
            block = self.values.block(sheet, area)
            rows = block if isinstance(block, list) else [[block]]
            if any(is_error(cell) for row in rows for cell in row):
                return True
        return False

    def store(self) -> int:
        """Put every result that is new into the workbook; give their number."""
        by_sheet: dict[str, dict[tuple[int, int], Scalar]] = {}
        for key in self._changed:
            by_sheet.setdefault(key[0], {})[key[1:]] = self._results[key]
        for sheet, results in by_sheet.items():
            self.workbook.put_results(sheet, results)
        return len(self._changed)
