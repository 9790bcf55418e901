"""Names under a folder of results: which are passed over, unsafe, clashing, and how they show."""

from __future__ import annotations

import ntpath
import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.application.batch.names import (
    clashing,
    rows_name,
    shown,
    why_passed_over,
    why_unsafe,
    without_secrets,
)


@pytest.mark.parametrize(
    ("name", "why"),
    (
        ("index.xlsx", ""),
        ("INDEX.XLSM", ""),
        ("template.xltx", ""),
        ("~$index.xlsx", "lock files"),
        (".index.xlsx", "hidden"),
        ("index.xlsx.bak", "other files"),
        ("index.xls", "other files"),
        ("index", "other files"),
        ("perf_addin.xlam", "other files"),
        ("", "other files"),
    ),
)
def test_what_is_passed_over(name: str, why: str) -> None:
    assert why_passed_over(name) == why


@pytest.mark.parametrize(
    "key",
    ("../x.xlsx", "a/../../x.xlsx", "/etc/x.xlsx", "a//x.xlsx", "./x.xlsx", "", "a/", "a\0.xlsx"),
)
def test_what_leads_out_is_unsafe_everywhere(key: str) -> None:
    assert "lead out" in why_unsafe(key, windows=False)
    assert "lead out" in why_unsafe(key, windows=True)


@pytest.mark.parametrize(
    "key",
    (
        "..\\..\\x.xlsx",
        "C:x.xlsx",
        "a/b:stream.xlsx",
        "nul.xlsx",
        "a/COM1",
        "con",
        "a./x.xlsx",
        "a /x.xlsx",
        "a\nb.xlsx",
        "what?.xlsx",
    ),
)
def test_what_is_not_possible_on_windows(key: str) -> None:
    assert why_unsafe(key, windows=True) == "its name is not possible on Windows"
    assert why_unsafe(key, windows=False) == ""


@pytest.mark.parametrize("key", ("a/x.xlsx", "console.xlsx", "..x/y...xlsx", "מדדים/א.xlsx"))
def test_ordinary_names_are_safe(key: str) -> None:
    assert why_unsafe(key, windows=True) == ""


@given(st.text(st.sampled_from("./\\:a~C \0*")) | st.text())
def test_no_safe_name_leads_out(key: str) -> None:
    if not why_unsafe(key, windows=False):
        assert posixpath.normpath(f"/out/{key}") == f"/out/{key}"
    if not why_unsafe(key, windows=True):
        joined = ntpath.join("C:\\out", key.replace("/", "\\"))
        assert ntpath.normpath(joined) == joined
        assert joined.startswith("C:\\out\\")


def test_our_own_folder_is_nobody_elses() -> None:
    assert why_unsafe(".perf-addin/manifest.jsonl", windows=False)
    assert why_unsafe(".PERF-ADDIN/x.xlsx", windows=False)


def test_names_that_are_one_on_some_disks_clash() -> None:
    composed, apart = "\u00fc.xlsx", "u\u0308.xlsx"
    keys = ["a/Index.xlsx", "A/index.xlsx", composed, apart, "other.xlsx"]
    assert clashing(keys) == set(keys) - {"other.xlsx"}


def test_control_and_direction_characters_are_spelt_out() -> None:
    assert shown("a\u202ecod.xlsx\x1b[2J\n") == "a\\u202ecod.xlsx\\x1b[2J\\n"
    assert shown("Überblick מדד.xlsx") == "Überblick מדד.xlsx"


@given(st.text(), st.text())
def test_rows_of_different_workbooks_lie_apart(key: str, other: str) -> None:
    assert (rows_name(key) == rows_name(other)) is (key == other)
    assert why_unsafe(rows_name(key)[1:], windows=True) == ""


def test_secrets_are_not_told() -> None:
    assert without_secrets("ftp://me:secret@host/a@b") == "ftp://host/a@b"
    assert without_secrets("s3://bucket/a") == "s3://bucket/a"
    assert without_secrets("/in/me@here.xlsx") == "/in/me@here.xlsx"
