"""What the workers of the tests of the pool do; a fresh process imports it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def square(number: int) -> int:
    return number * number


def fall_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fall_once_at_seven(folder: str, number: int) -> int:
    """Kill the worker at 7, the first time only."""
    mark = Path(folder) / "fallen"
    if number == 7 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleep_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(60)
    return number


def take_a_while(number: int) -> int:
    time.sleep(0.05)
    return number


class Unwilling:
    """Cannot be made in another process."""

    def __call__(self, number: int) -> int:
        return number

    def __reduce__(self) -> tuple[object, tuple[int]]:
        """End the process that unpickles it."""
        return os._exit, (3,)


class SlowToStart:
    """Takes a while to be made in another process."""

    def __call__(self, number: int) -> int:
        return number

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Say how it is made there."""
        return _made_slowly, ()


def _made_slowly() -> SlowToStart:
    time.sleep(0.5)
    return SlowToStart()
