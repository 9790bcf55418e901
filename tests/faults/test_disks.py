"""Disks that are full or read-only: real ones, mounted for the test, not pretended ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

SAMPLE = Path("workbook", "performance_index_2021-22.xlsx")
KIB = 1024


def mount(*arguments: str) -> bool:
    """Whether a file system could be mounted, which only an administrator of Linux may do."""
    program = shutil.which("mount")
    if program is None or sys.platform != "linux":
        return False
    return subprocess.run([program, *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(root: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk that holds the sample and has less room left than a second one needs."""
    place = tmp_path / "disk"
    place.mkdir()
    size = (root / SAMPLE).stat().st_size
    if not mount("-t", "tmpfs", "-o", f"size={size + 24 * KIB}", "tmpfs", str(place)):
        pytest.skip("a small disk can be mounted on Linux only, by an administrator")
    try:
        shutil.copyfile(root / SAMPLE, place / "index.xlsx")
        yield place
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(place)], check=True)


def report(*arguments: str | Path, without: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without some rights of an administrator."""
    command = [sys.executable, "-m", "perf_addin", "report", *map(str, arguments)]
    if without and os.geteuid() == 0:
        rights = ",".join(f"-{right}" for right in without)
        command = ["setpriv", "--bounding-set", rights, *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("where", (["--in-place"], ["-o", "OUT"]))
def test_a_full_disk(disk: Path, where: list[str]) -> None:
    source = disk / "index.xlsx"
    whole = source.read_bytes()
    done = report(source, *(str(disk / "out.xlsx") if w == "OUT" else w for w in where))
    assert done.returncode == 4
    assert "the disk is full" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in disk.iterdir()] == ["index.xlsx"]
    assert source.read_bytes() == whole


def test_room_on_another_disk_is_used(disk: Path, tmp_path: Path) -> None:
    done = report(disk / "index.xlsx", "-o", tmp_path / "out.xlsx")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.xlsx").is_file()


def test_a_read_only_disk(disk: Path, tmp_path: Path) -> None:
    assert mount("-o", "remount,ro", str(disk))
    source = disk / "index.xlsx"
    for arguments in ([source], [source, "--in-place"]):
        done = report(*arguments)
        assert done.returncode == 4
        assert "read-only" in done.stderr
        assert done.stderr.count("\n") == 1
    assert report(source, "-o", tmp_path / "out.xlsx").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="an administrator gives rights up on Linux")
def test_a_folder_in_which_nothing_may_be_made(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    source = shutil.copyfile(root / SAMPLE, folder / "index.xlsx")
    source.chmod(0o644)
    whole = source.read_bytes()
    folder.chmod(0o555)
    done = report(source, without=["dac_override", "dac_read_search"])
    folder.chmod(0o755)
    assert done.returncode == 4, done.stderr
    assert "read-only" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["index.xlsx"]
    assert source.read_bytes() == whole
