"""The command `batch`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from perf_addin.application.batch.plan import Found, Plan, make_plan, without_results
from perf_addin.application.batch.records import base_line, read_manifest
from perf_addin.application.batch.run import Tally, run_batch
from perf_addin.domain.errors import InputError, UsageError
from perf_addin.entry.batch_places import inputs_for, is_remote, journal_at, results_at
from perf_addin.entry.batch_show import CSV_ONLY, GO_ON, Progress, print_found, print_tally
from perf_addin.entry.batch_task import Job, made_by
from perf_addin.entry.batch_workers import check_workers, workers_of
from perf_addin.entry.cli import DONE, FOUND_ERRORS, INTERRUPTED
from perf_addin.entry.interrupts import Interrupts
from perf_addin.entry.rating_work import work_of
from perf_addin.entry.stated import settings_from

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.batch.ports import Journal, Workers
    from perf_addin.entry.batch_tables import Tables

# The options that a result does not rest on.
_BESIDE = frozenset(
    {"command", "folder", "force", "out", "paths", "poll", "quiet", "runs", "scheduler", "settle"}
    | {"tables", "timeout", "workers"}
)


def run(options: argparse.Namespace) -> int:
    """Work on every workbook; 1 where one failed, 130 where it was interrupted.

    Raises:
        PerfAddinError: nothing was found, the results cannot be written, or an option makes no
            sense.
    """
    try:
        return _run_whole(options)
    except KeyboardInterrupt:
        print(f"\nperf-addin: {GO_ON}", file=sys.stderr)
        return INTERRUPTED


def _run_whole(options: argparse.Namespace) -> int:
    job = job_of(options)._replace(rows=options.tables != "none")
    check_workers(options)
    found = _find(options, job.out)
    if not options.quiet:
        print_found(found)
    if not found.files:
        raise InputError(f"No workbook was found under {', '.join(options.paths)}.")
    workers = workers_of(options, job, len(found.files))
    # Closed before the journal too, which sweeps away what those who are killed leave.
    with closing(workers), closing(journal_at(job.out)) as journal, closing(workers):
        return _run(options, job, found, journal, workers)


def job_of(options: argparse.Namespace) -> Job:
    """What the options ask to be done to each workbook."""
    work = work_of(options, settings_from(options), report=not options.only_ratings)
    stated = {name: value for name, value in vars(options).items() if name not in _BESIDE}
    digest = hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()
    out = options.out if is_remote(options.out) else os.path.abspath(options.out)  # noqa: PTH100
    return Job(work, out, made_by(), digest)


def _run(
    options: argparse.Namespace, job: Job, found: Found, journal: Journal, workers: Workers
) -> int:
    plan = plan_of(found, journal, job, force=options.force)
    progress = Progress(quiet=options.quiet)
    with Interrupts(progress.stopping) as interrupts, _tables(options) as tables:
        tally, records = run_batch(plan, workers, journal, progress, interrupts.asked)
        progress.end()
        interrupted = tally.finished < tally.total
        league = tables is not None and not interrupted
        if tables is not None and league:
            tables.write(records, found.base, results_at(job.out))
    if not options.quiet:
        print_tally(tally, job.out, interrupted=interrupted, league=league)
    return INTERRUPTED if interrupted else _code(tally)


@contextmanager
def _tables(options: argparse.Namespace) -> Iterator[Tables | None]:
    """The tables that were asked for, made before any work so that what lacks is said at once."""
    if options.tables == "none":
        yield None
        return
    from perf_addin.entry.batch_tables import (  # noqa: PLC0415 - only where asked for
        Tables,
        has_parquet,
    )

    parquet = options.tables == "all" or (options.tables is None and has_parquet())
    if options.tables is None and not parquet and not options.quiet:
        print(CSV_ONLY, file=sys.stderr)
    tables = Tables(parquet=parquet)
    try:
        yield tables
    finally:
        tables.close()


def plan_of(found: Found, journal: Journal, job: Job, *, force: bool) -> Plan:
    """What is to be done, and the manifest's line that says what its names are relative to.

    Raises:
        UsageError: the results in the folder are those of other inputs.
    """
    manifest = read_manifest(journal.lines())
    if manifest.base and manifest.base != found.base and not force:
        raise UsageError(
            f"--out {job.out} holds the results of {manifest.base}, not of {found.base}. Name "
            "another folder, or say --force to write over them."
        )
    if manifest.base != found.base:
        journal.append([base_line(found.base)])
    windows = os.name == "nt" and not is_remote(job.out)
    return make_plan(found, manifest, windows=windows, again=force)


def _code(tally: Tally) -> int:
    return FOUND_ERRORS if tally.failed else DONE


def _find(options: argparse.Namespace, out: str) -> Found:
    remote = {is_remote(path) for path in options.paths}
    if len(remote) > 1:
        raise UsageError("Paths and addresses have no folder in common. Run them one by one.")
    found = inputs_for(remote=remote.pop()).find(options.paths, out)
    return without_results(found, [_address(path) for path in options.paths])


def _address(path: str) -> str:
    """What a path is called among those that are found."""
    return path if is_remote(path) else os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111
