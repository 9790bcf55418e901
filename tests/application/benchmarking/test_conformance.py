"""The published benchmarks of LAIT as the file: every authority stands where LAIT has it."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.application.settings import Settings
from tests.application.benchmarking.build import benchmarked, by_no
from tests.application.build import index

HEADER = ("No", "Indicator", "Polarity", "Target", "Mar 2026")


@pytest.fixture(scope="module")
def published(shared: Path) -> Path:
    path = shared / "conformance" / "lait_benchmarks.csv"
    if not path.is_file():
        pytest.skip(f"no conformance vectors at {path}")
    return path


def test_bands_and_ranks_are_those_of_lait(published: Path, tmp_path: Path) -> None:
    with published.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_measure = {row["measure"]: row["polarity"] for row in rows if row["value"]}
    measures = list(enumerate(by_measure, 1))
    lines = [(str(no), name, by_measure[name], 50, 20) for no, name in measures]
    path = index(tmp_path / "index.xlsx", HEADER, *lines)
    expected = {(row["measure"], row["la"]): row for row in rows if row["year"] == "2025"}
    areas = sorted({row["la"] for row in rows})[::9]
    checked = 0
    for area in areas:
        found = by_no(benchmarked(path, published, settings=Settings(our_area=area)))
        for no, name in measures:
            each, row = found[str(no)], expected.get((name, area))
            if row is None or not row["value"] or row["year"] != "2025":
                continue
            assert each.own is not None
            assert each.among is not None
            assert each.own.value == round(Decimal(row["value"]), 10)
            assert each.own.peers_period.label == "2025"
            assert each.among.band == row["quartile_band"], (name, area)
            assert str(each.among.rank) == row["rank"], (name, area)
            checked += 1
    assert checked > 30
