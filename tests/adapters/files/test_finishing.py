"""Steps that other threads do: each is waited for, and what it raises is told to who waits."""

from __future__ import annotations

import threading

import pytest

from perf_addin.adapters.files.finishing import Finisher


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


def test_without_threads_steps_are_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    seen: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        finisher = Finisher()
        finishing = finisher.begin(lambda: seen.append(1))
        assert seen == [1]
        finishing()
    finisher.begin(lambda: seen.append(2))()
    assert seen == [1, 2]
