"""Who works on a batch: processes of this computer, a cluster, or this process itself."""

from __future__ import annotations

import os
from functools import partial
from math import ceil, inf, nan
from typing import TYPE_CHECKING

from perf_addin.application.batch.plan import lost
from perf_addin.domain.errors import UsageError
from perf_addin.entry.batch_task import Job, do_task, made_by

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.batch.ports import Workers


def check_workers(options: argparse.Namespace) -> None:
    """See that what the options say of workers makes sense, before anything is looked for.

    Raises:
        UsageError: it does not.
    """
    number = number_of(options.workers, "--workers", 1)
    number_of(options.timeout, "--timeout", 0)
    if number == 0 and options.timeout is not None:
        raise UsageError("--timeout needs a worker process to end: say --workers 1 or more.")
    if options.scheduler is not None and options.workers is not None:
        raise UsageError(
            "--workers are processes of this computer; the cluster has its own. Leave them out "
            "with --scheduler."
        )


def workers_of(options: argparse.Namespace, job: Job) -> Workers:
    """Who does the work.

    Raises:
        UsageError: the cluster cannot be used.
    """
    seconds = number_of(options.timeout, "--timeout", inf)
    if options.scheduler is not None:
        from perf_addin.adapters.cluster.cluster import Cluster  # noqa: PLC0415 - heavy, rare

        work = partial(do_task, job)
        return Cluster(options.scheduler, work, lost, version=made_by, seconds=seconds)
    number = ceil(number_of(options.workers, "--workers", _cores()))
    if number == 0:
        from perf_addin.adapters.pool.here import Here  # noqa: PLC0415

        return Here(partial(do_task, job))
    from perf_addin.adapters.pool.pool import Pool  # noqa: PLC0415

    return Pool(partial(do_task, job), lost, workers=number, seconds=seconds)


def number_of(text: str | None, option: str, default: float) -> float:
    """The number that an option states.

    Raises:
        UsageError: it is none, or less than 0.
    """
    if text is None:
        return default
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not 0 <= number < inf:
        raise UsageError(f"{option}: found {text!r}, expected a number of 0 or more.")
    return number


def _cores() -> int:
    """The cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not everywhere
    return len(allowed(0)) if allowed else os.cpu_count() or 1
