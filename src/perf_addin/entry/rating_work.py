"""What `report` and `recalc` do to a workbook, whoever asks: a command, a batch, a cluster."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.entry.calculating import calculate

if TYPE_CHECKING:
    import argparse

    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
    from perf_addin.application.rating_index import IndexResult
    from perf_addin.application.settings import Settings


class RatingWork(NamedTuple):
    """What is to be done to a workbook.

    Attributes:
        settings: what was stated about the index.
        report: whether the exception report is written too, and not the ratings alone.
        recalc: which formulas are calculated: auto, always or never.
        calculate_on_open: whether Excel is asked to calculate everything.
        drop_signatures: whether digital signatures are dropped.
        charts: whether the report has charts; None keeps those that it has.
    """

    settings: Settings
    report: bool
    recalc: str
    calculate_on_open: bool
    drop_signatures: bool
    charts: bool | None


def work_of(options: argparse.Namespace, settings: Settings, *, report: bool) -> RatingWork:
    """The work that options ask for."""
    return RatingWork(
        settings,
        report,
        options.recalc,
        options.calculate_on_open,
        options.drop_signatures,
        options.charts if report else None,
    )


def rate_workbook(workbook: XlsxWorkbook, work: RatingWork) -> IndexResult:
    """Calculate formulas, rate, and write ratings and report into a workbook that is not saved yet.

    Raises:
        PerfAddinError: the workbook cannot be used, or not be written without damage.
    """
    from perf_addin.application.rating_index import rate_index, without_index  # noqa: PLC0415
    from perf_addin.application.write_ratings import write_ratings  # noqa: PLC0415
    from perf_addin.domain.errors import NoIndexError  # noqa: PLC0415

    calculated = calculate(work, workbook, work.settings)
    try:
        result = rate_index(workbook, work.settings)
    except NoIndexError:
        if calculated is None or work.report:
            raise
        result = without_index(workbook, work.settings)
    found = write_ratings(workbook, result)
    if calculated is not None:
        result = result._replace(findings=(*calculated.findings, *result.findings))
    if work.report:
        from perf_addin.application.write_report import write_report  # noqa: PLC0415

        found += write_report(workbook, result, charts=work.charts)
    return result._replace(findings=(*result.findings, *found))
