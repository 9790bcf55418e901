"""The command `scorecard`: options, what it prints, what it refuses, what it keeps."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import index

SAMPLE = "performance_index_2021-22.xlsx"


@pytest.fixture
def sample(root: Path, tmp_path: Path) -> Path:
    """The sample index, in a folder of its own."""
    path = tmp_path / SAMPLE
    path.write_bytes((root / "workbook" / SAMPLE).read_bytes())
    return path


def test_it_goes_beside_the_input(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sample.read_bytes()
    assert main(["scorecard", str(sample)]) == 0
    target = sample.with_name("performance_index_2021-22_scorecard.html")
    assert capsys.readouterr().out == f"{target}\n"
    assert sample.read_bytes() == before
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>\n<html lang=")
    assert "% of Single Assessments authorised within 45 days" in page


def test_the_same_page_is_not_written_again_and_another_one_is_kept(sample: Path) -> None:
    target = sample.with_name("card.html")
    assert main(["scorecard", str(sample), "-o", str(target)]) == 0
    first, stamp = target.read_bytes(), target.stat().st_mtime_ns
    assert main(["scorecard", str(sample), "-o", str(target)]) == 0
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (first, stamp)
    assert main(["scorecard", str(sample), "-o", str(target), "--period", "Jul 2021"]) == 0
    assert "Figures for Jul 2021" in target.read_text(encoding="utf-8")
    assert target.with_name("card.html.bak").read_bytes() == first


def test_reading_and_rating_options_hold(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["scorecard", str(sample), "--json", "--period", "Jul 2021", "--tolerance", "20%"]
    assert main(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["period"] == "Jul 2021"
    assert [i["rating"] for i in told["indicators"] if i["no"] == "2"] == ["A"]
    assert told["output"].endswith("_scorecard.html")
    assert told["pdf"] is None
    assert told["not_published"] == []


def test_a_folder_takes_the_usual_name(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert main(["scorecard", str(sample), "-o", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["performance_index_2021-22_scorecard.html"]


@pytest.mark.parametrize(
    ("output", "advice"),
    (("card.docx", "Write -o card.html"), ("card.pdf", "Write -o card.html --pdf")),
)
def test_only_a_page_is_written(
    sample: Path, capsys: pytest.CaptureFixture[str], output: str, advice: str
) -> None:
    assert main(["scorecard", str(sample), "-o", output]) == 2
    assert advice in capsys.readouterr().err


def test_a_missing_extra_is_named(
    sample: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    for name in ("charts", "rendering"):
        monkeypatch.delitem(sys.modules, f"perf_addin.adapters.scorecard.{name}", raising=False)
    assert main(["scorecard", str(sample)]) == 2
    assert 'pip install "perf-addin[scorecard]"' in capsys.readouterr().err
    assert [path.name for path in sample.parent.iterdir()] == [SAMPLE]


def test_a_figure_that_is_not_published_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = index(
        tmp_path / "small.xlsx",
        ("No", "Indicator", "Polarity", "Target", "Jul 2021", "Aug 2021"),
        (1, "Number of children missing", "Low", 10, 12, 3),
    )
    assert main(["scorecard", str(file)]) == 0
    assert "not published: indicator 1\n" in capsys.readouterr().err


def test_without_a_program_for_it_no_pdf_and_no_page_is_written(
    sample: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.setattr("perf_addin.adapters.printing.pdf._MAC_BROWSERS", ())
    monkeypatch.setattr("perf_addin.adapters.printing.pdf._WINDOWS_FOLDERS", ())
    assert main(["scorecard", str(sample), "--pdf"]) == 4
    assert "none of them was found here" in capsys.readouterr().err
    assert [path.name for path in sample.parent.iterdir()] == [SAMPLE]
