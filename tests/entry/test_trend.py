"""The command `trend`, on both samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.entry.cli import main
from tests.judges import new_errors, validate

SAMPLES = ("performance_index_2018-19.xlsx", "performance_index_2021-22.xlsx")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gets_its_sheet(root: Path, tmp_path: Path, name: str) -> None:
    source, target = root / "workbook" / name, tmp_path / "out.xlsx"
    before = source.read_bytes()
    assert main(["trend", str(source), "-o", str(target)]) == 0
    assert new_errors(validate(source), validate(target)) == ()
    again = tmp_path / "again.xlsx"
    assert main(["trend", str(target), "-o", str(again)]) == 0
    assert again.read_bytes() == target.read_bytes()
    assert source.read_bytes() == before


def told(
    arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> dict[str, dict[str, object]]:
    assert main(["trend", *arguments, "--show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    return {each["no"]: each for each in shown["indicators"]}


def test_what_is_told_of_the_2021_sample(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(root / "workbook" / SAMPLES[1])
    found = told([sample], capsys)
    second = found["2"]
    assert (second["figure"], second["compared_period"]) == (83.4482758620690, "Jul 2021")
    assert (second["direction"], second["points"], second["provisional"]) == ("Worse", 5, True)
    assert second["assurance"] == "consistently fail"
    projection = second["projection"]
    assert isinstance(projection, dict)
    assert projection["is_a_figure"] is False
    assert found["1"]["direction"] is None
    assert found["8"]["points"] == 0
    last_year = told([sample, "--compare", "last-year"], capsys)
    assert last_year["2"]["direction"] is None


def test_the_official_method(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(root / "workbook" / SAMPLES[1])
    official = told([sample, "--spc", "official"], capsys)["2"]
    assert (official["mean"], official["variation"], official["assurance"]) == (None, None, None)
    shown = told([sample, "--spc", "official", "--limits-from", "2"], capsys)["2"]
    assert shown["variation"] == "common cause"


def test_what_a_person_reads(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trend", str(root / "workbook" / SAMPLES[0]), "--show"]) == 0
    shown, said = capsys.readouterr()
    assert shown.startswith("Direction of travel: against the previous period. Control charts: XmR")
    assert "    88% in Jan 2019; against 86.7% (Dec 2018): Better" in shown
    assert "    target 93%: consistently fail" in shown
    assert "(projection, not a figure)" in shown
    assert said == ""
    assert (
        main(["trend", str(root / "workbook" / SAMPLES[0]), "--show", "--basis", "last-year"]) == 0
    )
    assert "    88% in Jan 2019; no figure for Jan 2018" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    (
        (("--fix-after", "one"), "--fix-after: found 'one', expected a number of points"),
        (("--rebase", "spring"), "--rebase: found 'spring', expected periods"),
        (("--limits-from", "0"), "--limits-from: found '0', expected a number of figures"),
        (("--show", "-o", "x.xlsx"), "--show writes nothing"),
    ),
)
def test_options_that_make_no_sense(
    root: Path, arguments: Sequence[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trend", str(root / "workbook" / SAMPLES[0]), *arguments]) == 2
    assert message in capsys.readouterr().err


def test_what_options_state_holds_until_it_is_stated_otherwise(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Kept on the Settings sheet, which is added; where the index lies stays detected."""
    source, target = root / "workbook" / SAMPLES[0], tmp_path / "out.xlsx"
    options = ["--spc", "official", "--screening", "--rebase", "Oct 2018"]
    assert main(["trend", str(source), *options, "-o", str(target)]) == 0
    capsys.readouterr()
    assert main(["trend", str(target), "--show", "--json"]) == 0
    method = json.loads(capsys.readouterr().out)["method"]
    assert method == {
        "screen": True,
        "run": 7,
        "beyond": True,
        "improvement_first": True,
        "fewest": 13,
    }
    assert main(["trend", str(target), "--spc", "plot-the-dots", "--in-place"]) == 0
    sheet = load_workbook(target)["Settings"]
    held = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[1]}
    assert held["Control charts"] == "Plot the dots"
    assert held["Screening"] == "On"
    assert held["Rebase limits at"] == "Oct 2018"
    assert "Header rows" not in held.values()
