"""The command `explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import index

SAMPLE = str(Path(__file__).resolve().parents[2] / "workbook" / "performance_index_2021-22.xlsx")


def test_explain_says_everything_behind_a_rating(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", SAMPLE, "2"]) == 0
    told = capsys.readouterr().out
    for part in (
        "Indicator 2: % of Single Assessments authorised within 45 days",
        "Missed by 95% − 83.4% = 11.6 points, 12.2% of 95.",
        "From: Actual Q9, Target E9, Polarity D9, Tolerance built-in default",
        "Smallest change: 2.1 points more (85.5%) would be amber.",
        "- amber within 5 percentage points: red",
    ):
        assert part in told


def test_explain_finds_an_indicator_by_its_name_and_takes_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "number of in-house foster carers RECRUITED"
    assert main(["explain", SAMPLE, name, "--tolerance", "80%", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["no"], found["rating"]) == ("22", "A")
    assert found["sources"]["Tolerance"] == "option"
    assert [a["rating"] for a in found["alternatives"]] == ["R", "R", "R", "A", "R"]
    assert found["smallest_change"].startswith("Smallest change: it is on the edge")


def test_an_unknown_indicator_is_named_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", SAMPLE, "99"]) == 2
    said = capsys.readouterr().err
    assert "has no indicator '99'. It has 1, 2, 3" in said


def test_another_indicator_of_the_number_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (("1", "Visits", 5, 4), ("1", "Moves", 5, 6))
    book = index(tmp_path / "index.xlsx", ("No", "Indicator", "Target", "Apr 2021"), *rows)
    assert main(["explain", str(book), "1"]) == 0
    told, said = capsys.readouterr()
    assert told.startswith("Indicator 1: Visits")
    assert said == "note: 1 is also the number of 'Moves'; ask by name.\n"
    assert main(["explain", str(book), "Moves"]) == 0
    assert capsys.readouterr().err == ""
