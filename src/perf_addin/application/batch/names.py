"""The names of files under a folder of results: safe ones, clashing ones, and how they are shown.

A name is relative, with forward slashes: `council/2021/index.xlsx`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

OWN_FOLDER = ".perf-addin"
RATED = "_rated"
"""What `report` and `recalc` add to the name of a workbook for their result beside it."""
KINDS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_LOCK_FILE = "~$"
# What Windows takes for a device, a stream, a drive or another name.
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)', re.IGNORECASE
)


def why_passed_over(name: str) -> str:
    """Why a file of a folder is no workbook to work on, by its bare name; empty where it is one."""
    if name.startswith(_LOCK_FILE):
        return "lock files"
    if name.startswith("."):
        return "hidden"
    dot = name.rfind(".")
    if dot < 0 or name[dot:].lower() not in KINDS:
        return "other files"
    return ""


def why_unsafe(key: str, *, windows: bool) -> str:
    """Why nothing may be written under a name; empty where it may.

    Args:
        key: the name; where it came from a store of another kind it may hold anything.
        windows: whether the folder of results is on Windows.
    """
    parts = key.split("/")
    if "\0" in key or any(part in {"", ".", ".."} for part in parts):
        return "its name would lead out of the folder of results"
    if windows and any(_NOT_ON_WINDOWS.search(part) for part in parts):
        return "its name is not possible on Windows"
    if parts[0].casefold() == OWN_FOLDER:
        return f"{OWN_FOLDER} is where the batch keeps its own files"
    return ""


def clashing(keys: Iterable[str]) -> set[str]:
    """The names that differ only in case or in how letters with accents are stored.

    On Windows, on a Mac and on many shares such names are one file.
    """
    every = list(keys)
    count = Counter(map(_folded, every))
    return {key for key in every if count[_folded(key)] > 1}


def _folded(key: str) -> str:
    return key.casefold() if key.isascii() else unicodedata.normalize("NFC", key).casefold()


def rows_name(key: str) -> str:
    """Where the rows of a workbook are kept, whatever it is called."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{OWN_FOLDER}/rows/{digest[:2]}/{digest}.json.gz"


def shown(text: str) -> str:
    """A text for a terminal: what would move the cursor or turn the line round is spelt out."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def without_secrets(address: str) -> str:
    """An address without the user and password that it may carry."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return address
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"
