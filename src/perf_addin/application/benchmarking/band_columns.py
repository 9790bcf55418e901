"""Fills the columns Quartile and Rank of an index, where it has them."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.benchmarking.compared import Compared
from perf_addin.application.named_columns import (
    ByHeading,
    Named,
    Value,
    named_cells,
    write_named,
)
from perf_addin.application.ports import Workbook
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.peers import Among


def fill_bands(
    workbook: Workbook, compared: Sequence[Compared], *, overwrite: bool
) -> tuple[list[Named], list[Finding]]:
    """Write band and rank into columns with those headings; entries that differ are left.

    Returns:
        The cells that were written, and what was left.

    Raises:
        OutputError: a sheet cannot be written at all.
    """
    findings: list[Finding] = []
    written: list[Named] = []
    for sheet in workbook.sheets:
        mine = [c for c in compared if c.item.sheet == sheet.name and c.among is not None]
        wanted = {c.item.row: (c.item, _by_heading(c.among)) for c in mine if c.among is not None}
        changed: list[Named] = []
        for cell in named_cells(sheet, wanted):
            if cell.is_same:
                continue
            if cell.cell is None or (overwrite and not cell.cell.formula):
                changed.append(cell)
            else:
                findings.append(_kept(cell))
        done, left = write_named(workbook, sheet.name, changed)
        written += done
        findings += left
    return written, findings


def _by_heading(among: Among) -> ByHeading:
    def find(words: str) -> Value | None:
        if words.startswith("quartile"):
            return among.band
        return among.rank if words.startswith("rank") else None

    return find


def _kept(cell: Named) -> Finding:
    start = (
        f"Indicator {cell.item.label}: by the file its {cell.column.heading} is {cell.value}; "
        f"{cell.held or 'a formula'} was left as it is."
    )
    if cell.cell is not None and cell.cell.formula:
        return Finding("benchmark-formula-left", Severity.INFO, start, cell.item.sheet, cell.place)
    message = f"{start} Replace it with --overwrite, or empty the cell."
    return Finding("benchmark-differs", Severity.WARNING, message, cell.item.sheet, cell.place)
