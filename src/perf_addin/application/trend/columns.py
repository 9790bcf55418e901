"""Fills the columns Direction of travel, Variation and Assurance of an index, where it has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perf_addin.application.named_columns import (
    ByHeading,
    Named,
    Value,
    named_cells,
    write_named,
)
from perf_addin.application.ports import Workbook
from perf_addin.application.trend.reckon import Trend
from perf_addin.domain.direction import Direction
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.spc import Assurance, Variation

_DIRECTION = frozenset({"direction of travel", "dot"})
_WORDS = frozenset(
    word.value.casefold() for kind in (Direction, Variation, Assurance) for word in kind
)


def fill_trends(
    workbook: Workbook, trends: Sequence[Trend], *, overwrite: bool
) -> tuple[list[Named], list[Finding]]:
    """Write direction, variation and assurance into columns with those headings.

    Only blank cells are filled. A formula is never replaced; another word of ours that was typed
    only with `overwrite`. A column in which people use signs of their own, such as arrows, is
    left alone.

    Returns:
        The cells that were written, and what was left.

    Raises:
        OutputError: a sheet cannot be written at all.
    """
    findings: list[Finding] = []
    written: list[Named] = []
    for sheet in workbook.sheets:
        mine = [t for t in trends if t.item.sheet == sheet.name and t.series]
        wanted = {t.item.row: (t.item, _by_heading(t)) for t in mine}
        cells = list(named_cells(sheet, wanted))
        foreign = _foreign(cells)
        changed: list[Named] = []
        for cell in cells:
            if cell.is_same or cell.column.number in foreign:
                continue
            if cell.cell is None or (overwrite and not cell.cell.formula):
                changed.append(cell)
            elif not cell.cell.formula:
                findings.append(_differs(cell))
        done, left = write_named(workbook, sheet.name, changed)
        written += done
        findings += left
    return written, findings


def _foreign(cells: Iterable[Named]) -> frozenset[int]:
    """The columns in which something is that is no word of ours."""
    return frozenset(
        cell.column.number
        for cell in cells
        if cell.cell is not None and not cell.cell.formula and cell.held.casefold() not in _WORDS
    )


def _by_heading(trend: Trend) -> ByHeading:
    def find(words: str) -> Value | None:
        if words in _DIRECTION:
            return trend.direction.value if trend.direction is not None else None
        if words == "variation":
            return trend.variation.value if trend.variation is not None else None
        if words == "assurance":
            return trend.assurance.value if trend.assurance is not None else None
        return None

    return find


def _differs(cell: Named) -> Finding:
    return Finding(
        "trend-differs",
        Severity.WARNING,
        f"Indicator {cell.item.label}: by its figures {cell.column.heading} is {cell.value!r}; "
        f"{cell.held!r} was left as it is. Replace it with --overwrite, or correct the figures.",
        cell.item.sheet,
        cell.place,
    )
