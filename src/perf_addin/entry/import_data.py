"""The command `import`: a workbook and an extract in, the figures in their cells."""

from __future__ import annotations

import hashlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.extracts.csv_sheet import open_csv
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.about_file import about_file
from perf_addin.application.importing.extract import Extract
from perf_addin.application.importing.import_figures import (
    Imported,
    Wanted,
    carry_out,
    plan_import,
)
from perf_addin.application.importing.mapping import mapping_of_options
from perf_addin.application.init_settings import init_settings
from perf_addin.domain.errors import InputError, UsageError
from perf_addin.domain.findings import Severity
from perf_addin.entry import import_output, show
from perf_addin.entry.calculating import calculate
from perf_addin.entry.cli import DONE, FOUND_ERRORS
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import are_one, targets

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.settings import Settings

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def run(options: argparse.Namespace) -> int:
    """Import, or show what an import would change; 1 where a finding is an error.

    Raises:
        PerfAddinError: a file cannot be used or written, or an option makes no sense.
    """
    settings = settings_from(options)
    mapping = mapping_of_options(options.map, options.indicator, options.count)
    target = _target(options)
    workbook = XlsxWorkbook(
        Package.open(Path(options.files[0]), drop_signatures=options.drop_signatures)
    )
    with about_file(Path(options.extract).name):
        extract = _open_extract(Path(options.extract), options.extract_sheet)
    planned = plan_import(workbook, extract, Wanted(settings, mapping, options.overwrite))
    written = None
    if not options.dry_run:
        planned, written = _write(options, workbook, planned, settings, target)
    if options.json:
        import_output.print_import_json(planned, written, dry_run=options.dry_run)
    else:
        to = sys.stdout if options.dry_run else sys.stderr
        import_output.print_import(planned, dry_run=options.dry_run, to=to)
        show.print_findings(planned.findings, to=sys.stderr)
        if written is not None:
            show.print_saved(written)
    errors = any(finding.severity is Severity.ERROR for finding in planned.findings)
    return FOUND_ERRORS if errors else DONE


def _write(
    options: argparse.Namespace,
    workbook: XlsxWorkbook,
    planned: Imported,
    settings: Settings,
    target: Path,
) -> tuple[Imported, Path]:
    time = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    done = carry_out(workbook, planned, time)
    cells = {(change.sheet, change.row, change.column) for change in done.written}
    if cells:
        calculated = calculate(options, workbook, settings, cells)
        if calculated is not None:
            done = done._replace(findings=(*done.findings, *calculated.findings))
    if options.save_mapping:
        init_settings(workbook, settings._replace(period=None), list(done.mapping.lines()))
    save(workbook.package, target, backup=True)
    return done, target


def _target(options: argparse.Namespace) -> Path:
    """Where the result goes.

    Raises:
        UsageError: the extract is the workbook itself, or would be written over.
    """
    ((file, target),) = targets(options)
    extract = Path(options.extract)
    if not extract.name:
        raise UsageError(f"found {options.extract!r}, expected the name of an extract.")
    if are_one(extract, file):
        raise UsageError(f"{extract} is the workbook itself; expected an extract as second file.")
    if are_one(extract, target):
        raise UsageError(f"{target} is the extract, and would be written over. State another -o.")
    return target


def _open_extract(path: Path, sheet: str | None) -> Extract:
    """Open an extract by what it is, whatever it is called.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest() if start == _ZIP else ""
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", file=path) from None
    if start == _OLD_EXCEL:
        raise InputError(
            f"{path} is a workbook of Excel 97-2003, or encrypted. Save it as CSV UTF-8 or as "
            "Excel Workbook (.xlsx), without a password.",
            file=path,
        )
    if start != _ZIP:
        if sheet is not None:
            raise UsageError(
                f"--extract-sheet {sheet}: {path} is no workbook, and has no sheets.", file=path
            )
        return open_csv(path)
    book = XlsxWorkbook(Package.open(path, drop_signatures=True))
    wanted = [each for each in book.sheets if each.visible and sheet in {None, each.name}]
    if sheet is not None:
        wanted = [each for each in book.sheets if each.name == sheet]
    if not wanted:
        there = ", ".join(repr(each.name) for each in book.sheets) or "none"
        raise InputError(
            f"{path}: there is no sheet named {sheet!r}. The sheets are {there}.", file=path
        )
    return Extract(path.name, digest, wanted, "a workbook")
