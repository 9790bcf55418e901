"""Ratings as they stand in a workbook over several months of use."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from perf_addin.application.looks import PALETTE
from perf_addin.application.rated import Status
from perf_addin.application.settings import Settings
from perf_addin.domain.periods import read_period
from tests.application.build import cells, change, codes, index, only, rated, reported

HEAD = ["No", "Indicator", "Target", "RAG", "Apr 21", "May 21", "Highlight", "Commentary"]
OUR_FILLS = {paint.fill for paint in PALETTE.values()}


def ratings(path: Path) -> list[object]:
    """The rating column."""
    return [row[3] for row in cells(path, "Index")[1:]]


def test_months_of_use(tmp_path: Path) -> None:
    """Figures are added, corrected and taken away; ours follow, typed ones stay."""
    path = index(
        tmp_path / "0.xlsx",
        HEAD,
        [1, "follows", 5, None, 9],
        [2, "typed", 5, "A", 9],
        [3, "formula", 5, '=IF(E4>5,"G","R")', 9],
        [4, "judged later", 5, None, 9],
    )
    formula = '=IF(E4>5,"G","R")'
    steps: tuple[tuple[dict[str, str | float | None], list[object]], ...] = (
        ({}, ["G", "A", formula, "G"]),
        ({"F2": 1, "F3": 1, "F4": 1}, ["R", "A", formula, "G"]),
        ({"F2": 4.6, "D5": "R"}, ["A", "A", formula, "R"]),
        ({"F2": "x", "E2": None}, [None, "A", formula, "R"]),
        ({"F2": 5, "D3": None}, ["G", "R", formula, "R"]),
    )
    for number, (edits, expected) in enumerate(steps, 1):
        change(path, "Index", edits)
        path, source = tmp_path / f"{number}.xlsx", path
        reported(source, path)
        assert ratings(path) == expected
        reported(path, tmp_path / "again.xlsx")
        assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_a_typed_rating_keeps_the_look_that_it_has(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, "G", 9], [2, "b", 5, None, 9])
    reported(path, tmp_path / "b.xlsx")
    page = load_workbook(tmp_path / "b.xlsx")["Index"]
    fills = [page[cell].fill.start_color.rgb[-6:] for cell in ("D2", "D3")]
    assert fills[0] not in OUR_FILLS
    assert fills[1] in OUR_FILLS


def test_a_formula_is_never_changed_even_when_asked(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, '="A"', 9], [2, "b", 5, "A", 9])
    reported(path, tmp_path / "b.xlsx", Settings(overwrite_typed=True))
    assert ratings(tmp_path / "b.xlsx") == ['="A"', "G"]


def test_a_typed_rating_that_is_replaced_stands_in_no_report(tmp_path: Path) -> None:
    rows = ([1, "a", 5, '="A"', 9], [2, "b", 10, "R", 9], [3, "c", 9, "R", 9], [4, "d", 10, "?", 9])
    path = index(tmp_path / "a.xlsx", HEAD, *rows)
    again, settings = tmp_path / "b.xlsx", Settings(overwrite_typed=True)
    result = reported(path, again, settings)
    assert [each.shown_rating for each in result.rated] == ["G", "A", "G", "A"]
    assert [each.is_exception for each in result.rated] == [False, True, False, True]
    told = [each.message for each in result.findings if each.cell in {"D3", "D4", "D5"}]
    assert [each.endswith("--overwrite-typed replaces it.") for each in told] == [True] * 3
    before = again.read_bytes()
    assert not [each for each in reported(again, again, settings).findings if each.cell == "D3"]
    assert again.read_bytes() == before
    kept = reported(path, tmp_path / "c.xlsx", Settings())
    assert kept.rated[1].shown_rating == "A (typed: R)"


@pytest.mark.parametrize("word", ("Red", "RED", "red ", "r"))
def test_typed_words_are_ratings(tmp_path: Path, word: str) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, word, 9])
    result = rated(path)
    (finding,) = result.findings
    assert (finding.code, finding.cell) == ("typed-rating-differs", "D2")
    assert "typed is R, computed is G" in finding.message
    assert result.rated[0].is_exception


@pytest.mark.parametrize("text", ("blue", "Closed", "1", "TRUE"))
def test_what_is_no_rating_is_left_and_said(tmp_path: Path, text: str) -> None:
    path = index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, text, 9])
    assert codes(reported(path, tmp_path / "b.xlsx")) == ["unknown-rating"]
    assert ratings(tmp_path / "b.xlsx") == [text]


@pytest.mark.parametrize("text", ("Not reportable", "not reportable", "Unreportable"))
def test_a_highlight_may_say_unreportable(tmp_path: Path, text: str) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, None, 9, 9, text]))
    assert (item.status, item.rating.letter) == (Status.UNREPORTABLE, None)
    assert item.rating.reason == "Not rated: it is marked as not reportable"


@pytest.mark.parametrize(
    ("asked", "frequency", "label"),
    (
        ("Aug 2021", "Monthly", "Aug 2021"),
        ("Aug 2021", "Quarterly", "Jun 2021"),
        ("Aug 2021", "Annual", "Mar 2021"),
        ("Jul 2021", "Monthly", None),
        ("Q1 2021/22", "Monthly", "Jun 2021"),
        ("Mar 2021", "Monthly", "Mar 2021"),
        ("Feb 2021", "Annual", None),
    ),
)
def test_the_period_asked_for_and_the_rhythm_of_the_indicator(
    tmp_path: Path, asked: str, frequency: str, label: str | None
) -> None:
    given = {"Mar 21": 5, "Jun 21": 5, "Aug 21": 5}
    months = ["Mar 21", "Jun 21", "Jul 21", "Aug 21"]
    if frequency == "Annual":
        given = {"Mar 21": 5}
    if frequency == "Quarterly":
        given = {"Mar 21": 5, "Jun 21": 5}
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Frequency", "Target", *months],
        [1, "a", frequency, 5, *(given.get(month) for month in months)],
    )
    item = only(path, Settings(period=read_period(asked)))
    assert (item.period.label if item.period else None) == label
    assert item.rating.letter == ("G" if label else None)


def test_each_indicator_has_its_own_latest_period(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx", HEAD, [1, "a", 5, None, 9, ".."], [2, "b", 5, None, 9, 1], [3, "c", 5]
    )
    result = rated(path)
    assert [item.period and item.period.label for item in result.rated] == [
        "Apr 2021",
        "May 2021",
        None,
    ]
    assert result.period is not None
    assert result.period.label == "May 2021"


def test_a_long_layout_is_written_in_the_row_of_each_period(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [no, f"indicator {no}", date(2021, month, 1), no + month, 8, None]
        for no in (1, 2, 3)
        for month in (4, 5, 6)
    ]
    random.Random(1).shuffle(rows)
    head = ["No", "Indicator", "Period", "Actual", "Target", "RAG"]
    path = index(tmp_path / "a.xlsx", head, *rows)
    result = reported(path, tmp_path / "b.xlsx")
    assert {item.period.label for item in result.rated if item.period} == {"Jun 2021"}
    written = {(r[0], str(r[2])[:7]): r[5] for r in cells(tmp_path / "b.xlsx", "Index")[1:]}
    assert written == {
        (no, f"2021-0{month}"): "G" if no + month >= 8 else "R"
        for no in (1, 2, 3)
        for month in (4, 5, 6)
    }


@pytest.mark.parametrize(("stored", "shown_as"), ((0.88, "0%"), (0.88, "0.0%"), (88, "0")))
@pytest.mark.parametrize(("target", "target_as"), ((0.9, "0%"), (90, "0"), ("90%", "@")))
def test_one_fact_has_one_rating(
    tmp_path: Path, stored: float, shown_as: str, target: float | str, target_as: str
) -> None:
    book = Book()
    page = book.active
    assert page is not None
    page.title = "Index"
    page.append(HEAD)
    page.append([1, "% of visits in time", target, None, stored])
    page["C2"].number_format = target_as
    page["E2"].number_format = shown_as
    book.save(tmp_path / "a.xlsx")
    item = only(tmp_path / "a.xlsx")
    assert item.actual is not None
    assert (item.actual.value, item.actual.percent) == (Decimal(88), True)
    assert item.rating.reason.startswith("Amber: 88% against a target of 90% (High): missed by")
    formats_differ = target_as != "@" and ("%" in target_as) != ("%" in shown_as)
    assert [f.code for f in item.findings] == ["mixed-scale"] * formats_differ


@pytest.mark.parametrize(
    ("formats", "said"),
    (
        ({"E2": "0%"}, "E2 is shown as per cent, C2 and D2 as a bare number"),
        ({"C2": "0%", "D2": "0%"}, "E2 is shown as a bare number, C2 and D2 as per cent"),
        ({"C2": "0%", "E2": "0%"}, "E2 is shown as per cent, D2 as a bare number"),
    ),
)
def test_formats_that_differ_are_said_with_their_cells(
    tmp_path: Path, formats: dict[str, str], said: str
) -> None:
    book = Book()
    page = book.active
    assert page is not None
    page.append(["No", "Indicator", "Target", "Upper limit", "Apr 21"])
    shown = {"C2": 90, "D2": 95, "E2": 88}
    page.append([1, "a", *(v / 100 if cell in formats else v for cell, v in shown.items())])
    for cell, number_format in formats.items():
        page[cell].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    item = only(tmp_path / "a.xlsx")
    assert item.rating.letter == "A"
    (finding,) = item.findings
    assert (finding.code, finding.severity.value, finding.cell) == ("mixed-scale", "warning", "E2")
    assert said in finding.message


@pytest.mark.parametrize(
    ("target", "green", "amber", "rule", "polarity", "found"),
    (
        (5, 6, None, None, None, 1),
        ("at least 5", 6, None, None, None, 1),
        ("10-15", 6, None, None, None, 1),
        (5, 6, None, "binary", None, 1),
        (5, 6, 4, None, None, 0),
        (5, 5, None, None, None, 0),
        (None, 6, None, None, None, 0),
        (5, None, None, None, None, 0),
        (5, 6, None, None, "Info", 0),
        (5, 6, None, "two thresholds", None, 0),
    ),
)
def test_a_green_threshold_that_the_target_overrules_is_said(  # noqa: PLR0913, PLR0917
    tmp_path: Path,
    target: object,
    green: object,
    amber: object,
    rule: object,
    polarity: object,
    found: int,
) -> None:
    head = ["No", "Indicator", "Target", "Green threshold", "Floor", "Rule", "Good is", "Apr 21"]
    path = index(tmp_path / "a.xlsx", head, [1, "a", target, green, amber, rule, polarity, 5.5])
    result = rated(path)
    assert [(f.code, f.severity.value, f.cell) for f in result.findings] == [
        ("green-threshold-left-out", "warning", "D2")
    ] * found
    if target == 5 and found:
        assert "green threshold 6 is not the target 5;" in result.findings[0].message
        assert result.rated[0].rating.letter == "G"


def test_a_ratio_against_points_is_not_rated_and_says_what_to_type(tmp_path: Path) -> None:
    result = rated(index(tmp_path / "a.xlsx", HEAD, [1, "% of visits", 91, None, 0.88]))
    assert result.rated[0].rating.letter is None
    assert codes(result) == ["unclear-scale"]
    assert "0.88% or 88%: format the cell as a percentage or type 88" in result.findings[0].message


def test_an_amber_indicator_that_cannot_be_reported_is_no_exception(tmp_path: Path) -> None:
    item = only(index(tmp_path / "a.xlsx", HEAD, [1, "a", 5, "A", "u", "u"]))
    assert item.is_unreportable
    assert not item.is_exception


@pytest.mark.parametrize(
    ("text", "margin", "figure", "expected"),
    (
        ("<20", 2, 19.9, ("G", None)),
        ("<20", 2, 20, ("A", "Above")),
        ("<20", 0, 20, ("R", "Above")),
        ("<20", 2, 22.1, ("R", "Above")),
        (">20", 2, 20, ("A", "Below")),
        ("<=20", 2, 20, ("G", None)),
        ("under 20%", "2pp", "20%", ("A", "Above")),
        ("under 0.2", "2pp", 0.2, ("A", "Above")),
    ),
)
def test_a_rating_and_a_breach_agree_on_a_strict_limit(
    tmp_path: Path, text: str, margin: object, figure: object, expected: tuple[str, str | None]
) -> None:
    heads = ["No", "Indicator", "Polarity", "Acceptable range", "Margin", "Apr 21"]
    item = only(index(tmp_path / "a.xlsx", heads, [1, "% seen", "Range", text, margin, figure]))
    assert (item.rating.letter, item.breach and item.breach.side) == expected
    if expected[0] == "A":
        assert "exactly there, and so not met" in item.rating.reason


def test_with_one_row_for_each_period_every_row_gets_its_own_rating(tmp_path: Path) -> None:
    heads = ["No", "Indicator", "Quarter", "Target", "RAG", "Actual", "Rating reason", "Rule"]
    rule = "Direction"
    path = index(
        tmp_path / "0.xlsx",
        heads,
        [1, "a", "Q1 2021/22", 90, None, 95],
        [1, "a", "Q2 2021/22", 40, "R", 50, "a judgement"],
        [1, "a", "Q3 2021/22", 90, None, 89],
        [1, "a", "Q4 2021/22", 95, None, None],
        [2, "b", "Q3 2021/22", 90, None, 80, None, rule],
        [2, "b", "Q2 2021/22", 90, None, 70, None, rule],
        [2, "b", "Q1 2021/22", 90, None, 75, None, rule],
    )
    steps: tuple[tuple[dict[str, str | float | None], list[object]], ...] = (
        ({}, ["G", "R", "A", None, "A", "R", None]),
        ({"F5": 96}, ["G", "R", "A", "G", "A", "R", None]),
        ({"F2": 1}, ["R", "R", "A", "G", "A", "R", None]),
        ({"F5": "x", "F2": None}, [None, "R", "A", None, "A", "R", None]),
        ({"E3": None}, [None, "G", "A", None, "A", "R", None]),
    )
    for number, (edits, expected) in enumerate(steps, 1):
        change(path, "Index", edits)
        path, source = tmp_path / f"{number}.xlsx", path
        result = reported(source, path, Settings(overwrite_typed=number == 1))
        assert [row[4] for row in cells(path, "Index")[1:]] == expected
        reported(path, tmp_path / "again.xlsx")
        assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
        assert len(result.rated) == 2
        reason = cells(path, "Index")[2][6]
        assert reason == "a judgement" if number < len(steps) else "Green: 50" in str(reason)


def test_with_a_period_asked_for_only_its_rows_are_rated(tmp_path: Path) -> None:
    path = index(
        tmp_path / "a.xlsx",
        ["No", "Indicator", "Quarter", "Target", "RAG", "Actual"],
        [1, "a", "Q1 2021/22", 90, None, 95],
        [1, "a", "Q2 2021/22", 90, None, 50],
    )
    reported(path, tmp_path / "b.xlsx", Settings(period=read_period("Q1 2021/22")))
    assert [row[4] for row in cells(tmp_path / "b.xlsx", "Index")[1:]] == ["G", None]
