"""The trend of indicators: what is reckoned and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.trend.methods import Asked
from perf_addin.application.trend.reckon import spread
from perf_addin.domain.direction import Direction
from perf_addin.domain.earlier import Earlier
from perf_addin.domain.periods import read_period
from perf_addin.domain.projection import Projection, Way
from perf_addin.domain.spc import Assurance, Variation
from tests.application.build import cells, index
from tests.application.build import only as only_rated
from tests.application.trend.build import (
    HEADER,
    PERIODS,
    STEADY,
    STEP,
    book,
    only,
    row,
    stated,
    written,
)


@pytest.mark.parametrize(
    ("basis", "direction", "label"),
    (
        (Comparison.PREVIOUS, Direction.BETTER, "Aug 2021"),
        (Comparison.LAST_YEAR, Direction.SAME, "Sep 2020"),
        (
            Comparison.FOUR_QUARTERS,
            Direction.BETTER,
            "the previous four quarters, on average of 12 figures",
        ),
    ),
)
def test_direction_by_each_basis(
    tmp_path: Path, basis: Comparison, direction: Direction, label: str
) -> None:
    """84 after 80, as 84 a year before; the twelve months before are 82 on average."""
    found = only(book(tmp_path, row("1", STEADY)), Settings(comparison=basis))
    assert isinstance(found.earlier, Earlier)
    assert (found.direction, found.earlier.label) == (direction, label)


def test_without_an_earlier_figure_the_reason_is_said(tmp_path: Path) -> None:
    figures = (*(None,) * 17, 84)
    found = only(book(tmp_path, row("1", figures)), Settings(comparison=Comparison.LAST_YEAR))
    assert found.earlier == "no figure for Sep 2020"
    assert found.direction is None
    assert found.notes[0] == "No control limits: they take 2 figures; there are 1."


def test_a_target_range_is_what_better_is_nearer_to(tmp_path: Path) -> None:
    cases = row("1", (18, 22, 16), "Cases per worker", "Range", "15 - 20", None)
    assert only(book(tmp_path, cases)).direction is Direction.BETTER


def test_variation_and_assurance(tmp_path: Path) -> None:
    found = only(book(tmp_path, row("1", STEADY)))
    assert found.variation is Variation.COMMON_CAUSE
    assert found.assurance is Assurance.HIT_AND_MISS
    assert not any("provisional" in note for note in found.notes)
    step = only(book(tmp_path, row("1", STEP)))
    assert step.variation is Variation.IMPROVEMENT
    assert step.series[step.special or 0].period.label == "Sep 2021"


def test_few_figures_give_provisional_limits(tmp_path: Path) -> None:
    found = only(book(tmp_path, row("1", (*(None,) * 6, *STEADY[:12]))))
    assert found.limits is not None
    assert "Limits are provisional: 12 figures, fewer than 13." in found.notes


def test_rebased_limits_are_those_of_the_last_stretch(tmp_path: Path) -> None:
    period = read_period("Apr 2021")
    assert period is not None
    path = book(tmp_path, row("1", STEP))
    found = only(path, Settings(rebase_at=(period,)))
    assert found.limits is not None
    assert found.limits.mean == 92
    assert found.variation is Variation.COMMON_CAUSE
    assert found.notes[:2] == (
        "Limits are provisional: 6 figures, fewer than 13.",
        "Limits rebased at Apr 2021: they rest on 6 of 18 figures.",
    )


def test_fixed_limits(tmp_path: Path) -> None:
    found = only(book(tmp_path, row("1", STEP)), Settings(fix_after=12))
    assert found.limits is not None
    assert found.limits.mean == 82
    assert "Limits are fixed by the first 12 figures." in found.notes


def test_targets_of_earlier_years_are_read_from_their_columns(tmp_path: Path) -> None:
    """80 held in 2020/21 and was always met; 85 holds since, and 84 and 80 are short of it."""
    found = only(book(tmp_path, row("1", STEADY)))
    assert [t.since.year for t in found.targets if t.since] == [2020, 2021]
    assert [t.value for t in found.targets] == [80, 85]
    assert found.met == (12, 18)
    assert "12 of 18 figures met the target of their own time." in found.notes
    assert found.target is not None
    assert found.target.value == 85


def test_percentages_are_projected_as_the_mean_of_the_year(tmp_path: Path) -> None:
    """Six months of 80 and 84; limits of 82 +- 2.66 * 4 for the six to come."""
    found = only(book(tmp_path, row("1", STEADY)))
    assert isinstance(found.projection, Projection)
    assert found.projection.value == 82
    assert [float(value) for value in spread(found)] == pytest.approx([82, 76.68, 87.32])


def test_no_range_after_a_special_cause(tmp_path: Path) -> None:
    found = only(book(tmp_path, row("1", STEP)))
    assert len(spread(found)) == 1
    assert found.notes[-1].endswith("No range: the last figure shows a special cause.")


def test_counts_are_projected_only_where_it_is_stated_how(tmp_path: Path) -> None:
    counts = row("1", (*(10, 12) * 9,), "Number of visits", "Low", 11, 11)
    path = book(tmp_path, counts)
    assert isinstance(only(path).projection, str)
    sheet = written(path, tmp_path / "t.xlsx")
    found = only(stated(sheet, {"way": "Sum"}))
    assert isinstance(found.projection, Projection)
    assert found.projection.value == 132


def test_a_running_total_goes_on_in_a_straight_line(tmp_path: Path) -> None:
    totals = (*range(10, 130, 10), *range(11, 77, 11))
    found = only(book(tmp_path, row("1", totals, "Adoptions, year to date", "High", 100, 100)))
    assert isinstance(found.projection, Projection)
    assert found.projection.way is Way.CUMULATIVE
    assert found.projection.value == 132


def test_a_projection_is_never_below_zero_or_beyond_all(tmp_path: Path) -> None:
    figures = (*(97, 100) * 9,)
    value, low, high = spread(only(book(tmp_path, row("1", figures))))
    assert low < value
    assert high == 100


def test_the_official_tool_shows_nothing_below_thirteen(tmp_path: Path) -> None:
    path = book(tmp_path, row("1", (*(None,) * 6, *STEADY[:12])))
    found = only(path, Settings(official_spc=True))
    assert found.variation is None
    assert found.assurance is None
    assert found.notes[0] == "No control limits: they take 13 figures; there are 12."
    asked = Asked(fewest=2)
    assert only(path, Settings(official_spc=True), asked).variation is Variation.COMMON_CAUSE


def test_bare_ratios_are_points_here(tmp_path: Path) -> None:
    figures = [value / 100 for value in STEADY]
    found = only(book(tmp_path, row("1", figures, "% seen", "High", 0.85, 0.8)))
    assert found.limits is not None
    assert found.limits.mean == 82
    assert found.met == (12, 18)


def test_quarterly_figures_in_columns_of_months(tmp_path: Path) -> None:
    """Three visits a quarter are twelve a year, not thirty-six."""
    figures = [3 if period[:3] in {"Jun", "Sep", "Dec", "Mar"} else None for period in PERIODS]
    counts = row("1", figures, "Number of visits", "High", 11, 11)
    path = written(book(tmp_path, counts), tmp_path / "t.xlsx")
    found = only(stated(path, {"way": "Sum"}))
    assert isinstance(found.projection, Projection)
    assert found.projection.value == 12


def test_two_figures_that_differ_do_not_read_the_same(tmp_path: Path) -> None:
    figures = (*STEADY[:16], 84.02, 84.04)
    path = written(book(tmp_path, row("1", figures)), tmp_path / "t.xlsx")
    assert cells(path, "Trend")[5][2:5] == (
        "84.04%\n(Sep 2021)",
        "Better",
        "84.02%\n(Aug 2021)",
    )


def test_the_rule_direction_looks_at_the_same_basis(tmp_path: Path) -> None:
    """84 after 80 is better, and worse than the mean of the four quarters, which is 87."""
    header = (*HEADER[:4], "Rule", *(f"Q{q} 2020/21" for q in (1, 2, 3, 4)), "Q1 2021/22")
    path = index(
        tmp_path / "index.xlsx",
        header,
        ["1", "% seen", "High", 90, "Direction", 88, 92, 88, 80, 84],
    )
    letters = {
        basis: only_rated(path, Settings(comparison=basis)).rating.letter
        for basis in (Comparison.PREVIOUS, Comparison.FOUR_QUARTERS)
    }
    assert letters == {Comparison.PREVIOUS: "A", Comparison.FOUR_QUARTERS: "R"}
    reason = only_rated(path, Settings(comparison=Comparison.FOUR_QUARTERS)).rating.reason
    assert "in the previous four quarters, on average" in reason


def test_one_row_for_each_period(tmp_path: Path) -> None:
    """Every row has a target of its own: 80 in 2020/21, which 80 and 84 meet, and 85 since."""
    header = ("No", "Indicator", "Polarity", "Target", "Period", "Actual")
    rows = [
        ("1", "% seen", "High", 80 if at < 12 else 85, period, value)
        for at, (period, value) in enumerate(zip(PERIODS, STEADY, strict=True))
    ]
    found = only(index(tmp_path / "index.xlsx", header, *rows))
    assert len(found.series) == 18
    assert found.direction is Direction.BETTER
    assert found.met == (12, 18)
    assert found.target is not None
    assert found.target.value == 85
