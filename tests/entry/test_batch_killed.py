"""A batch that is killed, or whose workers are: nothing half-written, and it goes on."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.entry.cli import main
from tests import batches

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

FILES = 50
KILLS = 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batches.folder_of(tmp_path_factory.mktemp("batch") / "in", FILES)


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> dict[str, bytes]:
    """What one process makes of the folder."""
    out = folder.parent / "undisturbed"
    assert main(["batch", str(folder), "--out", str(out), "--workers", "0", "--quiet"]) == 0
    return batches.contents(out)


def wait_for(out: Path, count: int) -> None:
    """Wait until so many results are there."""
    until = time.monotonic() + 30
    while sum(1 for _ in out.glob("team*/index*.xlsx")) < count:
        assert time.monotonic() < until
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    """The worker processes of a process; not the one that looks after what they share."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [
        int(child)
        for child in listed
        if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def test_killed_at_any_moment_it_goes_on(
    folder: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    chance = random.Random(11)
    for count in sorted(chance.sample(range(FILES), KILLS)):
        process = batches.start("batch", folder, "--out", out, "--workers", 2)
        wait_for(out, count)
        time.sleep(chance.random() / 50)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        for result in out.glob("team*/index*.xlsx"):
            assert result.read_bytes() == undisturbed[result.relative_to(out).as_posix()]
            assert XlsxWorkbook(Package.open(result)).sheets
    process = batches.start("batch", folder, "--out", out, "--workers", 2)
    shown, said = process.communicate(timeout=60)
    assert (process.returncode, said.count("failed:")) == (0, 0)
    assert int(shown.split()[2]) > 0  # some were done before
    batches.assert_same(out, undisturbed)


def test_a_worker_that_is_killed_costs_nothing(
    folder: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = batches.start("batch", folder, "--out", out, "--workers", 2)
    wait_for(out, 5)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    shown, _ = process.communicate(timeout=60)
    assert (process.returncode, shown.split(".")[0]) == (0, f"{FILES} done, 0 unchanged, 0 failed")
    batches.assert_same(out, undisturbed)


def test_workers_end_with_the_batch(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = batches.start("batch", folder, "--out", out, "--workers", 2)
    wait_for(out, 5)
    workers = children(process.pid)
    assert len(workers) == 2
    process.kill()
    process.communicate()  # which waits until nobody has its pipes any more
    until = time.monotonic() + 10
    while any(Path(f"/proc/{worker}/stat").exists() for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert not list(out.rglob("*.tmp"))  # what was begun was ended


@pytest.mark.parametrize("number", (signal.SIGINT, signal.SIGTERM))
def test_interrupted_it_says_how_to_go_on(
    folder: Path, undisturbed: dict[str, bytes], tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    process = batches.start("batch", folder, "--out", out, "--workers", 2)
    wait_for(out, 5)
    os.killpg(process.pid, number)  # a terminal sends it to the workers too
    shown, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "not begun. Results in" in shown
    assert "run the same command again" in shown
    assert "Traceback" not in said
    assert not list(out.rglob("*.tmp"))
    assert main(["batch", str(folder), "--out", str(out), "--workers", "0", "--quiet"]) == 0
    batches.assert_same(out, undisturbed)
