"""Worker processes that survive one another: a task that kills its worker costs that task alone.

The standard library's pool forgets which task a dead worker had, fails all others with it, and
cannot end a task that takes too long. Here every worker has a pipe of its own and does its tasks
in order. They come in packets of a few, answered together, since a message takes as long as a tenth
of the work on a small workbook. While the end of a task waits for the disk the worker is at the
next, so that of one that dies the first packet without an answer and a few tasks more are
suspected. Each of these is then given to a worker by itself.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from math import ceil, inf
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import length_hint
from time import monotonic
from typing import Generic, TypeVar

from perf_addin.adapters.pool.starting import can_copy, start_anew, start_copy
from perf_addin.adapters.pool.worker import READY
from perf_addin.domain.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")

# How many tasks may wait for the disk while the next is worked on: those that wait together, and
# a few more meanwhile. Elsewhere than on Linux a pipe may hold no more than 8 KiB: with more in it,
# both ends might wait until the other one reads.
_HAS_ROOM = sys.platform == "linux"
_LATE = 12 if _HAS_ROOM else 8
# One packet under way and two waiting: the worker never waits for us, and little is lost with it.
# Where tasks are long, none waits behind another while somebody is free.
_AHEAD = 3
# A packet holds several tasks where they are short and many are left: at the end every worker has
# as much to do as the others.
_MOST_IN_PACKET = 8 if _HAS_ROOM else 1
_PACKET_SECONDS = 0.1
_PACKETS_LEFT = 8
_LONG_SECONDS = 0.5
_LOOK_AGAIN_SECONDS = 0.25
_GRACE_SECONDS = 30.0
_FAILED_STARTS = 3


class _Worker(Generic[T]):
    """One process: the packets that it was given and has not answered, in order."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.waiting: deque[list[T]] = deque()
        self.alone = False
        self.ready = False
        self.since = monotonic()

    def takes(self, held: int) -> bool:
        """Whether it may be given a packet, holding so many at most."""
        return len(self.waiting) <= held and not (self.alone and self.waiting)

    def give(self, packet: list[T], *, alone: bool) -> None:
        """Give it tasks; where they are to be `alone`, it takes no other until it has answered."""
        if not self.waiting:
            self.since = monotonic()
        self.alone = alone
        self.waiting.append(packet)
        try:
            self.pipe.send(packet)
        except OSError:
            return  # it is dead, which is seen when its pipe is read

    def answered(self, number: int) -> tuple[float, list[T]]:
        """Take so many tasks of the first packet as done; the seconds of each, and those left.

        Some are left where the worker was told to stop.
        """
        packet = self.waiting.popleft()
        began, self.since = self.since, monotonic()
        return (self.since - began) / number, packet[number:]

    def end(self) -> str:
        """Kill it where it lives; say how it ended."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode or 0
        self.process.close()
        known = {number.value: number.name for number in signal.Signals}
        return known.get(-code, f"exit code {code}")


class Pool(Generic[T, R]):
    """So many processes, started when there is work or before, and replaced when they die."""

    def __init__(
        self,
        work: Callable[[T], Callable[[], R]],
        lost: Callable[[T, str], R],
        *,
        workers: int,
        seconds: float = inf,
    ) -> None:
        """Bind what is done.

        Args:
            work: works on a task; of a module that a fresh process can import. What it gives is
                called to end the task: it waits for the disk and gives the result. The tasks that
                follow may be begun before, but for where a task may take so long only.
            lost: the result of a task that has none, with the reason.
            workers: how many processes, at least 1.
            seconds: how long a task may take.
        """
        self._work = work
        self._lost = lost
        self._number = workers
        self._seconds = seconds
        self._workers: list[_Worker[T]] = []
        self._late = _LATE if seconds == inf else 0
        self._again: deque[T] = deque()
        self._suspects: deque[T] = deque()
        self._failed_starts = 0
        self._ending = False
        self._pace_seconds = inf  # what a task took of late; not known yet

    def start(self, most: int) -> None:
        """Start processes before there is work, so many at most; see `start_copy`.

        A copy holds whatever this process has open: call it before files are opened.
        """
        for _ in range(min(self._number, most) if can_copy() else 0):
            siblings = [worker.pipe for worker in self._workers]
            self._workers.append(_Worker(*start_copy(self._work, self._late, siblings)))

    def run(self, tasks: Iterable[T], stopping: Callable[[], bool]) -> Iterator[Sequence[R]]:
        """Do tasks; see `Workers.run`."""
        source = iter(tasks)
        try:
            while not stopping():
                self._fill(source)
                if not any(worker.waiting for worker in self._workers):
                    return
                yield self._collect()
            yield from self._wind_down()
        finally:
            self.close()

    def close(self) -> None:
        """End the processes that there are, whatever they are at."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _fill(self, source: Iterator[T]) -> None:
        """Give every worker as many packets as it may hold, evenly."""
        size = self._size(source)
        ahead = _AHEAD + ceil(self._late / size) if self._pace_seconds < _LONG_SECONDS else 1
        for held in range(ahead):
            for place in range(self._number):
                if place >= len(self._workers):
                    self._give(source, None)
                elif self._workers[place].takes(held):
                    self._give(source, self._workers[place])

    def _give(self, source: Iterator[T], worker: _Worker[T] | None) -> None:
        """Give a worker what is next, if there is anything for it; None is one to be started."""
        alone = bool(self._suspects) and (worker is None or not worker.waiting)
        ready = self._suspects if alone else self._again
        packet = [ready.popleft()] if ready else list(islice(source, self._size(source)))
        if not packet:
            return
        if worker is None:
            worker = _Worker(*start_anew(self._work, self._late))
            self._workers.append(worker)
        worker.give(packet, alone=alone)

    def _size(self, source: Iterator[T]) -> int:
        """How many tasks the next packet holds; one where each has its own time limit."""
        if self._seconds < inf or self._pace_seconds * _MOST_IN_PACKET > _PACKET_SECONDS:
            return 1
        share = length_hint(source) // (_PACKETS_LEFT * self._number)
        return max(1, min(_MOST_IN_PACKET, share))

    def _collect(self) -> list[R]:
        """Wait for answers, ends and time limits; give the results that they make."""
        pipes = {worker.pipe: worker for worker in self._workers}
        results: list[R] = []
        for pipe in wait(list(pipes), timeout=self._patience()):
            if isinstance(pipe, Connection):
                results += self._answers(pipes[pipe])
        results += self._overdue()
        return results

    def _patience(self) -> float:
        """For how many seconds nothing need be looked at."""
        now = monotonic()
        left = [w.since + self._seconds - now for w in self._workers if w.ready and w.waiting]
        return max(0.0, min([_LOOK_AGAIN_SECONDS, *left]))

    def _answers(self, worker: _Worker[T]) -> Iterator[R]:
        try:
            answer = worker.pipe.recv()
            if answer == READY:
                worker.ready, worker.since = True, monotonic()
                self._failed_starts = 0
            else:
                took, left = worker.answered(len(answer))
                self._again.extend(left)
                self._pace_seconds = min(0.8 * self._pace_seconds + 0.2 * took, took * 5)
                yield from answer
        except (EOFError, OSError):
            yield from self._died(worker)

    def _died(self, worker: _Worker[T]) -> Iterator[R]:
        how = worker.end()
        self._workers.remove(worker)
        if self._ending:
            return
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise UsageError(
                    f"Worker processes end as soon as they start ({how}). Say --workers 0 to work "
                    "without them."
                )
        elif worker.alone and worker.waiting:
            yield self._lost(
                worker.waiting.popleft()[0],
                f"The process that worked on it ended at once, twice ({how}); it may need more "
                "memory than there is.",
            )
        tasks = deque(chain.from_iterable(worker.waiting))
        begun = len(worker.waiting[0]) + self._late if worker.ready and tasks else 0
        for _ in range(min(begun, len(tasks))):
            self._suspects.append(tasks.popleft())
        (self._suspects if worker.alone else self._again).extend(tasks)

    def _overdue(self) -> Iterator[R]:
        now = monotonic()
        for worker in list(self._workers):
            if worker.ready and worker.waiting and now - worker.since > self._seconds:
                task, *left = chain.from_iterable(worker.waiting)
                worker.end()
                self._workers.remove(worker)
                self._again.extend(left)
                yield self._lost(
                    task, f"It took longer than {self._seconds:g} seconds (--timeout)."
                )

    def _wind_down(self) -> Iterator[Sequence[R]]:
        """Let every worker end the task it is at, and give what these came to."""
        self._ending = True
        for worker in self._workers:
            worker.process.terminate()
        until = monotonic() + _GRACE_SECONDS
        while self._workers and monotonic() < until:
            yield self._collect()
