"""What waits for the disk, done in threads of its own while the next file is worked on.

While a thread waits for the disk it holds nobody up. Steps are gathered until there are a few,
since most disks serve those that wait at once together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic

_THREADS = 4
# Most disks, and the threads too, take little more time for a few at once than for one.
_TOGETHER = 8
_TOGETHER_SECONDS = 0.05


class Finishing:
    """A step that another thread does. Called, it waits for its end, and raises what it raised."""

    __slots__ = ("_ended", "_error", "_hurry", "_step")

    def __init__(self, step: Callable[[], object], hurry: Callable[[Finishing], None]) -> None:
        """Bind the step, which `do` does; `hurry` sees that it is done where nobody is at it."""
        self._step = step
        self._hurry = hurry
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
        self._hurry(self)
        with self._ended:
            if self._error is not None:
                raise self._error


class Finisher:
    """A few threads that do steps in the order in which they come, several at once."""

    def __init__(self) -> None:
        """Start none yet."""
        self._gathered: deque[Finishing] = deque()
        self._steps: SimpleQueue[Finishing] = SimpleQueue()
        self._started = 0
        self._since = 0.0  # when the first of those that are gathered came

    def begin(self, step: Callable[[], object]) -> Finishing:
        """Have a step done: when a few more have come, or when somebody waits for it."""
        finishing = Finishing(step, self._hurry)
        now = monotonic()
        if not self._gathered:
            self._since = now
        self._gathered.append(finishing)
        if len(self._gathered) >= _TOGETHER or now - self._since > _TOGETHER_SECONDS:
            self._hand_over()
        return finishing

    def _hurry(self, finishing: Finishing) -> None:
        """See that a step is done, by this very thread where no other need be waited for too."""
        if len(self._gathered) > 1:
            self._hand_over()
        with suppress(ValueError):  # it is handed over
            self._gathered.remove(finishing)
            finishing.do()

    def _hand_over(self) -> None:
        """Let threads do what was gathered, if there are any."""
        with suppress(RuntimeError):  # the system has no room for more threads
            while self._started < _THREADS:
                Thread(target=self._serve, daemon=True).start()
                self._started += 1
        with suppress(IndexError):  # all are handed over, maybe some by others
            while self._started:
                self._steps.put(self._gathered.popleft())

    def _serve(self) -> None:
        while True:
            self._steps.get().do()
