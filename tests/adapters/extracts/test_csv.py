"""CSV files as systems write them, and as nobody should."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest

from perf_addin.adapters.extracts import csv_sheet
from perf_addin.adapters.extracts.csv_sheet import open_csv
from perf_addin.application.layout import text_of
from perf_addin.domain.errors import InputError

TEXT = "No,Name,Value\r\n1,Caf\xe9 \N{EN DASH} visits,12\r\n"


def _rows(path: Path) -> list[list[str]]:
    (sheet,) = open_csv(path).sheets
    return [[text_of(row.get(c)) for c in range(1, max(row.cells()) + 1)] for row in sheet.rows()]


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "extract.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    (
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ),
)
def test_encodings_are_found_and_said(tmp_path: Path, content: bytes, said: str) -> None:
    path = _file(tmp_path, content)
    extract = open_csv(path)
    assert extract.read_as == f"{said}, separated by comma"
    assert extract.sha256 == hashlib.sha256(content).hexdigest()
    assert _rows(path) == [["No", "Name", "Value"], ["1", "Caf\xe9 \N{EN DASH} visits", "12"]]


def test_an_encoding_that_shows_only_far_down(tmp_path: Path) -> None:
    content = b"No,Name\n" + b"1,a\n" * 300_000 + b"2,Caf\xe9\n"
    path = _file(tmp_path, content)
    assert open_csv(path).read_as.startswith("Windows-1252")
    assert _rows(path)[-1] == ["2", "Caf\xe9"]


@pytest.mark.parametrize(
    ("mark", "name"), ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"))
)
def test_delimiters(tmp_path: Path, mark: str, name: str) -> None:
    rows = ["No|Name|Value", '1|"Smith, J; or\nJones"|12', "2|Other|13"]
    path = _file(tmp_path, "\n".join(rows).replace("|", mark).encode())
    assert open_csv(path).read_as.endswith(f"separated by {name}")
    assert _rows(path)[1] == ["1", "Smith, J; or\nJones", "12"]


@pytest.mark.parametrize("first", ("sep=;", "SEP=;"))
def test_a_line_that_says_what_separates(tmp_path: Path, first: str) -> None:
    path = _file(tmp_path, f"{first}\nNo;A,B,C\n1;a,b,c\n".encode())
    assert _rows(path) == [["No", "A,B,C"], ["1", "a,b,c"]]


def test_ragged_rows_and_blank_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, b"\nNo,Name,Value\n1,a\n\n2,b,3,4,5\n , ,\n")
    assert _rows(path) == [["No", "Name", "Value"], ["1", "a"], ["2", "b", "3", "4", "5"]]


@pytest.mark.parametrize(
    ("content", "says"),
    (
        (b"", "is empty"),
        (b"\n\n\n", "is empty"),
        (b"No,Name\n1,a\0b\n", "is no text"),
        (b"No,Name\n1,\x81\n", "is no text"),
        (codecs.BOM_UTF16_LE + b"N\0o", "is no text"),
        (b"No,Name\n" + b"x" * 1_000_100 + b"\n", "more than 1,000,000 characters"),
        (b'No,Name\n1,"' + b"x\n" * 200_000, "cannot be read"),
        (b"No," + b"," * 20_000, "20,002 columns"),
    ),
)
def test_what_is_no_extract_gets_one_clear_message(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        _rows(_file(tmp_path, content))


def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    with path.open("wb") as file:
        file.write(b"No,Name,")
        file.seek(40 << 20)
        file.write(b"1")
    with pytest.raises(InputError, match="is no text"):
        open_csv(path)


def test_more_rows_than_a_worksheet_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sheet, "MOST_ROWS", 3)
    path = _file(tmp_path, b"No\n1\n2\n3\n")
    with pytest.raises(InputError, match="row 4"):
        _rows(path)


def test_a_file_that_is_too_large_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_sheet, "LARGEST_BYTES", 3)
    with pytest.raises(InputError, match="larger than"):
        open_csv(_file(tmp_path, b"No,1"))
    with pytest.raises(InputError, match="cannot be read"):
        open_csv(tmp_path / "none.csv")


def test_a_file_that_somebody_changes_meanwhile(tmp_path: Path) -> None:
    path = _file(tmp_path, b"No,Name\n1,a\n")
    (sheet,) = open_csv(path).sheets
    path.write_bytes(b"No,Name\n1,b\n")
    os.utime(path, ns=(1, 1))
    with pytest.raises(InputError, match="was changed while it was read"):
        list(sheet.rows())
