"""A batch on a real Dask scheduler with two worker processes, one of which is killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client
from distributed.client import ClosedClientError

from perf_addin.entry.cli import main
from tests import batches

FILES = 60


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _dask(
    *arguments: object, log: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's, ended with the block."""
    words = [sys.executable, "-m", "distributed.cli." + str(arguments[0]), *map(str, arguments[1:])]
    with log.open("wb") as file:
        process = subprocess.Popen(
            words, stdout=file, stderr=file, env=environment, cwd=log.parent, start_new_session=True
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Cluster:
    """A scheduler's address, and its worker processes."""

    def __init__(
        self,
        address: str,
        scheduler: subprocess.Popen[bytes],
        workers: Sequence[subprocess.Popen[bytes]],
    ) -> None:
        """Bind them."""
        self.address = address
        self.scheduler = scheduler
        self.workers = workers


@contextmanager
def cluster(folder: Path, package: dict[str, str], workers: int = 2) -> Iterator[Cluster]:
    """A scheduler that does not have perf-addin, and workers that do."""
    address = f"tcp://127.0.0.1:{_free_port()}"
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    where = ("--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard")
    with _dask(
        "dask_scheduler", *where, log=folder / "scheduler.log", environment=plain
    ) as scheduler:
        started = []
        options = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--memory-limit", 0)
        contexts = [
            _dask("dask_worker", address, *options, log=folder / f"{n}.log", environment=package)
            for n in range(workers)
        ]
        try:
            started = [context.__enter__() for context in contexts]
            yield Cluster(address, scheduler, started)
        finally:
            for context in contexts[: len(started)]:
                context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = batches.folder_of(tmp_path_factory.mktemp("cluster") / "in", FILES)
    (folder / "bad.xlsx").write_text("no workbook", encoding="ascii")
    return folder


def test_a_worker_is_killed_and_every_workbook_accounted_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "alone"
    assert main(["batch", str(folder), "--out", str(alone), "--workers", "0", "--quiet"]) == 1
    out = tmp_path / "out"
    with cluster(tmp_path, batches.environment()) as dask:
        process = batches.start("batch", folder, "--out", out, "--scheduler", dask.address)
        until = time.monotonic() + 40
        while sum(1 for _ in out.glob("team*/index*.xlsx")) < FILES // 6:
            assert time.monotonic() < until, process.communicate(timeout=1)
            time.sleep(0.005)
        os.kill(dask.workers[0].pid, signal.SIGKILL)
        shown, said = process.communicate(timeout=60)
        assert shown.startswith(f"{FILES} done, 0 unchanged, 1 failed."), said
        assert process.returncode == 1
        assert "bad.xlsx is a text" in said
        batches.assert_same(out, batches.contents(alone))
        again = main(["batch", str(folder), "--out", str(out), "--scheduler", dask.address])
        assert again == 1
        batches.assert_same(out, batches.contents(alone))
        limited = ["batch", str(folder), "--scheduler", dask.address, "--out"]
        assert main([*limited, str(tmp_path / "limited"), "--timeout", "60"]) == 1
        batches.assert_same(tmp_path / "limited", batches.contents(alone))
        one = batches.workbook(tmp_path / "one" / "index.xlsx")
        capsys.readouterr()
        limited[1] = str(one)
        assert main([*limited, str(tmp_path / "late"), "--timeout", "0.0001"]) == 1
        assert "It took longer than 0.0001 seconds (--timeout)" in capsys.readouterr().err


@pytest.mark.parametrize("closed", (False, True))
def test_a_scheduler_that_is_gone_ends_the_run_and_not_the_results(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    closed: bool,
) -> None:
    """Whether or not the client gave up on it first, which it does after a while."""
    if closed:

        def refuse(*_: object) -> None:
            raise ClosedClientError

        monkeypatch.setattr(Client, "cancel", refuse)
    module = "perf_addin.adapters.cluster.cluster"
    monkeypatch.setattr(f"{module}._COUNT_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(f"{module}._WITHOUT_WORKERS_SECONDS", 1)
    monkeypatch.setattr(f"{module}._FETCH_SECONDS", 0.2)
    out = tmp_path / "out"
    finished = threading.Event()
    with cluster(tmp_path, batches.environment(), workers=1) as dask:

        def kill() -> None:
            while not (finished.wait(0.005) or list(out.glob("team*/index*.xlsx"))):
                pass
            dask.scheduler.kill()

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        code = main(["batch", str(folder), "--out", str(out), "--scheduler", dask.address])
        finished.set()
        killer.join()
    assert code == 2
    assert "the scheduler or all its workers are gone" in capsys.readouterr().err
    assert main(["batch", str(folder), "--out", str(out), "--workers", "0", "--tables", "csv"]) == 1


def test_workers_of_another_version_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = Path(batches.environment()["PYTHONPATH"]) / "perf_addin"
    other = tmp_path / "other"
    shutil.copytree(package, other / "perf_addin", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "perf_addin" / "__init__.py").write_text('__version__ = "99.0"\n', encoding="ascii")
    changed = {**os.environ, "PYTHONPATH": str(other)}
    with cluster(tmp_path, changed, workers=1) as dask:
        out = tmp_path / "out"
        code = main(["batch", str(folder), "--out", str(out), "--scheduler", dask.address])
    assert code == 2
    said = capsys.readouterr().err
    assert "the workers have perf-addin 99.0" in said
    assert "Install the same everywhere" in said


def test_nobody_answers(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("perf_addin.adapters.cluster.cluster._CONNECT_SECONDS", 1)
    address = f"tcp://127.0.0.1:{_free_port()}"
    code = main(["batch", str(folder), "--out", str(tmp_path / "out"), "--scheduler", address])
    assert code == 2
    assert "no Dask scheduler answers there" in capsys.readouterr().err
