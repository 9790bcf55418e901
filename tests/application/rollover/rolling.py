"""Small indexes rolled over as the command does it, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.workbook import Workbook as Book

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.application.rollover.roll_over import RolledOver, roll_over
from perf_addin.application.settings import Settings

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
HEAD = ["No", "Indicator", "Target", "2020/21", "Apr 21", "May 21", "RAG", "Commentary"]
NOTHING_STATED = Settings()
OURS = frozenset({"Exception Report", "Findings", "Commentary History", "Rollover Log"})


class Rolled(NamedTuple):
    """What became of an index, and the file that was written."""

    rolled: RolledOver
    path: Path

    def codes(self) -> list[str]:
        """The codes of the findings, without what is said of files not saved by Excel."""
        found = [finding.code for finding in self.rolled.findings]
        return [code for code in found if code != "stored-results-doubted"]

    def message(self, code: str) -> str:
        """The one finding of a kind."""
        (text,) = [f.message for f in self.rolled.findings if f.code == code]
        return text

    def rows(self, sheet: str = "Index", *, results: bool = False) -> list[list[object]]:
        """The cells of a sheet: formulas, or what they come to."""
        page = openpyxl.load_workbook(self.path, data_only=results)[sheet]
        return [list(row) for row in page.iter_rows(values_only=True)]


def year_end(
    folder: Path,
    *rows: Sequence[object],
    to: int | None = None,
    settings: Settings = NOTHING_STATED,
    extra: Callable[[Book], object] | None = None,
) -> Rolled:
    """Save rows as the sheet "Index" of a workbook, and make next year's out of it."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "Index"
    for row in rows:
        page.append(list(row))
    if extra is not None:
        extra(made)
    source, target = folder / "index.xlsx", folder / "out.xlsx"
    made.save(source)
    return again(source, target, to=to, settings=settings)


def again(
    source: Path, target: Path, *, to: int | None = None, settings: Settings = NOTHING_STATED
) -> Rolled:
    """Make next year's workbook out of one that is there."""
    workbook = YearWorkbook(Package.open(source))
    rolled = roll_over(workbook, settings, to, Formualizer)
    save(workbook.package, target, backup=False)
    assert differing(source, target) == {(c.sheet, c.cell) for c in rolled.changes}
    return Rolled(rolled, target)


def differing(source: Path, target: Path) -> set[tuple[str, str]]:
    """The cells of a person's sheets that hold another constant than before; formulas must stay."""
    old, new = openpyxl.load_workbook(source), openpyxl.load_workbook(target)
    found = set()
    for page in old.worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row):
            now = new[page.title][cell.coordinate]
            if cell.data_type == "f":
                assert now.data_type == "f", now
            elif cell.value != now.value and page.title not in OURS:
                found.add((page.title, cell.coordinate))
    return found


def day(year: int, month: int, number: int = 1) -> datetime:
    """A date as openpyxl reads it from a cell."""
    return datetime(year, month, number)  # noqa: DTZ001 - cells know no time zones


def months(year: int) -> list[str]:
    """The months of a financial year as texts: `Apr 21`."""
    return [f"{m} {(year + (place > 8)) % 100:02d}" for place, m in enumerate(MONTHS)]
