"""The programs that people open files in, and the lock files that these put beside them."""

from __future__ import annotations

import os
from collections.abc import Callable

from perf_addin.domain.declaring import NamedTuple

StrPath = str | os.PathLike[str]

_UNKNOWN_USER = "another user"
_LOCK_NAME_BYTES = 54
_UNCUT_LETTERS = 6


class Program(NamedTuple):
    """The program that people open a kind of file in.

    Attributes:
        name: as messages call it.
        locks: the names of the lock files that it puts beside a file of a given name.
    """

    name: str
    locks: Callable[[str], tuple[str, ...]]


def _word_locks(name: str) -> tuple[str, ...]:
    """Word puts `~$` before a short name, and over the first one or two letters of a longer one."""
    letters = len(name.rpartition(".")[0] or name)
    return (f"~${name[max(0, min(letters - _UNCUT_LETTERS, 2)) :]}",)


EXCEL = Program("Excel", lambda name: (f"~${name}",))
WORD = Program("Word", _word_locks)
ANY_PROGRAM = Program("another program", lambda _: ())
"""What opens files without putting lock files beside them, as browsers do."""


def open_elsewhere(path: StrPath, program: Program = EXCEL) -> str | None:
    """Who has a file open, by the lock file that the program puts beside it.

    Gives None where there is no lock file, and "another user" where it does not say who.
    """
    folder, name = os.path.split(path)
    users = (_user_of(os.path.join(folder, lock)) for lock in program.locks(name))
    return next((user for user in users if user is not None), None)


def _user_of(lock: str) -> str | None:
    try:
        with open(lock, "rb") as file:
            held = file.read()
    except FileNotFoundError:
        return None
    except OSError:
        # On Windows the lock file is shared with nobody; that it is there says enough.
        return _UNKNOWN_USER
    wide = held[_LOCK_NAME_BYTES + 1 :]
    length = int.from_bytes(wide[:2], "little")
    name = wide[2 : 2 + 2 * length].decode("utf-16-le", "replace").strip("\x00 ")
    if not name and held:
        name = held[1 : 1 + held[0]].decode("latin-1").strip("\x00 ")
    return name if name and name.isprintable() else _UNKNOWN_USER
