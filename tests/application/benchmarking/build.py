"""A small index and a small file of benchmarks for tests; all figures are made up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from openpyxl import load_workbook

from perf_addin.adapters.extracts.csv_sheet import open_csv
from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.benchmarking.benchmark import Benchmarked, benchmark
from perf_addin.application.benchmarking.compared import Compared
from perf_addin.application.benchmarking.data import BenchmarkData, DataRow, read_benchmarks
from perf_addin.application.settings import Settings
from tests.application.build import index, opened

HEADINGS = ("Measure", "Area", "Year", "Value")
NEIGHBOURS = ("Alder", "Birch", "Cedar")
STATED = Settings(our_area="Ours", region_area="Region", neighbour_areas=NEIGHBOURS)


def write_csv(path: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> Path:
    """Save rows under headings as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def data_of(path: Path) -> BenchmarkData:
    """A CSV file as the command reads it."""
    (sheet,) = open_csv(path).sheets
    return read_benchmarks((DataRow(r.number, r.cells()) for r in sheet.rows()), path.name)


def measure(name: str, year: str, **values: object) -> list[tuple[object, ...]]:
    """The rows of a measure in a year, one for each area; an area may be any word."""
    return [(name, area, year, value) for area, value in values.items()]


def benchmarked(  # noqa: PLR0913 - as many as the command has options
    source: Path,
    data: Path,
    target: Path | None = None,
    settings: Settings = STATED,
    *,
    overwrite: bool = False,
    stated: Mapping[str, str] = MappingProxyType({}),
) -> Benchmarked:
    """Do what `perf-addin benchmark` does; `stated` are measures by the indicator's number."""
    workbook = opened(source)
    found = benchmark(workbook, settings, data_of(data), stated, overwrite=overwrite)
    if target is not None:
        save(workbook.package, target, backup=False)
    return found


HEADER = (
    *("No", "Indicator", "Polarity", "Target", "England", "Region average"),
    *("Statistical neighbours", "Ours 2019/20", "Quartile", "Rank", "Apr 2021", "May 2021"),
)
PERCENT_ROW = ("1", "% seen in time", "High", 0.9, None, None, None, None, None, None, 0.8, 0.85)
POINTS_ROW = ("2", "% repeat plans", "Low", 20, None, None, None, None, None, None, 22, 21)
RATE_ROW = ("3", "Plans per 10,000", "Info", None, None, None, None, None, None, None, 31, 30)
SEEN = measure(
    "% Seen in time",
    "2020/21",
    England=80,
    Region=82.5,
    Ours=84,
    Alder=90,
    Birch="c",
    Cedar=85,
    Dale=70,
    Elm=88,
    Fen=79,
)
REPEAT = measure(
    "% repeat plans", "2020/21", England=22, Region=20.1, Ours=21, Alder=19, Birch=21, Cedar=24
)
RATE = measure("Plans per 10,000", "2020/21", England=41.4, Region="x", Ours=30.5, Alder=30)
EARLIER = measure("% Seen in time", "2019/20", England=78, Ours=83.1, Alder=85)


def book(tmp_path: Path, percent: tuple[str, ...] = ("D2:L2",)) -> Path:
    """An index whose first row is under a per cent format."""
    path = index(tmp_path / "index.xlsx", HEADER, PERCENT_ROW, POINTS_ROW, RATE_ROW)
    workbook = load_workbook(path)
    for area in percent:
        for row in workbook["Index"][area]:
            for cell in row:
                cell.number_format = "0.0%"
    workbook.save(path)
    return path


def by_no(found: Benchmarked) -> Mapping[str | None, Compared]:
    """What was compared, by the indicator's number."""
    return {each.item.no: each for each in found.compared}


def codes(found: Benchmarked) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in found.findings]
