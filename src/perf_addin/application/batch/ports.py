"""What a batch needs from the outside: files to read, a folder of results, and somebody to work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from perf_addin.application.batch.plan import Found, Outcome, Task


class Inputs(Protocol):
    """Where workbooks come from."""

    def find(self, paths: Sequence[str], out: str) -> Found:
        """Every workbook under paths (files, folders, patterns), but for those in the results.

        Raises:
            UsageError: the paths have no folder in common, or the results would lie over them.
            InputError: a path leads to nothing.
        """

    def read(self, address: str) -> bytes:
        """A file, whole.

        Raises:
            InputError: it cannot be read, or is too large to be a workbook.
        """


class Results(Protocol):
    """The folder of results. Names in it are relative, with forward slashes, and safe."""

    @property
    def address(self) -> str:
        """Where it is, as a person would write it."""

    def read(self, name: str) -> bytes | None:
        """A file of it; None where there is none.

        Raises:
            OutputError: it cannot be read.
        """

    def put(self, name: str, content: bytes, *, backup: bool) -> Callable[[], None]:
        """Begin to write a file: complete or not at all.

        What is given, called once, waits until it is in its place and on the disk, and raises what
        this raises. Much of the waiting passes while something else is done meanwhile.

        Args:
            name: its name; folders on the way are made.
            content: what it is to hold.
            backup: whether a file that it replaces is kept beside it.

        Raises:
            OutputError: it cannot be written, is open elsewhere, or lies outside the folder.
        """

    def put_rows(self, name: str, content: bytes) -> None:
        """Write a file of our own, whose hash is looked at before it is relied on.

        Raises:
            OutputError: as `put`.
        """

    def put_pieces(self, name: str, pieces: Callable[[], Iterator[bytes]]) -> None:
        """Write a file that need not be held whole: complete or not at all.

        Args:
            name: its name.
            pieces: gives its content, from its beginning at every call.

        Raises:
            OutputError: as `put`.
        """


class Journal(Protocol):
    """The manifest of a folder of results while somebody works there."""

    def lines(self) -> Iterator[str]:
        """The lines that were written, in order; the last may have been cut short."""

    def append(self, lines: Sequence[str]) -> None:
        """Add lines; they are on the disk when this returns.

        Raises:
            OutputError: they cannot be written.
        """

    def close(self) -> None:
        """Give the folder up to others."""


class Workers(Protocol):
    """Those who do tasks, side by side."""

    def run(
        self, tasks: Iterable[Task], stopping: Callable[[], bool]
    ) -> Iterator[Sequence[Outcome]]:
        """Do tasks; gives outcomes as they come, one for every task that was begun.

        Empty groups are given while nothing happens. Where `stopping` says so, no further task is
        begun.
        """

    def close(self) -> None:
        """Let go of whatever was held to work with."""
