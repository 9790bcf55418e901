"""The exception report of a period that was asked for."""

from __future__ import annotations

from pathlib import Path

from perf_addin.application.commentary_sheets import Returned
from perf_addin.application.merge_commentary import merge_commentary
from perf_addin.application.rating_index import rate_index
from perf_addin.application.report_sheet import checksum
from perf_addin.application.settings import Settings
from perf_addin.domain.periods import read_period
from tests.application.build import cells, change, codes, index, opened, rated, reported

CODE = "commentary-without-period"
MAY, JUNE = (Settings(period=read_period(f"{month} 2021")) for month in ("May", "Jun"))
SAID = (
    ("No", "Indicator", "Target", "Apr 21", "May 21", "Jun 21", "Commentary"),
    [1, "a", 5, 6, 1, None, "of a in May"],
    [2, "b", 5, 6, 1, None, "of b in May"],
    [3, "c", 5, 6, 1, None, None],
)
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


def said(path: Path) -> list[object]:
    """The commentary of the exceptions in a report."""
    rows = cells(path, "Exception Report")
    return [row[3] for row in rows if str(row[5]).startswith("exceptions:")]


def moved_on(path: Path) -> Path:
    """An index whose next figures came, with new commentary for one indicator."""
    return change(path, "Index", {"F2": 1, "F3": 9, "G2": "of a in June"})


def test_commentary_without_a_period_is_doubted_once_later_figures_are_there(
    tmp_path: Path,
) -> None:
    path = index(tmp_path / "a.xlsx", *SAID)
    assert CODE not in codes(rated(path, MAY))
    result = reported(moved_on(path), tmp_path / "b.xlsx", MAY)
    (found,) = (f for f in result.findings if f.code == CODE)
    assert (found.sheet, found.cell) == ("Index", "G2")
    assert "figures after May 2021 (to Jun 2021)" in found.message
    assert "was taken for May 2021 for 1, 2. Read it" in found.message
    assert said(tmp_path / "b.xlsx") == ["of a in June", "of b in May", None]
    assert CODE not in codes(rated(path, JUNE))
    assert CODE not in codes(rated(path))


def test_what_the_report_of_the_period_said_is_taken(tmp_path: Path) -> None:
    """The report was of May, then of June, and is wanted of May again."""
    book, again = index(tmp_path / "a.xlsx", *SAID), tmp_path / "b.xlsx"
    reported(book, book)
    reported(moved_on(book), book)
    assert said(book) == ["of a in June", None]
    result = reported(book, again, MAY)
    assert said(again) == ["of a in May", "of b in May", None]
    assert CODE not in codes(result)
    assert [item.commentary for item in result.rated] == ["of a in May", "of b in May", None]
    assert [row[6] for row in cells(again, "Index")] == [row[6] for row in cells(book, "Index")]
    first = again.read_bytes()
    reported(again, again, MAY)
    assert again.read_bytes() == first
    reported(again, again)
    assert said(again) == ["of a in June", None]


def test_what_was_typed_into_the_report_of_the_period_is_taken_first(tmp_path: Path) -> None:
    book = index(tmp_path / "a.xlsx", *SAID)
    reported(book, book)
    at = next(n for n, row in enumerate(cells(book, "Exception Report"), 1) if row[1] == "a")
    change(book, "Exception Report", {f"D{at}": "typed of a in May"})
    reported(moved_on(book), book)
    assert rated(book, MAY).rated[0].commentary == "typed of a in May"
    reported(book, book, MAY)
    assert said(book) == ["typed of a in May", "of b in May", None]


def test_a_heading_with_its_period_leaves_no_doubt(tmp_path: Path) -> None:
    head = (*SAID[0][:6], "May 21 Commentary", "Jun 21 Commentary")
    path = index(tmp_path / "a.xlsx", head, [1, "a", 5, 6, 1, 1, "of May", "of June"])
    assert [rated(path, asked).rated[0].commentary for asked in (MAY, JUNE)] == [
        "of May",
        "of June",
    ]
    assert CODE not in codes(rated(path, MAY))


def test_a_row_for_each_period_has_its_own_commentary(tmp_path: Path) -> None:
    head = ("No", "Indicator", "Period", "Actual", "Target", "Commentary")
    rows = [[1, "a", f"{month} 2021", 1, 5, f"of {month}"] for month in ("May", "Jun")]
    result = rated(index(tmp_path / "a.xlsx", head, *rows), MAY)
    assert (result.rated[0].commentary, codes(result)) == ("of May", [])


def test_a_text_that_was_put_away_is_no_reason_to_write_over_the_later_one(
    tmp_path: Path,
) -> None:
    book = index(tmp_path / "a.xlsx", *SAID)
    reported(book, book)
    reported(moved_on(book), book)
    shown = checksum("of a in May")
    back = Returned("back.xlsx", "Sheet", "D4", "1", "May 2021", shown, "news of May", "a")
    workbook = opened(book)
    merged = merge_commentary(workbook, rate_index(workbook, MAY), [back], overwrite=False)
    assert merged.written == ()
    assert [finding.code for finding in merged.findings] == ["commentary-conflict"]
