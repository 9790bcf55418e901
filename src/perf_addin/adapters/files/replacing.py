"""A file that is replaced: whether it may be, whether that changes anything, and its backup."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator

from perf_addin.adapters.files import saving
from perf_addin.adapters.files.programs import StrPath
from perf_addin.domain.errors import OutputError

_BLOCK = 1 << 20
_ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def holds(path: StrPath, chunks: Iterable[bytes]) -> bool:
    """Whether a file is exactly these bytes; a file that may not be read is not."""
    try:
        with open(path, "rb") as file:
            size, compared = os.fstat(file.fileno()).st_size, 0
            for chunk in chunks:
                compared += len(chunk)
                if compared > size or file.read(len(chunk)) != chunk:
                    return False
            return compared == size
    except (PermissionError, IsADirectoryError):
        return False


def check_replaceable(target: StrPath, real: str, old: os.stat_result) -> None:
    """Refuse a folder, and whatever may not be written to.

    Raises:
        OutputError, OSError: it must not be replaced.
    """
    if stat.S_ISDIR(old.st_mode):
        raise OutputError(f"{target} is a folder. Name a file in it.", file=target)
    if not stat.S_ISREG(old.st_mode):
        raise OutputError(f"{target} is no ordinary file. Name another one with -o.", file=target)
    # The bits are looked at too: an administrator may write to anything, but should not do so
    # unawares.
    if not old.st_mode & _ANY_WRITE:
        raise PermissionError(errno.EACCES, "read-only")
    with open(real, "r+b"):
        pass


def keep(real: str, kept: str, mode: int | None) -> None:
    """Copy the file that is to be replaced, so that it is at no moment missing."""
    copy = saving.write_beside(kept, _blocks(real))
    try:
        saving.onto_disk(copy, mode)
        os.replace(copy.path, kept)
    except BaseException:
        saving.remove(copy.path)
        raise


def _blocks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            yield block
