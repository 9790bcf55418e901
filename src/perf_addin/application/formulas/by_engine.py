"""Formulas that the engine calculates: what it is given, and which of its results are taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from perf_addin.application.formulas.book import Key
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.dependents import CellIndex, dependents, filled, in_order
from perf_addin.application.formulas.doubts import Doubts
from perf_addin.application.formulas.engine import Failed, FormulaEngine, Task
from perf_addin.application.formulas.kept import Kept
from perf_addin.application.formulas.ledger import Ledger
from perf_addin.application.formulas.plain_formulas import plain_formula
from perf_addin.application.formulas.results import same
from perf_addin.application.functions import Defaults, ExcelError, Value
from perf_addin.application.grid import CellRange

# Errors that an engine gives for the same reasons as Excel; none replaces a stored result.
_SURE_ERRORS = frozenset({ExcelError.DIV0, ExcelError.NA, ExcelError.NUM})
_MOST_ROUNDS = 6
_CIRCLE = "it is part of a circular reference, or depends on one"

Outcomes = dict[Key, Value | Failed]


class ByEngine:
    """Lets an engine calculate formulas, and judges what it gives."""

    def __init__(
        self, ledger: Ledger, engine: Callable[[], FormulaEngine], defaults: Defaults
    ) -> None:
        """Bind the results so far; the engine is made when it is needed."""
        self._ledger, self._engine, self._defaults = ledger, engine, defaults
        self._doubts = Doubts(ledger.workbook, ledger.book, ledger.values, self._lacks)

    def work_out(self, keys: Collection[Key]) -> set[Key]:
        """Calculate formulas, note every result that can be trusted, give the cells it changes.

        Where Excel's result holds although the engine has another or none, everything behind it
        is calculated from Excel's.
        """
        ledger = self._ledger
        order = in_order(ledger.book, ledger.precedents, keys)
        circle = _CIRCLE
        if ledger.workbook.calculation.iterative:
            circle += ", which Excel iterates"
        outcomes: Outcomes = {}
        formulas: dict[Key, str] = {}
        for key in order.circular:
            ledger.keep(key, Kept(circle, of_its_own=True))
        for key in order.keys:
            node = ledger.book.nodes[key]
            why = self._doubts.about(node, ledger.precedents[key])
            plain = "" if why else plain_formula(ledger.book, node)
            if plain is None:
                why = "its result hangs on where it stands (implicit intersection)"
            elif not why:
                why = self._doubts.about_plain(node, plain)
            if why or plain is None:
                outcomes[key] = Failed(why)
            else:
                formulas[key] = plain
        self._evaluate(order.keys, formulas, outcomes)
        changed: set[Key] = set()
        for key in order.keys:
            changed |= self._judged(key, outcomes.get(key, Failed("it was not calculated")))
        return changed

    def _lacks(self, function: str) -> bool:
        return self._engine().lacks(function)

    def _evaluate(self, order: list[Key], formulas: dict[Key, str], outcomes: Outcomes) -> None:
        fixed = set(outcomes)
        for _ in range(_MOST_ROUNDS):
            if not formulas:
                return
            outcomes.update(self._asked(formulas))
            held = [key for key in self._held(order, outcomes) if key not in fixed]
            if not held:
                return
            fixed.update(held)
            among = {key: self._ledger.precedents[key] for key in formulas}
            if not dependents(self._ledger.book, among, held):
                return
            formulas = {key: text for key, text in formulas.items() if key not in fixed}

    def _asked(self, formulas: Mapping[Key, str]) -> Mapping[Key, Value | Failed]:
        book, workbook = self._ledger.book, self._ledger.workbook
        arrays: dict[Key, CellRange] = {}
        inside: set[Key] = set()
        for key in formulas:
            cell = book.nodes[key].cell
            if cell.kind is FormulaKind.ARRAY and cell.area is not None:
                arrays[key] = cell.area
                inside.update(filled(book, key))
        values = {
            key: value
            for key, value in self._ledger.values.items()
            if key not in formulas and key not in inside
        }
        sheets = [sheet.name for sheet in workbook.sheets]
        task = Task(sheets, values, formulas, arrays, self._defaults, workbook.from_1904)
        return self._engine().evaluate(task)

    def _held(self, order: Iterable[Key], outcomes: Outcomes) -> list[Key]:
        """Formulas for which Excel's result holds although the engine has another or none.

        What depends on them is left out: it may well agree once it is calculated from Excel's.
        """
        ledger, others = self._ledger, CellIndex()
        held: list[Key] = []
        if ledger.doubt:
            return held
        for key in order:
            node = ledger.book.nodes[key]
            found = outcomes.get(key)
            if same(node.cell.stored, None if isinstance(found, Failed) else found):
                continue
            native = not ledger.book.calls_ours(node) or isinstance(found, Failed)
            behind = any(others.reaches(*area) for area in ledger.precedents[key].areas)
            if native and not behind and ledger.is_steady(key):
                held.append(key)
            for cell in filled(ledger.book, key):
                others.add(cell)
        return held

    def _judged(self, key: Key, outcome: Value | Failed) -> set[Key]:
        """Take a result of the engine, or keep what is stored and note why."""
        ledger = self._ledger
        node = ledger.book.nodes[key]
        if ledger.is_uncertain(key):
            return ledger.keep(key, Kept("it depends on a cell that was not calculated"))
        if isinstance(outcome, Failed):
            return ledger.keep(key, Kept(outcome.why, of_its_own=True))
        if same(node.cell.stored, outcome):
            return set()
        calls_ours = ledger.book.calls_ours(node)
        if isinstance(outcome, ExcelError):
            sure = calls_ours and outcome is not ExcelError.NAME
            lost = node.cell.stored is None or (ledger.has_altered and ledger.has_moved(key))
            if lost and ledger.precedents[key].areas:
                sure = sure or outcome in _SURE_ERRORS
            if not sure and not ledger.meets_error(key):
                return ledger.keep(key, Kept(f"the calculation gave {outcome}", of_its_own=True))
        if not calls_ours and ledger.is_steady(key):
            return ledger.keep(key, Kept("the calculation gave another result", differs=True))
        return ledger.take(key, outcome)
