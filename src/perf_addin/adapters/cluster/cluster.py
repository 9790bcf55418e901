"""Tasks done by a Dask cluster that is there already; only addresses and outcomes travel."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from queue import Empty, Queue
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

try:
    from distributed import Client, KilledWorker
    from distributed.client import ClosedClientError
except ModuleNotFoundError as error:
    from perf_addin.domain.errors import UsageError

    raise UsageError(
        '--scheduler needs Dask. Install it with pip install "perf-addin[cluster]", here and on '
        "every worker."
    ) from error

from perf_addin.adapters.cluster.limited import limited
from perf_addin.domain.errors import UsageError

_client: Any = Client  # whose types are there for some of it only
T = TypeVar("T")
R = TypeVar("R")

_AHEAD_PER_THREAD = 4
_TRIES = 3
_FETCH_SECONDS = 3
_CONNECT_SECONDS = 15
_LOOK_AGAIN_SECONDS = 0.25
_COUNT_AGAIN_SECONDS = 5.0
_WITHOUT_WORKERS_SECONDS = 60.0


class _Given(NamedTuple, Generic[T]):
    task: T
    tries: int = 0


class Cluster(Generic[T, R]):
    """The workers of a scheduler; see `Workers`. A task whose worker dies is given to another."""

    def __init__(
        self,
        address: str,
        work: Callable[[T], R],
        lost: Callable[[T, str], R],
        *,
        version: Callable[[], str],
        seconds: float = inf,
    ) -> None:
        """Reach the scheduler, and see that its workers would do as we do.

        Args:
            address: the scheduler's.
            work: does a task; of a module that the workers can import.
            lost: the result of a task that has none, with the reason.
            version: what must be the same there as here.
            seconds: how long a task may take; with a limit, a process beside each worker does it.

        Raises:
            UsageError: nobody answers, there are no workers, or they have another version.
        """
        self._work = work if seconds == inf else partial(limited, work, lost, seconds)
        self._lost = lost
        self._address = address
        self._ended: Queue[Any] = Queue()
        self._under_way: dict[str, tuple[Any, _Given[T]]] = {}
        self._again: deque[_Given[T]] = deque()
        try:
            self._client = _client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"--scheduler {address}: no Dask scheduler answers there ({error})."
            ) from error
        try:
            self._check(version)
        except BaseException:
            self._client.close()
            raise

    def _check(self, version: Callable[[], str]) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError as error:
            raise UsageError(f"--scheduler {self._address} has no workers. Start some.") from error
        ours = version()
        try:
            theirs = self._client.run(version)
        except Exception as error:
            raise UsageError(
                f"--scheduler {self._address}: its workers cannot import perf-addin "
                f"({type(error).__name__}: {error}). Install {ours} there."
            ) from error
        others = sorted({f"{found} at {worker}" for worker, found in theirs.items()})
        if set(theirs.values()) != {ours}:
            raise UsageError(
                f"--scheduler {self._address}: the workers have {'; '.join(others)}; here is "
                f"{ours}. Install the same everywhere, since results may differ."
            )

    def run(self, tasks: Iterable[T], stopping: Callable[[], bool]) -> Iterator[Sequence[R]]:
        """Do tasks; see `Workers.run`."""
        source = map(_Given, tasks)
        most = _Room(self._client, self._address)
        try:
            while not stopping():
                while len(self._under_way) < most.now():
                    given = self._again.popleft() if self._again else next(source, None)
                    if given is None:
                        break
                    self._submit(given)
                if not self._under_way:
                    return
                yield list(self._outcomes())
        finally:
            # A client that lost its scheduler long ago has closed itself; nothing is under way.
            with suppress(ClosedClientError):
                self._client.cancel([future for future, _ in self._under_way.values()])

    def _submit(self, given: _Given[T]) -> None:
        future = self._client.submit(pickle.loads, _packed(self._work, given.task), pure=False)
        self._under_way[future.key] = future, given
        future.add_done_callback(self._ended.put)

    def _outcomes(self) -> Iterator[R]:
        """What has come to an end meanwhile."""
        with suppress(Empty):
            future = self._ended.get(timeout=_LOOK_AGAIN_SECONDS)
            while True:
                yield from self._outcome(*self._under_way.pop(future.key))
                future = self._ended.get_nowait()

    def _outcome(self, future: Any, given: _Given[T]) -> Iterator[R]:  # noqa: ANN401 - see `_client`
        """The outcome of a task; none where it has to be done again.

        What a task came to stays with its worker until it is fetched. Where the worker died in
        between, waiting for Dask to notice takes longer than the work.
        """
        try:
            yield future.result(timeout=_FETCH_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever became of the worker
            tries = given.tries + 1
            if tries < _TRIES and not isinstance(error, KilledWorker):
                self._again.append(given._replace(tries=tries))
                return
            why = " ".join(str(error).split())
            yield self._lost(
                given.task,
                f"The cluster could not do it ({type(error).__name__}: {why}). If workers die of "
                "it, give them more memory.",
            )
        finally:
            future.release()

    def close(self) -> None:
        """Leave the scheduler."""
        self._client.close()


class _Call:
    """A call that is made where it is unpickled."""

    def __init__(self, function: Callable[[Any], object], argument: object) -> None:
        self._made_of = function, (argument,)

    def __reduce__(self) -> tuple[Callable[[Any], object], tuple[object]]:
        return self._made_of


def _packed(work: Callable[[Any], object], task: object) -> bytes:
    """A task as bytes that do it when a worker unpickles them.

    The scheduler unpickles what is submitted, to look at it. It sees only bytes and a function of
    the standard library, so that it need not have this program.
    """
    return pickle.dumps(_Call(work, task))


class _Room:
    """How many tasks may be under way: few for each thread of the cluster, which may grow."""

    def __init__(self, client: Any, address: str) -> None:  # noqa: ANN401
        self._client = client
        self._address = address
        self._counted = 0.0
        self._seen = monotonic()
        self._threads = 0

    def now(self) -> int:
        """The number.

        Raises:
            UsageError: the workers have all been gone for a minute.
        """
        at = monotonic()
        if at - self._counted >= _COUNT_AGAIN_SECONDS:
            self._counted = at
            self._threads = self._count()
            if self._threads:
                self._seen = at
            elif at - self._seen > _WITHOUT_WORKERS_SECONDS:
                raise UsageError(
                    f"--scheduler {self._address}: the scheduler or all its workers are gone. What "
                    "was done is kept; run the same command again when they are back."
                )
        return max(1, self._threads) * _AHEAD_PER_THREAD

    def _count(self) -> int:
        """The threads that there are; none where the scheduler does not answer."""
        try:
            return sum(self._client.nthreads().values())
        except Exception:  # noqa: BLE001 - a line that is cut is told in many ways
            return 0
