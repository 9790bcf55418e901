"""Which of several files a refusal is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from perf_addin.domain.errors import PerfAddinError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike


@contextmanager
def about_file(file: str | PathLike[str]) -> Iterator[None]:
    """Let what is refused within be about a file, unless it is about another one already.

    Raises:
        PerfAddinError: what was raised within.
    """
    try:
        yield
    except PerfAddinError as error:
        error.about(file)
        raise
