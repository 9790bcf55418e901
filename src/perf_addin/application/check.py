"""The use case: read an index, rate it, and look for what should not be published as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.acceptance import read_reasons, separate
from perf_addin.application.audit.benchmark_checks import check_benchmarks
from perf_addin.application.audit.entry_checks import check_entries, check_formulas
from perf_addin.application.audit.index_rows import IndexRow, read_index_rows
from perf_addin.application.audit.link_checks import check_files, check_links
from perf_addin.application.audit.parts import PartsFinder
from perf_addin.application.audit.period_checks import check_periods
from perf_addin.application.audit.rollover_checks import check_targets_confirmed
from perf_addin.application.audit.shown_checks import check_what_is_shown
from perf_addin.application.audit.signal_checks import check_signals
from perf_addin.application.audit.small_number_checks import check_small_numbers
from perf_addin.application.audit.standards_checks import check_standards
from perf_addin.application.audit.suppression import check_suppression
from perf_addin.application.audit.typed_checks import check_typed
from perf_addin.application.commentary_checks import check_commentary
from perf_addin.application.kept_lines import match_lines
from perf_addin.application.own_sheets import FINDINGS, TREND
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.trend.charts import Plan
from perf_addin.application.trend.methods import Asked, method_of
from perf_addin.application.trend.stated import read_stated
from perf_addin.domain.findings import Finding


def check(workbook: Workbook, options: Settings, told: Sequence[Finding] = ()) -> IndexResult:
    """Rate an index, and hold it against itself and its commentary; nothing is written.

    Args:
        workbook: the workbook with the index.
        options: what was stated by options.
        told: what is known of the workbook already, such as of how it was calculated.

    Returns:
        The result of the rating, with what the checks found after its own findings; what somebody
        accepted on the sheet "Findings" is kept apart.

    Raises:
        InputError: there is no index, it has no indicators, or what was stated does not fit.
    """
    result = rate_index(workbook, options)
    result = result._replace(rated=tuple(item.told() for item in result.rated))
    rows = read_index_rows(workbook, result)
    found = [*told, *result.findings, *_audit(workbook, result, rows)]
    found += check_commentary(workbook, rows)
    reasons = read_reasons(FINDINGS.find(workbook.sheets))
    still_open, accepted = separate(list(dict.fromkeys(found)), reasons)
    return result._replace(findings=tuple(still_open), accepted=tuple(accepted))


def _audit(workbook: Workbook, result: IndexResult, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    yield from check_typed(workbook, result)
    yield from check_standards(rows)
    yield from check_entries(rows)
    formulas = list(check_formulas(workbook, rows))
    yield from formulas
    yield from check_links(workbook)
    told = any(finding.code == "link-elsewhere" for finding in formulas)
    yield from check_files(workbook, is_told=told)
    yield from check_periods(workbook, result.layouts, rows)
    yield from check_what_is_shown(workbook, rows)
    yield from check_small_numbers(rows, PartsFinder(workbook, {x.sheet for x in result.layouts}))
    yield from check_targets_confirmed(workbook, rows)
    yield from check_suppression(workbook, result, rows)
    yield from check_benchmarks(workbook, rows)
    plan = Plan(method_of(result.settings, Asked()), result.settings)
    lines = read_stated(TREND.find(workbook.sheets), workbook)
    stated, _ = match_lines(lines, result.rated)
    yield from check_signals(rows, plan, stated)
