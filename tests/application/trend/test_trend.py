"""The trend of indicators: what a sheet states, what is reckoned, what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.settings import Comparison, Origin, Settings
from perf_addin.application.trend.methods import Asked
from perf_addin.application.trend.reckon import Trend, spread
from perf_addin.application.trend.trend import Trends, find_trends, put_trend
from perf_addin.domain.direction import Direction
from perf_addin.domain.earlier import Earlier
from perf_addin.domain.errors import InputError
from perf_addin.domain.periods import read_period
from perf_addin.domain.projection import Projection, Way
from perf_addin.domain.spc import Assurance, Variation
from tests.application.build import NOTHING_STATED, cells, change, index, opened

NOTHING_ASKED = Asked()
MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
PERIODS = [
    *(f"{m} 20{20 + (m in MONTHS[9:])}" for m in MONTHS),
    *(f"{m} 20{21 + (m in MONTHS[9:])}" for m in MONTHS[:6]),
]
HEADER = ("No", "Indicator", "Polarity", "Target 2021/22", "Target 2020/21", *PERIODS)
STEADY = (*(80, 84) * 9,)
STEP = (*(80, 84) * 6, *(90, 94) * 3)


def row(
    no: str, figures: Sequence[object], name: str = "% seen", *standards: object
) -> list[object]:
    """A row of the index; standards are polarity and the two targets."""
    return [no, name, *(standards or ("High", 85, 80)), *figures]


def book(tmp_path: Path, *rows: Sequence[object]) -> Path:
    return index(tmp_path / "index.xlsx", HEADER, *rows)


def trends(path: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED) -> Trends:
    return find_trends(opened(path), settings, asked)


def only(path: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED) -> Trend:
    (trend,) = trends(path, settings, asked).trends
    return trend


def written(
    path: Path, target: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED
) -> Path:
    """Do what `perf-addin trend` does."""
    workbook = opened(path)
    found = find_trends(workbook, settings, asked)
    put_trend(workbook, found, settings)
    save(workbook.package, target, backup=False)
    return target


def stated(path: Path, values: Mapping[str, str | float | None]) -> Path:
    """Type into the columns that people fill in, in the line of the first indicator."""
    columns = dict(zip(("fix", "rebase", "screening", "targets", "way"), "NOPQR", strict=True))
    return change(path, "Trend", {f"{columns[name]}6": text for name, text in values.items()})


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


def test_what_the_sheet_states_comes_before_the_settings(tmp_path: Path) -> None:
    path = written(book(tmp_path, row("1", STEP)), tmp_path / "t.xlsx")
    stated(path, {"fix": 6, "rebase": "Apr 2021; Jul 2021", "screening": "Off", "way": "Sum"})
    found = only(path, Settings(fix_after=12))
    assert (found.stated.fix_after, found.stated.screening) == (6, False)
    assert [p.label for p in found.stated.rebase_at] == ["Apr 2021", "Jul 2021"]
    assert found.stated.way is Way.SUM
    assert [point.stretch for point in found.points] == [0] * 12 + [1] * 3 + [2] * 3


def test_targets_of_earlier_years_are_read_from_their_columns(tmp_path: Path) -> None:
    """80 held in 2020/21 and was always met; 85 holds since, and 84 and 80 are short of it."""
    found = only(book(tmp_path, row("1", STEADY)))
    assert [t.since.year for t in found.targets if t.since] == [2020, 2021]
    assert [t.value for t in found.targets] == [80, 85]
    assert found.met == (12, 18)
    assert "12 of 18 figures met the target of their own time." in found.notes
    assert found.target is not None
    assert found.target.value == 85


def test_targets_stated_on_the_sheet(tmp_path: Path) -> None:
    path = written(book(tmp_path, row("1", STEADY)), tmp_path / "t.xlsx")
    stated(path, {"targets": "Apr 2020: 82%; from Jul 2021: 60"})
    found = only(path)
    assert found.met == (10, 18)
    assert found.assurance is Assurance.PASSES


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    (
        ("fix", "some", "a number of points such as 12"),
        ("fix", "1", "a number of points such as 12"),
        ("rebase", "spring", "periods such as Apr 2021; Apr 2022"),
        ("screening", "maybe", "On or Off"),
        ("targets", "85%", "targets such as Apr 2020: 85%; Apr 2021: 90%"),
        ("targets", "Apr 2020: top quartile", "targets such as"),
        ("way", "Guess", "Cumulative, Sum, Average or None"),
    ),
)
def test_what_the_sheet_may_not_state(
    tmp_path: Path, column: str, text: str, expected: str
) -> None:
    path = written(book(tmp_path, row("1", STEADY)), tmp_path / "t.xlsx")
    stated(path, {column: text})
    with pytest.raises(InputError) as caught:
        only(path)
    assert f"found {text!r}, expected {expected}" in str(caught.value)
    assert "sheet 'Trend', cell " in str(caught.value)


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


def test_the_official_baseline_is_12_to_20(tmp_path: Path) -> None:
    path = book(tmp_path, row("1", STEP))
    for fix_after, expected in ((11, 1), (12, 0), (18, 0)):
        found = trends(path, Settings(official_spc=True, fix_after=fix_after))
        assert [f.code for f in found.findings] == ["trend-baseline"] * expected


def test_a_rebase_without_figures_is_told(tmp_path: Path) -> None:
    path = written(book(tmp_path, row("1", STEADY)), tmp_path / "t.xlsx")
    stated(path, {"rebase": "Apr 2022"})
    (finding,) = trends(path).findings
    assert finding.code == "trend-rebase-unused"


def test_bare_ratios_are_points_here(tmp_path: Path) -> None:
    figures = [value / 100 for value in STEADY]
    found = only(book(tmp_path, row("1", figures, "% seen", "High", 0.85, 0.8)))
    assert found.limits is not None
    assert found.limits.mean == 82
    assert found.met == (12, 18)


def test_twice_is_once_and_what_people_state_is_kept(tmp_path: Path) -> None:
    rows = (row("1", STEADY), row("2", STEP, "% done"))
    path = written(book(tmp_path, *rows), tmp_path / "t.xlsx")
    stated(path, {"fix": 12, "rebase": "Apr 2021", "targets": "Apr 2020: 80%", "way": "None"})
    once = written(path, tmp_path / "once.xlsx")
    twice = written(once, tmp_path / "twice.xlsx")
    assert once.read_bytes() == twice.read_bytes()
    assert cells(once, "Trend")[5][13:] == (12, "Apr 2021", None, "Apr 2020: 80%", "None")


def test_what_was_stated_for_an_indicator_that_is_gone_is_kept(tmp_path: Path) -> None:
    path = written(book(tmp_path, row("1", STEADY), row("2", STEP, "% done")), tmp_path / "t.xlsx")
    stated(path, {"fix": 12})
    change(path, "Index", {"A2": "9"})
    again = written(path, tmp_path / "again.xlsx")
    lines = cells(again, "Trend")[5:]
    assert [line[0] for line in lines] == ["9", "2", None]
    assert lines[-1][1] == "1"
    assert lines[-1][12:14] == ("Not in the index now.", 12)


def test_the_settings_are_kept(tmp_path: Path) -> None:
    origins = dict.fromkeys(("official_spc", "fix_after"), Origin.OPTION)
    settings = Settings(official_spc=True, fix_after=12, origins=origins)
    path = written(book(tmp_path, row("1", STEADY)), tmp_path / "t.xlsx", settings)
    again = trends(path)
    assert not again.method.screen
    assert again.result.settings.fix_after == 12


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
    assert cells(path, "Trend")[5][2:5] == ("84.04% (Sep 2021)", "Better", "84.02% (Aug 2021)")
