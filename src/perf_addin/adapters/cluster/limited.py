"""A task that may take only so long: done by a process beside the cluster's worker, that is ended.

A worker of Dask's is a thread, which nothing can stop. So each such thread keeps a process of its
own, which does one task after the other, and is ended with the one that takes too long. Should the
worker itself die, the process ends too: at once where it waits, and soon after the limit where it
is at work.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LENGTH = struct.Struct(">Q")
_START_SECONDS = 120.0
_GRACE_SECONDS = 5.0
_SERVE = f"from {__name__} import serve; serve()"
_of_thread = threading.local()


def limited(work: Callable[[T], R], lost: Callable[[T, str], R], seconds: float, task: T) -> R:
    """Do a task within some seconds; what `lost` makes of it where it takes longer.

    Raises:
        RuntimeError: the process died of it, or cannot be started.
    """
    beside = _beside(pickle.dumps(work))
    answer = beside.ask(pickle.dumps((seconds + _GRACE_SECONDS, task)), seconds)
    if answer is None or beside.is_late:
        end_beside()
    if answer is not None:
        found: R = pickle.loads(answer)  # noqa: S301 - of the process that we started
        return found
    if beside.is_late:
        return lost(task, f"It took longer than {seconds:g} seconds (--timeout).")
    message = "the process that a time limit takes has died"
    raise RuntimeError(message)


def _beside(packed: bytes) -> _Beside:
    """The process of this thread that does what is packed; a new one where it has none."""
    known: _Beside | None = getattr(_of_thread, "beside", None)
    if known is None or known.packed != packed:
        end_beside()
        known = _of_thread.beside = _Beside(packed)
    return known


def end_beside() -> None:
    """End the process of this thread, where it has one."""
    known: _Beside | None = getattr(_of_thread, "beside", None)
    _of_thread.beside = None
    if known is not None:
        known.end()


class _Beside:
    """The process of a thread, ready to do tasks by a function that it got packed.

    Attributes:
        packed: the function, pickled.
        is_late: whether the process was ended since a task took too long.
    """

    def __init__(self, packed: bytes) -> None:
        """Start it, and have it import what the function needs."""
        self.packed = packed
        self.is_late = False
        path = os.pathsep.join(filter(None, sys.path))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        if self.ask(packed, _START_SECONDS) is None:
            self.end()
            message = "the process that a time limit takes did not start"
            raise RuntimeError(message)

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """The answer to a question; None where the process has ended or was ended as too late."""
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            with suppress(OSError):
                _send(self._process.stdin, question)
                return _receive(self._process.stdout)
            return None
        finally:
            timer.cancel()

    def _end_late(self) -> None:
        self.is_late = True
        self._process.kill()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def serve() -> None:
    """Answer questions on standard input, until it ends: first the function, then tasks for it."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)  # a service may have no standard error
    os.dup2(nowhere, 1)  # whatever is printed is no answer
    questions = sys.stdin.buffer
    packed = _receive(questions)
    if packed is None:
        return
    work: Callable[[object], object] = pickle.loads(packed)  # noqa: S301 - of who started us
    _send(answers, b"")
    while (question := _receive(questions)) is not None:
        seconds, task = pickle.loads(question)  # noqa: S301 - as above
        # Nobody may be left to end us.
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        answer = pickle.dumps(work(task))
        faulthandler.cancel_dump_traceback_later()
        _send(answers, answer)


def _send(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is not None:
        pipe.write(_LENGTH.pack(len(content)) + content)
        pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes | None:
    """What was sent, whole; None where the other end has gone."""
    head = pipe.read(_LENGTH.size) if pipe is not None else b""
    if pipe is None or len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None
