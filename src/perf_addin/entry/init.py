"""What `init` does to a workbook: sheets of our own, on which settings are stated."""

from __future__ import annotations

import sys

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.init_settings import init_settings
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.settings import Settings
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError
from perf_addin.entry.show import print_saved

if TYPE_CHECKING:
    import argparse

    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook


def init(
    options: argparse.Namespace, workbook: XlsxWorkbook, settings: Settings, target: str
) -> None:
    """Add the sheets that the options ask for, save the workbook and say where it is.

    Raises:
        PerfAddinError: what was stated does not fit, or the workbook cannot be saved.
    """
    if options.functions:
        _add_functions(workbook, settings)
    else:
        init_settings(workbook, settings)
    if options.paper:
        from perf_addin.application.paper.stated import add_paper_sheet  # noqa: PLC0415

        add_paper_sheet(workbook)
    print_saved(save(workbook.package, target, backup=True).path)


def _add_functions(workbook: XlsxWorkbook, settings: Settings) -> None:
    from perf_addin.application.init_functions import init_functions  # noqa: PLC0415

    try:
        init_settings(workbook, settings)
    except InputError:
        if settings != Settings() or SETTINGS.find(workbook.sheets) is not None:
            raise  # what was stated about an index does not fit the workbook
        print(
            f"perf-addin: no index was found in {workbook.name}, so it got no Settings sheet.",
            file=sys.stderr,
        )
    for finding in init_functions(workbook):
        print(f"{finding.severity.value}: {finding.message} [{finding.code}]", file=sys.stderr)
