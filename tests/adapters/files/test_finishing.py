"""Steps that other threads do: each is waited for, and what it raises is told to who waits."""

from __future__ import annotations

import threading

import pytest

from perf_addin.adapters.files.finishing import _TOGETHER, Finisher


def test_steps_are_done_in_other_threads_and_waited_for() -> None:
    finisher = Finisher()
    go_on = threading.Event()
    seen: list[int] = []

    def step(number: int) -> None:
        go_on.wait()
        seen.append(number)

    finishing = [finisher.begin(lambda n=number: step(n)) for number in range(20)]  # type: ignore[misc]
    assert seen == []
    go_on.set()
    for each in finishing:
        each()
    assert sorted(seen) == list(range(20))


def test_what_a_step_raises_is_told_to_who_waits_and_stops_no_other() -> None:
    finisher = Finisher()

    def fail() -> None:
        raise OSError(28, "full")

    failing, well = finisher.begin(fail), finisher.begin(lambda: None)
    with pytest.raises(OSError, match="full"):
        failing()
    well()


def test_without_threads_steps_are_done_by_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    seen: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        finisher = Finisher()
        finishing = [finisher.begin(lambda n=n: seen.append(n)) for n in range(20)]  # type: ignore[misc]
        for each in finishing:
            each()
    assert seen == list(range(20))
    finisher.begin(lambda: seen.append(20))()
    assert seen == list(range(21))


def test_a_step_that_stands_alone_is_done_by_who_waits_for_it() -> None:
    finisher = Finisher()
    seen: list[threading.Thread] = []
    finishing = finisher.begin(lambda: seen.append(threading.current_thread()))
    assert seen == []
    finishing()
    assert seen == [threading.current_thread()]


def test_steps_begin_when_there_are_a_few_or_some_time_has_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("perf_addin.adapters.files.finishing.monotonic", lambda: now[0])
    finisher = Finisher()
    begun = threading.Semaphore(0)
    for _ in range(_TOGETHER):
        finisher.begin(begun.release)
    assert all(begun.acquire(timeout=10) for _ in range(_TOGETHER))
    finisher.begin(begun.release)
    now[0] += 1
    assert not begun.acquire(timeout=0.01)
    finisher.begin(begun.release)
    assert all(begun.acquire(timeout=10) for _ in range(2))
