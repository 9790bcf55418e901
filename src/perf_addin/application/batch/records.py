"""What became of each workbook, as lines of the manifest: JSON, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from perf_addin.application.batch.names import without_secrets

DONE, FAILED = "done", "failed"


class Counts(NamedTuple):
    """What the index of a workbook came to: indicators by rating, breaches, findings."""

    red: int = 0
    amber: int = 0
    green: int = 0
    not_rated: int = 0
    breaches: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    @property
    def indicators(self) -> int:
        """How many indicators there are."""
        return self.red + self.amber + self.green + self.not_rated


class Record(NamedTuple):
    """What became of a workbook.

    Attributes:
        key: its name under the common folder of the inputs, and under the folder of results.
        source: the address that it was read from.
        state: done or failed.
        input: SHA-256 of what was read; empty where it could not be.
        version: of this program and of what its results rest on.
        settings: digest of the options that its result rests on.
        output: SHA-256 of the result.
        rows: SHA-256 of its rows of the tables, as kept; empty where they were not.
        period: label of the period that was rated; empty where there is none.
        counts: what its index came to.
        reason: why it failed.
    """

    key: str
    source: str
    state: str
    input: str = ""
    version: str = ""
    settings: str = ""
    output: str = ""
    rows: str = ""
    period: str = ""
    counts: Counts = Counts()
    reason: str = ""


class Manifest(NamedTuple):
    """What is known of former runs: the folder their names are relative to, and the last records.

    `base` is empty where there was no run yet.
    """

    base: str
    records: dict[str, Record]


def failure_of(record: Record) -> str:
    """Why a workbook failed, with its whole name once in front."""
    for name in (record.key, record.key.rpartition("/")[2]):
        if record.reason.startswith(name):
            return record.key + record.reason[len(name) :]
    return f"{record.key}: {record.reason}"


def line_of(record: Record) -> str:
    """A record as a line of the manifest, without its end; passwords in addresses are left out."""
    counts = {name: number for name, number in record.counts._asdict().items() if number}
    given = {**record._asdict(), "counts": counts, "source": without_secrets(record.source)}
    return json.dumps({name: value for name, value in given.items() if value}, sort_keys=True)


def base_line(base: str) -> str:
    """The line that says what the names of the following records are relative to."""
    return json.dumps({"base": base})


def read_manifest(lines: Iterable[str]) -> Manifest:
    """Read a manifest; the last record of a name holds.

    A line that is none, such as one that was cut short, is passed over: what it told of is done
    again.
    """
    base = ""
    records: dict[str, Record] = {}
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if not isinstance(found, dict):
            continue
        if "base" in found:
            base = str(found["base"])
            continue
        record = _record_of(found)
        if record is not None:
            records[record.key] = record
    return Manifest(base, records)


def _record_of(found: dict[str, object]) -> Record | None:
    counts = found.pop("counts", {})
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    try:
        numbers = Counts(**counts) if isinstance(counts, dict) else Counts()
        return Record(**texts, counts=numbers)
    except TypeError:  # a field of another version, or one is lacking
        return None
