"""A folder of results on this computer or a share, and the manifest that is kept in it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from perf_addin.adapters.files.finishing import Finisher
from perf_addin.adapters.files.programs import EXCEL
from perf_addin.adapters.files.saving import put_in_place, start_in_place
from perf_addin.application.batch.names import OWN_FOLDER
from perf_addin.domain.errors import OutputError

_MANIFEST = "manifest.jsonl"
_LOCK = "lock"
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK})
_SECONDS_AT_RISK = 0.25
_TEMPORARIES = ".perf-addin-*.tmp"


_finisher = Finisher()


class ResultsFolder:
    """See `Results`. Paths are handled as texts, which takes a tenth of the time."""

    def __init__(self, folder: str) -> None:
        """Name the folder; nothing is looked at."""
        self.address = folder
        self._real = os.path.realpath(folder)
        self._within = os.path.join(self._real, "")  # noqa: PTH118
        self._made: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """A file of it; None where there is none."""
        path = self._path(name)
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise OutputError(f"{path} cannot be read ({error}).", file=path) from error

    def put(self, name: str, content: bytes, *, backup: bool) -> Callable[[], None]:
        """Begin to write a file, complete or not at all; see `Results.put`."""
        target = self._checked(name)
        pieces = (content,)
        started = start_in_place(lambda: iter(pieces), target, backup=backup, program=EXCEL)
        wait = _finisher.begin(started.wait)

        def finish() -> None:
            started.finish(wait)

        return finish

    def put_rows(self, name: str, content: bytes) -> None:
        """Write a file of our own that may be lost with the power, since its hash is looked at.

        Waiting for the disk twice would take as long as the work on a small workbook.
        """
        target = self._checked(name)
        folder = os.path.dirname(target)  # noqa: PTH120
        temporary = f"{folder}{os.sep}.perf-addin-{os.urandom(6).hex()}.tmp"
        try:
            with open(temporary, "xb") as file:  # noqa: PTH123
                file.write(content)
            os.replace(temporary, target)  # noqa: PTH105
        except OSError as error:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise OutputError(
                f"{target} cannot be written ({error.strerror}).", file=target
            ) from error

    def put_pieces(self, name: str, pieces: Callable[[], Iterator[bytes]]) -> None:
        """Write a file that need not be held whole."""
        put_in_place(pieces, self._checked(name), backup=False, program=EXCEL)

    def _path(self, name: str) -> str:
        return os.path.join(self.address, *name.split("/"))  # noqa: PTH118

    def _checked(self, name: str) -> str:
        """Where a file goes, in a folder that is there.

        Raises:
            OutputError: the folder cannot be made, or it would be outside ours.
        """
        target = self._path(name)
        self._make_folder(os.path.dirname(target))  # noqa: PTH120
        if not self._holds(target):
            raise OutputError(
                f"{target} is a link that leads out of the folder of results, so it is not "
                "written. Delete the link, or name another folder with --out.",
                file=target,
            )
        return target

    def _holds(self, path: str) -> bool:
        """Whether a path leads into the folder, through all links."""
        real = os.path.realpath(path)
        return real == self._real or real.startswith(self._within)

    def _make_folder(self, folder: str) -> None:
        if folder in self._made and os.path.isdir(folder):  # noqa: PTH112
            return
        # Looked at before anything is made: a link on the way must not lead out.
        if not self._holds(folder):
            raise OutputError(
                f"{folder} leads out of the folder of results. Delete the link, or name another "
                "folder with --out."
            )
        try:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        except OSError as error:
            in_the_way = isinstance(error, (FileExistsError, NotADirectoryError))
            why = "a file of that name is in the way" if in_the_way else error.strerror
            raise OutputError(f"The folder {folder} cannot be made: {why}.") from error
        self._made.add(folder)


class FolderJournal:
    """The manifest of a folder of results, held by one run at a time; see `Journal`."""

    def __init__(self, folder: str) -> None:
        """Open it, and make the folder where there is none.

        Raises:
            OutputError: it cannot be written, or another run works there.
        """
        own = Path(folder) / OWN_FOLDER
        self._path = own / _MANIFEST
        try:
            own.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(own / _LOCK, folder)
            self._file = self._path.open("ab", buffering=0)
        except OSError as error:
            raise OutputError(
                f"--out {folder} cannot be written ({error.strerror}). Name another folder."
            ) from error
        self._folder = Path(folder)
        self._due = 0.0  # when the next lines are to be seen onto the disk
        self._end_last_line()
        self._sweep()

    def _end_last_line(self) -> None:
        """After a run that was killed while it wrote, the next line starts on its own."""
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    self._file.write(b"\n")

    def lines(self) -> Iterator[str]:
        """The lines that were written."""
        with self._path.open(encoding="ascii", errors="replace") as file:
            yield from file

    def append(self, lines: Sequence[str]) -> None:
        """Add lines, and see them onto the disk a few times a second.

        Whoever kills the process loses none of them. When the power fails, the last ones may be
        lost, and cost no more than that their workbooks are done again.
        """
        if not lines:
            return
        try:
            data = "".join(f"{line}\n" for line in lines).encode("ascii")
            while data:
                data = data[self._file.write(data) :]
            if monotonic() >= self._due:
                _onto_disk(self._file)
                self._due = monotonic() + _SECONDS_AT_RISK
        except OSError as error:
            raise OutputError(
                f"{self._path} cannot be written ({error.strerror}). Make room, and run the "
                "command again: what was done is kept.",
                file=self._path,
            ) from error

    def _sweep(self) -> None:
        """Take away what somebody who was killed left unfinished."""
        for left in self._folder.rglob(_TEMPORARIES):
            with suppress(OSError):
                left.unlink()

    def close(self) -> None:
        """Let others work there, and leave nothing of a worker that died while it wrote."""
        self._sweep()
        with suppress(OSError):
            _onto_disk(self._file)
        self._file.close()
        self._lock.close()


def _lock(path: Path, folder: str) -> BinaryIO:
    """Hold a file until the process ends, however it ends.

    Raises:
        OutputError: another process holds it.
    """
    file = path.open("ab")
    try:
        if os.name == "nt":  # pragma: no cover - not run on Windows
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            return file  # a share without locks: two runs at once would do the same work twice
        file.close()
        raise OutputError(
            f"Another run is writing into {folder}. Wait for it to end, or name another --out."
        ) from error
    return file


def _onto_disk(file: BinaryIO | FileIO) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno != errno.EINVAL:  # a share that cannot be asked
            raise
