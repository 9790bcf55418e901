"""What an import shows: a table of cells for people, an object for programs."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from perf_addin.application.importing.decide import Change, Outcome
from perf_addin.application.importing.import_figures import Imported
from perf_addin.entry.json_output import finding_json, print_json

_HEADINGS = ("Sheet", "Cell", "No", "Indicator", "Period", "Old", "New", "Outcome")
_NAME, _NARROWEST_NAME = 3, 16
_WOULD = {Outcome.WRITTEN: "would write", Outcome.OVERWRITTEN: "would overwrite"}


def print_import(imported: Imported, *, dry_run: bool, to: TextIO) -> None:
    """Print how the extract was read, each cell that differs, and how many do not."""
    extract = imported.extract
    print(
        f"{extract.file}: {imported.rows:,} rows, {imported.shape}; read as {extract.read_as}",
        file=to,
    )
    shown = [c for c in imported.changes if c.outcome is not Outcome.UNCHANGED]
    for line in ("", *_table(shown, dry_run=dry_run), "") if shown else ():
        print(line, file=to)
    print(summary(imported, dry_run=dry_run), file=to)


def _table(changes: Sequence[Change], *, dry_run: bool) -> Iterator[str]:
    rows = [_cells(change, dry_run=dry_run) for change in changes]
    widths = [max(len(row[i]) for row in (_HEADINGS, *rows)) for i in range(len(_HEADINGS))]
    room = shutil.get_terminal_size((110, 24)).columns
    others = sum(widths) - widths[_NAME] + 2 * (len(widths) - 1)
    widths[_NAME] = max(_NARROWEST_NAME, min(widths[_NAME], room - others))
    for row in (_HEADINGS, ["-" * width for width in widths], *rows):
        cells = [_fitted(cell, width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _fitted(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "\N{HORIZONTAL ELLIPSIS}").ljust(
        width
    )


def _cells(change: Change, *, dry_run: bool) -> list[str]:
    outcome = _WOULD.get(change.outcome, change.outcome.value) if dry_run else change.outcome.value
    name = " ".join(change.indicator.split())
    return [
        change.sheet,
        change.cell,
        change.no if change.no != change.indicator else "",
        f"{change.what}: {name}" if change.what else name,
        change.period,
        " ".join(change.old.split()),
        change.new,
        outcome,
    ]


def summary(imported: Imported, *, dry_run: bool) -> str:
    """Say how many cells have which outcome."""
    counts = Counter(change.outcome for change in imported.changes)
    words = {
        outcome: _WOULD.get(outcome, outcome.value) if dry_run else outcome.value
        for outcome in Outcome
    }
    told = ", ".join(
        f"{counts[outcome]} {words[outcome]}" for outcome in Outcome if counts[outcome]
    )
    cells = f"{len(imported.changes)} cells: {told}." if told else "No cell is meant."
    return f"Dry run, nothing was written. {cells}" if dry_run else cells


def print_import_json(imported: Imported, output: Path | None, *, dry_run: bool) -> None:
    """Print the object that docs/json.md describes."""
    extract = imported.extract
    print_json(
        [
            {
                "file": imported.found_in.workbook.name,
                "extract": {
                    "file": extract.file,
                    "sha256": extract.sha256,
                    "read_as": extract.read_as,
                    "layout": imported.shape.name.lower(),
                    "rows": imported.rows,
                },
                "dry_run": dry_run,
                "changes": [_change_json(change) for change in imported.changes],
                "counts": {outcome.value: n for outcome, n in imported.counts().items()},
                "findings": [finding_json(finding) for finding in imported.findings],
                "output": str(output) if output else None,
            }
        ],
        several=False,
    )


def _change_json(change: Change) -> dict[str, object]:
    return {
        "sheet": change.sheet,
        "cell": change.cell,
        "no": change.no,
        "indicator": change.indicator,
        "period": change.period,
        "part": change.what or "figure",
        "old": change.old,
        "new": change.new,
        "outcome": change.outcome.value,
        "extract_row": change.extract_row or None,
    }
