"""The command `check`: its formats, exit codes, and findings that were accepted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.finding_kinds import KINDS
from perf_addin.entry.cli import main
from tests import judges
from tests.application.build import change, index

HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Apr 2021", "RAG", "Commentary")
ROW = (1, "Visits in time", "High", 0, "5%", "=1/0", "G", "Fine.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A figure with a typed rating, and an error on another sheet."""
    path = index(tmp_path / "index.xlsx", HEADER, (*ROW[:5], 92, "R", "Fine."))
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("=cmd")
    sheet["A1"] = "#DIV/0!"
    sheet["A1"].data_type = "e"
    workbook.save(path)
    return path


CODES = ["formula-error", "typed-rating-differs", "zero-target"]


def test_csv(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["Code"] for row in rows] == CODES
    assert rows[0]["Sheet"] == "'=cmd"
    assert all(row["What to do"] for row in rows)


def test_json_has_remedies(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert sorted(each["code"] for each in found["findings"]) == CODES
    assert all(each["remedy"] for each in found["findings"])
    assert found["accepted"] == []


def test_sarif(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--format", "sarif"]) == 1
    found = json.loads(capsys.readouterr().out)
    (run,) = found["runs"]
    assert found["version"] == "2.1.0"
    assert [each["level"] for each in run["results"]] == ["error", "warning", "warning"]
    for each in run["results"]:
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]


def test_a_finding_is_accepted_until_it_changes(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = tmp_path / "checked.xlsx"
    assert main(["check", str(book), "--format", "sheet", "-o", str(checked)]) == 1
    assert not judges.new_errors(judges.validate(book), judges.validate(checked))
    sheet = load_workbook(checked)["Findings"]
    rows = {row[5].value: row[0].row for row in sheet.iter_rows(min_row=5)}
    assert list(rows) == CODES
    reasons = {f"G{rows['formula-error']}": "Not published.", f"G{rows['zero-target']}": "By law."}
    change(checked, "Findings", dict(reasons))
    assert main(["check", str(checked), "--format", "sheet", "--in-place"]) == 0
    sheet = load_workbook(checked)["Findings"]
    states = {row[5].value: (row[0].value, row[6].value) for row in sheet.iter_rows(min_row=5)}
    assert states["formula-error"] == ("accepted", "Not published.")
    assert states["typed-rating-differs"] == ("warning", None)
    capsys.readouterr()
    assert main(["check", str(checked), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["code"] for each in found["accepted"]} == {"formula-error", "zero-target"}
    change(checked, "=cmd", {"A1": None, "A2": "#VALUE!"})
    workbook = load_workbook(checked)
    workbook["=cmd"]["A2"].data_type = "e"
    workbook.save(checked)
    assert main(["check", str(checked), "--format", "sheet", "--in-place"]) == 1
    sheet = load_workbook(checked)["Findings"]
    last = [cell.value for cell in list(sheet.iter_rows(min_row=5))[-1]]
    assert (last[0], last[5], last[6]) == ("not found now", "formula-error", "Not published.")


def test_accepted_findings_are_shown_as_such(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = tmp_path / "checked.xlsx"
    assert main(["check", str(book), "--format", "sheet", "-o", str(checked)]) == 1
    change(checked, "Findings", {"G5": "Not published."})
    capsys.readouterr()
    assert main(["check", str(checked)]) == 0
    shown = capsys.readouterr().out
    assert "accepted: =cmd!A1: A1 (#DIV/0!): a formula gave an error." in shown
    assert "Because: Not published." in shown
    assert main(["check", str(checked), "--format", "sarif"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["results"][-1]["suppressions"][0]["justification"] == "Not published."


def test_accepting_from_the_command_line(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, first = book.read_bytes(), tmp_path / "first.xlsx"
    accept = ["--accept", "formula-error:'=CMD'!$A$1", "--accept", "Zero-Target:D2"]
    reason = ["--reason", " =Not\n published. "]
    assert main(["check", str(book), *accept, *reason, "-o", str(first), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["output"] == str(first)
    assert {each["code"] for each in told["accepted"]} == {"formula-error", "zero-target"}
    assert {each["accepted_because"] for each in told["accepted"]} == {"=Not published."}
    assert book.read_bytes() == before
    assert not judges.new_errors(judges.validate(book), judges.validate(first))
    again = first.read_bytes()
    assert main(["check", str(first), *accept, *reason, "--in-place"]) == 0
    assert first.read_bytes() == again
    assert "accepted: =cmd!A1" in capsys.readouterr().out
    assert (
        main(["check", str(first), "--accept", "zero-target:D2", "--reason", "Law.", "--in-place"])
        == 0
    )
    rows = {r[5].value: r for r in load_workbook(first)["Findings"].iter_rows(min_row=5)}
    assert rows["zero-target"][6].value == "Law."
    assert rows["formula-error"][6].value == "=Not published."
    assert rows["formula-error"][6].data_type == "s"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(first) as new:
        for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            assert old.read(part) == new.read(part)


@pytest.mark.parametrize(
    ("options", "says"),
    (
        (["--accept", "zero-target:D2"], "go together"),
        (["--reason", "Law."], "go together"),
        (["--accept", "zero-target:D2", "--reason", "  "], "expected 1 to"),
        (["--accept", "zero-target:D3", "--reason", "x"], "zero-target:Index!D2"),
        (["--accept", "zero-target", "--reason", "x"], "zero-target:Index!D2"),
        (["--accept", "odd:D3", "--reason", "x"], "formula-error, typed-rating-differs, zero"),
    ),
)
def test_what_cannot_be_accepted_is_refused(
    options: list[str], says: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book), *options]) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_an_output_without_the_sheet_is_refused(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book), "-o", "x.xlsx"]) == 2
    assert "--format sheet" in capsys.readouterr().err


def test_every_kind_says_what_to_do() -> None:
    assert all(kind.meaning and kind.remedy for kind in KINDS.values())
