"""Odd and ordinary workbooks of others: what we write into them adds no error of ours."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.drawn import Block, Chart, Drawn, Line, Sparkline
from perf_addin.application.exception_report import ExceptionReport, Section
from perf_addin.application.grid import CellRange, Look
from perf_addin.application.ports import CellWrite
from perf_addin.application.report_sheet import Typed, lay_out
from perf_addin.domain.errors import InputError, OutputError
from tests.judges import new_errors, validate_many

FREE_ROW, FREE_COLUMN = 4321, 3
REFUSED_AT_MOST = 10
REPORT = ExceptionReport(
    "Exception report",
    "Figures to Aug 2021",
    (Section("exceptions", None, "None.", ("No", "Indicator", "Rating", "Commentary"), ()),),
)


def drawn_from(sheet: str) -> Drawn:
    """A chart and a sparkline of cells of a sheet, whatever they hold."""
    cells = Block(sheet, ((1, 1), (1, 2)))
    line = Line("actual", "Actual", (Decimal(1), Decimal(2)), cells)
    name = "perf-addin chart 1"
    chart = Chart(name, "1", "words", ("a", "b"), (line,), cells, label_source=cells)
    return Drawn((chart,), (Sparkline(1, sheet, CellRange(1, 1, 1, 2)),))


def edited(source: Path, target: Path) -> Path | None:
    """Write a rating and a report into a workbook; None where it is refused."""
    try:
        workbook = XlsxWorkbook(Package.open(source))
        first = workbook.sheets[0].name if workbook.sheets else None
        if first is not None:
            rating = CellWrite(FREE_ROW, FREE_COLUMN, "R", Look.RED, like=(1, 1))
            workbook.write(first, [rating])
        page = lay_out(REPORT, Typed(), "Exception Report")
        workbook.put_sheet(page._replace(drawn=drawn_from(first) if first is not None else None))
        save(workbook.package, target, backup=False)
    except (InputError, OutputError):
        assert not target.exists()
        return None
    return target


def test_no_workbook_of_the_corpus_gets_a_new_error(
    corpus_files: tuple[Path, ...], tmp_path: Path
) -> None:
    pairs = {}
    for number, source in enumerate(corpus_files):
        target = edited(source, tmp_path / f"{number}{source.suffix}")
        if target is not None:
            pairs[source] = target
    assert len(corpus_files) - len(pairs) <= REFUSED_AT_MOST
    after = validate_many(pairs.values())
    pairs = {source: target for source, target in pairs.items() if after[target]}
    before = validate_many(pairs)  # a file without errors has no new ones
    complaints = {
        source.name: [error.description for error in new]
        for source, target in pairs.items()
        if (new := new_errors(before[source], after[target]))
    }
    if complaints:
        pytest.fail(f"new errors: {complaints}")
