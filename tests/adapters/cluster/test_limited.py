"""Tasks of a cluster that may take only so long."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest

from perf_addin.adapters.cluster.limited import end_beside, limited


def work(job: str, task: str) -> tuple[str, int]:
    """Do what the task says; give it back with the process that did it."""
    sys.stdout.write("what is printed is no answer")
    sys.stdout.flush()
    if task == "sleep":
        time.sleep(60)
    if task == "spin":
        while True:
            pass
    if task == "die":
        os._exit(3)
    return f"{job} {task}", os.getpid()


def lost(task: str, why: str) -> tuple[str, int]:
    """The outcome of a task that had none."""
    return f"{task}: {why}", 0


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    end_beside()


DO = partial(work, "job")


def test_one_process_beside_this_one_does_one_task_after_the_other() -> None:
    done = [limited(DO, lost, 60, task) for task in ("a", "b")]
    assert [text for text, _ in done] == ["job a", "job b"]
    (process,) = {pid for _, pid in done}
    assert process != os.getpid()
    text, other = limited(partial(work, "another"), lost, 60, "a")
    assert (text, other != process) == ("another a", True)


@pytest.mark.parametrize("task", ("sleep", "spin"))
def test_a_task_that_takes_too_long_is_ended_and_the_next_one_done(task: str) -> None:
    _, process = limited(DO, lost, 60, "a")
    assert limited(DO, lost, 0.2, task) == (
        f"{task}: It took longer than 0.2 seconds (--timeout).",
        0,
    )
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    text, other = limited(DO, lost, 60, "b")
    assert (text, other != process) == ("job b", True)


def test_a_process_that_dies_is_told_and_replaced() -> None:
    with pytest.raises(RuntimeError, match="has died"):
        limited(DO, lost, 60, "die")
    assert limited(DO, lost, 60, "a")[0] == "job a"


def test_what_cannot_be_started_is_told() -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        limited(partial(_gone, "job"), lost, 60, "a")


class _Gone:
    """A function that cannot be unpickled elsewhere."""

    def __call__(self, _job: str, task: str) -> tuple[str, int]:
        """Never called."""
        return task, 0

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """What fails where it is unpickled."""
        return int, ("no number",)


_gone = _Gone()
