"""Versions of installed packages, by the folders that installers keep beside them.

Importing what the standard library has for that takes longer than some five workbooks of a batch;
it is asked where no such folder is found.
"""

from __future__ import annotations

import os
import sys

_END = ".dist-info"


def version_of(name: str) -> str | None:
    """The version of an installed package; None where it is not installed.

    Args:
        name: of the distribution, one word in lower case.
    """
    start = f"{name}-"
    for place in sys.path:
        try:
            entries = os.listdir(place or os.curdir)  # noqa: PTH208
        except OSError:  # an archive, or nothing
            continue
        for entry in entries:
            if entry.startswith(start) and entry.endswith(_END):
                return entry[len(start) : -len(_END)]
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, see above

    try:
        return version(name)
    except PackageNotFoundError:
        return None
