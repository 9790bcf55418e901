"""When a workbook is worked on: saved, quiet, and open nowhere."""

from __future__ import annotations

from perf_addin.application.batch.watching import Look, Stamp, Watch

OLD, NEW = Stamp(10, 1), Stamp(12, 2)
NOTHING = Look((), ())


def nobody(_key: str) -> bool:
    return False


def somebody(_key: str) -> bool:
    return True


def test_a_file_is_ready_once_it_has_been_quiet() -> None:
    watch = Watch(2)
    assert watch.look(0, {"a": OLD}, nobody) == NOTHING
    assert watch.look(1.9, {"a": OLD}, nobody) == NOTHING
    assert watch.look(2, {"a": OLD}, nobody) == Look(("a",), ())


def test_every_write_begins_the_wait_anew() -> None:
    watch = Watch(2)
    watch.look(0, {"a": OLD}, nobody)
    assert watch.look(1.9, {"a": NEW}, nobody) == NOTHING
    assert watch.look(3.8, {"a": NEW}, nobody) == NOTHING
    assert watch.look(3.9, {"a": NEW}, nobody).ready == ("a",)


def test_what_is_done_waits_for_the_next_save() -> None:
    watch = Watch(0)
    assert watch.look(0, {"a": OLD}, nobody).ready == ("a",)
    watch.done("a")
    assert watch.look(9, {"a": OLD}, nobody) == NOTHING
    assert watch.look(10, {"a": NEW}, nobody).ready == ("a",)


def test_a_file_that_is_open_waits_and_is_told_once() -> None:
    watch = Watch(0)
    assert watch.look(0, {"a": OLD}, somebody) == Look((), ("a",))
    assert watch.look(1, {"a": OLD}, somebody) == NOTHING
    assert watch.look(2, {"a": OLD}, nobody).ready == ("a",)


def test_a_failure_is_tried_again_ever_more_rarely() -> None:
    watch = Watch(2)
    watch.look(0, {"a": OLD}, nobody)
    tries, now = [], 2.0
    while now < 100:
        if watch.look(now, {"a": OLD}, nobody).ready:
            tries.append(now)
            watch.failed("a", now)
        now += 1
    assert tries == [2, 12, 32, 72]


def test_a_failure_that_is_saved_again_is_tried_at_once() -> None:
    watch = Watch(2)
    watch.look(0, {"a": OLD}, nobody)
    watch.failed("a", 2)
    watch.look(3, {"a": NEW}, nobody)
    assert watch.look(5, {"a": NEW}, nobody).ready == ("a",)


def test_a_file_that_is_gone_is_forgotten() -> None:
    watch = Watch(0)
    watch.look(0, {"a": OLD}, nobody)
    watch.done("a")
    assert watch.look(1, {}, nobody) == NOTHING
    assert watch.look(2, {"a": OLD}, nobody).ready == ("a",)
