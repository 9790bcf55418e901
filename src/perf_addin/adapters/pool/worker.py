"""A worker process: takes tasks from a pipe, one after the other, and gives back what they made."""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

READY = "ready"
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)


def serve(pipe: Connection, work: Callable[[Any], Callable[[], Any]], late: int) -> None:
    """Work until the pipe is closed at the other end, or until asked to stop (SIGTERM).

    A task that is under way is ended first.

    Args:
        pipe: gives tasks and takes what they made, in the same order.
        work: works on a task, and gives what ends it; see `Pool`.
        late: how many tasks may wait for their end while another is worked on. None waits for
            its end while there is nothing else to do.
    """
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        if not busy:
            raise SystemExit(0)

    busy = False
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to everybody
    signal.signal(signal.SIGTERM, stop)
    gc.disable()  # `work` sees to it, at a time that it knows to be a good one
    gc.freeze()
    ends: deque[Callable[[], Any]] = deque()
    try:
        pipe.send(READY)
        while True:
            if ends and (stopping or len(ends) > late or not pipe.poll()):
                pipe.send(ends.popleft()())
                busy = bool(ends)
            elif stopping:
                return
            else:
                task = pipe.recv()
                busy = True
                ends.append(work(task))
    except _GONE:  # whoever gave the tasks is gone; what was begun is ended all the same
        with suppress(*_GONE):
            for end in ends:
                end()
