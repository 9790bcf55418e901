"""The command `watch`, on a folder into which workbooks are saved."""

from __future__ import annotations

import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests import batches

SECONDS = 20


class Watching:
    """A running watch, and the lines that it says."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it."""
        self.process: subprocess.Popen[str] = batches.start(
            "watch", folder, "--settle", "0.3", "--poll", "0.05", *options
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def next(self) -> str:
        """The next line, without the time of day."""
        line = self._lines.get(timeout=SECONDS)
        assert re.match(r"\d\d:\d\d:\d\d ", line)
        return line[9:]

    def is_quiet(self) -> bool:
        """Whether it says nothing for a while that is long enough for anything."""
        try:
            self._lines.get(timeout=0.8)
        except queue.Empty:
            return True
        return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; gives its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=SECONDS)
        self._reader.join()
        assert self.process.stderr is not None
        assert self.process.stderr.read() == ""
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return batches.workbook(tmp_path / "in" / "team" / "index.xlsx").parent.parent


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    started = Watching(folder)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.stop(signal.SIGKILL)


def test_a_month(folder: Path, watching: Watching, tmp_path: Path) -> None:
    """Workbooks are saved, are open, are none; results trigger nothing; at the end it stops."""
    rated = folder / "rated"
    assert watching.next() == f"watching {folder}; results in {rated}"
    assert watching.next() == "rated team/index.xlsx: 1 red, 0 amber, 1 green, 0 not rated"
    assert (
        main(["report", str(folder / "team" / "index.xlsx"), "-o", str(tmp_path / "x.xlsx")]) == 0
    )
    assert (rated / "team" / "index.xlsx").read_bytes() == (tmp_path / "x.xlsx").read_bytes()
    assert watching.is_quiet()

    saved = batches.workbook(tmp_path / "saved.xlsx", figure=70)
    shutil.copyfile(saved, folder / "team" / "index.xlsx")
    assert watching.next().startswith("rated team/index.xlsx: 2 red")

    lock = folder / "~$new.xlsx"
    lock.write_bytes(b"\x05Maria" + bytes(200))
    shutil.copyfile(saved, folder / "new.xlsx")
    assert watching.next() == "waiting: new.xlsx is open in Excel"
    assert watching.is_quiet()
    lock.unlink()
    assert watching.next().startswith("rated new.xlsx: 2 red")

    (folder / "bad.xlsx").write_text("no workbook", encoding="ascii")
    assert watching.next().startswith("failed: bad.xlsx is a text or CSV file")
    shutil.copyfile(saved, folder / "bad.xlsx")
    assert watching.next().startswith("rated bad.xlsx: 2 red")

    assert watching.stop() == 0
    assert main(["batch", str(folder), "--out", str(rated), "--workers", "0", "--quiet"]) == 0
    manifest = (rated / ".perf-addin" / "manifest.jsonl").read_text(encoding="ascii")
    assert manifest.count('"state": "done"') == 4  # the batch had nothing to do


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")
def test_it_starts_where_it_stopped(folder: Path, watching: Watching) -> None:
    watching.next()
    assert watching.next().startswith("rated team/index.xlsx")
    assert watching.stop(signal.SIGINT) == 0
    again = Watching(folder)
    assert again.next().startswith("watching")
    assert again.is_quiet()
    folder.rename(folder.with_name("away"))
    assert again.next().startswith("waiting: ")
    folder.with_name("away").rename(folder)
    batches.workbook(folder / "other.xlsx")
    assert again.next().startswith("rated other.xlsx")
    assert again.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    (
        (("nowhere",), "nowhere is no folder"),
        (("s3://bucket/folder",), "is no folder of this computer"),
        ((".", "--settle", "soon"), "--settle: found 'soon'"),
        ((".", "--out", "."), "holds the inputs"),
    ),
)
def test_refusals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["watch", *arguments]) == 2
    assert said in capsys.readouterr().err
