"""A worker process: takes tasks from a pipe, one after the other, and gives back what they made."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

READY = "ready"


def serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Work until the pipe is closed at the other end, or until asked to stop (SIGTERM).

    A task that is under way is ended first.
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
    try:
        pipe.send(READY)
        while not stopping:
            task = pipe.recv()
            busy = True
            pipe.send(work(task))
            busy = False
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # whoever gave the tasks is gone
