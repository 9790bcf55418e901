"""Tasks done in this very process, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LATE = 12  # as in `pool`


class Here(Generic[T, R]):
    """Does tasks without any other process; see `Workers`."""

    def __init__(self, work: Callable[[T], Callable[[], R]]) -> None:
        """Bind what is done; see `Pool`."""
        self._work = work

    def run(self, tasks: Iterable[T], stopping: Callable[[], bool]) -> Iterator[Sequence[R]]:
        """Do tasks; see `Workers.run`. The end of one waits while the next is worked on."""
        ends: deque[Callable[[], R]] = deque()
        for task in tasks:
            if stopping():
                break
            ends.append(self._work(task))
            if len(ends) > _LATE:
                yield [ends.popleft()()]
        while ends:
            yield [ends.popleft()()]

    def close(self) -> None:
        """Nothing is held."""
