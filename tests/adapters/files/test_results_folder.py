"""A folder of results: files put in it whole, never outside it, and its manifest."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from perf_addin.adapters.files.results_folder import FolderJournal, ResultsFolder
from perf_addin.domain.errors import OutputError


def test_a_file_and_its_folders(tmp_path: Path) -> None:
    results = ResultsFolder(str(tmp_path / "out"))
    assert results.read("a/b/x.xlsx") is None
    results.put("a/b/x.xlsx", b"one", backup=False)()
    assert results.read("a/b/x.xlsx") == b"one"
    results.put("a/b/x.xlsx", b"two", backup=True)()
    assert results.read("a/b/x.xlsx.bak") == b"one"
    results.put_pieces("t.csv", lambda: iter((b"1", b"2")))
    assert results.read("t.csv") == b"12"
    results.put_rows("rows/x.gz", b"one")
    results.put_rows("rows/x.gz", b"two")
    assert results.read("rows/x.gz") == b"two"
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.tmp")) == []


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "out" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "out" / "x.xlsx").symlink_to(tmp_path / "outside" / "x.xlsx")
    results = ResultsFolder(str(tmp_path / "out"))
    for name in ("folder/x.xlsx", "folder/new/x.xlsx", "x.xlsx", "../outside/x.xlsx"):
        with pytest.raises(OutputError, match="out of the folder of results"):
            results.put(name, b"one", backup=False)()
        with pytest.raises(OutputError, match="out of the folder of results"):
            results.put_rows(name, b"one")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    results = ResultsFolder(str(tmp_path / "out"))
    with pytest.raises(OutputError):
        results.put("x" * 300 + ".xlsx", b"one", backup=False)()
    with pytest.raises(OutputError):
        results.put("x" * 300 + "/x.xlsx", b"one", backup=False)()
    with pytest.raises(OutputError):
        results.put_rows("x" * 300, b"one")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputError, match="a file of that name is in the way"):
        ResultsFolder(str(tmp_path)).put("a/x.xlsx", b"one", backup=False)()


def test_a_journal_keeps_lines(tmp_path: Path) -> None:
    journal = FolderJournal(str(tmp_path / "out"))
    journal.append(["one", "two"])
    journal.append([])
    with pytest.raises(OutputError, match="Another run is writing"):
        FolderJournal(str(tmp_path / "out"))
    journal.close()
    again = FolderJournal(str(tmp_path / "out"))
    again.append(["three"])
    assert [line.rstrip() for line in again.lines()] == ["one", "two", "three"]
    again.close()


def test_after_a_line_that_was_cut_short_the_next_is_whole(tmp_path: Path) -> None:
    journal = FolderJournal(str(tmp_path))
    journal.append(["one"])
    journal.close()
    with (tmp_path / ".perf-addin" / "manifest.jsonl").open("ab") as file:
        file.write(b"tw")
    again = FolderJournal(str(tmp_path))
    again.append(["three"])
    assert [line.rstrip() for line in again.lines()] == ["one", "tw", "three"]
    again.close()


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / "a" / ".perf-addin-0123456789ab.tmp"
    left.parent.mkdir()
    left.touch()
    journal = FolderJournal(str(tmp_path))
    assert not left.exists()
    left.touch()  # by a worker that is killed now
    journal.close()
    assert not left.exists()


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = FolderJournal(str(tmp_path))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        journal.append(["one"])
    journal.close()


def test_many_lines_do_not_wait_for_the_disk_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    now = [100.0]
    monkeypatch.setattr("os.fsync", waits.append)
    monkeypatch.setattr("perf_addin.adapters.files.results_folder.monotonic", lambda: now[0])
    journal = FolderJournal(str(tmp_path))
    for number in range(50):
        journal.append([str(number)])
        assert list(journal.lines())[-1] == f"{number}\n"  # there for whoever kills us
    assert len(waits) == 1
    now[0] += 1
    journal.append(["later"])
    assert len(waits) == 2
    journal.append(["last"])
    journal.close()
    assert len(waits) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="locks there are others")
def test_a_share_that_knows_no_locks_and_no_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("fcntl.flock", unknown)
    monkeypatch.setattr("os.fsync", unknown)
    journal = FolderJournal(str(tmp_path))
    journal.append(["one"])
    assert list(journal.lines()) == ["one\n"]
    journal.close()
