"""Which figure is rated, what stands in the rating column, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.rated import Status
from perf_addin.application.settings import Settings
from perf_addin.application.sources import sources
from perf_addin.application.stated_values import Origin
from perf_addin.application.write_ratings import write_ratings
from perf_addin.domain.periods import read_period
from perf_addin.domain.polarity import Polarity
from tests.application.build import cells, change, codes, index, only, opened, rated

HEAD = ["No", "Indicator", "Frequency", "Target", "RAG", "Apr 21", "May 21", "Jun 21"]


def written(source: Path, target: Path, settings: Settings | None = None) -> list[object]:
    """The rating column after the ratings were written."""
    workbook = opened(source)
    result = rated(source, settings or Settings())
    write_ratings(workbook, result)
    save(workbook.package, target, backup=False)
    return [row[4] for row in cells(target, "Index")[1:]]


def test_the_latest_usable_figure_is_rated(tmp_path: Path) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, 4, 6, ".."]))
    assert item.period is not None
    assert (item.period.label, item.rating.letter) == ("May 2021", "G")


@pytest.mark.parametrize(
    ("asked", "frequency", "reason"),
    (
        ("Apr 2021", "Monthly", "Red: 4 against"),
        ("Jun 2021", "Monthly", "Not rated: no figure for Jun 2021 (the latest entry is May 2021)"),
        ("Jun 2021", "Quarterly", "Green: 6 against"),
        ("Q1 2021/22", "Quarterly", "Green: 6 against"),
        ("Mar 2021", "Monthly", "Not rated: no figure for Mar 2021"),
    ),
)
def test_a_period_asked_for(tmp_path: Path, asked: str, frequency: str, reason: str) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", frequency, 5, None, 4, 6, None])
    item = only(path, Settings(period=read_period(asked)))
    assert item.rating.reason.startswith(reason)


@pytest.mark.parametrize("symbol", ("z", "c", "low", "~", "..", "-", "*", "N/A", "TBC"))
def test_missing_figures_are_not_rated_and_never_zero(tmp_path: Path, symbol: str) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 0, None, symbol, None, None]))
    assert item.rating.letter is None
    assert f"the entry for Apr 2021 is '{symbol}'" in item.rating.reason
    assert item.status is Status.NOT_RATED


@pytest.mark.parametrize("symbol", ("x", ":", "u", "X"))
def test_no_accurate_figure_is_unreportable(tmp_path: Path, symbol: str) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, symbol, None, None]))
    assert item.status is Status.UNREPORTABLE


@pytest.mark.parametrize("text", ("NR", "Not reportable", "unreportable"))
def test_the_rating_column_may_say_unreportable(tmp_path: Path, text: str) -> None:
    result = rated(index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, text, 4, 4, 4]))
    assert result.rated[0].status is Status.UNREPORTABLE
    assert codes(result) == []


def test_a_true_zero_is_rated(tmp_path: Path) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, 0, None, None]))
    assert item.rating.letter == "R"


def test_an_error_in_a_figure_is_an_error_and_the_period_before_is_taken(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, 6, None, None])
    change(path, "Index", {"G2": "#REF!"})
    result = rated(path)
    assert result.rated[0].period == read_period("Apr 2021")
    assert codes(result) == ["unreadable-figure"]


TYPED: tuple[Sequence[object], ...] = (
    HEAD,
    [1, "blank", "Monthly", 5, None, 6, None, None],
    [2, "equal", "Monthly", 5, "G", 6, None, None],
    [3, "differs", "Monthly", 5, "A", 1, None, None],
    [4, "no target", "Monthly", None, "R", 1, None, None],
    [5, "formula", "Monthly", 5, '="R"', 6, None, None],
)


def test_typed_ratings_stay_and_differences_are_found(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *TYPED)
    assert written(path, tmp_path / "b.xlsx") == ["G", "G", "A", "R", '="R"']
    result = rated(path)
    assert codes(result)[0] == "typed-rating-differs"
    assert [item.shown_rating for item in result.rated][:4] == [
        "G",
        "G",
        "R (typed: A)",
        "R (typed)",
    ]
    assert [item.no for item in result.rated if item.is_exception] == ["3", "4"]


def test_overwriting_must_be_asked_for_and_spares_formulas(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *TYPED)
    settings = Settings(overwrite_typed=True)
    assert written(path, tmp_path / "b.xlsx", settings) == ["G", "G", "R", "R", '="R"']


def test_our_own_rating_follows_the_figure(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, 6, None, None])
    assert written(path, tmp_path / "b.xlsx") == ["G"]
    change(tmp_path / "b.xlsx", "Index", {"F2": 1})
    assert only(tmp_path / "b.xlsx").typed is None
    assert written(tmp_path / "b.xlsx", tmp_path / "c.xlsx") == ["R"]
    change(tmp_path / "c.xlsx", "Index", {"E2": "A"})  # an officer's judgement over our red
    assert written(tmp_path / "c.xlsx", tmp_path / "d.xlsx") == ["A"]


def test_a_rating_that_can_no_longer_be_made_is_taken_away(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", "Monthly", 5, None, 6, None, None])
    written(path, tmp_path / "b.xlsx")
    change(tmp_path / "b.xlsx", "Index", {"F2": "x"})
    assert written(tmp_path / "b.xlsx", tmp_path / "c.xlsx") == [None]
    sheet = load_workbook(tmp_path / "c.xlsx")["Index"]
    assert sheet["E2"].fill.fill_type in {None, "none"}


def test_words_where_the_column_has_words(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        HEAD,
        [1, "a", "Monthly", 5, "Green", 6, None, None],
        [2, "b", "Monthly", 5, None, 1, None, None],
    )
    assert written(path, tmp_path / "b.xlsx") == ["Green", "Red"]
    letters = Settings(ratings_in_words=False)
    assert written(path, tmp_path / "c.xlsx", letters) == ["Green", "R"]


def test_without_a_rating_column_two_are_added_and_used_again(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "Apr 21"], [1, "a", 5, 4])
    for source, target in (("a", "b"), ("b", "c")):
        workbook = opened(tmp_path / f"{source}.xlsx")
        write_ratings(workbook, rated(path if source == "a" else tmp_path / "b.xlsx"))
        save(workbook.package, tmp_path / f"{target}.xlsx", backup=False)
    head, row = cells(tmp_path / "c.xlsx", "Index")
    assert head == ("No", "KPI", "Target", "Apr 21", "Rating", "Rating reason")
    assert row[4:] == (
        "R",
        (
            "Red: 4 against a target of 5 (High): missed by 20%; amber allows 10%; polarity and "
            "tolerance by built-in default"
        ),
    )
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("target", "target_format", "figures", "formats", "letter", "found"),
    (
        (0.91, "0%", {"F2": 0.92}, {"F2": "0%"}, "G", []),
        (91, None, {"F2": 0.92}, {"F2": "0.0%"}, "G", ["mixed-scale"]),
        (0.91, "0%", {"F2": 92}, {}, "G", ["mixed-scale"]),
        (0, None, {"F2": 0.92}, {"F2": "0%"}, "G", []),
        (0.91, "0%", {"F2": 0}, {}, "R", []),
        (91, None, {"F2": 0.9, "G2": 92}, {"F2": "0%"}, "G", ["mixed-scale"]),
        (91, None, {"F2": 0.88}, {}, None, ["unclear-scale"]),
        (0.9, None, {"F2": 1.2, "G2": 0.8}, {}, "R", []),
    ),
)
def test_percentages_however_they_are_typed(  # noqa: PLR0913, PLR0917 - a case is its parts
    tmp_path: Path,
    target: float,
    target_format: str | None,
    figures: Mapping[str, float],
    formats: Mapping[str, str],
    letter: str | None,
    found: list[str],
) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "% a", "Monthly", target, None])
    book = load_workbook(path)
    sheet = book["Index"]
    if target_format:
        sheet["D2"].number_format = target_format
    for address, value in figures.items():
        sheet[address] = value
    for address, code in formats.items():
        sheet[address].number_format = code
    book.save(path)
    result = rated(path)
    assert result.rated[0].rating.letter == letter
    assert codes(result) == found


def test_a_repeated_number_is_said(tmp_path: Path) -> None:
    row = [1, "a", "Monthly", 5, None, 6, None, None]
    assert codes(rated(index(tmp_path / "a.xlsx", HEAD, row, row))) == ["repeated-number"] * 2


def test_where_each_input_came_from(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Polarity", "Tolerance", "Target", "RAG", "Apr 21"],
        [1, "a", "High", "5%", 5, None, 4],
        [2, "b", None, None, 5, None, 4],
    )
    settings = Settings(polarity=Polarity.LOW, origins={"polarity": Origin.SETTINGS})
    first, second = rated(path, settings).rated
    assert dict(sources(first, settings)) == {
        "Actual": "G2",
        "Target": "E2",
        "Polarity": "C2",
        "Tolerance": "D2",
    }
    assert dict(sources(second, settings)) == {
        "Actual": "G3",
        "Target": "E3",
        "Polarity": "Settings sheet",
        "Tolerance": "built-in default",
    }


def test_what_may_be_a_hundred_times_itself_is_not_rated(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Target", "Tolerance", "Green threshold", "Floor", "Apr 21"],
        [1, "% by thresholds", None, None, 90, 80, 0.88],
        [2, "% with a bare tolerance", 0.91, 0.05, None, None, 0.88],
        [3, "with a bare tolerance", 0.91, 0.05, None, None, 0.88],
    )
    first, second, third = rated(path).rated
    assert first.rating.reason.startswith("Not rated: 0.88 may be 0.88% or 88%")
    assert second.rating.reason == (
        "Not rated: the tolerance 0.05 may be 0.05 or 5 points: write 5pp"
    )
    assert third.rating.letter == "A"


def test_one_cell_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = [[number, f"a {number}", "Monthly", 5, None, 9, 9, 9] for number in range(1, 7)]
    source = index(tmp_path / "a.xlsx", HEAD, *rows)
    book = load_workbook(source)
    sheet = book["Index"]
    sheet.merge_cells("E2:E3")
    sheet["E5"] = ArrayFormula("E5:E6", "=H5:H6")
    book.save(source)
    workbook = opened(source)
    found = write_ratings(workbook, rated(source, Settings()))
    save(workbook.package, tmp_path / "b.xlsx", backup=False)
    result = load_workbook(tmp_path / "b.xlsx")["Index"]
    assert [result[f"E{row}"].value for row in (2, 3, 4, 6, 7)] == ["G", None, "G", None, "G"]
    assert isinstance(result["E5"].value, ArrayFormula)
    assert [(f.code, f.severity, f.sheet, f.cell) for f in found] == [
        ("cell-not-written", "warning", "Index", cell) for cell in ("E3", "E6")
    ]
    assert "Indicator 2: " in found[0].message
    assert "merged cells E2:E3" in found[0].message
    assert "dissolve the range" in found[1].message
