"""The command `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import change, index
from tests.application.test_diff import HEADER, OLD


@pytest.fixture
def books(tmp_path: Path) -> list[str]:
    """Two months of one index; a figure of April was corrected."""
    old = index(tmp_path / "april.xlsx", HEADER, *OLD)
    new = index(tmp_path / "may.xlsx", HEADER, *OLD)
    change(new, "Index", {"E2": 90.5, "G3": 70})
    return [str(old), str(new)]


def test_diff_says_what_changed(books: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *books]) == 0
    told = capsys.readouterr().out
    assert "From april.xlsx: 4 indicators to May 2021" in told
    assert "Ratings that changed\n  2: green (May 2021) to red (Jun 2021)." in told
    assert "Draft of the corrections paragraph\n  Indicator 1 (Assessments in time)" in told


def test_a_small_number_is_in_no_draft_of_the_corrections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ("1", "Number of children missing", "Low", 10, 3, 8, None)
    old = index(tmp_path / "old.xlsx", HEADER, row)
    new = index(tmp_path / "new.xlsx", HEADER, (*row[:4], 4, 9, None))
    assert main(["diff", str(old), str(new)]) == 0
    drafted = capsys.readouterr().out.partition("Draft of the corrections paragraph\n")[2]
    start = "  Indicator 1 (Number of children missing): the figure for "
    assert drafted.splitlines() == [
        f"{start}Apr 2021 has been corrected. It is too small to be published.",
        f"{start}May 2021 was reported as 8 and has been corrected to 9.",
    ]


def test_diff_as_json(books: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *books, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["altered"] == [
        {
            "no": "1",
            "period": "Apr 2021",
            "old": {"shown": "91", "sheet": "Index", "cell": "E2"},
            "new": {"shown": "90.5", "sheet": "Index", "cell": "E2"},
        }
    ]
    assert found["new_exceptions"] == ["2"]
    assert found["rerated"][0]["new_period"] == "Jun 2021"


def test_a_file_that_is_not_there_is_told(
    books: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", books[0], "missing.xlsx"]) == 3
    assert "missing.xlsx" in capsys.readouterr().err
