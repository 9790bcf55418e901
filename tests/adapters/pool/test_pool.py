"""Worker processes that are killed, sleep, or do not start: each costs its own task at most."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import inf
from pathlib import Path

import pytest

from perf_addin.adapters.pool.here import Here
from perf_addin.adapters.pool.pool import Pool
from perf_addin.domain.errors import UsageError
from tests.adapters.pool import work

Result = int | str


def lost(task: int, reason: str) -> str:
    return f"{task}: {reason}"


def done_by(
    function: Callable[[int], int],
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


def test_a_task_that_kills_its_worker_twice_is_lost_alone() -> None:
    results = done_by(work.fall_at_seven, range(20))
    assert numbers(results) == [n for n in range(20) if n != 7]
    (failure,) = (result for result in results if isinstance(result, str))
    assert failure.startswith("7: ")
    assert "twice (SIGKILL)" in failure


def test_a_task_whose_worker_was_killed_by_chance_is_done_again(tmp_path: Path) -> None:
    function = partial(work.fall_once_at_seven, str(tmp_path))
    assert numbers(done_by(function, range(20))) == list(range(20))
    assert (tmp_path / "fallen").exists()


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
    assert taken <= results + 2 * 3
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
