"""Save a package in one step: the target is the old file or the whole new one, never half of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from perf_addin.adapters.xlsx.package import Package
from perf_addin.domain.errors import OutputError

_NAME_AT_MOST = 54


class SaveOutcome(NamedTuple):
    """Where the result is, whether anything was written, and where the replaced file was kept."""

    path: Path
    changed: bool
    backup_path: Path | None


def save(package: Package, target: Path, *, backup: bool) -> SaveOutcome:
    """Write a package to a file.

    Nothing is written when the target holds the same bytes already. Otherwise the package goes to
    a temporary file beside the target, is flushed to disk, and takes the target's place.

    Args:
        package: what to write.
        target: where to; a link is followed.
        backup: whether a file that is replaced is kept as `NAME.bak`.

    Raises:
        OutputError: the target is open elsewhere, or cannot be written; it is then as before.
    """
    place = Path(os.path.realpath(target))
    user = open_elsewhere(place)
    if user is not None:
        who = f" by {user}" if user else ""
        message = f"{target} is open in Excel{who}. Close it there, or choose another with -o."
        raise OutputError(message)
    chunks = list(package.chunks())
    try:
        if _holds(place, chunks):
            return SaveOutcome(target, changed=False, backup_path=None)
        _check_writable(place)
        kept = None
        if backup and place.exists():
            kept = place.with_name(f"{place.name}.bak")
            _put(kept, [place.read_bytes()], like=place)
        _put(place, chunks, like=place)
    except OSError as error:
        raise OutputError(_told(target, error)) from None
    return SaveOutcome(target, changed=True, backup_path=kept)


def open_elsewhere(path: Path) -> str | None:
    """Who has a workbook open, by the lock file that Excel keeps beside it.

    Returns:
        The user's name (empty where it cannot be read), or None where there is no lock file.
    """
    lock = path.with_name(f"~${path.name}")
    try:
        data = lock.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return ""
    length = data[0] if data else 0
    name = data[1 : 1 + min(length, _NAME_AT_MOST)].decode("latin-1")
    return "".join(c for c in name if c.isprintable()).strip()


def _holds(place: Path, chunks: Iterable[bytes]) -> bool:
    """Whether a file holds exactly these bytes."""
    if not place.is_file() or place.stat().st_size != sum(map(len, chunks)):
        return False
    with place.open("rb") as file:
        return all(file.read(len(chunk)) == chunk for chunk in chunks)


def _check_writable(place: Path) -> None:
    """Refuse a read-only target, which could be replaced all the same where its folder allows."""
    if place.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    if place.exists() and not place.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(13, "it is read-only")


def _put(place: Path, chunks: Iterable[bytes], *, like: Path) -> None:
    mode = stat.S_IMODE(like.stat().st_mode) if like.exists() else None
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(target: Path, error: OSError) -> str:
    why = error.strerror or str(error)
    if isinstance(error, FileNotFoundError):
        return f"{target} cannot be written: there is no folder {target.parent}."
    return f"{target} cannot be written: {why}. Choose another place with -o. Nothing was changed."
