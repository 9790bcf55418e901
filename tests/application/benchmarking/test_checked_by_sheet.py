"""The check of ratings beside other bodies, where the index has no column for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.application.check import check
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding
from tests.application.benchmarking.build import benchmarked, measure, write_csv
from tests.application.build import change, index, opened

HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "May 2021", "Commentary")
AREAS = {"Alder": 70, "Birch": 74, "Cedar": 78, "Dale": 82, "Elm": 86, "Fen": 88}
NEIGHBOURS = {False: ("Alder", "Birch", "Cedar"), True: ("Dale", "Elm", "Fen")}
CODES = ("green-yet-worst-quartile", "target-against-benchmarks")


def beside_others(
    tmp_path: Path, ours: float, target: float, england: float, period: str = "May 2021"
) -> Path:
    """An index with its sheet "Benchmarks"."""
    source = index(
        tmp_path / "index.xlsx", HEADER, (1, "Visits", "High", target, "5%", ours, "Fine.")
    )
    values = {"England": england, "Ours": ours, **AREAS}
    data = write_csv(tmp_path / "data.csv", *measure("Visits", period, **values))
    stated = Settings(our_area="Ours", neighbour_areas=NEIGHBOURS[target < ours])
    benchmarked(source, data, tmp_path / "out.xlsx", stated)
    return tmp_path / "out.xlsx"


def found(path: Path) -> list[Finding]:
    return [each for each in check(opened(path), Settings()).findings if each.code in CODES]


@pytest.mark.parametrize(
    ("ours", "target", "worst"), ((71, 70, True), (84, 70, False), (71, 80, False))
)
def test_green_in_the_worst_band(
    tmp_path: Path, ours: float, target: float, *, worst: bool
) -> None:
    path = beside_others(tmp_path, ours, target, ours)
    assert [each.code for each in found(path)] == [CODES[0]] * worst
    for each in found(path):
        assert (each.sheet, each.cell) == ("Index", "F2")
        assert "it is green, yet in May 2021 it was in the worst quarter of all" in each.message
        assert "(Benchmarks!L6: D)" in each.message


def test_a_figure_of_an_earlier_period_is_said_to_be_one(tmp_path: Path) -> None:
    (finding,) = found(beside_others(tmp_path, 71, 70, 71, period="2020/21"))
    assert "yet in 2020/21 it was in the worst quarter" in finding.message


def test_a_sheet_that_is_older_than_the_figure_says_nothing(tmp_path: Path) -> None:
    path = change(beside_others(tmp_path, 71, 70, 71), "Index", {"F2": 72})
    assert found(path) == []


def test_what_the_index_says_itself_comes_first(tmp_path: Path) -> None:
    path = beside_others(tmp_path, 71, 70, 71)
    change(path, "Index", {"H1": "National quartile", "H2": "B"})
    assert found(path) == []
    change(path, "Index", {"H2": None})
    assert [each.code for each in found(path)] == [CODES[0]]


@pytest.mark.parametrize(
    ("ours", "target", "england", "says"),
    (
        (84, 90, 80, "it is red against its target, yet better than the national average"),
        (84, 80, 90, "it is green, yet worse than the national average, its statistical"),
        (84, 90, 85, ""),
    ),
)
def test_red_yet_better_and_green_yet_worse(
    tmp_path: Path, ours: float, target: float, england: float, says: str
) -> None:
    path = beside_others(tmp_path, ours, target, england)
    told = [each.message for each in found(path) if each.code == CODES[1]]
    assert len(told) == bool(says)
    assert all(says in each and "in May 2021 (sheet Benchmarks)" in each for each in told)
