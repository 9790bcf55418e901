"""An error carries the file that it is about, and shows it once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from perf_addin.application.about_file import about_file
from perf_addin.domain import errors

KINDS = (errors.UsageError, errors.InputError, errors.OutputError, errors.NoIndexError)


def test_a_file_stands_in_front() -> None:
    error = errors.InputError("Sheet 'Index' is damaged.")
    assert (error.file, str(error)) == (None, "Sheet 'Index' is damaged.")
    assert error.about(Path("a.xlsx")) is error
    assert (error.file, error.names_file) == ("a.xlsx", False)
    assert str(error) == "a.xlsx: Sheet 'Index' is damaged."


def test_the_first_that_says_so_holds() -> None:
    error = errors.InputError("Sheet 'Index' is damaged.").about("extract.xlsx")
    assert str(error.about("index.xlsx")) == "extract.xlsx: Sheet 'Index' is damaged."


def test_a_message_that_names_its_file_is_left_alone() -> None:
    error = errors.OutputError("out.xlsx is a folder. Name a file in it.", file=Path("out.xlsx"))
    assert str(error.about("index.xlsx")) == "out.xlsx is a folder. Name a file in it."
    assert (error.file, error.names_file) == ("out.xlsx", True)


def test_a_bare_name_gets_its_folder_from_whoever_knows_it() -> None:
    def refused() -> errors.InputError:
        return errors.InputError("a.xlsx: Sheet 'a.xlsx' holds no index.", name="a.xlsx")

    assert str(refused()) == "a.xlsx: Sheet 'a.xlsx' holds no index."
    for path in ("april/a.xlsx", "april\\a.xlsx"):
        error = refused().about(path).about("may/a.xlsx")
        assert str(error) == f"{path}: Sheet 'a.xlsx' holds no index."
        assert (error.file, error.names_file) == (path, True)
    for other in ("a.xlsx", "b.xlsx", "april/aa.xlsx"):
        assert str(refused().about(other).about("may/a.xlsx")) == str(refused())
    target = errors.OutputError("a.xlsx is a folder.", file="a.xlsx")
    assert str(target.about("april/a.xlsx")) == "a.xlsx is a folder."


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_goes_along_to_other_processes(kind: type[errors.PerfAddinError]) -> None:
    for error in (kind("Stop.").about("a.xlsx"), kind("a.xlsx stops.", file="a.xlsx")):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert type(again) is kind
        assert (again.file, again.names_file) == ("a.xlsx", error.names_file)
        assert str(again.about("b.xlsx")) == str(error)


def test_what_is_refused_in_a_block_is_about_its_file() -> None:
    refused = errors.NoIndexError("Nothing there.")
    with pytest.raises(errors.NoIndexError) as told, about_file("b.xlsx"), about_file("a.xlsx"):
        raise refused
    assert told.value is refused
    assert str(refused) == "a.xlsx: Nothing there."
