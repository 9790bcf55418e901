"""Tasks done in this very process, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Here(Generic[T, R]):
    """Does tasks without any other process; see `Workers`."""

    def __init__(self, work: Callable[[T], R]) -> None:
        """Bind what is done."""
        self._work = work

    def run(self, tasks: Iterable[T], stopping: Callable[[], bool]) -> Iterator[Sequence[R]]:
        """Do tasks; see `Workers.run`."""
        for task in tasks:
            if stopping():
                return
            yield [self._work(task)]

    def close(self) -> None:
        """Nothing is held."""
