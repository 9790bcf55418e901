"""Tables as CSV and Parquet: the same cells, no formula, exact order, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from perf_addin.adapters.tables import files
from perf_addin.adapters.tables.files import CsvTable, ParquetTable, Table

COLUMNS = ("Workbook", "Row", "Actual", "Text")
WHOLE, NUMBERS = frozenset({"Row"}), frozenset({"Actual"})
ROWS = (
    ("a.xlsx", "5", "-12.50", "=cmd|' /C calc'!A1"),
    ("a.xlsx", "6", "", "+44 20"),
    ("ü.xlsx", "7", "0.1", 'says "so",\nand more'),
)


def csv() -> Table:
    return CsvTable(COLUMNS, WHOLE | NUMBERS)


def parquet() -> Table:
    return ParquetTable(COLUMNS, WHOLE, NUMBERS)


def made(make: Callable[[], Table], rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    table = make()
    for row in rows:
        table.add([row])
    pieces = table.end()
    first = b"".join(pieces())
    assert b"".join(pieces()) == first
    table.close()
    return first


def test_csv() -> None:
    assert made(csv).decode("utf-8-sig") == (
        "Workbook,Row,Actual,Text\r\n"
        "a.xlsx,5,-12.50,'=cmd|' /C calc'!A1\r\n"
        "a.xlsx,6,,'+44 20\r\n"
        'ü.xlsx,7,0.1,"says ""so"",\nand more"\r\n'
    )


@pytest.mark.parametrize("group", (1, 2, 100))
def test_parquet(monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(files, "_GROUP_ROWS", group)
    frame = pd.read_parquet(io.BytesIO(made(parquet)), dtype_backend="numpy_nullable")
    assert list(frame.columns) == list(COLUMNS)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "Float64", "string"]
    rows = [[None if pd.isna(cell) else cell for cell in row] for row in frame.to_numpy().tolist()]
    assert rows == [
        ["a.xlsx", 5, -12.5, "=cmd|' /C calc'!A1"],
        ["a.xlsx", 6, None, "+44 20"],
        ["ü.xlsx", 7, 0.1, 'says "so",\nand more'],
    ]


@pytest.mark.parametrize("make", (csv, parquet))
def test_the_same_rows_give_the_same_bytes(make: Callable[[], Table]) -> None:
    assert made(make) == made(make)


@pytest.mark.parametrize("make", (csv, parquet))
def test_a_large_table_goes_through_a_file(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], Table], tmp_path: Path
) -> None:
    expected = made(make)
    monkeypatch.setattr(files, "_IN_MEMORY", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert made(make) == expected


@pytest.mark.parametrize("make", (csv, parquet))
def test_no_rows_and_a_name_that_is_no_text(make: Callable[[], Table]) -> None:
    assert made(make, ())
    assert b"\\udcff.xlsx" in made(make, (("\udcff.xlsx", "1", "", ""),))
