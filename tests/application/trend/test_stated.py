"""What people state on the sheet Trend and in the settings, and that it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.application.check import check
from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import Origin
from perf_addin.domain.errors import InputError
from perf_addin.domain.periods import read_period
from perf_addin.domain.projection import Way
from perf_addin.domain.spc import Assurance
from tests.application.build import cells, change, opened
from tests.application.trend.build import (
    STEADY,
    STEP,
    book,
    only,
    row,
    stated,
    trends,
    written,
)


def test_what_the_sheet_states_comes_before_the_settings(tmp_path: Path) -> None:
    path = written(book(tmp_path, row("1", STEP)), tmp_path / "t.xlsx")
    stated(path, {"fix": 6, "rebase": "Apr 2021; Jul 2021", "screening": "Off", "way": "Sum"})
    found = only(path, Settings(fix_after=12))
    assert (found.stated.fix_after, found.stated.screening) == (6, False)
    assert [p.label for p in found.stated.rebase_at] == ["Apr 2021", "Jul 2021"]
    assert found.stated.way is Way.SUM
    assert [point.stretch for point in found.points] == [0] * 12 + [1] * 3 + [2] * 3


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


def test_a_rebase_of_all_limits_without_figures_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, row("1", STEADY), row("2", STEP, "% done"))
    periods = [read_period(text) for text in ("Apr 2021", "Apr 2022")]
    settings = Settings(rebase_at=tuple(period for period in periods if period is not None))
    (finding,) = trends(path, settings).findings
    assert finding.code == "trend-rebase-unused"
    assert "rebased at Apr 2022, but no indicator" in finding.message


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
    change(path, "Index", {"A2": "9", "B2": "% new"})
    again = written(path, tmp_path / "again.xlsx")
    lines = cells(again, "Trend")[5:]
    assert [line[:2] for line in lines] == [("9", "% new"), ("2", "% done"), ("1", "% seen")]
    assert lines[-1][12:14] == ("Not in the index now.", 12)


def test_the_settings_are_kept(tmp_path: Path) -> None:
    origins = dict.fromkeys(("official_spc", "fix_after"), Origin.OPTION)
    settings = Settings(official_spc=True, fix_after=12, origins=origins)
    path = written(book(tmp_path, row("1", STEADY)), tmp_path / "t.xlsx", settings)
    again = trends(path)
    assert not again.method.screen
    assert again.result.settings.fix_after == 12


@pytest.mark.parametrize(("rebase", "noise"), (("", False), ("Apr 2021", True)))
def test_check_reckons_by_the_same_sheet(tmp_path: Path, rebase: str, *, noise: bool) -> None:
    """Red since a step up: a signal against all that was before, chance since the step."""
    path = written(book(tmp_path, row("1", STEP, "% seen", "High", 99.9, 80)), tmp_path / "t.xlsx")
    stated(path, {"rebase": rebase or None})
    codes = {finding.code for finding in check(opened(path), Settings()).findings}
    assert ("rating-is-noise" in codes) is noise
