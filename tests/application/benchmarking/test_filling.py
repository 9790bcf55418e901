"""The benchmark columns of an index, filled from a file: scales, what people typed, twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Severity
from tests.application.benchmarking.build import (
    EARLIER,
    RATE,
    REPEAT,
    SEEN,
    benchmarked,
    book,
    by_no,
    codes,
    measure,
    write_csv,
)
from tests.application.build import cells, change, index


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "published.csv", *SEEN, *REPEAT, *RATE, *EARLIER)


def test_columns_are_filled_on_the_scale_of_the_row(tmp_path: Path, data: Path) -> None:
    """0.8 under a per cent format, 22 where percentages are typed as such; x stays x."""
    target = tmp_path / "filled.xlsx"
    found = benchmarked(book(tmp_path), data, target)
    seen, repeat, rate = cells(target, "Index")[1:4]
    assert seen[4:10] == (0.8, 0.825, 0.875, 0.831, "C", 4)
    assert repeat[4:7] == (22, 20.1, pytest.approx(21.3333333333333))
    assert repeat[7] is None
    assert rate[4:7] == (41.4, "x", 30)
    assert len(found.filled) == 10
    assert [f.period.label for f in found.filled if f.whose == "Ours"] == ["2019/20"]


def test_bare_ratios_stay_bare_ratios(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "filled.xlsx"
    benchmarked(book(tmp_path, percent=()), data, target)
    assert cells(target, "Index")[1][4:8] == (0.8, 0.825, 0.875, 0.831)


def test_ratios_in_the_file_are_read_as_per_cent(tmp_path: Path) -> None:
    rows = measure("% seen in time", "2020/21", England=0.8, Ours=0.84)
    data = write_csv(tmp_path / "published.csv", *rows)
    target = tmp_path / "filled.xlsx"
    seen = by_no(benchmarked(book(tmp_path), data, target, Settings(our_area="Ours")))["1"]
    assert seen.england is not None
    assert seen.england.value == 80
    assert cells(target, "Index")[1][4] == 0.8


def test_percentages_that_may_be_either_are_not_used(tmp_path: Path) -> None:
    """0.9 may be 0.9% or 90%; beside a figure of 0.8 points neither can be taken for granted."""
    path = change(book(tmp_path), "Index", {"K3": 3, "L3": 0.8, "D3": 2})
    rows = measure("% repeat plans", "2020/21", England=0.9, Ours=0.8)
    data = write_csv(tmp_path / "published.csv", *rows)
    target = tmp_path / "filled.xlsx"
    found = benchmarked(path, data, target, Settings(our_area="Ours"))
    assert "benchmark-scale-unclear" in codes(found)
    assert by_no(found)["2"].peers is None
    assert cells(target, "Index")[2][4] is None


def test_what_people_typed_is_left(tmp_path: Path, data: Path) -> None:
    typed: dict[str, str | float | None] = {"E2": 0.79, "G2": 0.875, "I2": "A", "E3": 22}
    path = change(book(tmp_path), "Index", {"F2": "=0.5+0.3", **typed})
    target = tmp_path / "filled.xlsx"
    found = benchmarked(path, data, target)
    seen = cells(target, "Index")[1]
    assert seen[4:9] == (0.79, "=0.5+0.3", 0.875, 0.831, "A")
    differs = [f for f in found.findings if f.code == "benchmark-differs"]
    assert [(f.cell, f.severity) for f in differs] == [
        ("E2", Severity.WARNING),
        ("I2", Severity.WARNING),
    ]
    assert differs[0].message == (
        "Indicator 1: the file has 80% for the national average in 2020/21; 79% was left as it is. "
        "Replace it with --overwrite, or empty the cell."
    )
    assert codes(found).count("benchmark-formula-left") == 1


def test_overwrite_replaces_figures_and_no_formulas(tmp_path: Path, data: Path) -> None:
    path = change(book(tmp_path), "Index", {"E2": 0.79, "F2": "=0.5+0.3", "I2": "A"})
    target = tmp_path / "filled.xlsx"
    benchmarked(path, data, target, overwrite=True)
    assert cells(target, "Index")[1][4:9] == (0.8, "=0.5+0.3", 0.875, 0.831, "C")


def test_twice_is_once(tmp_path: Path, data: Path) -> None:
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    benchmarked(book(tmp_path), data, once)
    found = benchmarked(once, data, twice)
    assert found.filled == ()
    assert found.bands == ()
    assert "benchmark-differs" not in codes(found)
    assert once.read_bytes() == twice.read_bytes()


def test_a_column_of_somebody_whom_the_file_has_not(tmp_path: Path, data: Path) -> None:
    """The region was not stated, so its column is not guessed at."""
    target = tmp_path / "filled.xlsx"
    found = benchmarked(book(tmp_path), data, target, Settings(our_area="Ours"))
    told = [f for f in found.findings if f.code == "benchmark-area-unknown"]
    assert [finding.cell for finding in told] == ["F1", "G1"]
    assert told[0].message.startswith("Column F is about the regional average, of whom")
    assert cells(target, "Index")[1][5:7] == (None, None)


def test_one_row_for_each_period(tmp_path: Path, data: Path) -> None:
    """The row of the rated period is filled; those of other periods are history."""
    header = ("No", "Indicator", "Polarity", "Target", "Period", "Actual", "England", "Quartile")
    rows = [
        ("2", "% repeat plans", "Low", 20, period, value, None, None)
        for period, value in (("Apr 2021", 22), ("May 2021", 21))
    ]
    target = tmp_path / "filled.xlsx"
    benchmarked(index(tmp_path / "index.xlsx", header, *rows), data, target)
    assert [line[6:8] for line in cells(target, "Index")[1:]] == [(None, None), (22, "B")]


def test_an_indicator_without_a_figure_is_a_percentage_by_its_target(tmp_path: Path) -> None:
    path = change(book(tmp_path), "Index", {"B2": "Stability", "K2": None, "L2": "x"})
    rows = measure("Stability", "2020/21", England=10, Ours=11)
    data = write_csv(tmp_path / "published.csv", *rows)
    target = tmp_path / "filled.xlsx"
    benchmarked(path, data, target, Settings(our_area="Ours"))
    assert cells(target, "Index")[1][4] == 0.1


def test_a_cell_that_would_show_a_hundred_times_too_much_is_left(tmp_path: Path) -> None:
    path = change(book(tmp_path), "Index", {"B2": "Stability", "D2": None, "K2": None, "L2": "x"})
    rows = measure("Stability", "2020/21", England=10, Ours=11)
    data = write_csv(tmp_path / "published.csv", *rows)
    target = tmp_path / "filled.xlsx"
    found = benchmarked(path, data, target, Settings(our_area="Ours"))
    assert cells(target, "Index")[1][4] is None
    assert [f.cell for f in found.findings if f.code == "benchmark-scale-unclear"] == ["E2"]


def test_a_cell_under_a_merged_one_is_left_and_told(tmp_path: Path, data: Path) -> None:
    path = book(tmp_path)
    workbook = load_workbook(path)
    workbook["Index"].merge_cells("E2:E3")
    workbook.save(path)
    target = tmp_path / "filled.xlsx"
    found = benchmarked(path, data, target)
    (finding,) = [f for f in found.findings if f.code == "cell-not-written"]
    assert finding.cell == "E3"
    assert "Indicator 2: a benchmark was not written." in finding.message
    assert "E3" not in [filling.cell for filling in found.filled]
    assert cells(target, "Index")[1][4] == 0.8
