"""The use case: work the formulas of a workbook out anew, and store what they come to.

Cached first: what Excel stored is taken for everything that nobody changed; our functions are
worked out from it, and an engine is asked only for what is left and for what depends on ours.
Whatever cannot be calculated keeps what Excel stored last, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook, Key, Precedents
from perf_addin.application.formulas.calls import calls_ours, may_call_ours
from perf_addin.application.formulas.cell_values import CellValues
from perf_addin.application.formulas.dependents import CellIndex, dependents, filled, in_order
from perf_addin.application.formulas.engine import Failed, FormulaEngine, Task
from perf_addin.application.formulas.kept import Kept, findings_of, why_uncertain
from perf_addin.application.formulas.plain_formulas import placed_arguments, plain_formula
from perf_addin.application.formulas.results import filled_with, is_error, same
from perf_addin.application.functions import Defaults, ExcelError, Scalar, Value
from perf_addin.domain.findings import Finding
from perf_addin.domain.lazy_patterns import lazily

# A formula without a stored result: its end tag, or its whole tag, right before the cell's end.
_LACKING = lazily(rb"</(?:\w+:)?f></(?:\w+:)?c>|<(?:\w+:)?f(?:\s[^<>]*)?/></(?:\w+:)?c>")

# Errors that an engine gives for the same reasons as Excel; none replaces a stored result.
_SURE_ERRORS = frozenset({ExcelError.DIV0, ExcelError.NA, ExcelError.NUM})


class How(StrEnum):
    """Which formulas are worked out."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Recalculated(NamedTuple):
    """What became of the formulas: how many were worked out, how many results changed."""

    calculated: int
    changed: int
    findings: tuple[Finding, ...]


def recalculate(
    workbook: FormulaWorkbook, how: How, engine: Callable[[], FormulaEngine], defaults: Defaults
) -> Recalculated:
    """Work formulas out and store their results; formulas themselves are never changed.

    Args:
        workbook: the workbook.
        how: AUTO takes Excel's stored results where nothing speaks against them, ALWAYS works
            everything out, NEVER nothing.
        engine: gives the engine; called only where one is needed.
        defaults: what the workbook's settings state for our functions.
    """
    if how is How.NEVER or not (how is How.ALWAYS or _needed(workbook)):
        return Recalculated(0, 0, ())
    return _Run(workbook, engine, defaults).run(everything=how is How.ALWAYS)


def _needed(workbook: FormulaWorkbook) -> bool:
    """Whether anything can need to be worked out; told from the stored bytes."""
    if not workbook.any_formula():
        return False
    if workbook.calculation.doubt or any(calls_ours(n.text) for n in workbook.defined_names):
        return True
    return workbook.any_formula(lambda xml: _LACKING.search(xml) is not None or may_call_ours(xml))


