"""Formulas that keep what Excel stored: which, why, and how that is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from perf_addin.application.formulas.book import FormulaWorkbook, Key, Precedents
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.specs import Node
from perf_addin.application.grid import cell_name
from perf_addin.domain.findings import Finding, Severity

_DATES = frozenset(
    {"DATE", "DATEVALUE", "DATEDIF", "DAY", "DAYS", "EDATE", "EOMONTH", "MONTH", "YEAR"}
    | {"NETWORKDAYS", "WEEKDAY", "WEEKNUM", "ISOWEEKNUM", "WORKDAY", "YEARFRAC", "TIMEVALUE"}
)
# Engines are known to give wrong answers here without saying so.
_DOUBTFUL = frozenset({"SUBTOTAL", "AGGREGATE", "DATEVALUE", "GETPIVOTDATA", "CUBEVALUE", "RTD"})
_SHOWN = 3


class Kept(NamedTuple):
    """Why a formula keeps what is stored.

    Attributes:
        why: as the end of a sentence.
        of_its_own: whether the formula itself cannot be calculated.
        differs: whether it was calculated, and to something else than is stored.
        spill: whether its result has another size than the cells that it fills.
    """

    why: str
    of_its_own: bool = False
    differs: bool = False
    spill: bool = False


def why_uncertain(node: Node, precedents: Precedents, workbook: FormulaWorkbook) -> str:
    """Why a formula is not given to an engine, as the end of a sentence; empty where it may be."""
    functions = set(node.spec.references.functions)
    if precedents.unsupported:
        return f"{precedents.unsupported} in it cannot be followed"
    if node.spec.volatile:
        return "its result changes with the clock, at random, or with what cells are called"
    if doubtful := sorted(functions & _DOUBTFUL):
        return f"{doubtful[0]} is left to Excel"
    if workbook.from_1904 and (dates := sorted(functions & _DATES)):
        return f"{dates[0]} in a workbook with dates from 1904 is left to Excel"
    if node.cell.kind is FormulaKind.ARRAY:
        return "array formulas are left to Excel"
    return ""


_CODES = (
    ("formula-not-calculated", Severity.WARNING),
    ("depends-on-uncalculated", Severity.WARNING),
    ("native-result-differs", Severity.WARNING),
    ("spill-changed", Severity.WARNING),
)


def findings_of(kept: Mapping[Key, Kept], doubt: str) -> Iterator[Finding]:
    """Say it, alike cells in one finding."""
    if doubt:
        yield Finding(
            "stored-results-doubted",
            Severity.INFO,
            f"Every formula was calculated anew, since the stored results cannot be trusted: "
            f"{doubt}.",
        )
    groups: dict[tuple[int, str], list[Key]] = {}
    for key in sorted(kept):
        found = kept[key]
        kind = 3 if found.spill else 2 if found.differs else 0 if found.of_its_own else 1
        groups.setdefault((kind, found.why), []).append(key)
    for (kind, why), keys in sorted(groups.items()):
        code, severity = _CODES[kind]
        sheet, row, column = keys[0]
        names = ", ".join(cell_name(r, c) for _, r, c in keys[:_SHOWN])
        more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
        advice = "Open the workbook in Excel, which calculates it, and save it."
        text = f"{names}{more}: {why}; what was stored last was kept. {advice}"
        if kind == 3:  # noqa: PLR2004 - the last of the codes
            text = f"{names}{more}: {why}; only the cells that it filled before were written."
        yield Finding(code, severity, text, sheet, cell_name(row, column))
