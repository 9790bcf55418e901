"""Patterns such as `*.xlsx`, which the shells of Windows leave to the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from perf_addin.entry.targets import matching
from tests import batches
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


def test_a_whole_folder_is_rated_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the first run made matches the pattern too, and is no input."""
    for name in ("a.xlsx", "b.xlsx"):
        index(tmp_path / name, HEADER, *ROWS)
    line = ["recalc", str(tmp_path / "*.xlsx")]
    assert main(line) == 0
    capsys.readouterr()
    before = contents(tmp_path)
    for _ in range(2):
        assert main([*line, "--json"]) == 0
        told, said = capsys.readouterr()
        assert [Path(each["output"]).name for each in json.loads(told)] == [
            "a_rated.xlsx",
            "b_rated.xlsx",
        ]
        assert said.splitlines() == [
            f"perf-addin: {tmp_path / name}_rated.xlsx is passed over: it is the result of "
            f"{tmp_path / name}.xlsx."
            for name in ("a", "b")
        ]
        assert contents(tmp_path) == before
    (tmp_path / "out").mkdir()
    assert main([*line, "-o", str(tmp_path / "out")]) == 0
    assert sorted(contents(tmp_path / "out")) == ["a_rated.xlsx", "b_rated.xlsx"]


def test_a_result_that_is_named_alone_is_an_input(tmp_path: Path) -> None:
    index(tmp_path / "a.xlsx", HEADER, *ROWS)
    assert main(["recalc", str(tmp_path / "a.xlsx")]) == 0
    assert main(["recalc", str(tmp_path / "a_rated.xlsx")]) == 0
    assert main(["recalc", str(tmp_path / "*_rated.xlsx"), "--in-place"]) == 0
    names = ["a.xlsx", "a_rated.xlsx", "a_rated_rated.xlsx"]
    assert sorted(contents(tmp_path)) == names


def test_what_report_wrote_beside_a_workbook_does_not_count_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    source = batches.workbook(folder / "team" / "index.xlsx")
    batches.workbook(folder / "other_rated.xlsx")
    assert main(["report", str(source)]) == 0
    rated = source.with_name("index_rated.xlsx")
    assert rated.exists()
    for paths in ([folder], [folder / "**" / "*.xlsx"]):
        capsys.readouterr()
        out = tmp_path / f"out {len(str(paths))}"
        assert batch(*paths, "--out", out) == 0
        assert "Passed over: results of report or recalc 1." in capsys.readouterr().err
        assert results(out) == ["other_rated.xlsx", "team/index.xlsx"]
    assert batch(source, rated, "--out", tmp_path / "named") == 0
    assert results(tmp_path / "named") == ["index.xlsx", "index_rated.xlsx"]


def batch(*arguments: object) -> int:
    options = ("--workers", "0", "--tables", "none")
    return main(["batch", *map(str, arguments), *options])


def results(out: Path) -> list[str]:
    found = out.rglob("*.xlsx")
    return sorted(path.relative_to(out).as_posix() for path in found)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_sheets_of_a_folder_are_brought_home(tmp_path: Path) -> None:
    book = index(tmp_path / "index.xlsx", HEADER, *ROWS)
    assert main(["commentary", "export", str(book), "-o", str(tmp_path / "out")]) == 0
    change(tmp_path / "out" / "Fostering.xlsx", "Commentary", {"I5": "Two joined."})
    returned = str(tmp_path / "out" / "*.xlsx")
    assert main(["commentary", "merge", str(book), returned, "--in-place"]) == 0
    assert cells(book, "Index")[1][10] == "Two joined."
