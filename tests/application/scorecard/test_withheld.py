"""What must not be published is nowhere on the scorecard."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.scorecard.model import Mark, ScorecardRow
from tests.application.build import index, opened
from tests.application.scorecard.cards import card, composed, rows_of

HEADER = ("No", "Indicator", "Polarity", "Target", "Jun 2021", "Jul 2021", "Aug 2021", "Commentary")


def is_told(row: ScorecardRow, figure: str) -> bool:
    """Whether a figure stands anywhere in a row."""
    return figure in repr(row)


def test_a_small_count_is_withheld_with_all_that_follows_from_it(tmp_path: Path) -> None:
    line = (7, "Number of children missing", "Low", 2, 61, 51, 4, "There were 4 children.")
    found = composed(index(tmp_path / "index.xlsx", HEADER, line))
    (row,) = found.scorecard.rows()
    assert (row.mark, row.actual, row.target) == (Mark.WITHHELD, "c", "2")
    assert (row.position, row.travel, row.breach, row.commentary) == (None, None, "", ())
    assert not is_told(row, "4 children")
    assert not is_told(row, "Decimal('4')")
    assert row.series is not None
    assert [point.shown for point in row.series.points] == ["61", "51", "c"]
    assert [f.code for f in found.scorecard.findings] == ["small-number"]


def test_a_small_count_of_an_earlier_month_is_withheld_there(tmp_path: Path) -> None:
    line = (7, "Number of children missing", "Low", 20, 61, 3, 51, None)
    found = composed(index(tmp_path / "index.xlsx", HEADER, line))
    (row,) = found.scorecard.rows()
    assert (row.mark, row.actual) == (Mark.RED, "51")
    assert row.travel is not None
    assert row.travel.earlier == "61 in Jun 2021"
    assert row.series is not None
    assert [(p.shown, p.value is None) for p in row.series.points] == [
        ("61", False),
        ("c", True),
        ("51", False),
    ]
    assert found.scorecard.findings == ()


def test_a_true_zero_is_published(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, HEADER, (1, "Number of children missing", "Low", 2, 61, 51, 0, None))
    assert (row.mark, row.actual) == (Mark.GREEN, "0")


def test_a_percentage_of_few_children_is_withheld(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Numerator", "Denominator", "Aug 2021")
    rows = rows_of(
        tmp_path,
        header,
        (1, "% stable", "High", "70%", 5, 8, "62.5%"),
        (2, "% visited", "High", "70%", 50, 80, "62.5%"),
    )
    assert [(row.mark, row.actual) for row in rows] == [
        (Mark.WITHHELD, "c"),
        (Mark.RED, "62.5%"),
    ]


def test_what_gives_a_small_count_away_is_withheld_too(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Aug 2021")
    path = index(
        tmp_path / "index.xlsx",
        header,
        (1, "Number of children in hotels", "Low", 2, 3),
        (2, "Number of children in hostels", "Low", 2, 9),
        (3, "Number of children in flats", "Low", 2, 40),
        (4, "Number of children in all", "Low", 2, "=SUM(E2:E4)"),
    )
    workbook = opened(path)
    workbook.put_results("Index", {(5, 5): 52.0})
    save(workbook.package, path, backup=False)
    rows = list(card(path).rows())
    assert [row.mark for row in rows[:3]] == [Mark.WITHHELD, Mark.WITHHELD, Mark.RED]
    assert not any(is_told(row, "'9'") for row in rows)


@pytest.mark.parametrize(
    ("flats", "hostels"),
    (((12, "c", 13), ["7", "c", "9"]), ((12, 11, "c"), ["7", "8", "c"])),
)
def test_what_a_total_gives_away_of_a_figure_suppressed_already_is_withheld_in_its_month(
    flats: tuple[object, ...], hostels: list[str], tmp_path: Path
) -> None:
    """Without the hostels nobody can work out the 2 children for whom the c stands."""
    header = ("No", "Indicator", "Polarity", "Target", "Jun 2021", "Jul 2021", "Aug 2021")
    totals = tuple(
        other + (flat if isinstance(flat, int) else 2)
        for flat, other in zip(flats, (47, 48, 49), strict=True)
    )
    rows = rows_of(
        tmp_path,
        header,
        (1, "Number of children in flats", "Low", 2, *flats),
        (2, "Number of children in hostels", "Low", 2, 7, 8, 9),
        (3, "Number of children at home", "Low", 2, 40, 40, 40),
        (4, "Number of children in total", "Low", 2, *totals),
    )
    shown = [
        [point.shown for point in row.series.points] if row.series else [] for row in rows[1:3]
    ]
    assert shown == [hostels, ["40", "40", "40"]]
    hidden = {"7", "8", "9"} - set(hostels)
    assert not any(is_told(rows[1], f"'{figure}'") for figure in hidden)


def test_each_row_of_a_long_index_is_looked_at(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Period", "Actual", "Target", "Polarity")
    name = "Number of children missing"
    lines = [
        (1, name, when, figure, 20, "Low")
        for when, figure in (("Jun 2021", 61), ("Jul 2021", 2), ("Aug 2021", 51))
    ]
    (row,) = rows_of(tmp_path, header, *lines)
    assert row.series is not None
    assert [point.shown for point in row.series.points] == ["61", "c", "51"]


@pytest.mark.parametrize("compared", ("Jul 2021", "Previous"))
def test_a_reason_does_not_name_an_earlier_figure_that_is_withheld(
    compared: str, tmp_path: Path
) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Rule", compared, "Aug 2021")
    rows = rows_of(
        tmp_path,
        header,
        (1, "Number of children missing", "Low", 6, "Direction", 3, 9),
        (2, "Number of children in need", "Low", 60, "Direction", 80, 90),
    )
    assert rows[0].reason == "By a rule that looks at an earlier figure, which is not published."
    assert not is_told(rows[0], "'3'")
    assert "worse than 80" in rows[1].reason
