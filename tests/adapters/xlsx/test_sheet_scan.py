"""Rows given from memory are the rows that were found, in a small sheet and in a large one."""

from __future__ import annotations

from array import array

import pytest

from perf_addin.adapters.xlsx import sheet_scan
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan

ROWS = b'<row r="2"><c r="A2"/></row><row r="3"/><row/><row r="70000"><c r="A70000"/></row>'
SHEET = b"<worksheet><sheetData>%b</sheetData></worksheet>" % ROWS


@pytest.mark.parametrize(("large", "kind"), ((len(ROWS) + 1, list), (len(ROWS), array)))
def test_rows_are_given_again(monkeypatch: pytest.MonkeyPatch, large: int, kind: type) -> None:
    monkeypatch.setattr(sheet_scan, "_LARGE", large)
    scan = SheetScan(SHEET, "Index")
    found = list(scan.rows())
    assert scan.knows_rows
    assert [row.number for row in found] == [2, 3, 4, 70000]
    assert list(scan.rows()) == found
    assert all(type(row) is RowSpan for row in scan.rows())
    assert type(scan._remembered) is kind
