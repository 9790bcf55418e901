"""The use case: work the formulas of a workbook out anew, and store what they come to.

Cached first: what Excel stored is taken for everything that nobody changed; our functions are
worked out from it, and an engine is asked only for what is left and for what depends on ours.
Whatever cannot be calculated keeps what Excel stored last, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from perf_addin.application.formulas.book import FormulaWorkbook, Key
from perf_addin.application.formulas.by_engine import ByEngine
from perf_addin.application.formulas.calls import calls_ours, may_call_ours
from perf_addin.application.formulas.dependents import dependents, in_order
from perf_addin.application.formulas.engine import FormulaEngine
from perf_addin.application.formulas.ledger import Ledger
from perf_addin.application.formulas.plain_formulas import Located, placed_arguments
from perf_addin.application.formulas.references import Area
from perf_addin.application.formulas.simple_calls import Named, SimpleCall, Structured
from perf_addin.application.formulas.told import findings_of
from perf_addin.application.functions import Defaults, Value
from perf_addin.application.functions.values import Omitted
from perf_addin.domain.findings import Finding
from perf_addin.domain.lazy_patterns import lazily

# A formula without a stored result: its end tag, or its whole tag, right before the cell's end.
# `<v/>` is how other programs store nothing.
_LACKING = lazily(
    rb"</(?:\w+:)?f\s*></(?:\w+:)?c>|<(?:\w+:)?f(?:\s[^<>]*)?/></(?:\w+:)?c>"
    rb"|<(?:\w+:)?v\s*(?:/>|></(?:\w+:)v\s*>)</(?:\w+:)?c>"
)
# Excel stores an empty text as `<v></v>`, in a cell of the type `str`; in any other it is nothing.
_EMPTY = b"<v></v>"
_EMPTY_TEXT = lazily(rb't="str"[^<>]*><f(?:\s[^<>]*/>|(?:\s[^<>]*)?>[^<]*</f>)<v></v>')


class How(StrEnum):
    """Which formulas are worked out."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Recalculated(NamedTuple):
    """What became of the formulas: how many were worked out, how many results changed.

    `unsettled` are formulas that kept their stored result, though altered cells may bear on it.
    """

    calculated: int
    changed: int
    findings: tuple[Finding, ...]
    unsettled: tuple[Key, ...] = ()


def recalculate(
    workbook: FormulaWorkbook,
    how: How,
    engine: Callable[[], FormulaEngine],
    defaults: Defaults,
    altered: Collection[Key] = (),
) -> Recalculated:
    """Work formulas out and store their results; formulas themselves are never changed.

    Args:
        workbook: the workbook.
        how: AUTO takes Excel's stored results where nothing speaks against them, ALWAYS works
            everything out, NEVER nothing.
        engine: gives the engine; called only where one is needed.
        defaults: what the workbook's settings state for our functions.
        altered: cells that were given another content since the results were stored.
    """
    if how is How.NEVER or not workbook.any_formula():
        return Recalculated(0, 0, ())
    if not (altered or how is How.ALWAYS or _needed(workbook)):
        return Recalculated(0, 0, ())
    return _Run(workbook, engine, defaults).run(everything=how is How.ALWAYS, altered=altered)


def _needed(workbook: FormulaWorkbook) -> bool:
    """Whether anything can need to be worked out; told from the stored bytes."""
    if workbook.calculation.doubt or _any_name_calls_ours(workbook):
        return True
    return workbook.any_formula(lambda xml: may_call_ours(xml) or _lacks_results(xml))


def _lacks_results(xml: bytes) -> bool:
    """Whether a sheet may hold a formula without a stored result; none is missed."""
    if any(sign in xml for sign in (b"f></", b"f ></", b"/></c>")):
        return True
    empty = xml.count(_EMPTY)
    if empty and empty > len(_EMPTY_TEXT.findall(xml)):
        return True
    return b":c>" in xml and _LACKING.search(xml) is not None  # with a namespace prefix


def _any_name_calls_ours(workbook: FormulaWorkbook) -> bool:
    return any(not n.is_function and calls_ours(n.text) for n in workbook.defined_names)


class _Run:
    """One recalculation."""

    def __init__(
        self, workbook: FormulaWorkbook, engine: Callable[[], FormulaEngine], defaults: Defaults
    ) -> None:
        self._ledger = Ledger(workbook)
        self._book = self._ledger.book
        self._by_engine = ByEngine(self._ledger, engine, defaults)
        self._defaults = defaults

    def run(self, *, everything: bool, altered: Collection[Key] = ()) -> Recalculated:
        ledger, nodes = self._ledger, self._book.nodes
        ledger.note_altered(altered)
        opaque = ledger.find_opaque() if altered else set()
        ours = {key for key, node in nodes.items() if self._book.calls_ours(node)}
        missing = {key for key, node in nodes.items() if node.cell.stored is None} - ours
        untrusted = everything or (bool(ledger.doubt) and bool(nodes))
        todo: set[Key] = set(nodes) if untrusted else ours | missing
        if missing and not untrusted:
            ledger.learn(nodes)
            todo |= dependents(self._book, ledger.precedents, missing)
        if altered and not untrusted:
            todo |= dependents(self._book, ledger.precedents, altered)
            todo |= opaque | dependents(self._book, ledger.precedents, opaque)
        done: set[Key] = set()
        while todo:
            ledger.learn(todo)
            changed = self._work_out(todo)
            done |= todo
            todo = set()
            if changed and len(done) < len(nodes):
                ledger.learn(nodes)
                todo = dependents(self._book, ledger.precedents, changed) - done
        stored = ledger.store()
        doubt = ledger.doubt if untrusted and not everything else ""
        unsettled = tuple(ledger.unsettled()) if altered else ()
        findings = tuple(findings_of(ledger, done, doubt))
        return Recalculated(len(done), stored, findings, unsettled)

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
