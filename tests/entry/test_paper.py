"""The command `paper`: options, what it prints, what it refuses, what it keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from perf_addin.application.recording import RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.entry.cli import main
from perf_addin.entry.paper import paper_of
from tests.application.build import index, opened

SAMPLE = "performance_index_2021-22.xlsx"


@pytest.fixture
def sample(root: Path, tmp_path: Path) -> Path:
    """The sample index, in a folder of its own."""
    path = tmp_path / SAMPLE
    path.write_bytes((root / "workbook" / SAMPLE).read_bytes())
    return path


def test_it_goes_beside_the_input_and_says_what_is_open(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample.read_bytes()
    assert main(["paper", str(sample)]) == 0
    shown, said = capsys.readouterr()
    target = sample.with_name("performance_index_2021-22_paper.docx")
    assert shown == f"{target}\n"
    assert said.splitlines()[:2] == ["to complete: [Committee]", "to complete: [Date]"]
    assert sample.read_bytes() == before
    title = Document(str(target)).core_properties.title
    assert title == "Performance report to August 2021"


def test_a_paper_that_is_replaced_is_kept_and_the_same_one_is_not_written(sample: Path) -> None:
    target = sample.with_name("paper.docx")
    assert main(["paper", str(sample), "-o", str(target)]) == 0
    first, stamp = target.read_bytes(), target.stat().st_mtime_ns
    assert main(["paper", str(sample), "-o", str(target)]) == 0
    assert target.stat().st_mtime_ns == stamp
    assert main(["paper", str(sample), "-o", str(target), "--form", "narrative"]) == 0
    assert target.read_bytes() != first
    assert target.with_name("paper.docx.bak").read_bytes() == first


def test_json_has_the_placeholders_and_the_drafts_with_their_cells(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["paper", str(sample), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["output"].endswith("_paper.docx")
    assert told["exceptions"] == ["2", "16", "22"]
    assert "[Recommendations]" in told["placeholders"]
    first = told["drafts"][0]
    assert (first["no"], first["sheet"]) == ("2", "Performance Index")
    assert first["sentences"][1] == {
        "text": "83.4% is above the national average (82%) and London (81%).",
        "cells": ["Q9", "K9", "L9"],
    }


def test_reading_and_rating_options_hold(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["paper", str(sample), "--json", "--period", "Jul 2021", "--tolerance", "20%"]
    assert main(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["period"] == "Jul 2021"
    assert [i["rating"] for i in told["indicators"] if i["no"] == "2"] == ["A"]


def test_a_folder_takes_the_usual_name(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert main(["paper", str(sample), "-o", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["performance_index_2021-22_paper.docx"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    (
        (["-o", "{folder}/paper.pdf"], 2, "Write -o {folder}/paper.docx"),
        (["-o", "{folder}/paper"], 2, "Write -o {folder}/paper.docx"),
        (["-o", "{file}"], 2, "the paper is a Word document"),
        (["-o", "{folder}/none/paper.docx"], 4, "there is no folder"),
        (["--template", "{folder}/none.docx"], 3, "cannot be read"),
        (["--template", "{file}"], 3, "is no Word document"),
        (["--template", "{folder}/mine.docx"], 3, "no field is named 'comittee'"),
        (["--template", "{folder}/mine.docx", "-o", "{folder}/mine.docx"], 2, "template itself"),
        (["--period", "soon"], 2, "--period"),
    ),
)
def test_what_cannot_be_done_is_one_message_and_writes_nothing(
    options: list[str],
    code: int,
    said: str,
    sample: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = {"folder": sample.parent, "file": sample}
    mine = Document()
    mine.add_paragraph("{{ comittee }}")
    mine.save(str(sample.parent / "mine.docx"))
    before = {path: path.read_bytes() for path in sample.parent.iterdir()}
    assert main(["paper", str(sample), *(each.format(**names) for each in options)]) == code
    shown, told = capsys.readouterr()
    assert shown == ""
    assert said.format(**names) in told
    assert "Traceback" not in told
    assert {path: path.read_bytes() for path in sample.parent.iterdir()} == before


def test_a_workbook_without_an_index_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = index(tmp_path / "notes.xlsx", ("Just", "notes"))
    assert main(["paper", str(path)]) == 3
    assert "no performance index was found" in capsys.readouterr().err


def test_a_missing_extra_is_one_message(sample: Path) -> None:
    code = f"""
import sys
sys.modules["docxtpl"] = None
from perf_addin.entry.cli import main
sys.exit(main(["paper", {str(sample)!r}]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert 'python -m pip install "perf-addin[paper]"' in done.stderr


def test_a_workbook_that_is_open_elsewhere_is_only_read(sample: Path, tmp_path: Path) -> None:
    workbook = RecordedWorkbook(opened(sample), "Book1")
    outcome = paper_of(workbook, Settings(), tmp_path / "paper.docx")
    assert outcome.path.is_file()
    assert [drafted.no for drafted in outcome.drafted] == ["2", "16", "22", "18"]
    assert not workbook.changes


def test_init_adds_the_sheet_on_which_the_rest_is_stated(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stated = sample.with_name("stated.xlsx")
    assert main(["init", "--paper", str(sample), "-o", str(stated)]) == 0
    assert [s.name for s in opened(stated).sheets][-2:] == ["Settings", "Committee Paper"]
    capsys.readouterr()
    assert main(["paper", str(stated), "--json"]) == 0
    assert "[Committee]" in json.loads(capsys.readouterr().out)["placeholders"]


@pytest.mark.parametrize("period", ("Jul 2021", "2019/20"))
def test_a_period_for_which_nothing_has_figures_leaves_the_purpose_open(
    tmp_path: Path, period: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Jul 2021", "2019/20", "RAG")
    file = index(tmp_path / "a.xlsx", header, (1, "Visits in time", "High", 90, None, None, None))
    assert main(["paper", str(file), "--period", period]) == 0
    assert "to complete: [Purpose" in capsys.readouterr().err
