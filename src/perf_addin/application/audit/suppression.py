"""Suppressed counts that a published total gives away, together with the other counts in it.

A total is a figure whose formula adds up figures of other indicators in the same column, or one
that says so: a row named Total, All or Overall, with the rows above it, or below it, that it sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.audit.counted import must_be_suppressed
from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import Cell, cell_name, column_number
from perf_addin.application.layout import text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.small_numbers import MOST_SUPPRESSED

_CELLS = lazily(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_TOTAL = lazily(r"\b(?:total|sub-?total|in all|all|overall|altogether)\b", 2)
_SUPPRESSED = frozenset({"c", "*"})
_FEWEST_PARTS = 2


class _Line(NamedTuple):
    """A row as a sum sees it: its number, name, cell in the column, and the indicator, if it is."""

    number: int
    name: str
    cell: Cell | None
    row: IndexRow | None

    @property
    def value(self) -> Decimal | None:
        """Its count; None where it has none, or one that is shown as per cent."""
        if self.cell is None or self.cell.percent:
            return None
        return self.cell.value if isinstance(self.cell.value, Decimal) else None

    @property
    def is_suppressed(self) -> bool:
        """Whether a symbol for a suppressed count stands in place of one."""
        return text_of(self.cell).casefold() in _SUPPRESSED

    @property
    def is_total(self) -> bool:
        """Whether its name says that it sums others up."""
        return self.value is not None and _TOTAL.search(self.name) is not None


class _Sum(NamedTuple):
    """A total with its parts, in the order of the sheet."""

    total: _Line
    parts: Sequence[_Line]


def check_suppression(
    workbook: Workbook, result: IndexResult, rows: Sequence[IndexRow]
) -> Iterator[Finding]:
    """Look for counts that could be worked out once they are suppressed.

    Args:
        workbook: the workbook of the index.
        result: how it was rated; its rows of totals were passed over there.
        rows: its indicators.
    """
    found = [*_by_formula(rows), *_by_name(workbook, result, rows)]
    seen: list[set[tuple[str, int]]] = []
    for each in found:
        key = {(p.row.item.sheet if p.row else "", p.number) for p in (each.total, *each.parts)}
        if key not in seen:
            seen.append(key)
            yield from _given_away(each)


def _given_away(found: _Sum) -> Iterator[Finding]:
    """The finding about a sum of which exactly one part is, or must be, suppressed."""
    total = found.total
    hidden = [part for part in found.parts if part.is_suppressed]
    if not hidden:
        hidden = [p for p in found.parts if p.row and must_be_suppressed(p.row, total.name)]
    if len(hidden) != 1:
        return
    others = [part for part in found.parts if part is not hidden[0] and part.value is not None]
    nearest = min(others, key=lambda part: part.value or Decimal(0), default=None)
    if nearest is None or nearest.row is None or hidden[0].row is None:
        return
    yield nearest.row.finding(
        "secondary-suppression",
        Severity.WARNING,
        f"indicator {hidden[0].row.item.label} must be suppressed, and could be worked out from "
        f"the total {_told(total)}. Suppress this one too, the next smallest, or the total.",
    )


def _told(total: _Line) -> str:
    if total.row is not None:
        return f"in indicator {total.row.item.label}"
    return f"in row {total.number} ({total.name})"


def _line(row: IndexRow, column: int) -> _Line:
    return _Line(row.item.row, row.item.name, row.cells.get(column), row)


def _by_formula(rows: Sequence[IndexRow]) -> Iterator[_Sum]:
    """Figures that add up figures of other indicators in the same column."""
    by_cell = {
        (row.item.sheet, row.item.actual_place.row, row.item.actual_place.column): row
        for row in rows
        if row.item.actual_place is not None
    }
    for row in rows:
        place = row.item.actual_place
        formula = row.formulas.get(place.column) if place is not None else None
        added = _added(formula) if formula is not None else None
        if place is None or added is None:
            continue
        parts = [by_cell.get((row.item.sheet, *at)) for at in added]
        known = [part for part in parts if part is not None and part is not row]
        if len(known) >= _FEWEST_PARTS and len(known) == len(added):
            yield _Sum(_line(row, place.column), [_line(part, place.column) for part in known])


def _added(formula: str) -> list[tuple[int, int]] | None:
    """The cells that a formula adds up, `SUM(M7:M9)` or `M7+M8`; None for any other formula."""
    parts = [t for t in tokens(formula.removeprefix("=")) if t.kind is not Kind.SPACE]
    calls = [t.text.upper() for t in parts if t.kind is Kind.CALL]
    signs = {t.text for t in parts if t.kind is Kind.OPERATOR}
    kinds = {Kind.CALL, Kind.AREA, Kind.OPERATOR, Kind.OPEN, Kind.CLOSE, Kind.COMMA}
    if calls not in ([], ["SUM"]) or signs - {"+"} or any(t.kind not in kinds for t in parts):
        return None
    cells: list[tuple[int, int]] = []
    for token in parts:
        if token.kind is not Kind.AREA:
            continue
        found = _CELLS.fullmatch(token.text)
        if found is None:
            return None
        column, top = column_number(found[1]), int(found[2])
        if found[3] and column_number(found[3]) != column:
            return None
        cells += [(at, column) for at in range(top, int(found[4] or top) + 1)]
    return cells


def _by_name(workbook: Workbook, result: IndexResult, rows: Sequence[IndexRow]) -> Iterator[_Sum]:
    """Rows that say they are totals, with the rows beside them that they are the sum of."""
    passed_over = {(f.sheet, f.cell) for f in result.findings if f.code == "total-row"}
    for sheet in workbook.sheets:
        here = [r for r in rows if r.item.sheet == sheet.name and not r.item.layout.is_long]
        marked = {cell for name, cell in passed_over if name == sheet.name and cell}
        if not here or not (marked or any(_TOTAL.search(row.item.name) for row in here)):
            continue
        columns = {r.item.actual_place.column for r in here if r.item.actual_place is not None}
        totals = list(_marked_rows(sheet, here, marked)) if marked else []
        for column in sorted(columns):
            lines = [_line(row, column) for row in here]
            lines += (_Line(n, name, cells.get(column), None) for n, name, cells in totals)
            yield from _sums(sorted(lines, key=lambda line: line.number))


def _marked_rows(
    sheet: Sheet, rows: Sequence[IndexRow], marked: Collection[str]
) -> Iterator[tuple[int, str, dict[int, Cell]]]:
    """The rows of totals that were passed over: number, name and cells."""
    columns = sorted({row.item.layout.column_of(Field.NAME) or 1 for row in rows})
    for row in sheet.rows():
        at = next((c for c in columns if cell_name(row.number, c) in marked), None)
        if at is not None:
            yield row.number, text_of(row.get(at)), row.cells()


def _sums(lines: Sequence[_Line]) -> Iterator[_Sum]:
    for at, line in enumerate(lines):
        if line.is_total:
            above = _parts(line, lines[:at][::-1])
            parts = above[::-1] or _parts(line, lines[at + 1 :])
            if parts:
                yield _Sum(line, parts)


def _parts(total: _Line, beside: Sequence[_Line]) -> list[_Line]:
    """The rows next to a total, nearest first, that it is the sum of; none where there are none.

    Where one of them is suppressed, those up to the next gap are its parts if what is left for the
    suppressed one is as small as such a count is.
    """
    left, parts = total.value or Decimal(0), list[_Line]()
    hidden, last = 0, total.number
    for line in beside:
        if abs(line.number - last) != 1 or line.is_total:
            break
        if line.value is None and not line.is_suppressed:
            break
        last = line.number
        parts.append(line)
        hidden += line.is_suppressed
        left -= line.value or Decimal(0)
        if not left and not hidden and len(parts) >= _FEWEST_PARTS:
            return parts
    is_small = 0 < left <= MOST_SUPPRESSED
    return parts if hidden == 1 and is_small and len(parts) >= _FEWEST_PARTS else []
