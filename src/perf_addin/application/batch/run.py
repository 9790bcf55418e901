"""The use case: do the tasks of a plan, and write down what became of each as it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from perf_addin.application.batch.plan import Plan
from perf_addin.application.batch.ports import Journal, Workers
from perf_addin.application.batch.records import DONE, Record, line_of


class Tally(NamedTuple):
    """How far a batch has come: files in all, done now, done before, failed."""

    total: int
    done: int = 0
    unchanged: int = 0
    failed: int = 0

    @property
    def finished(self) -> int:
        """How many there is nothing left to do for."""
        return self.done + self.unchanged + self.failed


class Teller(Protocol):
    """Tells a person how it goes."""

    def progress(self, tally: Tally) -> None:
        """It has come this far; called again and again, also where nothing changed."""

    def failed(self, record: Record) -> None:
        """This file failed."""


def run_batch(
    plan: Plan, workers: Workers, journal: Journal, teller: Teller, stopping: Callable[[], bool]
) -> tuple[Tally, dict[str, Record]]:
    """Do every task, and give the record of each file that there is an end to.

    Raises:
        OutputError: the manifest cannot be written.
    """
    records: dict[str, Record] = {}
    tally = Tally(len(plan.tasks) + len(plan.refused))
    for record in plan.refused:
        records[record.key] = record
        tally = _counted(tally, record, fresh=True)
        teller.failed(record)
    journal.append([line_of(record) for record in plan.refused])
    for outcomes in workers.run(plan.tasks, stopping):
        journal.append([line_of(outcome.record) for outcome in outcomes if outcome.fresh])
        for record, fresh in outcomes:
            records[record.key] = record
            tally = _counted(tally, record, fresh=fresh)
            if record.state != DONE:
                teller.failed(record)
        teller.progress(tally)
    return tally, records


def _counted(tally: Tally, record: Record, *, fresh: bool) -> Tally:
    if record.state != DONE:
        return tally._replace(failed=tally.failed + 1)
    if fresh:
        return tally._replace(done=tally.done + 1)
    return tally._replace(unchanged=tally.unchanged + 1)
