"""The exception report of a period that was asked for."""

from __future__ import annotations

from pathlib import Path

from perf_addin.application.settings import Settings
from perf_addin.domain.periods import read_period
from tests.application.build import cells, codes, index, reported

HEAD = ("No", "Indicator", "Frequency", "Target", "RAG", "Apr 21", "May 21", "Jun 21")
ROWS = (
    HEAD,
    [1, "a", "Monthly", 5, "G", 6, 6, 1],
    [2, "b", "Quarterly", 5, "R", None, None, 1],
    [3, "c", "Monthly", 5, None, 1, 1, 1],
)


def test_a_typed_rating_without_a_figure_for_the_period_is_said(tmp_path: Path) -> None:
    """It was typed of June, and stands in the report of May all the same."""
    path = index(tmp_path / "a.xlsx", *ROWS)
    may = Settings(period=read_period("May 2021"))
    result = reported(path, tmp_path / "b.xlsx", may)
    assert [item.shown_rating for item in result.rated] == ["G", "R (typed)", "R"]
    (found,) = (f for f in result.findings if f.code == "typed-rating-differs")
    assert found.cell == "E3"
    assert "typed is R, computed is none" in found.message
    assert "no figure for May 2021 (the latest entry is Jun 2021)" in found.message
    assert "another period than May 2021. The cell was left as it is." in found.message
    june = Settings(period=read_period("Jun 2021"))
    assert codes(reported(path, tmp_path / "c.xlsx", june)) == ["typed-rating-differs"]  # 1 alone


def test_the_report_says_which_figures_it_is_of(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *ROWS)
    reported(path, tmp_path / "b.xlsx", Settings(period=read_period("May 2021")))
    reported(path, tmp_path / "c.xlsx")
    first, last = (cells(tmp_path / f"{name}.xlsx", "Exception Report") for name in "bc")
    asked = "Figures for May 2021, or for the quarter or year last ended by then."
    latest = "Figures to Jun 2021; for each indicator its latest period with a figure."
    assert any(asked in row for row in first)
    assert any(latest in row for row in last)