class _Run:
    """One recalculation."""

    def __init__(
        self, workbook: FormulaWorkbook, engine: Callable[[], FormulaEngine], defaults: Defaults
    ) -> None:
        self._workbook, self._engine, self._defaults = workbook, engine, defaults
        self._book = FormulaBook(workbook)
        self._values = CellValues(workbook)
        self._precedents: dict[Key, Precedents] = {}
        self._results: dict[Key, Value] = {}
        self._kept: dict[Key, Kept] = {}
        self._uncertain = CellIndex()
        self._changed: set[Key] = set()
        self._moved = CellIndex()
        self._doubt = workbook.calculation.doubt
        self._circle = "it is part of a circular reference, or depends on one"
        if workbook.calculation.iterative:
            self._circle += ", which Excel iterates"

    def run(self, *, everything: bool) -> Recalculated:
        nodes = self._book.nodes
        ours = {key for key, node in nodes.items() if self._book.calls_ours(node)}
        missing = {key for key, node in nodes.items() if node.cell.stored is None} - ours
        untrusted = everything or (bool(self._doubt) and bool(nodes))
        todo: set[Key] = set(nodes) if untrusted else ours | missing
        if missing and not untrusted:
            self._learn(nodes)
            todo |= dependents(self._book, self._precedents, missing)
        done: set[Key] = set()
        while todo:
            self._learn(todo)
            changed = self._work_out(todo)
            done |= todo
            todo = set()
            if changed and len(done) < len(nodes):
                self._learn(nodes)
                todo = dependents(self._book, self._precedents, changed) - done
        stored = self._store()
        findings = findings_of(self._kept, self._doubt if untrusted and not everything else "")
        return Recalculated(len(done), stored, tuple(findings))

    def _learn(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if key not in self._precedents:
                self._precedents[key] = self._book.precedents(self._book.nodes[key])

    def _work_out(self, keys: Collection[Key]) -> set[Key]:
        """Work formulas out, ours in Python where that is all they are; give what changed."""
        self._values.read(area for key in keys for area in self._precedents[key].areas)
        others = {key for key in keys if not self._is_simple(key)}
        if others:
            among = {key: self._precedents[key] for key in keys}
            others |= dependents(self._book, among, others)
        changed: set[Key] = set()
        simple = set(keys) - others
        order = in_order(self._book, self._precedents, simple)
        if order.circular:  # the engine's turn, which then also takes what depends on it
            others |= order.circular
        for key in order.keys:
            changed |= self._take(key, self._called(key))
        if others:
            changed |= self._asked(others)
        return changed

    def _is_simple(self, key: Key) -> bool:
        node = self._book.nodes[key]
        call = node.spec.simple
        if call is None or self._precedents[key].unsupported:
            return False
        return placed_arguments(self._book, node, call) is not None

    def _called(self, key: Key) -> Value:
        """What a simple call comes to."""
        node = self._book.nodes[key]
        call = node.spec.simple
        placed = placed_arguments(self._book, node, call) if call is not None else None
        if call is None or placed is None:
            message = f"{node.text} is no simple call"
            raise ValueError(message)
        given = [self._values.block(*one) if isinstance(one, tuple) else one for one in placed]
        return call.function.call(given, self._defaults)

    def _asked(self, keys: set[Key]) -> set[Key]:
        """Let the engine work formulas out, and take those results that can be trusted."""
        order = in_order(self._book, self._precedents, keys)
        formulas: dict[Key, str] = {}
        for key in keys:
            why = why_uncertain(self._book.nodes[key], self._precedents[key], self._workbook)
            if not why and key in order.circular:
                why = self._circle
            if why:
                self._keep(key, Kept(why, of_its_own=True))
            else:
                formulas[key] = plain_formula(self._book, self._book.nodes[key])
        values = {key: value for key, value in self._values.items() if key not in formulas}
        sheets = [sheet.name for sheet in self._workbook.sheets]
        task = Task(sheets, values, formulas, self._defaults, self._workbook.from_1904)
        outcomes = self._engine().evaluate(task) if formulas else {}
        changed: set[Key] = set()
        for key in order.keys:
            if key in formulas:
                changed |= self._judged(key, outcomes.get(key, Failed("it was not calculated")))
        return changed

    def _judged(self, key: Key, outcome: Value | Failed) -> set[Key]:
        """Take a result of the engine, or keep what is stored and note why."""
        node, areas = self._book.nodes[key], self._precedents[key].areas
        if any(self._uncertain.reaches(sheet, area) for sheet, area in areas):
            return self._keep(key, Kept("it depends on a cell that was not calculated"))
        if isinstance(outcome, Failed):
            return self._keep(key, Kept(outcome.why, of_its_own=True))
        if same(node.cell.stored, outcome):
            return set()
        calls_ours = self._book.calls_ours(node)
        if isinstance(outcome, ExcelError):
            sure = calls_ours and outcome is not ExcelError.NAME
            if node.cell.stored is None and areas:
                sure = sure or outcome in _SURE_ERRORS
            if not sure and not self._passes_on(key):
                return self._keep(key, Kept(f"the calculation gave {outcome}", of_its_own=True))
        moved = any(self._moved.reaches(sheet, area) for sheet, area in areas)
        native = not calls_ours and node.cell.stored is not None
        if native and not self._doubt and not moved:
            return self._keep(key, Kept("the calculation gave another result", differs=True))
        return self._take(key, outcome)

    def _keep(self, key: Key, why: Kept) -> set[Key]:
        """Leave what is stored in a cell, and remember that it is not certain."""
        self._kept[key] = why
        if not why.differs:
            for cell in filled(self._book, key):
                self._uncertain.add(cell)
        return set()

    def _passes_on(self, key: Key) -> bool:
        """Whether any cell that a formula refers to holds an error."""
        for sheet, area in self._precedents[key].areas:
            block = self._values.block(sheet, area)
            rows = block if isinstance(block, list) else [[block]]
            if any(is_error(cell) for row in rows for cell in row):
                return True
        return False

    def _take(self, key: Key, value: Value) -> set[Key]:
        """Note a result; give the cells that it changes."""
        node = self._book.nodes[key]
        changed: set[Key] = set()
        for place, scalar, fits in filled_with(node, value):
            cell = (key[0], *place)
            old: Scalar = node.cell.stored if cell == key else self._values.get(cell)
            if not fits:
                self._kept[key] = Kept("its result has another size than before", spill=True)
            if not same(old, scalar):
                changed.add(cell)
            self._values.put(cell, scalar)
            self._results[cell] = scalar
        self._changed |= changed
        for cell in changed:
            self._moved.add(cell)
        return changed

    def _store(self) -> int:
        by_sheet: dict[str, dict[tuple[int, int], Scalar]] = {}
        for key in self._changed:
            value = self._results[key]
            if not isinstance(value, list):
                by_sheet.setdefault(key[0], {})[key[1:]] = value
        for sheet, results in by_sheet.items():
            self._workbook.put_results(sheet, results)
        return len(self._changed)
