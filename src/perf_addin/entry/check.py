"""The command `check`."""

from __future__ import annotations

import sys
from pathlib import Path

from perf_addin import __version__
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.check import check
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.cli import DONE, FOUND_ERRORS
from perf_addin.entry.show import print_saved
from perf_addin.entry.stated import settings_from
from perf_addin.entry.table import print_check

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.rating_index import IndexResult


def run(options: argparse.Namespace) -> int:
    """Check a workbook; 1 where a finding is an error that nobody accepted.

    Raises:
        PerfAddinError: the workbook cannot be used or written, or an option makes no sense.
    """
    form = "json" if options.json else options.format
    file = Path(options.files[0])
    settings = settings_from(options)
    _refuse_half_stated(options, form)
    workbook, told = open_to_read(options, file, settings)
    result = check(workbook, settings, told)
    if options.accept:
        from perf_addin.application.about_file import about_file  # noqa: PLC0415 - few do
        from perf_addin.application.accepting import accept  # noqa: PLC0415

        with about_file(file):
            result = accept(result, options.accept, options.reason)
    written = None
    if form == "sheet" or options.accept:
        written = _write_sheet(options, file, result)
    if form != "sheet":
        _print(form, result, file, written)
    if written is not None and form in {"sheet", "text"}:
        print_saved(written)
    has_errors = any(finding.severity is Severity.ERROR for finding in result.findings)
    return FOUND_ERRORS if has_errors else DONE


def _refuse_half_stated(options: argparse.Namespace, form: str) -> None:
    """Refuse options that say something only beside others.

    Raises:
        UsageError: one of them stands alone.
    """
    if bool(options.accept) is not (options.reason is not None):
        raise UsageError('--accept and --reason go together: --accept CODE:CELL --reason "..."')
    if form != "sheet" and not options.accept and (options.output or options.in_place):
        raise UsageError(
            "-o and --in-place say where the sheet of findings goes: add --format sheet, or "
            "--accept."
        )


def _write_sheet(options: argparse.Namespace, file: Path, result: IndexResult) -> Path:
    """Write the findings into the workbook as it is: no result that was calculated goes along."""
    from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415 - only some checks write
    from perf_addin.application.findings_page import put_findings  # noqa: PLC0415
    from perf_addin.entry.targets import targets  # noqa: PLC0415

    ((_, target),) = targets(options)
    workbook = XlsxWorkbook(Package.open(file, drop_signatures=options.drop_signatures))
    put_findings(workbook, result)
    return Path(save(workbook.package, target, backup=True).path)


def _print(form: str, result: IndexResult, file: Path, written: Path | None) -> None:
    if form == "text":
        print_check(result)
        return
    from perf_addin.entry.finding_formats import (  # noqa: PLC0415 - none of it for text
        as_check_json,
        as_csv,
        as_sarif,
    )
    from perf_addin.entry.json_output import print_json  # noqa: PLC0415

    if form == "json":
        print_json([as_check_json(result, written)], several=False)
    elif form == "csv":
        sys.stdout.write(as_csv(result))
    else:
        print(as_sarif(result, file, __version__))
