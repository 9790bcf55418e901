"""What is done to one workbook of a batch, in whatever process, on whatever machine.

Everything that the work needs is imported here, once for each worker.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perf_addin import __version__
from perf_addin.adapters.xlsx import deflate
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application import (  # noqa: F401 - so that no task waits for an import
    rating_index,
    write_ratings,
    write_report,
)
from perf_addin.application.batch.names import rows_name
from perf_addin.application.batch.plan import Outcome, Task, lost
from perf_addin.application.batch.ports import Inputs, Results
from perf_addin.application.batch.records import DONE, Record
from perf_addin.application.batch.rows import counts_of, packed, rows_of
from perf_addin.domain.errors import PerfAddinError
from perf_addin.entry.batch_places import inputs_at, results_at
from perf_addin.entry.installed import version_of
from perf_addin.entry.rating_work import RatingWork, rate_workbook

deflate.prepare()
_COLLECT_EVERY_BYTES = 1 << 20
_RESTS_ON = ("isal", "formualizer")
_unread = 0


class Job(NamedTuple):
    """What all tasks of a batch share.

    Attributes:
        work: what is done to each workbook.
        out: address of the folder of results.
        version: what the results rest on, as `made_by` gives it where the batch was started.
        settings: digest of the options.
        rows: whether the rows of the tables are kept too.
    """

    work: RatingWork
    out: str
    version: str
    settings: str
    rows: bool = True


@cache
def made_by() -> str:
    """This program's version, and those of what the bytes of a result rest on."""
    return f"perf-addin {__version__} ({', '.join(map(_named, _RESTS_ON))})"


def _named(name: str) -> str:
    version = version_of(name)
    return f"no {name}" if version is None else f"{name} {version}"


def do_task(job: Job, task: Task) -> Outcome:
    """Work on a workbook, unless the same was done before. Never raises for what a file can do."""
    return begin_task(job, task)()


def begin_task(job: Job, task: Task) -> Callable[[], Outcome]:
    """Do what `do_task` does, but for what waits for the disk: what is given, called, does that.

    A task is done when that has given its outcome, and not before. Neither raises.
    """
    if made_by() != job.version:
        why = f"The worker has {made_by()}, not {job.version}. Install the same there."
        return lambda: lost(task, why)
    try:
        finish = _begin(job, task, inputs_at(task.source), results_at(job.out))
    except Exception as error:  # noqa: BLE001 - a defect of ours must not stop the others
        why = _why(error)
        return lambda: lost(task, why)
    finally:
        _collect()
    return lambda: _ended(task, finish)


def _ended(task: Task, finish: Callable[[], Outcome]) -> Outcome:
    try:
        return finish()
    except Exception as error:  # noqa: BLE001 - as above
        return lost(task, _why(error))


def _why(error: Exception) -> str:
    """Why a workbook is lost, as a person reads it."""
    if isinstance(error, PerfAddinError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for it."
    if isinstance(error, RecursionError):
        return "It is nested deeper than anything that Excel writes."
    return f"An unexpected {type(error).__name__}: {error}. Please report it."


def _begin(job: Job, task: Task, inputs: Inputs, results: Results) -> Callable[[], Outcome]:
    global _unread  # noqa: PLW0603 - how much may wait to be collected
    raw = inputs.read(task.source)
    _unread += len(raw)
    digest = _digest(raw)
    known = task.known
    if known is not None and not task.again and _holds(job, known, digest, results):
        return lambda: Outcome(known, fresh=False)
    package = Package.open(Path(task.key), content=raw, drop_signatures=job.work.drop_signatures)
    workbook = XlsxWorkbook(package)
    result = rate_workbook(workbook, job.work)
    made = b"".join(package.chunks())
    kept = packed(rows_of(result)) if job.rows else None
    record = Record(
        task.key,
        task.source,
        DONE,
        digest,
        job.version,
        job.settings,
        _digest(made),
        "" if kept is None else _digest(kept),
        result.period.label if result.period else "",
        counts_of(result),
    )
    there = results.read(task.key)
    foreign = there is not None and (known is None or _digest(there) != known.output)
    in_place = results.put(task.key, made, backup=foreign) if there != made else None

    def finish() -> Outcome:
        if in_place is not None:
            in_place()
        if kept is not None:
            results.put_rows(rows_name(task.key), kept)
        return Outcome(record)

    return finish


def _holds(job: Job, known: Record, digest: str, results: Results) -> bool:
    """Whether what is known still is so: same input, program and options, results untouched."""
    if (known.input, known.version, known.settings) != (digest, job.version, job.settings):
        return False
    output = results.read(known.key)
    if output is None or _digest(output) != known.output:
        return False
    rows = results.read(rows_name(known.key)) if job.rows else None
    return not job.rows or (rows is not None and _digest(rows) == known.rows)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _collect() -> None:
    """Free what a workbook leaves in circles; not after every small one."""
    global _unread  # noqa: PLW0603
    if _unread > _COLLECT_EVERY_BYTES:
        _unread = 0
        gc.collect()
