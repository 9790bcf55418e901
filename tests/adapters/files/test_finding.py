"""Workbooks found under files, folders and patterns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perf_addin.adapters.files.finding import find_files
from perf_addin.domain.errors import InputError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name in ("b.xlsx", "a/c.xlsm", "a/deep/d.xlsx", "~$b.xlsx", ".e.xlsx", "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "f.xlsx").touch()
    return folder


def keys(*paths: Path | str, out: Path | str = "/nowhere/out") -> list[str]:
    return [key for key, _ in find_files([str(path) for path in paths], str(out)).files]


def test_a_folder_with_those_below_it(folder: Path) -> None:
    found = find_files([str(folder)], "/nowhere/out")
    assert found.base == str(folder)
    assert dict(found.files) == {
        key: str(folder / key) for key in ("a/c.xlsm", "a/deep/d.xlsx", "b.xlsx")
    }
    assert found.skipped == {"hidden": 2, "lock files": 1, "other files": 1}


def test_several_paths_are_named_from_their_common_folder(folder: Path) -> None:
    assert keys(folder / "a" / "deep", folder / "b.xlsx") == ["a/deep/d.xlsx", "b.xlsx"]
    assert keys(folder / "a" / "deep") == ["d.xlsx"]
    assert keys(folder, folder / "a", folder / "b.xlsx") == ["a/c.xlsm", "a/deep/d.xlsx", "b.xlsx"]


def test_patterns(folder: Path) -> None:
    assert keys(f"{folder}/*.xlsx") == ["b.xlsx"]
    assert keys(f"{folder}/**/*.xls?") == ["a/c.xlsm", "a/deep/d.xlsx", "b.xlsx"]
    assert keys(f"{folder}/a*") == ["a/c.xlsm", "a/deep/d.xlsx"]
    with pytest.raises(InputError, match="fits no file"):
        keys(f"{folder}/*.nothing")


def test_a_name_that_looks_like_a_pattern_is_a_name(folder: Path) -> None:
    (folder / "q[1].xlsx").touch()
    assert keys(folder / "q[1].xlsx") == ["q[1].xlsx"]


def test_a_file_that_is_named_is_taken_whatever_it_is(folder: Path) -> None:
    assert keys(folder / "notes.txt") == ["notes.txt"]


def test_what_is_not_there(folder: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        keys(folder / "nothing.xlsx")


def test_relative_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "a")
    assert find_files(["../b.xlsx"], "out").files == (("b.xlsx", str(folder / "b.xlsx")),)


def test_results_in_the_folder_are_passed_over(folder: Path) -> None:
    assert keys(folder, out=folder / "a") == ["b.xlsx"]
    assert keys(f"{folder}/**/*.xls?", out=folder / "a") == ["b.xlsx"]


def test_results_of_another_run_are_passed_over(folder: Path) -> None:
    (folder / "a" / ".perf-addin").mkdir()
    found = find_files([str(folder)], "/nowhere/out")
    assert [key for key, _ in found.files] == ["b.xlsx"]
    assert found.skipped["folders of results"] == 1
    assert keys(folder / "a") == ["c.xlsm", "deep/d.xlsx"]  # somebody asked for it


def test_results_that_hold_the_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    for out in (folder, tmp_path):
        with pytest.raises(UsageError, match="holds the inputs"):
            keys(folder, out=out)
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(UsageError, match="holds the inputs"):
        keys(folder, out=tmp_path / "link")


def test_links_that_go_round_in_circles_are_not_followed(folder: Path) -> None:
    (folder / "a" / "round").symlink_to(folder)
    found = find_files([str(folder)], "/nowhere/out")
    assert [key for key, _ in found.files] == ["a/c.xlsm", "a/deep/d.xlsx", "b.xlsx"]
    assert found.skipped["links to folders"] == 1


def test_a_link_to_a_folder_is_followed_where_it_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert keys(tmp_path / "link") == ["a/c.xlsm", "a/deep/d.xlsx", "b.xlsx"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="an administrator may read all")
def test_a_folder_that_may_not_be_read(folder: Path) -> None:
    (folder / "a" / "deep").chmod(0)
    found = find_files([str(folder)], "/nowhere/out")
    (folder / "a" / "deep").chmod(0o755)
    assert found.skipped["folders that may not be read"] == 1
