"""Which of several files a refusal is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def about_file(name: str) -> Iterator[None]:
    """Let what is refused within begin with the file's name, unless the message has it.

    Raises:
        InputError: whatever was raised within, of the same type.
    """
    try:
        yield
    except InputError as error:
        if name in str(error):
            raise
        raise type(error)(f"{name}: {error}") from error
