"""The sheet "Findings": everything that a check noticed, worst first."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.own_sheets import FINDINGS
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.row_heights import row_height
from perf_addin.domain.findings import Finding, by_severity

HEADER = ("Severity", "Sheet", "Cell", "Finding", "Code")
_WIDTHS = {1: 10.0, 2: 18.0, 3: 8.0, 4: 70.0, 5: 24.0}
_HEADER_ROW = 4

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)


def put_findings(workbook: Workbook, result: IndexResult) -> str:
    """Add the sheet of findings, or bring it up to date; give its name.

    Raises:
        OutputError: sheets that are not ours have its names, or it cannot be written.
    """
    existing = FINDINGS.find(workbook.sheets)
    name = existing.name if existing is not None else FINDINGS.free_name(workbook.sheets)
    workbook.put_sheet(lay_out_findings(result.findings, name))
    return name


def lay_out_findings(findings: Sequence[Finding], name: str) -> SheetPage:
    """Lay the findings out as a sheet, errors first."""
    title = f"{FINDINGS.mark}: {len(findings)} in all" if findings else f"{FINDINGS.mark}: none"
    note = "Made anew by every check; write your notes to the right of column E."
    rows = [
        PageRow(1, (PageCell(1, title, _TITLE),)),
        PageRow(2, (PageCell(1, note, _NOTE),)),
        PageRow(_HEADER_ROW, tuple(PageCell(c, h, _HEADER) for c, h in enumerate(HEADER, 1))),
    ]
    rows += (_line(number, finding) for number, finding in enumerate(by_severity(findings), 5))
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=len(HEADER),
        column_widths=_WIDTHS,
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=len(HEADER),
        frozen_rows=_HEADER_ROW,
        landscape=True,
    )


def _line(number: int, finding: Finding) -> PageRow:
    severity, code = finding.severity.value, finding.code
    texts = (severity, finding.sheet or "", finding.cell or "", finding.message, code)
    cells = tuple(PageCell(c, text or None, _CELL) for c, text in enumerate(texts, 1))
    height = row_height([(t, _WIDTHS[c]) for c, t in enumerate(texts, 1)], _CELL.size)
    return PageRow(number, cells, height)
