"""Ctrl-C and SIGTERM: the first asks to come to an end in good order, the second ends at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Self


class Interrupts:
    """Listens for both while the `with` block runs; elsewhere than in the main thread, to none."""

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        """Bind what is done at the first one."""
        self._told = told
        self._count = 0
        self._before: dict[int, object] = {}

    def asked(self) -> bool:
        """Whether somebody asked to come to an end."""
        return self._count > 0

    def __enter__(self) -> Self:
        """Begin to listen."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._come)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave signals to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _come(self, _number: int, _frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 1:
            raise KeyboardInterrupt
        self._told()
