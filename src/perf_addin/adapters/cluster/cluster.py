"""Tasks done by a Dask cluster that is there already; only addresses and outcomes travel."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, Queue
from time import monotonic
from typing import Any, Generic, TypeVar

try:
    from distributed import Client
except ModuleNotFoundError as error:
    from perf_addin.domain.errors import UsageError

    raise UsageError(
        '--scheduler needs Dask. Install it with pip install "perf-addin[cluster]", here and on '
        "every worker."
    ) from error

from perf_addin.domain.errors import UsageError

_client: Any = Client  # whose types are there for some of it only
T = TypeVar("T")
R = TypeVar("R")

_AHEAD_PER_THREAD = 4
_CONNECT_SECONDS = 15
_LOOK_AGAIN_SECONDS = 0.25
_COUNT_AGAIN_SECONDS = 5.0
_WITHOUT_WORKERS_SECONDS = 60.0


class Cluster(Generic[T, R]):
    """The workers of a scheduler; see `Workers`. A task whose worker dies is given to another."""

    def __init__(
        self,
        address: str,
        work: Callable[[T], R],
        lost: Callable[[T, str], R],
        *,
        version: Callable[[], str],
    ) -> None:
        """Reach the scheduler, and see that its workers would do as we do.

        Args:
            address: the scheduler's.
            work: does a task; of a module that the workers can import.
            lost: the result of a task that has none, with the reason.
            version: what must be the same there as here.

        Raises:
            UsageError: nobody answers, there are no workers, or they have another version.
        """
        self._work = work
        self._lost = lost
        self._address = address
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
        source = iter(tasks)
        ended: Queue[Any] = Queue()
        under_way: dict[str, tuple[Any, T]] = {}
        most = _Room(self._client, self._address)
        more = True
        try:
            while not stopping():
                while more and len(under_way) < most.now():
                    task = next(source, None)
                    if task is None:
                        more = False
                        break
                    future = self._client.submit(
                        pickle.loads, _packed(self._work, task), pure=False
                    )
                    under_way[future.key] = future, task
                    future.add_done_callback(ended.put)
                if not under_way:
                    return
                yield self._outcomes(ended, under_way)
                most.now()
        finally:
            self._client.cancel([future for future, _ in under_way.values()])
            self._client.close()

    def _outcomes(self, ended: Queue[Any], under_way: dict[str, tuple[Any, T]]) -> list[R]:
        """What has come to an end meanwhile."""
        found: list[R] = []
        try:
            future = ended.get(timeout=_LOOK_AGAIN_SECONDS)
            while True:
                _, task = under_way.pop(future.key)
                found.append(self._outcome(future, task))
                future.release()
                future = ended.get_nowait()
        except Empty:
            return found

    def _outcome(self, future: Any, task: T) -> R:  # noqa: ANN401 - see `_client`
        try:
            return future.result(timeout=_CONNECT_SECONDS)  # type: ignore[no-any-return]
        except Exception as error:  # noqa: BLE001 - whatever became of the worker
            why = " ".join(str(error).split())
            return self._lost(
                task,
                f"The cluster could not do it ({type(error).__name__}: {why}). If workers die of "
                "it, give them more memory.",
            )


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
            self._threads = sum(self._client.nthreads().values())
            if self._threads:
                self._seen = at
            elif at - self._seen > _WITHOUT_WORKERS_SECONDS:
                raise UsageError(
                    f"--scheduler {self._address}: its workers are all gone. What was done is "
                    "kept; run the same command again when there are some."
                )
        return max(1, self._threads) * _AHEAD_PER_THREAD
