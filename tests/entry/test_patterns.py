"""Patterns such as `*.xlsx`, which the shells of Windows leave to the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from perf_addin.entry.targets import matching
from tests.application.build import cells, change, index
from tests.application.test_commentary_sheets import HEADER, ROWS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.xlsx", "a.xlsx", "c.xlsm", "~$a.xlsx", "[1].xlsx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("names", "found"),
    (
        (["*.xlsx"], ["[1].xlsx", "a.xlsx", "b.xlsx"]),
        (["c.*", "?.xlsx"], ["c.xlsm", "a.xlsx", "b.xlsx"]),
        (["./b*"], ["./b.xlsx"]),
        (["no*.xlsx", "no.xlsx"], ["no*.xlsx", "no.xlsx"]),
        (["[1].xlsx"], ["[1].xlsx"]),
    ),
)
def test_a_pattern_stands_for_the_files_that_it_matches(names: list[str], found: list[str]) -> None:
    assert [path.replace("\\", "/") for path in matching(names)] == found


def test_a_whole_folder_is_rated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        index(tmp_path / name, HEADER, *ROWS)
    (tmp_path / "rated").mkdir()
    assert main(["recalc", str(tmp_path / "*.xlsx"), "-o", str(tmp_path / "rated")]) == 0
    assert sorted(path.name for path in (tmp_path / "rated").iterdir()) == [
        "a_rated.xlsx",
        "b_rated.xlsx",
    ]
    assert main(["recalc", str(tmp_path / "no*.xlsx")]) == 3
    assert "no*.xlsx" in capsys.readouterr().err


def test_all_sheets_of_a_folder_are_brought_home(tmp_path: Path) -> None:
    book = index(tmp_path / "index.xlsx", HEADER, *ROWS)
    assert main(["commentary", "export", str(book), "-o", str(tmp_path / "out")]) == 0
    change(tmp_path / "out" / "Fostering.xlsx", "Commentary", {"I5": "Two joined."})
    returned = str(tmp_path / "out" / "*.xlsx")
    assert main(["commentary", "merge", str(book), returned, "--in-place"]) == 0
    assert cells(book, "Index")[1][10] == "Two joined."
