"""The largest sheet of a workbook, expanded in a thread while the program makes ready to read it.

Expanding holds no lock of the interpreter, so that modules are imported meanwhile; this one imports
few. `threading` is not used: to import it takes longer than is gained in a small workbook.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable

from perf_addin.adapters.xlsx.container import Container, Member, read_container
from perf_addin.adapters.xlsx.deflate import prepare, unpack
from perf_addin.adapters.xlsx.limits import DEFAULT_LIMITS
from perf_addin.adapters.xlsx.opening import StrPath, read_file
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

_SHEETS = "worksheets/"
_WORTH_A_LOOK, _WORTH_A_THREAD = 1 << 17, 1 << 22
"""Bytes of a file that may hold a large sheet, and of one that takes longer than its thread."""


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


class Begun(NamedTuple):
    """A file that was read, and a part of it that is being expanded.

    Attributes:
        content: the file.
        part: the part's name; empty where no sheet is large.
        ahead: what expands it.
    """

    content: bytes
    part: str = ""
    ahead: Ahead | None = None


def begin(path: StrPath) -> Begun | None:
    """Read a file, and begin to expand its largest sheet where that is worth a thread.

    None where it cannot be read; it is for whoever opens it to say what is wrong with it.
    """
    try:
        content = read_file(path, DEFAULT_LIMITS)
        if len(content) < _WORTH_A_LOOK:
            return Begun(content)
        container = read_container(content, str(path), DEFAULT_LIMITS)
    except InputError:
        return None
    sheets = [m for m in container.members if _SHEETS in m.name and m.size >= _WORTH_A_THREAD]
    if not sheets:
        return Begun(content)
    prepare()
    largest = max(sheets, key=lambda member: member.size)
    return Begun(content, largest.name, Ahead(lambda: expanded(container, largest)))


def expanded(container: Container, member: Member) -> bytes:
    """The content of a member.

    Raises:
        InputError: it cannot be found.
        BadDataError: it is not what the directory states.
    """
    return unpack(container.stored(member), member.method, member.size, member.crc)
