"""Going through the rows of a sheet that are written to."""

from __future__ import annotations

from itertools import combinations

import pytest

from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.domain.errors import InputError


def scan_of(*numbers: int) -> SheetScan:
    """A sheet with empty rows of these numbers, in this order."""
    rows = "".join(f'<row r="{number}"/>' for number in numbers)
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return SheetScan(xml.encode(), "Sheet 'Index'")


def told(scan: SheetScan, numbers: list[int]) -> list[tuple[int, int | None, int | None]]:
    """Each row that is gone through: its number, that of its element, where it would be put in."""
    return [
        (number, None, at) if span is None else (number, span.number, None)
        for number, span, at in walk(scan, numbers)
    ]


def test_rows_are_the_same_once_all_are_known() -> None:
    """They are found quicker then, where they follow each other."""
    for count in range(5):
        for wanted in combinations(range(1, 8), count):
            fresh, known = scan_of(2, 3, 4, 6), scan_of(2, 3, 4, 6)
            assert [span.number for span in known.rows()] == [2, 3, 4, 6]
            assert known.knows_rows
            assert told(known, list(wanted)) == told(fresh, list(wanted))


def test_rows_out_of_order_are_refused_once_all_are_known() -> None:
    scan = scan_of(2, 5, 4, 6)
    assert [span.number for span in scan.rows()] == [2, 5, 4, 6]
    assert [number for number, _, _ in walk(scan, [2, 5])] == [2, 5]
    for wanted in ([4, 6], [6], [2, 4]):
        with pytest.raises(InputError, match="row 4 comes after row 5"):
            list(walk(scan, wanted))
    twice = scan_of(2, 2, 3)
    assert len(list(twice.rows())) == len("223")
    with pytest.raises(InputError, match="row 2 comes after row 2"):
        list(walk(twice, [2, 3]))
