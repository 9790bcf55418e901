"""The command `rollover`: this year's index in, next year's out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.application.choose import read_cell
from perf_addin.application.grid import CellValue, cell_name
from perf_addin.application.layout import text_of
from perf_addin.application.rollover.roll_over import RolledOver, roll_over
from perf_addin.domain.errors import NoIndexError, OutputError, UsageError
from perf_addin.domain.figures import Figure
from perf_addin.domain.new_year import moved_years, year_label, years_named
from perf_addin.domain.periods import PeriodKind, read_period
from perf_addin.domain.showing import show_number
from perf_addin.entry.json_output import finding_json, print_json
from perf_addin.entry.show import print_findings, print_saved
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import targets

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.rollover.changes import Change
    from perf_addin.application.rollover.outturn import Taken


def run(options: argparse.Namespace) -> int:
    """Roll an index over into a new file.

    Raises:
        PerfAddinError: the workbook cannot be used or written, or an option makes no sense.
    """
    file = Path(options.files[0])
    settings = settings_from(options)
    to_year = _year(options.to_year)
    workbook = YearWorkbook(Package.open(file, drop_signatures=options.drop_signatures))
    try:
        rolled = roll_over(workbook, settings, to_year, Formualizer)
    except NoIndexError as error:  # here --year is the year that begins
        raise NoIndexError(str(error).replace("--year", "--from-year"), name=error.file) from error
    target = _target(options, file, rolled.year + 1)
    if not options.dry_run:
        _save(options, workbook, target)
    if options.json:
        print_json([as_json(rolled, None if options.dry_run else target)], several=False)
    else:
        _show(options, rolled, target)
    return 0


def _year(text: str | None) -> int | None:
    period = read_period(text) if text is not None else None
    if text is not None and (period is None or period.kind is not PeriodKind.YEAR):
        message = f"--year: found {text!r}, expected a financial year such as 2022/23."
        raise UsageError(message)
    return period.start.year if period is not None else None


def _target(options: argparse.Namespace, file: Path, year: int) -> Path:
    """Where the new index goes: its name is the old one's with the year moved on."""
    name = moved_years(file.stem) if year - 1 in years_named(file.stem) else file.stem
    if name == file.stem:
        name = f"{file.stem}_{year_label(year).replace('/', '-')}"
    asked = Path(options.output) if options.output else file.parent
    is_folder = not options.output or asked.is_dir() or options.output.endswith(("/", "\\"))
    options.output = str(asked / f"{name}{file.suffix}" if is_folder else asked)
    ((_, target),) = targets(options)
    options.named = not is_folder
    return target


def _save(options: argparse.Namespace, workbook: YearWorkbook, target: Path) -> None:
    is_kept = not options.named and target.exists()
    if is_kept and target.read_bytes() != b"".join(workbook.package.chunks()):
        raise OutputError(
            f"{target} is there already and is another workbook; it was left alone. Write to "
            "another file with -o, or name this one with -o to replace it and keep it as "
            f"{target.name}.bak.",
            file=target,
        )
    save(workbook.package, target, backup=True)


def _show(options: argparse.Namespace, rolled: RolledOver, target: Path) -> None:
    print(f"From {year_label(rolled.year)} to {year_label(rolled.year + 1)}")
    if options.dry_run:
        for line in _changes(rolled):
            print(line)
    for item in rolled.taken:
        print(f"{item.label}: outturn {_outturn(item)}")
    counted: dict[str, int] = {}
    for change in rolled.changes:
        counted[change.what.value] = counted.get(change.what.value, 0) + 1
    told = ", ".join(f"{count} {what}" for what, count in counted.items())
    verb = "would change" if options.dry_run else "changed"
    print(f"{len(rolled.changes)} cells {verb}: {told}")
    print_findings(rolled.findings, to=sys.stderr)
    if options.dry_run:
        print(f"Nothing was written; the new index would be {target}")
    else:
        print_saved(target)


def _outturn(item: Taken) -> str:
    found = item.outturn
    if found is None:
        return "none, no figure in the year"
    figure = read_cell(found.cell)
    shown = text_of(found.cell)
    if isinstance(figure, Figure):
        shown = show_number(figure.value, percent=figure.percent, digits=4)
    when = f"{found.period.label}, " if found.period is not None else ""
    source = cell_name(item.row, found.column)
    return f"{shown} ({when}{source})"


def _changes(rolled: RolledOver) -> Iterator[str]:
    for change in rolled.changes:
        before, after = _shown(change.before), _shown(change.after)
        yield f"{change.sheet}!{change.cell}: {before} -> {after} ({change.what.value})"


def _shown(value: CellValue | None) -> str:
    if value is None or value == "":
        return "blank"
    return repr(value) if isinstance(value, str) else str(value)


def as_json(rolled: RolledOver, output: Path | None) -> dict[str, object]:
    """Give what became of an index as plain data; docs/json.md describes it."""
    return {
        "from": year_label(rolled.year),
        "to": year_label(rolled.year + 1),
        "changes": [_change_json(change) for change in rolled.changes],
        "outturns": [_outturn_json(item) for item in rolled.taken],
        "targets_to_confirm": [
            {
                "no": item.no,
                "indicator": item.name,
                "sheet": item.sheet,
                "cell": cell_name(item.row, item.column),
                "target": item.shown,
            }
            for item in rolled.targets
        ],
        "dropped": [
            {
                "no": item.no or None,
                "indicator": item.name or None,
                "sheet": item.sheet,
                "cell": item.cell,
                "heading": item.heading,
                "value": _plain(item.held.value),
            }
            for item in rolled.dropped
        ],
        "log_sheet": rolled.log_sheet,
        "findings": [finding_json(finding) for finding in rolled.findings],
        "output": str(output) if output else None,
    }


def _change_json(change: Change) -> dict[str, object]:
    return {
        "sheet": change.sheet,
        "cell": change.cell,
        "kind": change.what.value,
        "old": _plain(change.before),
        "new": _plain(change.after),
    }


def _outturn_json(item: Taken) -> dict[str, object]:
    found = item.outturn
    return {
        "no": item.no,
        "indicator": item.name,
        "sheet": item.sheet,
        "value": _plain(found.cell.value) if found else None,
        "period": found.period.label if found and found.period else None,
        "sum": _plain(item.total),
        "from": cell_name(item.row, found.column) if found else None,
        "to": cell_name(item.row, item.column) if item.column else None,
    }


def _plain(value: CellValue | None) -> int | float | str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
