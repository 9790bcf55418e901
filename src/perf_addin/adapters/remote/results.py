"""A folder of results on a store that fsspec reaches, and the manifest that is kept in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from perf_addin.adapters.remote.stores import failure, store_at
from perf_addin.application.batch.names import OWN_FOLDER, without_secrets
from perf_addin.domain.errors import OutputError

_MANIFEST = f"{OWN_FOLDER}/manifest.jsonl"
_SEGMENTS = f"{OWN_FOLDER}/manifest"
_TEMPORARY = re.compile(r"(?:^|/)\.perf-addin-[0-9a-f]{12}\.tmp$")
_SEGMENT_LINES = 500
_SEGMENT_SECONDS = 5.0


class RemoteResults:
    """See `Results`."""

    def __init__(self, address: str) -> None:
        """Bind a folder; nothing is looked at.

        Raises:
            UsageError: no such kind of store is known.
        """
        self.address = without_secrets(address)
        self._store = store_at(address)

    def read(self, name: str) -> bytes | None:
        """A file of it; None where there is none."""
        try:
            return bytes(self._store.files.cat_file(self._path(name)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except Exception as error:
            raise failure(OutputError, f"{self.address}/{name}", "read", error) from error

    def put(self, name: str, content: bytes, *, backup: bool) -> Callable[[], None]:
        """Write a file: whole where the store does that, else beside and then moved.

        Nothing is left to wait for: many stores must not be asked by two threads at once.
        """
        self._put(name, content, backup=backup)
        return _nothing_left

    def put_rows(self, name: str, content: bytes) -> None:
        """Write a file of our own."""
        self._put(name, content, backup=False)

    def put_pieces(self, name: str, pieces: Callable[[], Iterator[bytes]]) -> None:
        """Write a file; held whole, since a store that is given a file in pieces may keep some."""
        self._put(name, b"".join(pieces()), backup=False)

    def _put(self, name: str, content: bytes, *, backup: bool) -> None:
        path, files = self._path(name), self._store.files
        try:
            if backup and files.exists(path):
                files.copy(path, f"{path}.bak")
            if self._store.whole:
                files.pipe_file(path, content)
                return
            folder, _, _ = path.rpartition("/")
            files.makedirs(folder, exist_ok=True)
            _put_beside(files, path, content)
        except Exception as error:
            raise failure(OutputError, f"{self.address}/{name}", "written", error) from error

    def names(self, folder: str) -> list[str]:
        """The names of the files below a folder of it, sorted."""
        path = self._path(folder)
        try:
            self._store.files.invalidate_cache(path)
            found = self._store.files.find(path)
        except FileNotFoundError:
            return []
        except Exception as error:
            raise failure(OutputError, f"{self.address}/{folder}", "listed", error) from error
        return sorted(each.removeprefix(self._store.path).lstrip("/") for each in found)

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        with suppress(Exception):  # whatever the store raises; it is passed over when read
            self._store.files.rm_file(self._path(name))

    def sweep(self) -> None:
        """Take away what somebody who was killed left unfinished."""
        if not self._store.whole:
            for name in self.names(""):
                if _TEMPORARY.search(name):
                    self.remove(name)

    def _path(self, name: str) -> str:
        return f"{self._store.path}/{name}"


def _nothing_left() -> None:
    """Do nothing: all is done."""


def _put_beside(files: Any, path: str, content: bytes) -> None:  # noqa: ANN401
    folder, _, _ = path.rpartition("/")
    temporary = f"{folder}/.perf-addin-{os.urandom(6).hex()}.tmp"
    try:
        files.pipe_file(temporary, content)
        files.mv(temporary, path)
    except BaseException:
        with suppress(Exception):
            files.rm_file(temporary)
        raise


class RemoteJournal:
    """A manifest where nothing can be appended to a file: in segments, joined at the end.

    A segment is written when it is full or five seconds old, so that a run that is killed has the
    last seconds to do again. Stores have no locks: two runs at once would do the same work twice.
    """

    def __init__(self, address: str) -> None:
        """Look at what is there.

        Raises:
            OutputError: the store cannot be read.
        """
        self._results = RemoteResults(address)
        segments = self._results.names(_SEGMENTS)
        self._next = 1 + max((_number(name) for name in segments), default=0)
        self._waiting: list[str] = []
        self._written = monotonic()

    def lines(self) -> Iterator[str]:
        """The lines that were written."""
        for name in (_MANIFEST, *self._results.names(_SEGMENTS)):
            yield from (self._results.read(name) or b"").decode("ascii", "replace").splitlines()

    def append(self, lines: Sequence[str]) -> None:
        """Add lines; they are on the store a few seconds later."""
        self._waiting += lines
        late = monotonic() - self._written >= _SEGMENT_SECONDS
        if self._waiting and (late or len(self._waiting) >= _SEGMENT_LINES):
            self._write()

    def _write(self) -> None:
        data = "".join(f"{line}\n" for line in self._waiting).encode("ascii")
        self._results.put(f"{_SEGMENTS}/{self._next:08}.jsonl", data, backup=False)
        self._next += 1
        self._waiting.clear()
        self._written = monotonic()

    def close(self) -> None:
        """Join the segments into one file, and leave nothing of a worker that died."""
        self._results.sweep()
        if self._waiting:
            self._write()
        segments = self._results.names(_SEGMENTS)
        if not segments:
            return
        data = "".join(f"{line}\n" for line in self.lines()).encode("ascii", "replace")
        self._results.put(_MANIFEST, data, backup=False)
        for name in segments:
            self._results.remove(name)


def _number(name: str) -> int:
    digits = name.rpartition("/")[2].removesuffix(".jsonl")
    return int(digits) if digits.isdecimal() else 0
