"""A worker process: takes tasks from a pipe, one after the other, and gives back what they made."""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from types import FrameType
from typing import Any

READY = "ready"
# For how long at most a result waits to be moved to its place, but for the task under way.
_SECONDS_AT_RISK = 0.25
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)


def serve(pipe: Connection, work: Callable[[Any], Callable[[], Any]], late: int) -> None:
    """Work until the pipe is closed at the other end, or until asked to stop (SIGTERM).

    A task that is under way is ended first.

    Args:
        pipe: gives packets, which are lists of tasks, and takes a list of what each packet made, in
            the same order.
        work: works on a task, and gives what ends it; see `Pool`.
        late: how many tasks may wait for their end while another is worked on. None waits for
            its end while there is nothing else to do, or for long.
    """
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        if not held.busy:
            raise SystemExit(0)

    held = Held()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to everybody
    signal.signal(signal.SIGTERM, stop)
    gc.disable()  # `work` sees to it, at a time that it knows to be a good one
    gc.freeze()
    try:
        pipe.send(READY)
        while True:
            if held.ends and (stopping or held.is_late(late) or held.is_last(pipe)):
                held.end(pipe)
            elif stopping:
                held.give_back(pipe)
                return
            else:
                held.begin(pipe, work)
    except _GONE:  # whoever gave the tasks is gone; what was begun is ended all the same
        with suppress(*_GONE):
            for _, end in held.ends:
                end()


class Held:
    """What a worker was given and has not answered."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.tasks: deque[Any] = deque()  # not begun
        self.ends: deque[tuple[float, Callable[[], Any]]] = deque()  # with when they began to wait
        self.sizes: deque[int] = deque()  # of the packets that are not answered
        self.made: list[Any] = []  # by the tasks of the first of them that are ended
        self.busy = False

    def is_late(self, most: int) -> bool:
        """Whether more wait for their end than may, or one does for too long."""
        return len(self.ends) > most or monotonic() - self.ends[0][0] > _SECONDS_AT_RISK

    def is_last(self, pipe: Connection) -> bool:
        """Whether there is nothing to be begun after what was begun."""
        return not self.tasks and not pipe.poll()

    def begin(self, pipe: Connection, work: Callable[[Any], Callable[[], Any]]) -> None:
        """Begin a task; wait for a packet where there is none."""
        if not self.tasks:
            packet = pipe.recv()
            self.sizes.append(len(packet))
            self.tasks.extend(packet)
        self.busy = True
        end = work(self.tasks.popleft())
        self.ends.append((monotonic(), end))

    def end(self, pipe: Connection) -> None:
        """End the task that was begun first, and answer where it is the last one of its packet."""
        _, end = self.ends.popleft()
        self.made.append(end())
        if len(self.made) == self.sizes[0]:
            self.sizes.popleft()
            self.give_back(pipe)
        self.busy = bool(self.ends or self.made)

    def give_back(self, pipe: Connection) -> None:
        """Answer with what is made so far."""
        if self.made:
            made, self.made = self.made, []
            pipe.send(made)
