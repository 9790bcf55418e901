"""The command `trend`: direction of travel, control charts and projections, on a sheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.stated_values import read_count
from perf_addin.application.trend.methods import Asked
from perf_addin.application.trend.trend import find_trends, put_trend
from perf_addin.domain.errors import UsageError
from perf_addin.entry.calculating import calculate_first, calculate_last
from perf_addin.entry.show import print_findings, print_saved
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import targets

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.trend.trend import Trends


def run(options: argparse.Namespace) -> int:
    """Reckon, show and save.

    Raises:
        PerfAddinError: a file cannot be used or written, or an option makes no sense.
    """
    settings = settings_from(options)
    asked = _asked(options)
    if options.show and (options.output or options.in_place):
        raise UsageError("--show writes nothing: leave out -o and --in-place, or --show.")
    ((file, target),) = targets(options)
    workbook = XlsxWorkbook(Package.open(file, drop_signatures=options.drop_signatures))
    told = calculate_first(options, workbook, settings)
    found = find_trends(workbook, settings, asked)
    output: Path | None = None
    if not options.show:
        from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415 - not for --show

        filled, left = put_trend(workbook, found, settings, overwrite=options.overwrite)
        cells = {each.key for each in filled}
        told = (*told, *left, *calculate_last(options, workbook, settings, cells))
        save(workbook.package, target, backup=True)
        output = target
    findings = tuple(dict.fromkeys((*found.findings, *told)))
    _tell(options, found._replace(findings=findings), output)
    return 0


def _tell(options: argparse.Namespace, found: Trends, output: Path | None) -> None:
    if options.json:
        from perf_addin.entry.json_output import print_json  # noqa: PLC0415 - only for --json
        from perf_addin.entry.trend_told import as_json  # noqa: PLC0415

        print_json([as_json(found, output)], several=False)
        return
    print_findings(found.findings, to=sys.stderr)
    if output is None:
        from perf_addin.entry.trend_told import lines  # noqa: PLC0415 - only for --show

        print("\n".join(lines(found)))
    else:
        print_saved(output)


def _asked(options: argparse.Namespace) -> Asked:
    fewest = None
    if options.limits_from is not None:
        fewest = read_count(options.limits_from)
        if fewest is None:
            raise UsageError(
                f"--limits-from: found {options.limits_from!r}, expected a number of figures such "
                "as 13."
            )
    return Asked(
        options.run,
        {"near": False, "beyond": True}.get(options.two_of_three),
        {"first-rule": False, "improvement": True}.get(options.conflict),
        fewest,
    )
