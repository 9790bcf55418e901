"""XmR charts, held to points that NHSRplotthedots reckoned."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.polarity import Polarity
from perf_addin.domain.process_limits import Limits, whole_numbers
from perf_addin.domain.spc import (
    OFFICIAL,
    PLOT_THE_DOTS,
    Assurance,
    Cause,
    Method,
    Point,
    Variation,
    assure,
    chart,
    last_point,
    last_start,
)

CAUSES = {
    "Common Cause": Cause.COMMON,
    "Above UCL": Cause.ABOVE_LIMIT,
    "Below LCL": Cause.BELOW_LIMIT,
    "7 Point Trend (Increasing)": Cause.RISING,
    "7 Point Trend (Decreasing)": Cause.FALLING,
    "2 in 3 Above CL": Cause.NEAR_UPPER,
    "2 in 3 Below CL": Cause.NEAR_LOWER,
    "7 Points Above CL": Cause.HIGH_RUN,
    "7 Points Below CL": Cause.LOW_RUN,
}
VARIATIONS = {
    "common_cause": Variation.COMMON_CAUSE,
    "special_cause_improvement": Variation.IMPROVEMENT,
    "special_cause_concern": Variation.CONCERN,
    "special_cause_neutral_high": Variation.HIGH,
    "special_cause_neutral_low": Variation.LOW,
}
ASSURANCES = {
    "": None,
    "consistent_fail": Assurance.FAILS,
    "consistent_pass": Assurance.PASSES,
    "inconsistent": Assurance.HIT_AND_MISS,
}
POLARITIES = {"increase": Polarity.HIGH, "decrease": Polarity.LOW, "neutral": Polarity.INFO}
Row = dict[str, str]


def read(shared: Path, name: str) -> list[Row]:
    path = shared / "conformance" / name
    if not path.is_file():
        pytest.skip(f"no conformance vectors at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def charts(shared: Path) -> dict[str, tuple[Row, list[Row], list[Point]]]:
    """Every run of the vectors: its options, the points expected and the points reckoned."""
    expected = defaultdict(list)
    for row in read(shared, "spc_points_expected.csv"):
        expected[row["run_id"]].append(row)
    found = {}
    series = defaultdict(list)
    for row in read(shared, "spc_series.csv"):
        series[row["series_id"]].append(row)
    for run in read(shared, "spc_runs.csv"):
        rows = series[run["series_id"]]
        dates = [row["date"] for row in rows]
        points = chart(
            [Decimal(row["value"]) for row in rows],
            method=Method(screen=run["screen_outliers"] == "TRUE"),
            fix_after=int(run["fix_after_n_points"] or 0) or None,
            rebase_at=[dates.index(day) for day in run["rebase_dates"].split(";") if day],
        )
        found[run["run_id"]] = (run, expected[run["run_id"]], points)
    return found


def same(reckoned: Fraction | None, written: str) -> bool:
    """Whether a number is the one written: series and answers have twelve digits."""
    return reckoned is not None and math.isclose(reckoned, float(written), abs_tol=1e-11)


def place(point: Point) -> tuple[int, int]:
    """Its side of the mean, and how far out it is, by the limits that people are shown."""
    mean, lower, upper = point.limits
    off = point.value - mean
    side = (off > 0) - (off < 0)
    if lower is None or upper is None:
        return side, 0
    if not lower <= point.value <= upper:
        return side, 2
    return side, int(3 * abs(off) > 2 * (upper - mean))


def test_every_point_is_the_published_one(
    charts: dict[str, tuple[Row, list[Row], list[Point]]],
) -> None:
    seen = 0
    for name, (run, rows, points) in charts.items():
        polarity = POLARITIES[run["improvement_direction"]]
        for row, point in zip(rows, points, strict=True):
            seen += 1
            at = f"{name}, point {row['seq']}"
            side, out = place(point)
            assert same(point.limits.mean, row["mean"]), at
            assert same(point.limits.lower, row["lpl"]), at
            assert same(point.limits.upper, row["upl"]), at
            assert side == int(row["relative_to_mean"]), at
            assert (out == 2) == (row["outside_limits"] == "TRUE"), at
            assert (out == 1) == (row["close_to_limits"] == "TRUE"), at
            assert point.cause is CAUSES[row["special_cause_type"]], at
            assert point.variation(polarity) is VARIATIONS[row["point_type"]], at
            assert point.provisional == (row["short_group_warning"] == "TRUE"), at
    assert seen > 1500


def test_every_summary_is_the_published_one(
    shared: Path, charts: dict[str, tuple[Row, list[Row], list[Point]]]
) -> None:
    rows = read(shared, "spc_summary_expected.csv")
    assert len(rows) == len(charts)
    for row in rows:
        run, _, points = charts[row["run_id"]]
        polarity = POLARITIES[run["improvement_direction"]]
        last = points[-1]
        kinds = [point.variation(polarity) for point in points]
        assert len(points) == int(row["n"]), row
        assert same(last.limits.mean, row["mean"]), row
        assert same(last.limits.lower, row["lpl"]), row
        assert same(last.limits.upper, row["upl"]), row
        assert last.variation(polarity) is VARIATIONS[row["latest_variation"]], row
        assert last.cause is CAUSES[row["latest_special_cause"]], row
        assert kinds.count(Variation.COMMON_CAUSE) == int(row["n_common_cause"]), row
        assert kinds.count(Variation.IMPROVEMENT) == int(row["n_improvement"]), row
        assert kinds.count(Variation.CONCERN) == int(row["n_concern"]), row
        told = assure(last.limits, Decimal(run["target"]), polarity) if run["target"] else None
        assert told is ASSURANCES[row["assurance"]], row


def causes(values: str) -> list[Cause]:
    return [point.cause for point in chart([Decimal(value) for value in values.split()])]


def test_a_point_on_the_mean_breaks_a_run() -> None:
    level = "5 5 5 5 5 5 5 5"
    assert set(causes(level)) == {Cause.COMMON}


def test_a_sum_in_binary_does_not_lift_a_point_off_the_mean() -> None:
    """The mean of 0.1, 0.2 and 0.3 is 0.2, which in binary it is not."""
    _, middle, _ = chart([Decimal("0.1"), Decimal("0.2"), Decimal("0.3")])
    assert middle.value == middle.limits.mean


def test_seven_rising_points_are_flagged_and_six_are_not() -> None:
    seven = causes("5 9 5 9 5 5.5 6 6.5 7 7.5 8 5 9 5 9")
    assert seven[4:11] == [Cause.RISING] * 7
    assert Cause.RISING not in causes("5 9 5 9 5 5.5 6 6.5 7 7.5 5 9 5 9")


def test_one_point_has_a_mean_and_no_limits() -> None:
    (only,) = chart([Decimal(5)])
    assert only.limits == Limits(Fraction(5), None, None)
    assert assure(only.limits, Decimal(4), Polarity.HIGH) is None
    assert chart([]) == []


@pytest.mark.parametrize(
    ("target", "polarity", "told"),
    (
        ("12", Polarity.HIGH, Assurance.HIT_AND_MISS),
        ("12.01", Polarity.HIGH, Assurance.FAILS),
        ("12.01", Polarity.LOW, Assurance.PASSES),
        ("8", Polarity.HIGH, Assurance.HIT_AND_MISS),
        ("7.99", Polarity.HIGH, Assurance.PASSES),
        ("7.99", Polarity.LOW, Assurance.FAILS),
        ("7.99", Polarity.INFO, None),
    ),
)
def test_a_target_on_a_limit_is_hit_and_miss(
    target: str, polarity: Polarity, told: Assurance | None
) -> None:
    limits = Limits(Fraction(10), Fraction(8), Fraction(12))
    assert assure(limits, Decimal(target), polarity) is told


MIRRORED = {
    Cause.COMMON: Cause.COMMON,
    Cause.ABOVE_LIMIT: Cause.BELOW_LIMIT,
    Cause.RISING: Cause.FALLING,
    Cause.NEAR_UPPER: Cause.NEAR_LOWER,
    Cause.HIGH_RUN: Cause.LOW_RUN,
}
MIRRORED |= {there: here for here, there in MIRRORED.items()}
SERIES = st.lists(st.integers(-20, 20).map(Decimal), max_size=40)


@given(SERIES)
def test_a_mirrored_series_has_mirrored_causes(values: list[Decimal]) -> None:
    there = [point.cause for point in chart([-value for value in values])]
    assert there == [MIRRORED[point.cause] for point in chart(values)]


@given(SERIES, st.decimals("0.001", 1000, places=3), st.integers(-1000, 1000))
def test_unit_and_origin_change_no_cause(values: list[Decimal], unit: Decimal, origin: int) -> None:
    moved = chart([value * unit + origin for value in values])
    assert [point.cause for point in moved] == [point.cause for point in chart(values)]


@given(SERIES)
def test_without_a_direction_a_special_point_is_high_or_low(values: list[Decimal]) -> None:
    for point in chart(values):
        good, bad = point.variation(Polarity.HIGH), point.variation(Polarity.LOW)
        assert (good is bad) == (point.cause is Cause.COMMON)
        neutral = point.variation(None)
        assert (neutral is Variation.HIGH) == (good is Variation.IMPROVEMENT)


METHODS = st.sampled_from(
    (PLOT_THE_DOTS, OFFICIAL, Method(run=6, beyond=True), Method(screen=False, run=8))
)


@given(
    st.lists(st.integers(0, 12).map(Decimal), min_size=1, max_size=20),
    METHODS,
    st.none() | st.integers(1, 20),
    st.lists(st.integers(0, 20), max_size=2),
)
def test_the_last_point_alone_is_that_of_the_whole_chart(
    values: list[Decimal], method: Method, fix_after: int | None, rebase_at: list[int]
) -> None:
    alone = last_point(
        whole_numbers(values), method=method, fix_after=fix_after, rebase_at=rebase_at
    )
    points = chart(values, method=method, fix_after=fix_after, rebase_at=rebase_at)
    assert alone == points[-1]
    in_last = sum(point.stretch == alone.stretch for point in points)
    assert last_start(len(values), rebase_at) == len(values) - in_last


@given(st.lists(st.integers(0, 3), min_size=7, max_size=20), METHODS)
def test_the_last_point_of_a_run_too(steps: list[int], method: Method) -> None:
    values = [Decimal(sum(steps[: at + 1])) for at in range(len(steps))]
    assert last_point(whole_numbers(values), method=method) == chart(values, method=method)[-1]
