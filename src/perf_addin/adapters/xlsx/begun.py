"""The largest sheet of a workbook, expanded in a thread while the program makes ready to read it.

It is mostly modules that are imported meanwhile; this one imports few.
"""

from __future__ import annotations

from perf_addin.adapters.xlsx.container import Container, Member, read_container
from perf_addin.adapters.xlsx.deflate import prepare, unpack
from perf_addin.adapters.xlsx.opening import DEFAULT_LIMITS, StrPath, read_file
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from typing import Self

    from perf_addin.adapters.xlsx.ahead import Ahead

_SHEETS = "worksheets/"
_WORTH_A_LOOK, _WORTH_A_THREAD = 1 << 18, 1 << 22
"""Bytes of a file that may hold a large sheet, and of one that takes longer than its thread."""


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
    from perf_addin.adapters.xlsx.ahead import Ahead  # noqa: PLC0415 - few sheets are large

    prepare()
    largest = max(sheets, key=lambda member: member.size)
    return Begun(content, largest.name, Ahead(lambda: expanded(container, largest)))


class FirstFile:
    """The first of some files, begun at once; its thread has ended when the block ends."""

    def __init__(self, path: str | None) -> None:
        """Begin with it, if anything is to be begun."""
        self._path = path
        self._begun = None if path is None else begin(path)
        self._ahead = None if self._begun is None else self._begun.ahead

    def __enter__(self) -> Self:
        """Go on with everything else."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the thread, which nobody may have done."""
        if self._ahead is not None:
            self._ahead.wait()

    def take(self, path: str) -> Begun | None:
        """What was begun of a file, once; None where that is nothing."""
        if path != self._path:
            return None
        begun, self._begun = self._begun, None
        return begun


def expanded(container: Container, member: Member) -> bytes:
    """The content of a member.

    Raises:
        InputError: it cannot be found.
        BadDataError: it is not what the directory states.
    """
    return unpack(container.stored(member), member.method, member.size, member.crc)
