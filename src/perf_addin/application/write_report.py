"""The use case: add or refresh the exception report, and keep what people typed into it."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.exception_report import (
    BASIS,
    BREACHES,
    CHARTS,
    ExceptionReport,
    build_report,
)
from perf_addin.application.grid import cell_name
from perf_addin.application.history import (
    exchange,
    lay_out_history,
    read_history,
)
from perf_addin.application.own_sheets import HISTORY, REPORT
from perf_addin.application.ports import SheetPage, Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.report_rows import Replaced, row_key
from perf_addin.application.report_sheet import COMMENTARY, Typed, lay_out, read_typed
from perf_addin.domain.findings import Finding, Severity


def write_report(
    workbook: Workbook, result: IndexResult, *, charts: bool | None = None
) -> list[Finding]:
    """Write the exception report sheet, and the history sheet where something is put away.

    Args:
        workbook: where it is written.
        result: what became of the index.
        charts: whether it has charts and sparklines; None where it stays as it is.

    Returns:
        What a person should know about texts in the report.

    Raises:
        OutputError: a sheet cannot be written without damage.
    """
    asked = result.settings.period is not None
    report = build_report(result.rated, result.period, asked=asked)
    existing = REPORT.find(workbook.sheets)
    name = existing.name if existing is not None else REPORT.free_name(workbook.sheets)
    typed = read_typed(existing) if existing is not None else Typed()
    findings = list(_renewed(typed, name))
    past = HISTORY.find(workbook.sheets)
    history = read_history(past)
    kept = exchange(history, typed, _keys(report))
    report = _without_typed(report, typed)
    findings += _differing(report, typed, name)
    findings += (_formula_replaced(found, name) for found in typed.replaced)
    if charts or (charts is None and typed.has_charts):
        from perf_addin.application.report_charts import plan_charts  # noqa: PLC0415 - few have

        plan = plan_charts(workbook, result, report)
        findings += plan.findings
        page = plan.on(lay_out(plan.report, typed, name, plan.extras))
    elif charts is None:
        page = lay_out(report, typed, name)
    else:
        from perf_addin.application.report_charts import without_charts  # noqa: PLC0415

        page = without_charts(workbook, lay_out(report, typed, name))
    findings += _without_chart(typed, page)
    workbook.put_sheet(page)
    if kept or past is not None:
        history_name = past.name if past else HISTORY.free_name(workbook.sheets)
        workbook.put_sheet(lay_out_history(kept, history_name))
    return findings


def _without_chart(typed: Typed, page: SheetPage) -> Iterator[Finding]:
    """What a person wrote at a chart that is drawn no more, and so has no row."""
    written = {key: text for key, text in typed.paragraphs.items() if key.startswith(f"{CHARTS}.")}
    kept = {row_key(row) for row in page.rows} if written else set()
    for key, text in written.items():
        if key not in kept:
            yield Finding(
                "computed-text-renewed",
                Severity.WARNING,
                f"The text {text!r} stood at a chart that is drawn no more ({key}) and was taken "
                "out with it; write it into the commentary instead.",
                page.name,
            )


def _without_typed(report: ExceptionReport, typed: Typed) -> ExceptionReport:
    """The report without texts that are known only since somebody typed them into it before.

    They come from `typed`; were they taken for the index's too, nobody would seem to have typed.
    """
    if not typed.texts:
        return report
    sections = []
    for section in report.sections:
        entries = tuple(
            entry._replace(cells=(*entry.cells[:3], ""))
            if entry.key in typed.texts and any(item.is_put_away for item in entry.items)
            else entry
            for entry in section.entries
        )
        sections.append(section._replace(entries=entries))
    return report._replace(sections=tuple(sections))


def _keys(report: ExceptionReport) -> set[str]:
    return {e.key for section in report.sections for e in section.entries if e.keeps}


def _renewed(typed: Typed, sheet: str) -> Iterator[Finding]:
    """Texts that are computed are computed again; what a person wrote over them is said."""
    computed = [k for k in typed.texts if k.startswith((f"{BASIS}:", f"{BREACHES}:"))]
    for key in computed:
        text = typed.formulas.pop(key, None) or typed.texts[key]
        row = typed.rows.pop(key, None)
        del typed.texts[key]
        yield Finding(
            "computed-text-renewed",
            Severity.WARNING,
            f"The text {text!r} stood in place of a computed one ({key}) and was replaced; write "
            "it into the commentary instead.",
            sheet,
            cell_name(row, COMMENTARY) if row else None,
        )


def _formula_replaced(found: Replaced, sheet: str) -> Finding:
    return Finding(
        "formula-replaced",
        Severity.WARNING,
        f"The formula {found.formula!r} stood in a cell that perf-addin fills, and was replaced. "
        "Write it into a commentary cell, a row of your own or a column further right.",
        sheet,
        cell_name(found.row, found.column),
    )


def _differing(report: ExceptionReport, typed: Typed, sheet: str) -> Iterator[Finding]:
    for section in report.sections if typed.texts else ():
        for entry in section.entries:
            kept = typed.texts.get(entry.key)
            given = entry.cells[3].strip()
            if entry.keeps and kept and given and kept.strip() != given:
                yield Finding(
                    "commentary-differs",
                    Severity.INFO,
                    f"Indicator {entry.no}: the commentary typed into the report was kept; the "
                    "index has another. Empty the cell in the report to take the index's.",
                    sheet,
                )
