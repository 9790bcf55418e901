"""Formulas worked out one by one: the thorough way, for everything that workbooks can hold.

Cached first: what Excel stored is taken for everything that nobody changed; our functions are
worked out from it, and an engine is asked only for what is left and for what depends on ours.
Whatever cannot be calculated keeps what Excel stored last, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from perf_addin.application.formulas.book import FormulaWorkbook, Key
from perf_addin.application.formulas.by_engine import ByEngine
from perf_addin.application.formulas.calls import calls_ours, may_call_ours
from perf_addin.application.formulas.cells import Recalculated
from perf_addin.application.formulas.dependents import dependents, in_order
from perf_addin.application.formulas.engine import FormulaEngine
from perf_addin.application.formulas.ledger import Ledger
from perf_addin.application.formulas.plain_formulas import Located, placed_arguments
from perf_addin.application.formulas.references import Area
from perf_addin.application.formulas.simple_calls import Named, SimpleCall, Structured
from perf_addin.application.formulas.told import findings_of
from perf_addin.application.functions import Defaults, Scalar, Value
from perf_addin.application.functions.values import Omitted
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

# A formula without a stored result: its end tag, or its whole tag, right before the cell's end.
_LACKING = lazily(
    rb"</(?:\w+:)?f\s*></(?:\w+:)?c>|<(?:\w+:)?f(?:\s[^<>]*)?/></(?:\w+:)?c>"
    rb"|<(?:\w+:)?v\s*(?:/>|></(?:\w+:)v\s*>)</(?:\w+:)?c>"
)
# An empty `v` is an empty text in a cell of the type `str`, and nothing in any other: so openpyxl
# writes a formula that nobody calculated.
_EMPTY = (b"<v></v>", b"<v/>")
_EMPTY_TEXT = lazily(rb't="str"[^<>]*><f(?:\s[^<>]*/>|(?:\s[^<>]*)?>[^<]*</f>)<v(?:></v>|/>)')


class Asked(NamedTuple):
    """What is to be worked out.

    Attributes:
        everything: whether every formula is worked out, or those that need it.
        altered: cells that were given another content since the results were stored.
        confirmed: where every formula is worked out, cells whose stored results were found to be
            right, with these results; nothing bears on them that was not found to be so.
    """

    everything: bool
    altered: Collection[Key]
    confirmed: Mapping[Key, Scalar]


def one_by_one(
    workbook: FormulaWorkbook,
    engine: Callable[[], FormulaEngine],
    defaults: Defaults,
    asked: Asked,
) -> Recalculated:
    """Work formulas out and store their results.

    Args:
        workbook: the workbook.
        engine: gives the engine; called only where one is needed.
        defaults: what the workbook's settings state for our functions.
        asked: what is to be worked out.
    """
    if not (asked.altered or asked.everything or _needed(workbook)):
        return Recalculated(0, 0, ())
    return _Run(workbook, engine, defaults, asked).run()


def _needed(workbook: FormulaWorkbook) -> bool:
    """Whether anything can need to be worked out; told from the stored bytes."""
    if not workbook.any_formula():
        return False
    if workbook.calculation.doubt or _any_name_calls_ours(workbook):
        return True
    return workbook.any_formula(lambda xml: may_call_ours(xml) or _lacks_results(xml))


def _lacks_results(xml: bytes) -> bool:
    """Whether a sheet may hold a formula without a stored result; none is missed."""
    if b"f></" in xml or b"f ></" in xml or xml.count(b"/></c>") > xml.count(b"<v/></c>"):
        return True
    empty = sum(map(xml.count, _EMPTY))
    if empty and empty > len(_EMPTY_TEXT.findall(xml)):
        return True
    return b":c>" in xml and _LACKING.search(xml) is not None  # with a namespace prefix


def _any_name_calls_ours(workbook: FormulaWorkbook) -> bool:
    return any(not n.is_function and calls_ours(n.text) for n in workbook.defined_names)


class _Run:
    """One recalculation."""

    def __init__(
        self,
        workbook: FormulaWorkbook,
        engine: Callable[[], FormulaEngine],
        defaults: Defaults,
        asked: Asked,
    ) -> None:
        self._asked = asked
        self._ledger = Ledger(workbook, asked.confirmed)
        self._book = self._ledger.book
        self._by_engine = ByEngine(self._ledger, engine, defaults)
        self._defaults = defaults

    def run(self) -> Recalculated:
        ledger, altered = self._ledger, self._asked.altered
        ledger.note_altered(altered)
        todo = self._todo()
        ledger.learn(todo)
        nodes = self._book.nodes
        changed = self._work_out(todo)
        if changed and len(todo) < len(nodes):
            # Calls of ours may lie behind a formula that has to be worked out first: so again.
            ledger.learn(nodes)
            behind = dependents(self._book, ledger.precedents, changed, themselves=True)
            ledger.forget(behind & todo)
            self._work_out(behind)
            todo |= behind
        stored = ledger.store()
        doubt = ledger.doubt if self._is_untrusted and not self._asked.everything else ""
        unsettled = tuple(ledger.unsettled()) if altered else ()
        findings = tuple(findings_of(ledger, todo, doubt))
        calculated = len(todo) + len(self._asked.confirmed)
        return Recalculated(calculated, stored, findings, unsettled)

    @property
    def _is_untrusted(self) -> bool:
        """Whether no stored result is trusted."""
        return self._asked.everything or (bool(self._ledger.doubt) and bool(self._book.nodes))

    def _todo(self) -> set[Key]:
        """The formulas that are to be worked out, whatever comes of them."""
        ledger, nodes, altered = self._ledger, self._book.nodes, self._asked.altered
        opaque = ledger.find_opaque() if altered else set()
        if self._is_untrusted:
            return set(nodes)
        ours = {key for key, node in nodes.items() if self._book.calls_ours(node)}
        missing = {key for key, node in nodes.items() if node.cell.stored is None} - ours
        todo = ours | missing
        for cells in (missing, altered, opaque):
            if cells:
                ledger.learn(nodes)
                todo |= dependents(self._book, ledger.precedents, cells)
        return todo | opaque

    def _work_out(self, keys: Collection[Key]) -> set[Key]:
        """Work formulas out, ours in Python where that is all they are; give what changed."""
        ledger = self._ledger
        ledger.read(keys)
        others = {key for key in keys if not self._is_simple(key)}
        if others:
            among = {key: ledger.precedents[key] for key in keys}
            others |= dependents(self._book, among, others)
        changed: set[Key] = set()
        order = in_order(self._book, ledger.precedents, set(keys) - others)
        others |= order.circular
        for key in order.keys:
            changed |= ledger.take(key, self._called(key))
        return changed | self._by_engine.work_out(others) if others else changed

    def _is_simple(self, key: Key) -> bool:
        spec = self._book.nodes[key].spec
        call = spec.simple
        if call is None or self._ledger.precedents[key].unsupported:
            return False
        return bool(spec.moving) or self._placed(key, call) is not None

    def _placed(self, key: Key, call: SimpleCall) -> Sequence[Located | Value | Omitted] | None:
        """The arguments of a simple call: where they lie, or what they are; None where unknown."""
        node = self._book.nodes[key]
        if not node.spec.moving:
            return placed_arguments(self._book, node, call)
        areas = iter(self._ledger.precedents[key].areas)
        return [
            next(areas) if isinstance(one, Area) else one
            for one in call.arguments
            if not isinstance(one, (Named, Structured))  # a formula that moves has none
        ]

    def _called(self, key: Key) -> Value:
        """What a simple call comes to."""
        call = self._book.nodes[key].spec.simple
        placed = self._placed(key, call) if call is not None else None
        if call is None or placed is None:
            message = f"{key} holds no simple call"
            raise ValueError(message)
        block = self._ledger.values.block
        given = [block(*one) if isinstance(one, tuple) else one for one in placed]
        found = call.function.call(given, self._defaults)
        return found[0][0] if call.single and isinstance(found, list) else found
