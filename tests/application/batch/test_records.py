"""The manifest: what is written is read again, whatever was cut short."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perf_addin.application.batch.plan import Found, make_plan
from perf_addin.application.batch.records import (
    DONE,
    FAILED,
    Counts,
    Manifest,
    Record,
    base_line,
    failure_of,
    line_of,
    read_manifest,
)

RECORD = Record("a/x.xlsx", "/in/a/x.xlsx", DONE, "1", "2", "3", "4", "5", "Apr 2021", Counts(1, 2))
RECORDS = st.builds(
    Record,
    key=st.text(),
    source=st.text().filter(lambda text: "@" not in text),
    state=st.sampled_from((DONE, FAILED)),
    reason=st.text(),
    counts=st.builds(Counts, st.integers(0, 99), st.integers(0, 99)),
)


@settings(max_examples=40)
@given(st.lists(RECORDS.filter(lambda record: bool(record.key and record.source))))
def test_what_is_written_is_read(records: list[Record]) -> None:
    lines = [base_line("/in"), *map(line_of, records)]
    assert all("\n" not in line and line.isascii() for line in lines)
    assert read_manifest(lines) == Manifest("/in", {record.key: record for record in records})


def test_a_file_name_that_is_no_text_survives() -> None:
    record = RECORD._replace(key="\udcff.xlsx")
    assert read_manifest([line_of(record)]).records == {"\udcff.xlsx": record}


def test_a_password_is_in_no_line() -> None:
    line = line_of(RECORD._replace(source="sftp://me:secret@host/x.xlsx"))
    assert "secret" not in line
    assert read_manifest([line]).records["a/x.xlsx"].source == "sftp://host/x.xlsx"


def test_a_failure_names_the_workbook_once() -> None:
    for reason in ("a/x.xlsx is empty.", "x.xlsx is empty."):
        assert failure_of(RECORD._replace(reason=reason)) == "a/x.xlsx is empty."
    assert failure_of(RECORD._replace(reason="No memory.")) == "a/x.xlsx: No memory."


def test_the_last_record_of_a_name_holds() -> None:
    lines = [line_of(RECORD), line_of(RECORD._replace(state=FAILED))]
    assert read_manifest(lines).records["a/x.xlsx"].state == FAILED


@given(st.integers(0, len(line_of(RECORD)) - 1))
def test_a_line_cut_short_is_passed_over(length: int) -> None:
    other = line_of(RECORD._replace(key="other.xlsx"))
    found = read_manifest([line_of(RECORD)[:length], "null", "[]", '{"key": 3}', other])
    assert list(found.records) == ["other.xlsx"]


def test_a_line_of_another_version_is_passed_over() -> None:
    assert read_manifest(['{"key": "a", "source": "b", "state": "done", "new": "c"}']).records == {}


def test_a_plan_knows_what_was_done_and_refuses_the_unsafe() -> None:
    failed = RECORD._replace(key="b.xlsx", state=FAILED)
    manifest = Manifest("/in", {RECORD.key: RECORD, failed.key: failed})
    keys = ("../c.xlsx", "D.xlsx", "a/x.xlsx", "b.xlsx", "d.xlsx")
    plan = make_plan(
        Found("/in", tuple((k, f"/in/{k}") for k in keys), {}), manifest, windows=False
    )
    assert [(task.key, task.known) for task in plan.tasks] == [
        ("a/x.xlsx", RECORD),
        ("b.xlsx", None),
    ]
    assert [record.key for record in plan.refused] == ["../c.xlsx", "D.xlsx", "d.xlsx"]
    assert all(record.reason for record in plan.refused)
