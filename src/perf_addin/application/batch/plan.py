"""What a batch is to do: every workbook that was found, with what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from perf_addin.application.batch.names import RATED, clashing, why_unsafe
from perf_addin.application.batch.records import DONE, FAILED, Manifest, Record


class Found(NamedTuple):
    """What was found under the paths that were asked for.

    Attributes:
        base: address of the folder that names are relative to.
        files: name and address of every workbook, sorted by name.
        skipped: how many files were passed over, by why.
    """

    base: str
    files: tuple[tuple[str, str], ...]
    skipped: Mapping[str, int]


def without_results(found: Found, named: Collection[str] = ()) -> Found:
    """Leave out what `report` and `recalc` made of a workbook that was found beside it.

    They are the same indicators again, which would count twice. A file that somebody named one by
    one, by its address, is taken whatever it is called.
    """
    made = {f"{key[:dot]}{RATED}{key[dot:]}" for key, _ in found.files if (dot := key.rfind("."))}
    kept = tuple(file for file in found.files if file[0] not in made or file[1] in named)
    count = len(found.files) - len(kept)
    if not count:
        return found
    skipped = {**found.skipped, "results of report or recalc": count}
    return found._replace(files=kept, skipped=dict(sorted(skipped.items())))


class Task(NamedTuple):
    """A workbook to be worked on.

    Attributes:
        key: its name under the common folder, and under the folder of results.
        source: the address to read it from.
        known: what a former run that came to an end on it says of it, or None.
        again: whether it is done again even where nothing changed.
    """

    key: str
    source: str
    known: Record | None = None
    again: bool = False


class Outcome(NamedTuple):
    """What became of a task; `fresh` says whether that is news, or what was known already."""

    record: Record
    fresh: bool = True


class Plan(NamedTuple):
    """The tasks, sorted by name, and what was refused before any work."""

    tasks: tuple[Task, ...]
    refused: tuple[Record, ...]


def make_plan(found: Found, manifest: Manifest, *, windows: bool, again: bool = False) -> Plan:
    """Say what is to be done.

    Args:
        found: the workbooks.
        manifest: what former runs did.
        windows: whether the folder of results is on Windows.
        again: whether everything is done again.
    """
    clashes = clashing(key for key, _ in found.files)
    tasks: list[Task] = []
    refused: list[Record] = []
    for key, source in found.files:
        why = why_unsafe(key, windows=windows)
        if not why and key in clashes:
            why = "another input has the same name but for upper and lower case; rename one"
        if why:
            refused.append(Record(key, source, FAILED, reason=f"Not worked on: {why}."))
            continue
        known = manifest.records.get(key)
        done = known if known is not None and known.state == DONE else None
        tasks.append(Task(key, source, done, again))
    return Plan(tuple(tasks), tuple(refused))


def lost(task: Task, reason: str) -> Outcome:
    """The outcome of a task that gave none itself."""
    return Outcome(Record(task.key, task.source, FAILED, reason=reason))
