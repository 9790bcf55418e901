"""What was said of the year that ends: put away, and the sheets of ours brought up to date."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.acceptance import read_reasons
from perf_addin.application.exception_report import (
    CORRECTIONS,
    EXCEPTIONS,
    OF_NOTE,
    PERFORMING_WELL,
    UNREPORTABLE,
)
from perf_addin.application.findings_page import lay_out_findings
from perf_addin.application.history import Kept as Remembered
from perf_addin.application.history import lay_out_history, read_history
from perf_addin.application.own_sheets import FINDINGS, HISTORY, REPORT
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.remarks import Highlight
from perf_addin.application.rollover.changes import grouped
from perf_addin.application.rollover.rows import Kept
from perf_addin.application.vocabulary import Field
from perf_addin.application.write_report import write_report
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label

_SECTIONS = {
    Highlight.OF_NOTE: OF_NOTE,
    Highlight.PERFORMING_WELL: PERFORMING_WELL,
    Highlight.CORRECTION: CORRECTIONS,
    Highlight.NOT_REPORTABLE: UNREPORTABLE,
}


def put_texts_away(workbook: Workbook, texts: Sequence[Kept], year: int) -> None:
    """Keep commentary of the index on the history sheet, under its indicator and period.

    What was said of an indicator without a figure goes under the year.

    Raises:
        OutputError: the sheet cannot be written.
    """
    existing = HISTORY.find(workbook.sheets)
    history = read_history(existing)
    by_key = {kept.key: kept for kept in history}
    for each in texts:
        if each.field is Field.HIGHLIGHT:
            continue
        period = each.item.period.label if each.item.period else year_label(year)
        key = _key(each, period)
        while key in by_key and by_key[key].text != each.text:
            key = f"index {key}"  # what was typed into the report comes first
        by_key[key] = Remembered(key, each.item.no or "", each.item.name, period, each.text)
    if by_key:
        name = existing.name if existing is not None else HISTORY.free_name(workbook.sheets)
        workbook.put_sheet(lay_out_history(list(by_key.values()), name))


def _key(kept: Kept, period: str) -> str:
    item = kept.item
    section = EXCEPTIONS
    if kept.field is Field.HIGHLIGHT_COMMENTARY:
        section = _SECTIONS.get(item.highlight, OF_NOTE) if item.highlight else OF_NOTE
    return f"{section}:{item.label}@{period}"


def renew_own_sheets(workbook: Workbook, result: IndexResult) -> list[Finding]:
    """Write the report of the year that begins, and empty the list of findings, where there are.

    An indicator that has figures of last year only is none that the new report is about.

    What people typed into the report moves to the history; what they accepted is kept.

    Raises:
        OutputError: a sheet cannot be written.
    """
    findings: list[Finding] = []
    anew = tuple(item for item in result.rated if item.period is None)
    result = result._replace(rated=anew, others=(), period=None)
    if REPORT.find(workbook.sheets) is not None:
        findings += write_report(workbook, result)
    existing = FINDINGS.find(workbook.sheets)
    if existing is not None:
        page = lay_out_findings((), (), read_reasons(existing), existing.name)
        workbook.put_sheet(page)
    return findings


def about_marks(texts: Sequence[Kept]) -> list[Finding]:
    """Say which indicators were marked as not reportable, a mark that may hold in the new year."""
    marked = [
        each.item
        for each in texts
        if each.field is Field.HIGHLIGHT and each.item.highlight is Highlight.NOT_REPORTABLE
    ]
    if not marked:
        return []
    labels = grouped((item.label for item in marked), 8)
    text = (
        f"{labels}: marked as not reportable last year. The mark was taken away with the other "
        "highlights; set it again where it still holds."
    )
    return [Finding("mark-cleared", Severity.WARNING, text, marked[0].sheet)]
