"""Folders of workbooks for tests of batches, and the way to run and compare batches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import perf_addin
from tests.application.build import index

HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Apr 2021", "RAG", "Commentary")
KINDS = 3


def workbook(path: Path, figure: float = 92, name: str = "Visits in time") -> Path:
    """A workbook with two indicators, the first of which has a figure and a name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = (1, name, "High", 90, "5%", figure, "", "Fine.")
    return index(path, HEADER, first, (2, "Turnover", "Low", 10, "5%", 14, "", ""))


def folder_of(folder: Path, count: int) -> Path:
    """A folder with so many workbooks in folders of it, of a few kinds."""
    made = [workbook(folder / "team 0" / f"index {i}.xlsx", 80 + 5 * i) for i in range(KINDS)]
    for number in range(KINDS, count):
        target = folder / f"team {number % 4}" / f"index {number}.xlsx"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(made[number % KINDS], target)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder of results but for its manifest and lock, by relative path."""
    beside = {folder / ".perf-addin" / name for name in ("manifest.jsonl", "lock")}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in beside
    }


def assert_same(folder: Path, expected: dict[str, bytes]) -> None:
    """A folder of results holds these files, and each is the same byte for byte."""
    found = contents(folder)
    assert sorted(found) == sorted(expected)
    assert [name for name, content in found.items() if content != expected[name]] == []


def environment() -> dict[str, str]:
    """An environment in which other processes import the copy of the package under test."""
    return {**os.environ, "PYTHONPATH": str(Path(perf_addin.__file__).resolve().parent.parent)}


def command(*arguments: object) -> Sequence[str]:
    """The command line of perf-addin with arguments."""
    return [sys.executable, "-m", "perf_addin", *map(str, arguments)]


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start perf-addin in a process group of its own."""
    return subprocess.Popen(
        command(*arguments),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
