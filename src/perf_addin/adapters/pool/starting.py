"""Worker processes are started: as copies of this process where that is safe, elsewhere anew.

A copy has everything imported already, which takes a new process longer than some ten workbooks.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from perf_addin.adapters.pool.worker import serve

_Work = Callable[[Any], Callable[[], Any]]


def can_copy() -> bool:
    """Whether a copy of this process would work: on Linux, as long as it has a single thread."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def start_copy(
    work: _Work, late: int, siblings: Iterable[Connection]
) -> tuple[BaseProcess, Connection]:
    """Start a worker as a copy of this process; see `start_anew`.

    Args:
        work: see `serve`.
        late: see `serve`.
        siblings: the pipes of other workers, which the copy must not hold.
    """
    context = multiprocessing.get_context("fork")
    pipe, other = context.Pipe()
    args = ((pipe, *siblings), other, work, late)
    process = context.Process(target=_serve_as_copy, args=args, daemon=True)
    with _interrupts_held():
        process.start()
    other.close()
    return process, pipe


def start_anew(work: _Work, late: int) -> tuple[BaseProcess, Connection]:
    """Start a worker as a process that imports all it needs; give it and the pipe to it.

    Its death is the end of the pipe, and so is ours to it.
    """
    context = multiprocessing.get_context("spawn")
    pipe, other = context.Pipe()
    process = context.Process(target=serve, args=(other, work, late), daemon=True)
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # now, since it lets interrupts through when it starts
    with _interrupts_held():
        process.start()
    other.close()
    return process, pipe


def _serve_as_copy(
    inherited: Iterable[Connection], pipe: Connection, work: _Work, late: int
) -> None:
    for each in inherited:
        each.close()
    serve(pipe, work, late)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back, so that a process that starts does not get it before it can ignore it."""
    if sys.platform == "win32":  # which has no such thing
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
