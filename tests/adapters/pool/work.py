"""What the workers of the tests of the pool do; a fresh process imports it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def with_no_end(work: Callable[P, R]) -> Callable[P, Callable[[], R]]:
    """Work of which nothing is left to do at its end."""

    @wraps(work)
    def begin(*args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        result = work(*args, **kwargs)
        return lambda: result

    return begin


@with_no_end
def square(number: int) -> int:
    return number * number


@with_no_end
def fall_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@with_no_end
def fall_once_at_seven(folder: str, number: int) -> int:
    """Kill the worker at 7, the first time only."""
    mark = Path(folder) / "fallen"
    if number == 7 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@with_no_end
def stop_once_at_seven(folder: str, number: int) -> int:
    """Tell the worker to stop at 7, the first time only."""
    mark = Path(folder) / "stopped"
    if number == 7 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGTERM)
    return number


@with_no_end
def sleep_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(60)
    return number


@with_no_end
def take_a_while(number: int) -> int:
    time.sleep(0.05)
    return number


def note(folder: str, number: int) -> Callable[[], int]:
    """Work for a while; note when that is begun and when it is ended."""
    _add(folder, "begun", number)
    time.sleep(0.01)

    def end() -> int:
        _add(folder, "ended", number)
        return number

    return end


def _add(folder: str, what: str, number: int) -> None:
    with (Path(folder) / "notes").open("a", encoding="ascii") as notes:
        notes.write(f"{what} {number}\n")


def fall_at_the_end_of_seven(number: int) -> Callable[[], int]:
    """Kill the worker where it ends its work at 7."""
    return partial(_fall_at_seven, number)


def _fall_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


class Unwilling:
    """Cannot be made in another process."""

    def __call__(self, number: int) -> Callable[[], int]:
        return lambda: number

    def __reduce__(self) -> tuple[object, tuple[int]]:
        """End the process that unpickles it."""
        return os._exit, (3,)


class SlowToStart:
    """Takes a while to be made in another process."""

    def __call__(self, number: int) -> Callable[[], int]:
        return lambda: number

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Say how it is made there."""
        return _made_slowly, ()


def _made_slowly() -> SlowToStart:
    time.sleep(0.5)
    return SlowToStart()
