"""Stores that fsspec reaches: one in memory, and one without whole puts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from perf_addin.adapters.remote.inputs import RemoteInputs
from perf_addin.adapters.remote.results import RemoteJournal, RemoteResults
from perf_addin.adapters.remote.stores import store_at
from perf_addin.domain.errors import InputError, OutputError, UsageError
from perf_addin.entry.cli import main
from tests import batches

LARGEST = 1000


@pytest.fixture
def memory() -> Iterator[Any]:
    """A store in memory, empty before and after."""
    store = fsspec.filesystem("memory")
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


@pytest.fixture
def inputs(memory: Any) -> RemoteInputs:  # noqa: ANN401 - fsspec has no types
    for name in ("b.xlsx", "a/c.xlsm", "a/deep/d.xlsx", "~$b.xlsx", ".h/e.xlsx", "notes.txt"):
        memory.pipe_file(f"/in/{name}", name.encode())
    return RemoteInputs(LARGEST)


OUT = "memory://out"


@pytest.mark.parametrize(
    ("paths", "base", "keys"),
    (
        (["memory://in"], "memory://in", ["a/c.xlsm", "a/deep/d.xlsx", "b.xlsx"]),
        (["memory://in/a/"], "memory://in/a", ["c.xlsm", "deep/d.xlsx"]),
        (["memory://in/a/deep", "memory://in/b.xlsx"], "memory://in", ["a/deep/d.xlsx", "b.xlsx"]),
        (["memory://in/*.xlsx"], "memory://in", ["b.xlsx"]),
        (["memory://in/a*"], "memory://in", ["a/c.xlsm", "a/deep/d.xlsx"]),
        (["memory://in/notes.txt"], "memory://in", ["notes.txt"]),
    ),
)
def test_what_is_found(inputs: RemoteInputs, paths: list[str], base: str, keys: list[str]) -> None:
    found = inputs.find(paths, OUT)
    assert found.base == base
    assert [key for key, _ in found.files] == keys
    for key, address in found.files:
        assert address == f"memory://in/{inputs.read(address).decode()}"
        assert address.endswith(f"/{key}")


def test_what_is_passed_over(inputs: RemoteInputs) -> None:
    assert inputs.find(["memory://in"], "memory://in/a").skipped == {
        "hidden": 1,
        "lock files": 1,
        "other files": 1,
        "own results": 2,
    }


def test_results_of_another_run_are_passed_over(inputs: RemoteInputs, memory: Any) -> None:  # noqa: ANN401
    memory.pipe_file("/in/a/.perf-addin/manifest.jsonl", b"")
    assert [key for key, _ in inputs.find(["memory://in"], OUT).files] == ["b.xlsx"]


@pytest.mark.parametrize(
    ("paths", "out", "kind", "said"),
    (
        (["memory://in"], "memory://in", UsageError, "holds the inputs"),
        (["memory://in/a"], "memory://in", UsageError, "holds the inputs"),
        (["memory://nothing"], OUT, InputError, "does not exist"),
        (["memory://in/*.nothing"], OUT, InputError, "fits no file"),
        (["memory://in", "local:///"], OUT, UsageError, "different stores"),
        (["simplecache::memory://in"], OUT, UsageError, "chained"),
        (["nothing://in"], OUT, UsageError, "cannot be used"),
    ),
)
def test_refusals(
    inputs: RemoteInputs, paths: list[str], out: str, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        inputs.find(paths, out)


def test_a_file_that_is_too_large_or_gone(inputs: RemoteInputs, memory: Any) -> None:  # noqa: ANN401
    memory.pipe_file("/in/large.xlsx", b"x" * (LARGEST + 1))
    with pytest.raises(InputError, match="has 1,001 bytes"):
        inputs.read("memory://in/large.xlsx")
    with pytest.raises(InputError, match="cannot be read"):
        inputs.read("memory://in/gone.xlsx")


@pytest.mark.parametrize("kind", ("memory", "local"))
def test_results(memory: Any, kind: str, tmp_path: Path) -> None:  # noqa: ANN401, ARG001
    address = OUT if kind == "memory" else f"local://{tmp_path}/out"
    results = RemoteResults(address)
    assert results.read("a/x.xlsx") is None
    results.put("a/x.xlsx", b"one", backup=True)()
    results.put("a/x.xlsx", b"two", backup=True)()
    results.put_pieces("t.csv", lambda: iter((b"1", b"2")))
    assert results.read("a/x.xlsx") == b"two"
    assert results.read("a/x.xlsx.bak") == b"one"
    assert results.read("t.csv") == b"12"
    assert results.names("") == ["a/x.xlsx", "a/x.xlsx.bak", "t.csv"]


def test_a_move_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = RemoteResults(f"local://{tmp_path}")
    results.put("x.xlsx", b"one", backup=False)()

    def fail(*_: object) -> None:
        raise OSError("the line is cut")

    monkeypatch.setattr(store_at(f"local://{tmp_path}").files, "mv", fail)
    with pytest.raises(OutputError, match="the line is cut"):
        results.put("x.xlsx", b"two", backup=False)()
    assert results.names("") == ["x.xlsx"]
    assert results.read("x.xlsx") == b"one"


def test_a_journal_in_segments(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    monkeypatch.setattr("perf_addin.adapters.remote.results._SEGMENT_SECONDS", 0)
    journal = RemoteJournal(OUT)
    journal.append(["one"])
    journal.append(["two", "three"])
    killed = RemoteJournal(OUT)  # the first was killed: it never joined its segments
    assert list(killed.lines()) == ["one", "two", "three"]
    killed.append(["four"])
    assert len(memory.find("/out/.perf-addin/manifest")) == 3
    killed.close()
    assert memory.find("/out/.perf-addin/manifest") == []
    assert list(RemoteJournal(OUT).lines()) == ["one", "two", "three", "four"]


def test_what_a_killed_worker_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / "a" / ".perf-addin-0123456789ab.tmp"
    left.parent.mkdir()
    left.touch()
    RemoteJournal(f"local://{tmp_path}").close()
    assert not left.exists()


@pytest.mark.parametrize("kind", ("memory", "local"))
def test_a_batch_from_store_to_store(
    memory: Any,  # noqa: ANN401
    kind: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = batches.folder_of(tmp_path / "in", 5)
    root = {"memory": "memory://", "local": f"local://{tmp_path}/"}[kind]
    if kind == "memory":
        memory.put(str(folder), "/in", recursive=True)
    alone = tmp_path / "alone"
    assert main(["batch", str(folder), "--out", str(alone), "--workers", "0"]) == 0
    workers = "0" if kind == "memory" else "2"
    arguments = ["batch", f"{root}in", "--out", f"{root}out", "--workers", workers]
    capsys.readouterr()
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("5 done, 0 unchanged, 0 failed.")
    results = RemoteResults(f"{root}out")
    expected = batches.contents(alone)
    names = [name for name in results.names("") if not name.endswith("manifest.jsonl")]
    assert names == sorted(expected)
    for name in names:
        if name != "summary.html":  # it says where the workbooks came from
            assert results.read(name) == expected[name]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("0 done, 5 unchanged, 0 failed.")


def test_names_that_lead_out_of_the_results(
    memory: Any,  # noqa: ANN401
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A store may have names that no disk has."""
    good = batches.workbook(tmp_path / "x.xlsx").read_bytes()
    for name in ("/in/good.xlsx", "/in/../../bad.xlsx", "/in/a/../../../worse.xlsx"):
        memory.store[name] = memory.store.get(name) or fsspec.implementations.memory.MemoryFile(
            memory, name, good
        )
    out = tmp_path / "results" / "out"
    assert main(["batch", "memory://in", "--out", str(out), "--workers", "0"]) == 1
    assert capsys.readouterr().out.startswith("1 done, 0 unchanged, 2 failed.")
    assert [path.name for path in tmp_path.rglob("*.xlsx")] == ["x.xlsx", "good.xlsx"]
