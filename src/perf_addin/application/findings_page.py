"""The sheet "Findings": everything that a check noticed, worst first, and what was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.acceptance import HEADER, Accepted, Reasons, read_reasons
from perf_addin.application.finding_kinds import KINDS
from perf_addin.application.own_sheets import FINDINGS
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.row_heights import row_height
from perf_addin.domain.findings import Finding, by_severity

_WIDTHS = {1: 11.0, 2: 16.0, 3: 7.0, 4: 56.0, 5: 34.0, 6: 22.0, 7: 34.0}
_HEADER_ROW = 4
_GONE = "not found now"

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_TO_FILL = PageStyle(border=True, wrap=True, fill="FFF9E5")

_Line = tuple[str, str, str, str, str, str, str]


def put_findings(workbook: Workbook, result: IndexResult) -> str:
    """Add the sheet of findings, or bring it up to date; give its name.

    Raises:
        OutputError: sheets that are not ours have its names, or it cannot be written.
    """
    existing = FINDINGS.find(workbook.sheets)
    name = existing.name if existing is not None else FINDINGS.free_name(workbook.sheets)
    page = lay_out_findings(result.findings, result.accepted, read_reasons(existing), name)
    workbook.put_sheet(page)
    return name


def lay_out_findings(
    findings: Sequence[Finding], accepted: Sequence[Accepted], kept: Reasons, name: str
) -> SheetPage:
    """Lay the findings out as a sheet.

    Args:
        findings: those that are open; errors come first.
        accepted: those that were accepted, which follow.
        kept: everything that was ever accepted; what was not found this time comes last, so that
            its reason is there when it is found again.
        name: the sheet's name.
    """
    title = f"{FINDINGS.mark}: {len(findings)} in all" if findings else f"{FINDINGS.mark}: none"
    if accepted:
        title += f", and {len(accepted)} accepted"
    note = (
        "Made anew by every check. To accept a finding, write the reason into column G: it stays "
        "accepted while the sentence stays the same. Notes of your own go to the right of it."
    )
    rows = [
        PageRow(1, (PageCell(1, title, _TITLE),)),
        PageRow(2, (PageCell(1, note, _NOTE),)),
        PageRow(_HEADER_ROW, tuple(PageCell(c, h, _HEADER) for c, h in enumerate(HEADER, 1))),
    ]
    lines = _lines(findings, accepted, kept)
    rows += (_row(number, line) for number, line in enumerate(lines, _HEADER_ROW + 1))
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


def _lines(
    findings: Sequence[Finding], accepted: Sequence[Accepted], kept: Reasons
) -> Iterator[_Line]:
    for finding in by_severity(findings):
        yield line_of(finding, finding.severity.value, "")
    for each in accepted:
        yield line_of(each.finding, "accepted", each.reason)
    found = {(each.finding.code, each.finding.message) for each in accepted}
    for (code, sentence), reason in kept.items():
        if (code, sentence) not in found:
            yield (_GONE, "", "", sentence, remedy_of(code), code, reason)


def line_of(finding: Finding, state: str, reason: str) -> _Line:
    """A finding under the headings of the sheet; `state` is its severity, or what became of it."""
    sheet, cell, code = finding.sheet or "", finding.cell or "", finding.code
    return (state, sheet, cell, finding.message, remedy_of(code), code, reason)


def remedy_of(code: str) -> str:
    """What to do about a kind of finding, as plain text; empty where it is not known."""
    kind = KINDS.get(code)
    return kind.remedy.replace("`", "") if kind is not None else ""


def _row(number: int, texts: _Line) -> PageRow:
    last = len(texts)
    cells = tuple(
        PageCell(c, text or None, _TO_FILL if c == last else _CELL)
        for c, text in enumerate(texts, 1)
    )
    height = row_height([(t, _WIDTHS[c]) for c, t in enumerate(texts, 1)], _CELL.size)
    return PageRow(number, cells, height)
