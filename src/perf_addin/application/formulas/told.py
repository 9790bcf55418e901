"""What a recalculation tells: which formulas kept what Excel stored, and what hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from perf_addin.application.formulas.book import Key
from perf_addin.application.formulas.dependents import dependents, filled
from perf_addin.application.formulas.doubted import doubted
from perf_addin.application.formulas.ledger import Ledger
from perf_addin.application.grid import cell_name
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.findings import Finding, Severity


class Note(NamedTuple):
    """A kind of finding about formulas that kept what is stored."""

    code: str


_SHOWN = 3
_SPILL = 3
_CODES = (
    Note("formula-not-calculated"),
    Note("depends-on-uncalculated"),
    Note("native-result-differs"),
    Note("spill-changed"),
)
_ADVICE = "Open the workbook in Excel, which calculates it, and save it."


def findings_of(ledger: Ledger, done: Collection[Key], doubt: str) -> Iterator[Finding]:
    """Say it, alike cells in one finding.

    Args:
        ledger: the results.
        done: the formulas that were to be worked out.
        doubt: why the stored results of all of them are not trusted; empty where they are.
    """
    if doubt:
        yield doubted(doubt)
    groups: dict[tuple[int, str], list[Key]] = {}
    for key in sorted(ledger.kept):
        found = ledger.kept[key]
        kind = _SPILL if found.spill else 2 if found.differs else 0 if found.of_its_own else 1
        groups.setdefault((kind, found.why), []).append(key)
    for (kind, why), keys in sorted(groups.items()):
        text = f"{_named(keys)}: {why}; what was stored last was kept. {_ADVICE}"
        if kind == _SPILL:
            text = f"{_named(keys)}: {why}; only the cells that it filled before were written."
        yield _note(_CODES[kind].code, Severity.WARNING, text, keys)
    yield from _built_on_kept(ledger, done)
    yield from _built_on_the_clock(ledger, done)


def _built_on_kept(ledger: Ledger, done: Collection[Key]) -> Iterator[Finding]:
    """Formulas that were worked out from results of Excel's that could not be checked."""
    steady = [key for key, found in ledger.kept.items() if found.steady and found.of_its_own]
    keys = _behind(ledger, done, steady)
    if keys:
        text = (
            f"{_named(keys)}: worked out from {_named(sorted(steady))} as Excel stored it, which "
            "could not be calculated here."
        )
        yield _note("built-on-stored", Severity.INFO, text, keys)


def _built_on_the_clock(ledger: Ledger, done: Collection[Key]) -> Iterator[Finding]:
    nodes = ledger.book.nodes
    volatile = [key for key, node in nodes.items() if node.spec.volatile and key not in ledger.kept]
    if not volatile:
        return
    ledger.learn(nodes)
    keys = _behind(ledger, done, volatile)
    if keys:
        text = (
            f"{_named(keys)}: worked out from {_named(sorted(volatile))} as Excel stored it; that "
            f"changes whenever Excel calculates (the clock, chance, or what a cell refers to)."
        )
        yield _note("built-on-volatile", Severity.INFO, text, keys)


def _behind(ledger: Ledger, done: Collection[Key], keys: Iterable[Key]) -> list[Key]:
    """Those of the formulas worked out, with a result, that depend on some others."""
    cells = {cell for key in keys for cell in filled(ledger.book, key)}
    if not cells:
        return []
    found = dependents(ledger.book, ledger.precedents, cells)
    return sorted(key for key in found if key in done and key not in ledger.kept)


def _named(keys: list[Key]) -> str:
    names = ", ".join(cell_name(row, column) for _, row, column in keys[:_SHOWN])
    return f"{names} and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else names


def _note(code: str, severity: Severity, text: str, keys: list[Key]) -> Finding:
    sheet, row, column = keys[0]
    return Finding(code, severity, text, sheet, cell_name(row, column))
