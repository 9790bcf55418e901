"""The command `watch`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.files.programs import open_elsewhere
from perf_addin.application.batch.names import shown
from perf_addin.application.batch.plan import Found, Plan, make_plan, without_results
from perf_addin.application.batch.records import (
    DONE,
    Counts,
    Record,
    failure_of,
    line_of,
    read_manifest,
)
from perf_addin.application.batch.watching import Stamp, Watch
from perf_addin.domain.errors import PerfAddinError, UsageError
from perf_addin.entry.batch import job_of, plan_of
from perf_addin.entry.batch_places import inputs_for, is_remote, journal_at
from perf_addin.entry.batch_task import Job, do_task
from perf_addin.entry.batch_workers import number_of
from perf_addin.entry.cli import DONE as ALL_WELL
from perf_addin.entry.interrupts import Interrupts

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.batch.ports import Journal

_OUT = "rated"
_QUIET_SECONDS = 2.0
_POLL_SECONDS = 1.0
_NAP_SECONDS = 0.2


def run(options: argparse.Namespace) -> int:
    """Work on every workbook of a folder as it is saved, until interrupted, which is no failure.

    Raises:
        PerfAddinError: the folder is none, or the results cannot be written.
    """
    folder = os.path.abspath(options.folder)  # noqa: PTH100 - no link resolved
    if is_remote(options.folder) or not Path(folder).is_dir():
        raise UsageError(f"{options.folder} is no folder of this computer or of a share.")
    if options.out is None:
        options.out = os.path.join(folder, _OUT)  # noqa: PTH118
    job = job_of(options)
    quiet = number_of(options.settle, "--settle", _QUIET_SECONDS)
    poll = number_of(options.poll, "--poll", _POLL_SECONDS)
    found = _find(folder, job)
    with closing(journal_at(job.out)) as journal:
        plan_of(found, journal, job, force=False)
        try:
            with Interrupts() as interrupts:
                _say(f"watching {shown(folder)}; results in {shown(job.out)}")
                _Watching(folder, job, journal, quiet).until(interrupts.asked, poll)
        except KeyboardInterrupt:
            _say("stopped at once; the next watch goes on")
        else:
            _say("stopped")
    return ALL_WELL


class _Watching:
    """A folder that is watched."""

    def __init__(self, folder: str, job: Job, journal: Journal, quiet_seconds: float) -> None:
        self._folder = folder
        self._job = job
        self._journal = journal
        self._watch = Watch(quiet_seconds)
        self._known = read_manifest(journal.lines())
        self._told: dict[str, str] = {}
        self._trouble = ""

    def until(self, asked: Callable[[], bool], poll_seconds: float) -> None:
        """Look again and again."""
        while not asked():
            try:
                self._look(asked)
                self._trouble = ""
            except (PerfAddinError, OSError) as error:
                if str(error) != self._trouble:  # a share that is away is said once
                    _say(f"waiting: {shown(str(error))}")
                self._trouble = str(error)
            until = time.monotonic() + poll_seconds
            while not asked() and (left := until - time.monotonic()) > 0:
                time.sleep(min(left, _NAP_SECONDS))

    def _look(self, asked: Callable[[], bool]) -> None:
        found = _find(self._folder, self._job)
        plan = self._plan(found)
        sources = {task.key: task.source for task in plan.tasks}
        stamps = _stamps(sources)
        ready, held_up = self._watch.look(time.monotonic(), stamps, self._is_open)
        for key in held_up:
            _say(f"waiting: {shown(key)} is open in Excel")
        wanted = set(ready)
        for task in plan.tasks:
            if task.key in wanted and not asked():
                outcome = do_task(self._job, task)
                self._ended(outcome.record, fresh=outcome.fresh)

    def _is_open(self, key: str) -> bool:
        """Whether somebody has a workbook open, or its result."""
        places = (Path(self._folder) / key, Path(self._job.out) / key)
        return any(open_elsewhere(place) is not None for place in places)

    def _plan(self, found: Found) -> Plan:
        plan = make_plan(found, self._known, windows=os.name == "nt")
        for record in plan.refused:
            self._tell_failure(record)
        return plan

    def _ended(self, record: Record, *, fresh: bool) -> None:
        if record.state != DONE:
            self._watch.failed(record.key, time.monotonic())
            self._tell_failure(record)
        else:
            self._watch.done(record.key)
            self._known.records[record.key] = record
            self._told.pop(record.key, None)
            if fresh:
                _say(f"rated {shown(record.key)}: {_counted(record.counts)}")
        if fresh:
            self._journal.append([line_of(record)])

    def _tell_failure(self, record: Record) -> None:
        """Say why a file failed, once for each reason."""
        if self._told.get(record.key) != record.reason:
            self._told[record.key] = record.reason
            _say(f"failed: {shown(failure_of(record))}")


def _find(folder: str, job: Job) -> Found:
    return without_results(inputs_for(remote=False).find([folder], job.out))


def _stamps(sources: Mapping[str, str]) -> dict[str, Stamp]:
    """The stamp of every file that is still there."""
    found: dict[str, Stamp] = {}
    for key, source in sources.items():
        try:
            status = Path(source).stat()
        except OSError:
            continue
        found[key] = Stamp(status.st_size, status.st_mtime_ns)
    return found


def _counted(counts: Counts) -> str:
    told = [f"{counts.red} red", f"{counts.amber} amber", f"{counts.green} green"]
    told.append(f"{counts.not_rated} not rated")
    if counts.breaches:
        told.append(f"{counts.breaches} breach{'es' if counts.breaches > 1 else ''}")
    return ", ".join(told)


def _say(text: str) -> None:
    """Say something with the time of day, at once, also to a file or a pipe."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
