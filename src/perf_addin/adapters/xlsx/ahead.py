"""Bytes that a thread makes while the program goes on with other work.

That gains time where making them holds no lock of the interpreter, as compressing and expanding do
not. `threading` is not used: to import it takes longer than is gained in a small workbook.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable


class Ahead:
    """Bytes that a thread is making; the thread ends with them, whether or not they are taken."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        """Begin; where no thread is to be had, make them here and now."""
        self._made = b""
        self._error: BaseException | None = None
        self._begun, self._running = allocate_lock(), allocate_lock()
        self._begun.acquire()
        self._running.acquire()
        try:
            start_new_thread(self._run, (make,))
        except RuntimeError:
            self._run(make)
        # Else the thread would wait for its first turn as long as this one has anything to do.
        self._begun.acquire()

    def _run(self, make: Callable[[], bytes]) -> None:
        self._begun.release()
        try:
            self._made = make()
        except BaseException as error:  # noqa: BLE001 - raised where the bytes are asked for
            self._error = error
        finally:
            self._running.release()

    @property
    def done(self) -> bool:
        """Whether the thread is at its end."""
        return not self._running.locked()

    def wait(self) -> None:
        """Wait until the thread is done, and raise nothing that it met."""
        with self._running:
            pass

    def take(self) -> bytes:
        """The bytes, once; or the error that making them met."""
        self.wait()
        made, error, self._made, self._error = self._made, self._error, b"", None
        if error is not None:
            raise error
        return made
