"""How cells show the numbers that are put into them, be they blank or not."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook as Book

from perf_addin.application.grid import Format
from tests.application.build import opened


def test_formats_of_filled_blank_and_absent_cells(tmp_path: Path) -> None:
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    for address, code in (("B1", "0.0%"), ("C1", "dd/mm/yyyy"), ("D1", '0" % of all"')):
        sheet[address].number_format = code
    path = tmp_path / "formats.xlsx"
    book.save(path)
    (row,) = opened(path).sheets[0].rows()
    assert [row.format_of(column) for column in range(1, 6)] == [
        Format.NUMBER,
        Format.PERCENT,
        Format.DATE,
        Format.NUMBER,
        None,
    ]
