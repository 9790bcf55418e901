"""What waits for the disk, done in threads of its own while the next file is worked on.

While a thread waits for the disk it holds nobody up, and several that wait at once are served
together by most disks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread

_THREADS = 4


class Finishing:
    """A step that another thread does. Called, it waits for its end, and raises what it raised."""

    __slots__ = ("_ended", "_error", "_step")

    def __init__(self, step: Callable[[], object]) -> None:
        """Bind the step, which `do` does."""
        self._step = step
        self._error: BaseException | None = None
        self._ended = Lock()
        self._ended.acquire()

    def do(self) -> None:
        """Do the step; whatever it raises is kept for who waits."""
        try:
            self._step()
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            self._error = error
        finally:
            self._ended.release()

    def __call__(self) -> None:
        """Wait until the step is done."""
        with self._ended:
            if self._error is not None:
                raise self._error


class Finisher:
    """A few threads that do steps in the order in which they come, started when there are any."""

    def __init__(self) -> None:
        """Start none yet."""
        self._steps: SimpleQueue[Finishing] = SimpleQueue()
        self._started = 0

    def begin(self, step: Callable[[], object]) -> Finishing:
        """Have a step done; at once and here where no thread can be started."""
        finishing = Finishing(step)
        if self._started < _THREADS:
            with suppress(RuntimeError):  # the system has no room for more threads
                Thread(target=self._serve, daemon=True).start()
                self._started += 1
        if self._started:
            self._steps.put(finishing)
        else:
            finishing.do()
        return finishing

    def _serve(self) -> None:
        while True:
            self._steps.get().do()
