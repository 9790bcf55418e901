"""Which cells a draft sentence rests on, and which it must not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.sentences.evidence import Drafts
from perf_addin.application.settings import Comparison, Settings
from tests.application.build import index, initialised, opened, rated

HEADER = ("No", "Indicator", "Polarity", "Target", "Aug 2020", "Jul 2021", "Aug 2021")
BENCHMARKS = ("England", "London")


def drafts_of(path: Path) -> tuple[Drafts, list[str]]:
    """The drafts of an index, and the sentences about its first indicator."""
    result = rated(path)
    drafts = Drafts(opened(path), result, result.rated)
    return drafts, [each.text for each in drafts.of(result.rated[0])]


def said(tmp_path: Path, header: Sequence[object], *rows: Sequence[object]) -> list[str]:
    """The sentences about the first indicator of an index."""
    return drafts_of(index(tmp_path / "index.xlsx", header, *rows))[1]


def test_the_period_before_and_the_same_one_last_year(tmp_path: Path) -> None:
    found = said(tmp_path, HEADER, (1, "Weeks", "Low", None, 30, 41, 43))
    assert found == ["43 is higher than in Jul 2021 (41) and in Aug 2020 (30), which is worse."]


def test_the_average_of_four_quarters_where_the_index_compares_with_it(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Q1 2020/21", "Q2 2020/21", "Q3 2020/21", "Q4 2020/21", "Q1 2021/22")
    path = index(tmp_path / "index.xlsx", header, (1, "Weeks", "Low", None, 30, 40, 41, 45, 43))
    result = rated(path, Settings(comparison=Comparison.FOUR_QUARTERS))
    (sentence,) = Drafts(opened(path), result, result.rated).of(result.rated[0])
    assert sentence.text == (
        "43 is higher than in Q1 2020/21 (30) and in the previous four quarters, on average (39), "
        "which is worse, and lower than in Q4 2020/21 (45), which is better."
    )
    assert sentence.cells == ("I2", "H2", "E2", "E2:H2")


def test_a_symbol_before_is_passed_over(tmp_path: Path) -> None:
    found = said(
        tmp_path, HEADER, (1, "Weeks", "Low", None, None, "x", 43), (2, "O", "", 1, 1, 1, 1)
    )
    assert found == []


@pytest.mark.parametrize(
    ("heading", "name"),
    (
        ("England", "the national average"),
        ("National average", "the national average"),
        ("England 2020/21", "the national average"),
        ("London average", "London"),
        ("Stat neighbours", "its statistical neighbours"),
        ("SN", "its statistical neighbours"),
        ("Regional average", "the regional average"),
    ),
)
def test_a_benchmark_is_called_by_its_name(heading: str, name: str, tmp_path: Path) -> None:
    found = said(tmp_path, (*HEADER[:4], "Aug 2021", heading), (1, "Weeks", "Low", None, 43, 44))
    assert found == [f"43 is below {name} (44)."]


@pytest.mark.parametrize("heading", ("Benchmark", "Baseline", "Comparator", "Rank", "Kent 2020/21"))
def test_what_is_nobody_s_figure_is_not_used(heading: str, tmp_path: Path) -> None:
    found = said(tmp_path, (*HEADER[:4], "Aug 2021", heading), (1, "Weeks", "Low", None, 43, 44))
    assert found == []


def test_the_latest_of_several_years_of_one_benchmark_is_used(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Aug 2021", "England 2019/20", "England 2020/21")
    assert said(tmp_path, header, (1, "Weeks", "Low", None, 43, 44, 50)) == [
        "43 is below the national average (50)."
    ]


def test_the_year_before_of_a_named_body_beside_a_benchmark(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Aug 2021", "Merton 2019/20", "Merton 2020/21", "England")
    (_, earlier) = said(tmp_path, header, (1, "Weeks", "Low", None, 43, 20, 41, 44))
    assert earlier == "43 is higher than for Merton 2020/21 (41), which is worse."
    (only,) = said(tmp_path, header, (1, "Number of weeks", "Low", None, 43, 20, 41, 44))
    assert "Merton" not in only  # a count of some months is not held against a year's


def test_percentages_typed_in_one_way_are_one_scale(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Aug 2021", *BENCHMARKS)
    for figures, shown in (((22, 21, 17), "22%"), ((0.22, 0.21, 0.17), "22%")):
        found = said(tmp_path, header, (1, "% seen", "Low", None, *figures))
        assert found == [f"{shown} is above the national average (21%) and London (17%)."]


def test_a_figure_on_another_scale_is_left_out_and_said(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Aug 2021", *BENCHMARKS)
    path = index(tmp_path / "index.xlsx", header, (1, "% seen", "Low", None, 0.22, 0.21, 0.17))
    book = load_workbook(path)
    for address in ("E2", "G2"):
        book["Index"][address].number_format = "0%"
    book.save(path)
    drafts, found = drafts_of(path)
    assert found == ["22% is above London (17%)."]
    assert [(f.code, f.cell) for f in drafts.findings] == [("comparator-left-out", "F2")]


def test_a_percentage_is_never_held_against_a_count(tmp_path: Path) -> None:
    header = (*HEADER[:4], "Aug 2021", *BENCHMARKS)
    path = index(tmp_path / "index.xlsx", header, (1, "Weeks", "Low", None, 43, 0.44, 45))
    book = load_workbook(path)
    book["Index"]["F2"].number_format = "0%"
    book.save(path)
    assert drafts_of(path)[1] == ["43 is below London (45)."]


def test_one_row_per_period_uses_the_rows_before(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Period", "Actual", "Target", "England")
    rows = (
        (1, "Weeks", "Low", "Jul 2021", 41, 26, 44),
        (2, "Other", "High", "Aug 2021", 5, 5, None),
        (1, "Weeks", "Low", "Aug 2021", 43, 26, 46),
    )
    path = index(tmp_path / "index.xlsx", header, *rows)
    result = rated(path)
    drafts = Drafts(opened(path), result, result.rated)
    weeks = next(item for item in result.rated if item.no == "1")
    assert [(each.text, each.cells) for each in drafts.of(weeks)] == [
        ("43 is above the target of 26, by 17.", ("E4", "F4")),
        ("43 is below the national average (46).", ("E4", "G4")),
        ("43 is higher than in Jul 2021 (41), which is worse.", ("E4", "E2")),
        ("Red against target, yet better than the national average (46).", ("E4", "F4", "G4")),
    ]


def test_a_settings_sheet_changes_nothing(tmp_path: Path) -> None:
    header = (*HEADER, *BENCHMARKS)
    source = index(tmp_path / "index.xlsx", header, (1, "Weeks", "Low", 26, 30, 41, 43, 44, 45))
    initialised(source, tmp_path / "stated.xlsx")
    assert drafts_of(tmp_path / "stated.xlsx")[1] == drafts_of(source)[1]
    assert len(drafts_of(source)[1]) == 4


def test_what_was_not_wanted_has_no_sentences(tmp_path: Path) -> None:
    path = index(tmp_path / "index.xlsx", HEADER, (1, "Weeks", "Low", None, 30, 41, 43))
    result = rated(path)
    assert Drafts(opened(path), result, ()).of(result.rated[0]) == ()
