"""One workbook of a batch: it is done when its result is on the disk, and not before."""

from __future__ import annotations

import errno
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from perf_addin.adapters.files import saving
from perf_addin.application.batch.plan import Task
from perf_addin.application.batch.records import DONE, FAILED
from perf_addin.application.settings import Settings
from perf_addin.entry.batch_task import Job, begin_task, do_task, made_by
from perf_addin.entry.rating_work import RatingWork
from tests import batches


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return batches.workbook(tmp_path / "in" / "index.xlsx")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    work = RatingWork(
        Settings(),
        report=False,
        recalc="auto",
        calculate_on_open=False,
        drop_signatures=False,
        charts=None,
    )
    return Job(work, str(tmp_path / "out"), made_by(), "")


def files(job: Job) -> list[str]:
    """What is in the folder of results."""
    out = Path(job.out)
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_a_result_is_in_its_place_once_it_is_on_the_disk(
    source: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(os, "fsync", lambda _: go_on.wait())
    end = begin_task(job, Task("index.xlsx", str(source)))
    (temporary,) = files(job)
    assert temporary.endswith(".tmp")
    threading.Timer(0.05, go_on.set).start()
    outcome = end()
    assert go_on.is_set()
    assert (outcome.record.state, outcome.fresh) == (DONE, True)
    result, rows = files(job)[::-1]
    assert result == "index.xlsx"
    assert rows.endswith(".json.gz")


def fails(code: int, *_: object) -> None:
    """A call that the system refuses."""
    raise OSError(code, os.strerror(code))


@pytest.mark.parametrize(
    ("step", "code", "said"),
    (
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EIO, "cannot be written (EIO)"),
        ("replace", errno.EACCES, "is read-only, or it is open in another program"),
        ("open", errno.EROFS, "is read-only"),
    ),
)
def test_a_disk_that_fails_is_told_and_leaves_what_was_there(  # noqa: PLR0913 - each step has its own
    source: Path, job: Job, monkeypatch: pytest.MonkeyPatch, *, step: str, code: int, said: str
) -> None:
    task = Task("index.xlsx", str(source))
    known = do_task(job, task).record
    before = batches.contents(Path(job.out))
    batches.workbook(source, figure=12)
    with monkeypatch.context() as patch:
        if step == "open":
            patch.setattr(saving, "write_beside", partial(fails, code))
        else:
            patch.setattr(os, step, partial(fails, code))
        first = begin_task(job, task._replace(known=known))
        second = begin_task(job, Task("other.xlsx", str(source)))
        failures = [first().record, second().record]
    assert [record.state for record in failures] == [FAILED, FAILED]
    assert [said in record.reason for record in failures] == [True, True]
    assert batches.contents(Path(job.out)) == before
    assert do_task(job, task._replace(known=known)).record.state == DONE
    assert batches.contents(Path(job.out)) != before
