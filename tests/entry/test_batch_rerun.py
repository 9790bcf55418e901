"""What a second run of `batch` into the same folder does again, and what it leaves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests import batches

HERE = ("--workers", "0", "--tables", "csv")


def run(*arguments: object) -> int:
    return main(["batch", *map(str, arguments)])


def lines(out: Path) -> int:
    return len((out / ".perf-addin" / "manifest.jsonl").read_bytes().splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = batches.folder_of(tmp_path / "in", 4)
    assert run(folder, "--out", tmp_path / "out", *HERE) == 0
    return folder


def again(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, int]:
    """How many workbooks were done again, and how many were not."""
    capsys.readouterr()
    assert run(folder, "--out", folder.parent / "out", *HERE, *options) == 0
    words = capsys.readouterr().out.split()
    return int(words[0]), int(words[2])


def test_what_is_done_is_skipped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = lines(folder.parent / "out")
    assert again(folder, capsys) == (0, 4)
    assert lines(folder.parent / "out") == before


def test_another_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batches.workbook(folder / "team 0" / "index 1.xlsx", figure=70)
    assert again(folder, capsys) == (1, 3)
    assert again(folder, capsys) == (0, 4)


def test_a_touched_input_is_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.utime(folder / "team 0" / "index 1.xlsx", (0, 0))
    assert again(folder, capsys) == (0, 4)


def test_another_option(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert again(folder, capsys, "--tolerance", "20%") == (4, 0)


def test_another_version(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("perf_addin.entry.batch_task", "perf_addin.entry.batch"):
        monkeypatch.setattr(f"{module}.made_by", lambda: "perf-addin 99")
    assert again(folder, capsys) == (4, 0)


def test_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert again(folder, capsys, "--force") == (4, 0)


def test_a_lost_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "out" / "team 0" / "index 1.xlsx").unlink()
    assert again(folder, capsys) == (1, 3)


def test_a_changed_result_is_kept_beside_the_new_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = folder.parent / "out" / "team 0" / "index 1.xlsx"
    made = result.read_bytes()
    result.write_bytes(b"what somebody typed")
    assert again(folder, capsys) == (1, 3)
    assert result.read_bytes() == made
    assert result.with_name("index 1.xlsx.bak").read_bytes() == b"what somebody typed"


def test_lost_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(folder.parent / "out" / ".perf-addin" / "rows")
    assert again(folder, capsys) == (4, 0)


def test_rows_are_kept_where_tables_are_wanted_only(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder.parent / "out"
    kept = batches.contents(out)
    assert again(folder, capsys, "--tables", "none") == (0, 4)
    shutil.rmtree(out)
    assert again(folder, capsys, "--tables", "none") == (4, 0)
    assert sorted(batches.contents(out)) == [n for n in kept if n.endswith(".xlsx")]
    assert again(folder, capsys, "--tables", "none") == (0, 4)
    results = {path: path.stat().st_mtime_ns for path in out.rglob("*.xlsx")}
    assert again(folder, capsys) == (4, 0)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.xlsx")} == results
    assert batches.contents(out) == kept
    assert again(folder, capsys) == (0, 4)


def test_a_torn_line_costs_that_workbook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = folder.parent / "out" / ".perf-addin" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert again(folder, capsys) == (1, 3)
    assert again(folder, capsys) == (0, 4)


def test_other_inputs_into_the_same_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = batches.workbook(folder.parent / "other" / "index.xlsx").parent
    assert run(other, "--out", folder.parent / "out", *HERE) == 2
    assert "holds the results of" in capsys.readouterr().err
    assert run(other, "--out", folder.parent / "out", *HERE, "--force") == 0
