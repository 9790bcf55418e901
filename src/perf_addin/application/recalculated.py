"""What became of a workbook's formulas."""

from __future__ import annotations

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.findings import Finding


class Recalculated(NamedTuple):
    """What became of the formulas: how many were worked out, how many results changed.

    `unsettled` are formulas that kept their stored result, though altered cells may bear on it.
    """

    calculated: int
    changed: int
    findings: tuple[Finding, ...]
    unsettled: tuple[tuple[str, int, int], ...] = ()
