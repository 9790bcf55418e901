"""Ratings typed beside earlier periods."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.application.audit.build import found
from tests.application.build import index

STANDARDS = ("No", "Indicator", "Polarity", "Target", "Tolerance")
LINE = (1, "Visits in time", "High", 90, "5%")


def test_a_rating_for_each_quarter(tmp_path: Path) -> None:
    header = (*STANDARDS, "Q1 2021/22", "Q1 2021/22 RAG", "Q2 2021/22", "Q2 2021/22 RAG")
    path = index(tmp_path / "index.xlsx", header, (*LINE, 87, "R", 92, "G"))
    (finding,) = found(path)
    assert (finding.code, finding.cell) == ("typed-rating-differs", "G2")
    assert finding.message.startswith("Indicator 1, Q1 2021/22: typed is R, computed is A (Amber:")
    assert "missed by 3.3%" in finding.message
    right = index(tmp_path / "right.xlsx", header, (*LINE, 87, "A", 92, "G"))
    assert not found(right)
    both = index(tmp_path / "both.xlsx", header, (*LINE, 87, "R", 92, "R"))
    assert [f.cell for f in found(both) if f.code == "typed-rating-differs"] == ["I2", "G2"]


def test_a_rating_for_each_row_of_a_long_layout(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Period", "Actual", "RAG")
    rows = (
        (*LINE, "Q1 2021/22", 87, "R"),
        (*LINE, "Q2 2021/22", 92, "G"),
        (1, "Visits in time", "High", 70, "5%", "Q3 2021/22", 85, "G"),
    )
    path = index(tmp_path / "index.xlsx", header, *rows)
    (finding,) = [f for f in found(path) if f.code == "typed-rating-differs"]
    assert finding.cell == "H2"
    assert "Q1 2021/22: typed is R, computed is A" in finding.message


@pytest.mark.parametrize(("target", "differs"), ((False, False), (True, True)))
def test_another_year_needs_its_own_target(*, target: bool, differs: bool, tmp_path: Path) -> None:
    earlier = ("Q4 2020/21 Target",) if target else ()
    header = (*STANDARDS, *earlier, "Q4 2020/21", "Q4 2020/21 RAG", "Q1 2021/22", "Q1 2021/22 RAG")
    line = (*LINE, *((80,) if target else ()), 87, "R", 92, "G")
    path = index(tmp_path / "index.xlsx", header, line)
    codes = [f.code for f in found(path)]
    assert codes == ["typed-rating-differs"] * differs
