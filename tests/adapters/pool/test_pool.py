"""Worker processes that are killed, sleep, or do not start: each costs its own task at most."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import inf
from pathlib import Path

import pytest

from perf_addin.adapters.pool.here import Here
from perf_addin.adapters.pool.pool import _AHEAD, _LATE, _MOST_IN_PACKET, Pool
from perf_addin.adapters.pool.starting import can_copy
from perf_addin.adapters.pool.worker import READY, Held, serve
from perf_addin.domain.errors import UsageError
from tests.adapters.pool import work

Result = int | str


def lost(task: int, reason: str) -> str:
    return f"{task}: {reason}"


def done_by(
    function: Callable[[int], Callable[[], int]],
    tasks: Iterable[int],
    *,
    workers: int = 2,
    seconds: float = inf,
    stopping: Callable[[], bool] = lambda: False,
) -> list[Result]:
    pool: Pool[int, Result] = Pool(function, lost, workers=workers, seconds=seconds)
    return [result for group in pool.run(tasks, stopping) for result in group]


def numbers(results: list[Result]) -> list[int]:
    return sorted(result for result in results if isinstance(result, int))


def test_every_task_is_done_once() -> None:
    assert numbers(done_by(work.square, range(100))) == [n * n for n in range(100)]


def test_without_tasks_no_process_is_started() -> None:
    assert done_by(work.Unwilling(), ()) == []


@pytest.mark.parametrize("function", (work.fall_at_seven, work.fall_at_the_end_of_seven))
@pytest.mark.parametrize("workers", (1, 2))
def test_a_task_that_kills_its_worker_twice_is_lost_alone(
    function: Callable[[int], Callable[[], int]], workers: int
) -> None:
    results = done_by(function, range(20), workers=workers)
    assert numbers(results) == [n for n in range(20) if n != 7]
    (failure,) = (result for result in results if isinstance(result, str))
    assert failure.startswith("7: ")
    assert "twice (SIGKILL)" in failure


def test_a_task_whose_worker_was_killed_by_chance_is_done_again(tmp_path: Path) -> None:
    function = partial(work.fall_once_at_seven, str(tmp_path))
    assert numbers(done_by(function, range(20))) == list(range(20))
    assert (tmp_path / "fallen").exists()


@pytest.mark.parametrize("workers", (1, 2))
def test_a_worker_that_is_told_to_stop_loses_nothing(tmp_path: Path, workers: int) -> None:
    """Neither of the packet that it is at nor of those that wait."""
    function = partial(work.stop_once_at_seven, str(tmp_path))
    assert numbers(done_by(function, range(300), workers=workers)) == list(range(300))
    assert (tmp_path / "stopped").exists()


def test_a_task_that_takes_too_long_is_lost_alone() -> None:
    results = done_by(work.sleep_at_seven, range(20), seconds=0.5)
    assert numbers(results) == [n for n in range(20) if n != 7]
    assert [result for result in results if isinstance(result, str)] == [
        "7: It took longer than 0.5 seconds (--timeout)."
    ]


def test_workers_that_do_not_start_are_said_so() -> None:
    with pytest.raises(UsageError, match=r"end as soon as they start \(exit code 3\)"):
        done_by(work.Unwilling(), range(3))


def test_tasks_are_taken_a_few_ahead_only() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    pool: Pool[int, Result] = Pool(work.take_a_while, lost, workers=2)
    running = pool.run(tasks(), lambda: False)
    results = 0
    while results < 5:
        results += len(next(running))
    assert taken <= results + 2 * (_AHEAD + _LATE)
    running.close()  # type: ignore[attr-defined]


def test_asked_to_stop_the_tasks_under_way_are_ended() -> None:
    seen = 0

    def stopping() -> bool:
        nonlocal seen
        seen += 1
        return seen > 3

    results = done_by(work.take_a_while, range(1_000), stopping=stopping)
    assert results
    assert len(results) < 20
    assert len(numbers(results)) == len(results)


def notes(folder: Path) -> list[tuple[str, int]]:
    """What was begun and ended, in order."""
    lines = (folder / "notes").read_text(encoding="ascii").splitlines()
    return [(line.split()[0], int(line.split()[1])) for line in lines]


def ended(folder: Path) -> list[int]:
    return [number for what, number in notes(folder) if what == "ended"]


@pytest.mark.parametrize(("seconds", "late"), ((inf, _LATE), (60.0, 0)))
def test_the_end_of_a_task_waits_while_a_few_others_are_worked_on(
    tmp_path: Path, seconds: float, late: int
) -> None:
    function = partial(work.note, str(tmp_path))
    results = done_by(function, range(30), workers=1, seconds=seconds)
    assert results == ended(tmp_path) == list(range(30))
    waiting = most = 0
    for what, _ in notes(tmp_path):
        waiting += 1 if what == "begun" else -1
        most = max(most, waiting)
    assert most == late + 1
    assert waiting == 0


def test_no_end_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("perf_addin.adapters.pool.worker.monotonic", lambda: now[0])
    here, there = multiprocessing.Pipe()
    here.send([1, 2])
    held = Held()
    held.begin(there, work.square)
    held.begin(there, work.square)
    assert not held.is_late(2)
    now[0] += 1
    assert held.is_late(2)
    held.end(there)
    held.end(there)
    assert here.recv() == [1, 4]


def test_short_tasks_are_given_and_answered_a_few_at_once_but_for_the_last() -> None:
    pool: Pool[int, Result] = Pool(work.square, lost, workers=2)
    groups = [len(group) for group in pool.run(range(400), lambda: False) if group]
    assert sum(groups) == 400
    assert max(groups) >= _MOST_IN_PACKET
    assert groups[-1] <= 2


def test_no_end_waits_where_nothing_else_is_to_be_done(tmp_path: Path) -> None:
    pool: Pool[int, Result] = Pool(partial(work.note, str(tmp_path)), lost, workers=1)

    def tasks() -> Iterator[int]:
        yield 0
        while not (tmp_path / "notes").exists() or ended(tmp_path) != [0]:
            time.sleep(0.005)
        yield 1

    assert [result for group in pool.run(tasks(), lambda: False) for result in group] == [0, 1]


def test_asked_to_stop_nothing_that_was_begun_is_lost(tmp_path: Path) -> None:
    seen = 0

    def stopping() -> bool:
        nonlocal seen
        seen += 1
        return seen > 30

    pool: Pool[int, Result] = Pool(partial(work.note, str(tmp_path)), lost, workers=2)
    results: list[Result] = []
    for group in pool.run(range(1_000), stopping):
        results += group
        if seen > 30:
            for worker in pool._workers:  # a second one, as from a terminal
                worker.process.terminate()
    begun = [number for what, number in notes(tmp_path) if what == "begun"]
    assert 0 < len(begun) < 500
    assert sorted(begun) == sorted(ended(tmp_path)) == numbers(results)


def test_a_task_that_was_begun_when_the_others_left_is_ended(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    function = partial(work.note, str(tmp_path))
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(there, function, _LATE)
    )
    process.start()
    there.close()
    for number in range(3):
        here.send([number])
    assert here.recv() == READY
    here.close()
    process.join(10)
    assert process.exitcode == 0
    begun = [number for what, number in notes(tmp_path) if what == "begun"]
    assert begun == ended(tmp_path)
    process.close()


def test_no_process_is_left_behind() -> None:
    pool: Pool[int, Result] = Pool(work.take_a_while, lost, workers=2)
    running = pool.run(range(1_000), lambda: False)
    next(running)
    pids = [worker.process.pid for worker in pool._workers]
    running.close()  # type: ignore[attr-defined]
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_here_does_the_same_in_this_process() -> None:
    here: Here[int, int] = Here(work.square)
    assert list(here.run(range(3), lambda: False)) == [[0], [1], [4]]
    assert list(here.run(range(3), lambda: True)) == []


def test_here_ends_a_task_while_the_next_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: Here[int, int] = Here(partial(work.note, str(tmp_path)))
    asked = iter((False, False, False, True))
    monkeypatch.setattr("perf_addin.adapters.pool.here._LATE", 1)
    assert list(here.run(range(9), lambda: next(asked))) == [[0], [1], [2]]
    begun_and_ended = [(what, n) for n in range(1, 3) for what in ("begun", "ended")]
    assert sorted(notes(tmp_path)) == sorted([("begun", 0), ("ended", 0), *begun_and_ended])
    assert notes(tmp_path)[:3] == [("begun", 0), ("begun", 1), ("ended", 0)]


def test_no_long_task_waits_behind_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perf_addin.adapters.pool.pool._LONG_SECONDS", 0.04)
    pool: Pool[int, Result] = Pool(work.take_a_while, lost, workers=2)
    held = 0
    for _ in pool.run(range(8), lambda: False):
        held = max(held, *(len(worker.waiting) for worker in pool._workers))
    assert held == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send it to one process")
def test_an_interrupt_is_nothing_to_a_worker_that_starts() -> None:
    pool: Pool[int, Result] = Pool(work.SlowToStart(), lost, workers=1)
    running = pool.run(range(3), lambda: False)
    next(running)
    pid = pool._workers[0].process.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert [result for group in running for result in group] == [0, 1, 2]
    assert pool._failed_starts == 0


def skip_unless_copied() -> None:
    """Tests of other modules may have started threads; below they are run in a fresh process."""
    if not can_copy():
        pytest.skip("copies are made on Linux only, of a process with one thread")


@pytest.mark.parametrize("function", (work.square, work.fall_at_seven))
def test_copies_of_this_process_do_the_same(function: Callable[[int], Callable[[], int]]) -> None:
    skip_unless_copied()
    pool: Pool[int, Result] = Pool(function, lost, workers=2)
    pool.start(5)
    assert len(pool._workers) == 2
    results = [result for group in pool.run(range(20), lambda: False) for result in group]
    assert len(results) == 20
    assert numbers(results) == numbers(done_by(function, range(20), workers=1))


def test_no_copy_holds_the_pipe_of_another() -> None:
    skip_unless_copied()
    pool: Pool[int, Result] = Pool(work.square, lost, workers=3)
    pool.start(9)
    for worker in pool._workers:
        worker.pipe.close()  # as where this process dies
        worker.process.join(10)
        assert worker.process.exitcode == 0
    pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")
def test_copies_of_a_process_with_one_thread() -> None:
    chosen = "copies_of_this_process or holds_the_pipe_of_another"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen]
    done = subprocess.run(
        [*command, __file__], capture_output=True, text=True, check=False, timeout=120
    )
    assert "3 passed" in done.stdout, done.stdout
    assert "skipped" not in done.stdout


def test_no_more_copies_are_made_than_there_are_tasks() -> None:
    pool: Pool[int, Result] = Pool(work.square, lost, workers=3)
    pool.start(1)
    assert len(pool._workers) == (1 if can_copy() else 0)
    pool.close()
    assert pool._workers == []


def test_no_copy_is_made_of_a_process_with_threads() -> None:
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    try:
        assert not can_copy()
    finally:
        go_on.set()
        thread.join()
