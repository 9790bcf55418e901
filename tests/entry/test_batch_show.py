"""What a person sees of a batch: on a terminal a bar, and one line for each failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from perf_addin.application.batch.run import Tally
from perf_addin.entry.batch_show import bar_line
from tests import batches


@pytest.mark.parametrize(
    ("tally", "seconds", "line"),
    (
        (Tally(0), 0.0, "[########################] 0/0  0.0/s  ...  0 done  0 failed"),
        (Tally(4), 1.0, "[........................] 0/4  0.0/s  ...  0 done  0 failed"),
        (
            Tally(4, done=1, failed=1),
            4.0,
            "[############............] 2/4  0.5/s  0:04 left  1 done  1 failed",
        ),
        (
            Tally(20_000, done=1_000, unchanged=9_000, failed=2),
            100.0,
            (
                "[############............] 10,002/20,000  10.0/s  16:38 left  1,000 done  "
                "9,000 unchanged  2 failed"
            ),
        ),
        (
            Tally(20_000, done=2),
            1.0,
            "[........................] 2/20,000  2.0/s  2:46:39 left  2 done  0 failed",
        ),
    ),
)
def test_a_bar(tally: Tally, seconds: float, line: str) -> None:
    assert bar_line(tally, seconds, 120) == line


def test_a_bar_fits_into_the_terminal() -> None:
    told = "10,002/20,000  10.0/s  16:38 left  1,000 done  9,000 unchanged  2 failed"
    for columns in range(10, 130):
        line = bar_line(Tally(20_000, done=1_000, unchanged=9_000, failed=2), 100.0, columns)
        assert len(line) < columns
        assert line.endswith(told) or told.startswith(line)


@pytest.mark.skipif(sys.platform == "win32", reason="makes a terminal as Unix has them")
def test_on_a_terminal(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not everywhere

    folder = batches.folder_of(tmp_path / "in", 5)
    (folder / "bad.xlsx").touch()
    ours, theirs = pty.openpty()
    done = subprocess.run(
        batches.command("batch", folder, "--out", tmp_path / "out", "--workers", 0),
        env=batches.environment(),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    said = b""
    while piece := _read(ours):
        said += piece
    os.close(ours)
    lines = said.decode().replace("\r\n", "\n").split("\n")
    assert done.returncode == 1
    assert "failed: bad.xlsx is empty (0 bytes)." in lines[1]
    assert re.match(r"\[#+\] 6/6  ", lines[-2].rpartition("\r")[2])
    assert lines[-2].endswith("5 done  1 failed")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # its other end is closed and all is read
        return b""
