"""Defects planted one by one in copies of the samples: each is found, and nothing else is said."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.check import check
from perf_addin.application.grid import column_number
from perf_addin.application.ports import CellWrite
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding

SAMPLES = Path(__file__).parents[3] / "workbook"
PANEL, TABLE = "performance_index_2021-22.xlsx", "performance_index_2018-19.xlsx"
INDEX, MEASURES = "Performance Index", "Measures 2018-19"
Value = str | int | Decimal | None


def findings_of(workbook: XlsxWorkbook) -> frozenset[Finding]:
    return frozenset(check(workbook, Settings()).findings)


def opened(sample: str) -> XlsxWorkbook:
    return XlsxWorkbook(Package.open(SAMPLES / sample))


@functools.cache
def before(sample: str) -> frozenset[Finding]:
    """What is found in a sample as it is."""
    return findings_of(opened(sample))


@pytest.mark.parametrize(
    ("sample", "sheet", "cells", "codes"),
    (
        (PANEL, INDEX, {"H10": "R"}, {"H10": "typed-rating-differs", "AA10": "commentary-missing"}),
        (PANEL, INDEX, {"D9": None}, {"D9": "polarity-missing"}),
        (PANEL, INDEX, {"D9": "Upwards"}, {"D9": "unknown-polarity"}),
        (PANEL, INDEX, {"D9": "Low", "E9": "at least 95"}, {"E9": "not-rated"}),
        (PANEL, INDEX, {"E9": None}, {"E9": "not-rated"}),
        (PANEL, INDEX, {"E11": Decimal("0.3")}, {"E11": "target-outside-range"}),
        (PANEL, INDEX, {"P13": "149"}, {"P13": "number-as-text"}),
        (PANEL, INDEX, {"A10": 2}, {"Q9": "repeated-number", "Q10": "repeated-number"}),
        (PANEL, INDEX, {"A10": None}, {"A10": "number-missing"}),
        (PANEL, INDEX, {"A1": "Performance Index 2019/20"}, {"A1": "title-year-differs"}),
        (PANEL, INDEX, {"AA9": None}, {"AA9": "commentary-missing"}),
        (
            *(PANEL, INDEX, {"E15": 0}),
            {
                "E15": "zero-target",
                "AA15": "commentary-missing",
                "Q15": "target-against-benchmarks",
            },
        ),
        (PANEL, "Data", {"H12": 3}, {"Q17": "parts-differ"}),
        (PANEL, "Data", {"H8": 80, "H9": 90}, {"Q10": "parts-differ"}),
        (TABLE, MEASURES, {"W7": None}, {"W7": "commentary-missing"}),
        (TABLE, MEASURES, {"V8": "Blue"}, {"V8": "unknown-rating"}),
        (TABLE, MEASURES, {"F16": "12 to"}, {"F16": "unreadable-range"}),
        (TABLE, MEASURES, {"P9": 0}, {"P9": "figure-jumps"}),
    ),
)
def test_a_planted_defect(
    sample: str,
    sheet: str,
    cells: Mapping[str, Value],
    codes: Mapping[str, str],
) -> None:
    workbook = opened(sample)
    writes = []
    for name, value in cells.items():
        letters = name.rstrip("0123456789")
        writes.append(CellWrite(int(name[len(letters) :]), column_number(letters), value))
    workbook.write(sheet, writes)
    new = findings_of(workbook) - before(sample)
    # These name indicators or count them, and so read otherwise once one is rated otherwise.
    aside = {"tolerance-missing", "range-breach"}
    found = {(str(f.cell), f.code) for f in new if f.code not in aside}
    assert found == set(codes.items())


@pytest.mark.parametrize("sample", (PANEL, TABLE))
def test_a_sample_says_nothing_twice(sample: str) -> None:
    found = sorted(before(sample))
    assert not [f for f in found if f.severity.value == "error"]
    assert len({(f.code, f.sheet, f.cell) for f in found}) == len(found)
    assert len({f.message for f in found}) == len(found)
