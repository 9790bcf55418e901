"""The published vectors through the functions, where their options are those of the functions."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

import pytest

from perf_addin.application.functions import ExcelError, Scalar, Value, find

VARIATIONS = {
    "common_cause": "common cause",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "high",
    "special_cause_neutral_low": "low",
}
ASSURANCES = {
    "": "",
    "consistent_fail": "consistently fail",
    "consistent_pass": "consistently pass",
    "inconsistent": "hit and miss",
}


def call(name: str, *arguments: Value) -> Value:
    function = find(name)
    assert function is not None
    return function.call(arguments)


def read(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "conformance" / name
    if not path.is_file():
        pytest.skip(f"no conformance vectors at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_charts_are_the_published_ones(shared: Path) -> None:
    series: dict[str, list[list[Scalar]]] = defaultdict(list)
    for row in read(shared, "spc_series.csv"):
        series[row["series_id"]].append([float(row["value"])])
    expected = {row["run_id"]: row for row in read(shared, "spc_summary_expected.csv")}
    seen = 0
    for run in read(shared, "spc_runs.csv"):
        values = series[run["series_id"]]
        if run["fix_after_n_points"] or run["rebase_dates"]:
            continue
        row = expected[run["run_id"]]
        stated = run["improvement_direction"]
        direction = "" if stated == "neutral" else stated
        if run["screen_outliers"] == "TRUE":
            limits = call("SPCLIMITS", values)
            assert isinstance(limits, list)
            for got, column in zip(limits[0], ("mean", "lpl", "upl"), strict=True):
                assert isinstance(got, float)
                assert math.isclose(got, float(row[column]), rel_tol=1e-11, abs_tol=1e-11), row
            told = call("SPCVARIATION", values, direction)
            assert told == VARIATIONS[row["latest_variation"]], row
            if run["target"]:
                told = call("SPCASSURANCE", values, float(run["target"]), direction or "Info")
                assert told == ASSURANCES[row["assurance"]], row
            seen += 1
    assert seen >= 20


def test_quartile_bands_are_those_of_the_vectors(shared: Path) -> None:
    seen = 0
    for row in read(shared, "lait_quartile_vectors.csv"):
        edges = [row[name] for name in ("q0", "q25", "q50", "q75", "q100")]
        if "NA" in edges:
            continue  # a list of peers has all its quartiles
        peers: list[list[Scalar]] = [[float(edge)] for edge in edges]
        value: Scalar = "" if row["value"] == "NA" else float(row["value"])
        expected: Scalar = {"Error": ExcelError.NA, "NA": ""}.get(
            row["expected_band"], row["expected_band"]
        )
        assert call("QUARTILEBAND", value, peers, row["polarity"]) == expected, row
        seen += 1
    assert seen >= 15


def test_quartile_bands_are_those_that_were_published(shared: Path) -> None:
    """Figures as the tool's own cells hold them, such as 19.899999999999999 and a dash."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in read(shared, "lait_benchmarks.csv"):
        groups[row["measure_code"], row["year"]].append(row)
    for rows in groups.values():
        peers: list[list[Scalar]] = [[cell(row["value_raw"])] for row in rows]
        bands = call("QUARTILEBAND", peers, peers, rows[0]["polarity"])
        assert bands == [[row["quartile_band"]] for row in rows]


def cell(text: str) -> Scalar:
    try:
        return float(text)
    except ValueError:
        return text
