"""The command `benchmark`: published figures beside the index, and into its benchmark columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.extracts.csv_sheet import open_csv
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.about_file import about_file
from perf_addin.application.benchmarking.benchmark import benchmark
from perf_addin.application.benchmarking.data import BenchmarkData, DataRow, read_benchmarks
from perf_addin.domain.errors import InputError, UsageError
from perf_addin.entry.calculating import calculate_first, calculate_last
from perf_addin.entry.show import print_findings, print_saved
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import targets

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.benchmarking.benchmark import Benchmarked

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def run(options: argparse.Namespace) -> int:
    """Compare, fill and save.

    Raises:
        PerfAddinError: a file cannot be used or written, or an option makes no sense.
    """
    ((file, target),) = targets(options)
    settings = settings_from(options)
    stated = dict(_measure(text) for text in options.measure)
    with about_file(Path(options.data).name):
        data = _read(Path(options.data))
    workbook = XlsxWorkbook(Package.open(file, drop_signatures=options.drop_signatures))
    told = calculate_first(options, workbook, settings)
    with about_file(file):
        found = benchmark(workbook, settings, data, stated, overwrite=options.overwrite)
    cells = {(each.item.sheet, *each.place) for each in found.filled}
    cells |= {each.key for each in found.bands}
    told += calculate_last(options, workbook, settings, cells)
    found = found._replace(findings=tuple(dict.fromkeys((*found.findings, *told))))
    save(workbook.package, target, backup=True)
    if options.json:
        from perf_addin.entry.benchmark_json import as_json  # noqa: PLC0415 - only for --json
        from perf_addin.entry.json_output import print_json  # noqa: PLC0415

        print_json([as_json(found, target)], several=False)
        return 0
    _tell(found)
    print_saved(target)
    return 0


def _measure(text: str) -> tuple[str, str]:
    no, _, name = (part.strip() for part in text.partition("="))
    if not no or not name:
        raise UsageError(
            f"--measure: found {text!r}, expected NO=NAME such as '2=Assessments in 45 days'."
        )
    return no, name


def _read(file: Path) -> BenchmarkData:
    """Read a file of benchmarks; of a workbook the first sheet that has one."""
    is_workbook = file.suffix.lower() in _WORKBOOKS
    sheets = (
        XlsxWorkbook(Package.open(file, drop_signatures=True)).sheets
        if is_workbook
        else open_csv(file).sheets
    )
    refused: InputError | None = None
    for sheet in sheets:
        try:
            rows = (DataRow(row.number, row.cells()) for row in sheet.rows())
            return read_benchmarks(rows, file.name)
        except InputError as error:
            refused = refused or error
    raise refused or InputError(f"{file} has no worksheet.", file=file)


def _tell(found: Benchmarked) -> None:
    for line in _lines(found):
        print(line, file=sys.stderr)
    print_findings(found.findings, to=sys.stderr)
    matched = sum(each.peers is not None for each in found.compared)
    print(
        f"{matched} of {len(found.compared)} indicators have a measure in the file; "
        f"{len(found.filled) + len(found.bands)} cells were filled.",
        file=sys.stderr,
    )


def _lines(found: Benchmarked) -> Iterator[str]:
    for each in found.filled:
        yield (
            f"{each.item.sheet}!{each.cell}: {each.shown} for {each.whose} in {each.period.label} "
            f"(indicator {each.item.label})"
        )
