"""The command `commentary`: sheets for service leads out, their texts home again."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.xlsx.new_workbook import write_new
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.about_file import about_file
from perf_addin.application.commentary_sheets import (
    SHEET,
    Returned,
    lay_out_commentary,
    read_returned,
    who_is_asked,
)
from perf_addin.application.commentary_texts import Texts
from perf_addin.application.merge_commentary import merge_commentary
from perf_addin.application.rating_index import rate_index
from perf_addin.domain.errors import InputError, UsageError
from perf_addin.domain.findings import Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.show import print_findings, print_saved
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import matching, targets

if TYPE_CHECKING:
    import argparse

_UNSAFE = re.compile(r"[^\w.-]+")


def run(options: argparse.Namespace) -> int:
    """Do what is asked.

    Raises:
        PerfAddinError: a workbook cannot be used or written, or an option makes no sense.
    """
    return _export(options) if options.action == "export" else _merge(options)


def _export(options: argparse.Namespace) -> int:
    file = Path(options.files[0])
    folder = Path(options.output) if options.output else file.with_name(f"{file.stem}_commentary")
    settings = settings_from(options)
    workbook, told = open_to_read(options, file, settings)
    result = rate_index(workbook, settings)
    print_findings(told, least=Severity.WARNING, to=sys.stderr)
    texts = Texts(workbook)
    asked = who_is_asked(workbook, result)
    if not asked:
        print("No indicator is amber, red or outside its range, so nobody is asked.")
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"-o {folder}: found no folder that can be made ({error}).") from None
    taken: set[str] = set()
    for each in asked:
        name = _free(_UNSAFE.sub("_", each.lead).strip("_.") or "commentary", taken)
        outcome = write_new(lay_out_commentary(each, texts, file.name), folder / f"{name}.xlsx")
        print_saved(outcome.path)
    return 0


def _free(name: str, taken: set[str]) -> str:
    """A name that no other sheet of this run has; file names may not tell case apart."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.casefold())
    return free


def _merge(options: argparse.Namespace) -> int:
    ((file, target),) = targets(options)
    returned: list[Returned] = []
    for path in map(Path, matching(options.returned)):
        with about_file(path.name):
            returned += _returned(path)
    settings = settings_from(options)
    calculated, told = open_to_read(options, file, settings)
    result = rate_index(calculated, settings)
    workbook = XlsxWorkbook(Package.open(file, drop_signatures=options.drop_signatures))
    merged = merge_commentary(workbook, result, returned, overwrite=options.overwrite)
    outcome = save(workbook.package, target, backup=True)
    print_findings(told, least=Severity.WARNING, to=sys.stderr)
    print_findings(merged.findings, to=sys.stderr)
    labels = ", ".join(item.label for item in merged.written)
    what = f"Commentary written for {labels}." if labels else "No commentary was written."
    print(what, file=sys.stderr)
    print_saved(outcome.path)
    return 0


def _returned(path: Path) -> list[Returned]:
    workbook = XlsxWorkbook(Package.open(path, drop_signatures=True))
    sheet = SHEET.find(workbook.sheets)
    if sheet is None:
        raise InputError(
            f"{path} has no sheet {SHEET.names[0]!r} as `perf-addin commentary export` makes it. "
            "Leave it out, or ask for the workbook that was sent.",
            file=path,
        )
    return list(read_returned(sheet, path.name))
