"""Bytes that a thread makes while the program goes on with other work.

That gains time where making them holds no lock of the interpreter, as compressing and expanding do
not. `threading` is not used: to import it takes longer than is gained in a small workbook.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable

_PATIENCE = 0.0005
"""Seconds that the first turn of a thread is waited for.

It could come late where this thread goes on with work that holds the interpreter's lock, and is
not worth waiting for on a busy machine.
"""


class Ahead:
    """Bytes that a thread makes, or whoever asks for them before the thread has come to it."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        """Begin; where no thread is to be had, make them here and now."""
        self._make: Callable[[], bytes] | None = make
        self._made = b""
        self._error: BaseException | None = None
        self._claim, self._begun, self._thread = (allocate_lock() for _ in range(3))
        self._begun.acquire()
        self._thread.acquire()
        try:
            start_new_thread(self._run, ())
        except RuntimeError:
            self._run()
        self._begun.acquire(timeout=_PATIENCE)

    def _run(self) -> None:
        try:
            self._begun.release()
            self._do()
        finally:
            self._thread.release()

    def _do(self) -> bool:
        """Make the bytes; False where somebody else does or did."""
        if not self._claim.acquire(blocking=False):
            return False
        make, self._make = self._make, None
        try:
            self._made = make() if make is not None else b""
        except BaseException as error:  # noqa: BLE001 - raised where the bytes are asked for
            self._error = error
        return True

    @property
    def done(self) -> bool:
        """Whether the thread is at its end."""
        return not self._thread.locked()

    def wait(self) -> None:
        """Wait until the thread is at its end, and raise nothing that it met."""
        with self._thread:
            pass

    def take(self) -> bytes:
        """The bytes, once; or the error that making them met."""
        if not self._do():
            self.wait()
        made, error, self._made, self._error = self._made, self._error, b"", None
        if error is not None:
            raise error
        return made
