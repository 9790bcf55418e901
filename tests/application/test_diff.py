"""What changed between two indexes, whatever moved in between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook

from perf_addin.application.diff import Difference, compare, take_picture
from perf_addin.application.diff.wording import corrections, tell
from perf_addin.application.settings import Settings
from tests.application.build import index, opened

HEADER = ("No", "Indicator", "Polarity", "Target", "Apr 2021", "May 2021", "Jun 2021")
OLD = (
    ("1", "Assessments in time", "High", 90, 91, 80, None),
    ("2", "Visits in time", "High", 90, 95, 96, None),
    ("3", "Repeat referrals", "Low", 20, 30, 25, None),
    ("4", "Care leavers in work", "High", 60, 61, 62, None),
)


def difference(tmp_path: Path, old: Sequence[object], new: Sequence[object]) -> Difference:
    """The difference of two indexes, each given by its rows below the header."""
    return _of(
        index(tmp_path / "old.xlsx", HEADER, *old),  # type: ignore[arg-type]
        index(tmp_path / "new.xlsx", HEADER, *new),  # type: ignore[arg-type]
    )


def _of(old: Path, new: Path) -> Difference:
    one, other = (take_picture(opened(path), Settings()) for path in (old, new))
    return compare(one, other)


def unchanged(found: Difference) -> bool:
    """Whether nothing but the exceptions is to be told."""
    parts = (found.rerated, found.altered, found.redefined, found.added, found.dropped)
    return not any(parts)


def told(found: Difference) -> str:
    return "\n".join(tell(found))


def test_the_same_index_has_no_difference(tmp_path: Path) -> None:
    found = difference(tmp_path, OLD, OLD)
    assert told(found).endswith("Nothing changed.") is False, "exceptions go on"
    assert [item.label for item in found.exceptions.continuing] == ["1", "3"]
    assert unchanged(found)
    green = difference(tmp_path, OLD[1:2], OLD[1:2])
    assert told(green).endswith("Nothing changed.")


def test_ratings_and_exceptions_that_changed(tmp_path: Path) -> None:
    new = [
        (*OLD[0][:6], 92),
        (*OLD[1][:6], 70),
        (*OLD[2][:6], 24),
        OLD[3],
    ]
    found = difference(tmp_path, OLD, new)
    assert [(r.old.rating.letter, r.new.rating.letter) for r in found.rerated] == [
        ("R", "G"),
        ("G", "R"),
    ]
    assert [item.label for item in found.exceptions.new] == ["2"]
    assert [item.label for item in found.exceptions.resolved] == ["1"]
    assert [item.label for item in found.exceptions.continuing] == ["3"]
    assert "1: red (May 2021) to green (Jun 2021). Green: 92 against" in told(found)
    assert not found.altered, "June is new, not corrected"


def test_an_exception_without_a_figure_now_is_not_resolved(tmp_path: Path) -> None:
    found = difference(tmp_path, OLD, [(*OLD[0][:4], None, None, None), *OLD[1:]])
    assert found.exceptions.resolved == ()
    assert [item.label for item in found.exceptions.unrated] == ["1"]
    assert "Exceptions without a rating now\n  1: Assessments in time: Not rated" in told(found)


def test_past_figures_that_were_altered_are_corrections(tmp_path: Path) -> None:
    new = [
        ("1", "Assessments in time", "High", 90, 90.5, 80, 81),
        ("2", "Visits in time", "High", 90, None, 96, 97),
        ("3", "Repeat referrals", "Low", 20, "n/a", 25, 26),
        OLD[3],
    ]
    found = difference(tmp_path, OLD, new)
    places = [(a.indicator.label, a.period.label) for a in found.altered]
    assert places == [("1", "Apr 2021"), ("2", "Apr 2021"), ("3", "Apr 2021")]
    start = "({}): the figure for Apr 2021 was reported as"
    assert list(corrections(found)) == [
        f"Indicator 1 {start.format('Assessments in time')} 91 and has been corrected to 90.5.",
        f"Indicator 2 {start.format('Visits in time')} 95 and has been withdrawn.",
        f"Indicator 3 {start.format('Repeat referrals')} 30 and has been corrected to n/a.",
    ]
    assert "1, Apr 2021: was 91 (Index!E2), is 90.5 (Index!E2)" in told(found)


def test_corrections_of_percentages_have_their_sign(tmp_path: Path) -> None:
    old = [
        ("1", "% in time", "High", 90, 91, 80, None),
        ("2", "% seen", "High", 0.9, 0.91, 0.8, None),
    ]
    new = [
        ("1", "% in time", "High", 90, 90.5, 80, 85),
        ("2", "% seen", "High", 0.9, 0.905, "x", 0.8),
    ]
    found = difference(tmp_path, old, new)
    start = "the figure for Apr 2021 was reported as 91% and has been corrected to 90.5%."
    drafts = list(corrections(found))
    assert drafts[:2] == [f"Indicator 1 (% in time): {start}", f"Indicator 2 (% seen): {start}"]
    assert [(a.old and a.old.shown, a.new and a.new.shown) for a in found.altered][-1] == (
        "80%",
        "x",
    )


def test_figures_that_differ_never_read_the_same(tmp_path: Path) -> None:
    new = [(*OLD[0][:4], 91.004, *OLD[0][5:]), *OLD[1:]]
    found = difference(tmp_path, OLD, new)
    assert list(corrections(found)) == [
        (
            "Indicator 1 (Assessments in time): the figure for Apr 2021 was reported as 91 and has "
            "been corrected to 91.004."
        )
    ]
    assert "1, Apr 2021: was 91 (Index!E2), is 91.004 (Index!E2)" in told(found)


def test_a_figure_filled_in_later_is_said_but_is_no_correction(tmp_path: Path) -> None:
    old = [(*OLD[0][:4], None, 80, None), *OLD[1:]]
    found = difference(tmp_path, old, OLD)
    assert [(a.indicator.label, a.old, a.new and a.new.shown) for a in found.altered] == [
        ("1", None, "91")
    ]
    assert not list(corrections(found))


def test_the_same_fact_in_another_format_is_no_correction(tmp_path: Path) -> None:
    old = index(tmp_path / "old.xlsx", HEADER, ("1", "In time, %", "High", 90, 88, 87, None))
    new = index(tmp_path / "new.xlsx", HEADER, ("1", "In time, %", "High", 0.9, 0.88, 0.87, None))
    book = load_workbook(new)
    for row in book["Index"]["D2:F2"]:
        for cell in row:
            cell.number_format = "0%"
    book.save(new)
    assert not _of(old, new).altered
    assert not _of(new, old).altered


def test_targets_and_definitions_that_changed(tmp_path: Path) -> None:
    new = [
        ("1", "Assessments in time", "High", 95, 91, 80, None),
        ("2a", "Visits in time", "High", 90, 95, 96, None),
        ("3", "Repeat referrals in 12 months", "Low", 20, 30, 25, None),
        ("4", "Care leavers in work", "Info", 60, 61, 62, None),
    ]
    found = difference(tmp_path, OLD, new)
    assert [(r.indicator.label, r.what, r.old, r.new) for r in found.redefined] == [
        ("1", "Target", "90", "95"),
        ("2a", "Number", "2", "2a"),
        ("3", "Name", "Repeat referrals", "Repeat referrals in 12 months"),
        ("4", "Polarity", "High", "Info"),
        ("4", "Rule", "tolerance", "information only"),
    ]


def test_indicators_added_and_dropped_and_a_number_given_anew(tmp_path: Path) -> None:
    new = [*OLD[:3], ("4", "First-time entrants to the youth justice system", "Low", 5, 4, 4, None)]
    found = difference(tmp_path, OLD, new)
    assert [item.name for item in found.added] == [new[3][1]]
    assert [item.name for item in found.dropped] == [OLD[3][1]]


def test_rows_sheets_and_layouts_may_differ(tmp_path: Path) -> None:
    old = index(tmp_path / "old.xlsx", HEADER, *OLD)
    header = ("Ref", "Measure", "Jun 2021", "May 2021", "Apr 2021", "Target 2021/22", "Good is")
    rows = [(no, name, None, may, april, aim, good) for no, name, good, aim, april, may, _ in OLD]
    new = index(
        tmp_path / "new.xlsx", ("Measures 2021/22",), (), header, *reversed(rows), sheet="New"
    )
    found = _of(old, new)
    assert unchanged(found)


def test_the_samples_three_years_apart_find_each_other(root: Path) -> None:
    old, new = sorted((root / "workbook").glob("performance_index_*.xlsx"))
    found = _of(old, new)
    pairs = {r.indicator.label: r.old for r in found.redefined if r.what == "Number"}
    assert pairs == {"5": "4", "6": "5", "7": "10", "10": "8", "21": "23", "24": "34"}
    assert [item.label for item in found.exceptions.new] == ["16", "22"]
    assert [item.label for item in found.exceptions.continuing] == ["2"]
    assert [item.label for item in found.added] == ["1", "4", "8", "20", "23"]
