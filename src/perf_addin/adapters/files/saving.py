"""A file put in its place in one step: complete and on disk, or not at all.

Every kind of file that this product writes is saved this way, whatever adapter made it. What is
special to a kind of file is handed in. Paths are texts: pathlib takes longer to import than a
small index to rate.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator

from perf_addin.adapters.files.programs import Program, StrPath, open_elsewhere
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    from typing import BinaryIO


class SaveOutcome(NamedTuple):
    """What became of a save.

    Attributes:
        path: where the file is, as it was asked for.
        changed: whether the file there was written; it is not where it already held these bytes.
        backup_path: the copy of the file that was replaced, if one was kept.
    """

    path: StrPath
    changed: bool
    backup_path: str | None


class Started(NamedTuple):
    """A save that is begun: a temporary file is written, and may not be on the disk yet.

    Attributes:
        wait: waits until it is on the disk; may be called in whatever thread.
        finish: moves the file to its place. It calls what it is given first: `wait`, or what waits
            for the end of `wait` elsewhere. Where it is not called, the temporary file stays.
    """

    wait: Callable[[], None]
    finish: Callable[[Callable[[], None]], SaveOutcome]


def put_in_place(
    chunks: Callable[[], Iterator[bytes]],
    target: StrPath,
    *,
    backup: bool,
    program: Program,
    check: Callable[[str], None] | None = None,
) -> SaveOutcome:
    """Write a file to a path.

    A file in the way is replaced only when the new one is complete and on disk. It keeps its
    permissions, and through a link the file that the link names is replaced. With `backup` the old
    one is kept as `<name>.bak` beside it.

    Args:
        chunks: gives the content, from its beginning at every call.
        target: where the file goes.
        backup: whether a file that is replaced is kept.
        program: the program that may have it open.
        check: looks at the file that is to be replaced, and raises OutputError where it must not.

    Raises:
        OutputError: the path cannot be written, or is open elsewhere. Nothing has changed then.
    """
    started = start_in_place(chunks, target, backup=backup, program=program, check=check)
    return started.finish(started.wait)


def start_in_place(
    chunks: Callable[[], Iterator[bytes]],
    target: StrPath,
    *,
    backup: bool,
    program: Program,
    check: Callable[[str], None] | None = None,
) -> Started:
    """Do what `put_in_place` does but for what waits for the disk: write beside the target.

    Raises:
        OutputError: as `put_in_place`, and so does `finish` of what is given.
    """
    try:
        real, old = _look_at(target)
        if old is None:
            _check_free(target, real, program)
        else:
            from perf_addin.adapters.files import replacing  # noqa: PLC0415 - most files are new

            if replacing.holds(real, chunks()):
                same = SaveOutcome(target, changed=False, backup_path=None)
                return Started(lambda: None, lambda _: same)
            _check_free(target, real, program)
            replacing.check_replaceable(target, real, old)
            if check is not None:
                check(real)
        written = write_beside(real, chunks())
    except OSError as error:
        raise OutputError(_message(target, error), file=target) from error
    kept = f"{real}.bak" if backup and old is not None else None
    return Started(
        written.wait,
        lambda wait: _finish(target, real, written._replace(wait=wait), old, kept),
    )


def _finish(
    target: StrPath, real: str, written: _Beside, old: os.stat_result | None, kept: str | None
) -> SaveOutcome:
    try:
        _replace(real, written, None if old is None else stat.S_IMODE(old.st_mode), kept)
    except OSError as error:
        raise OutputError(_message(target, error), file=target) from error
    return SaveOutcome(target, changed=True, backup_path=kept and os.path.realpath(kept))


def _look_at(target: StrPath) -> tuple[str, os.stat_result | None]:
    """The file that is meant, through links to it, and its status; None where there is none."""
    path = os.fspath(target)
    try:
        found = os.lstat(path)
        if not stat.S_ISLNK(found.st_mode):
            return path, found
        path = os.path.realpath(path)
        return path, os.stat(path)
    except FileNotFoundError:
        return path if os.path.basename(path) else os.path.realpath(path), None


def _check_free(target: StrPath, real: str, program: Program) -> None:
    user = open_elsewhere(real, program)
    if user is None and real != os.fspath(target):
        user = open_elsewhere(target, program)
    if user is not None:
        folder, name = os.path.split(real)
        there = (lock for lock in program.locks(name) if os.path.exists(os.path.join(folder, lock)))
        lock = next(there, f"~${name}")
        raise OutputError(
            f"{target} is open in {program.name} ({user}), so it is not replaced. Close it there, "
            f"or write to another file with -o. If nobody has it open, delete {lock} beside it.",
            file=target,
        )


class _Beside(NamedTuple):
    """A temporary file that is written and still open; `wait` sees it onto the disk."""

    path: str
    file: BinaryIO
    wait: Callable[[], None]


def _replace(real: str, written: _Beside, mode: int | None, kept: str | None) -> None:
    fresh = None
    try:
        onto_disk(written, mode)
        if kept is not None:
            from perf_addin.adapters.files.replacing import keep  # noqa: PLC0415 - with --in-place

            fresh = None if os.path.exists(kept) else kept
            keep(real, kept, mode)
        os.replace(written.path, real)
    except BaseException:
        remove(written.path)
        if fresh is not None:
            remove(fresh)
        raise


def write_beside(path: str, chunks: Iterable[bytes]) -> _Beside:
    """Write a temporary file into the folder of another."""
    temporary = os.path.join(os.path.dirname(path), f".perf-addin-{os.urandom(6).hex()}.tmp")
    file = open(temporary, "xb")  # noqa: SIM115 - `onto_disk` closes it
    try:
        file.writelines(chunks)
        file.flush()
    except BaseException:
        try:  # Windows removes no open file
            file.close()
        finally:
            remove(temporary)
        raise
    return _Beside(temporary, file, lambda: os.fsync(file.fileno()))


def onto_disk(written: _Beside, mode: int | None) -> None:
    """See a temporary file onto the disk, with a mode if there is one to keep."""
    with written.file:
        written.wait()
    if mode is not None:
        os.chmod(written.path, mode)


def remove(temporary: str) -> None:
    """Remove a file, if it can be removed."""
    try:  # noqa: SIM105 - importing contextlib takes longer than saving a small file
        os.unlink(temporary)
    except OSError:
        pass


def _message(target: StrPath, error: OSError) -> str:
    parent = os.path.dirname(target) or "."
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"{target} cannot be written: the disk is full. Make room, or name another disk."
    if isinstance(error, FileNotFoundError):
        return f"{target} cannot be written: there is no folder {parent}. Make it, or name another."
    if isinstance(error, NotADirectoryError):
        return f"{target} cannot be written: {parent} is no folder. Name another one."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return (
            f"{target} cannot be written: it or its folder is read-only, or it is open in another "
            "program. Close it there, or write to another place with -o."
        )
    why = errno.errorcode.get(error.errno or 0, str(error))
    return f"{target} cannot be written ({why}). Write to another place with -o."
