"""An index of one plain row or several, from which each test changes one thing."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from perf_addin.application.check import check
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding
from tests.application.build import index, opened

MONTHS = ("Apr 2021", "May 2021", "Jun 2021", "Jul 2021", "Aug 2021", "Sep 2021", "Oct 2021")
HEADER = (
    *("No", "Indicator", "Polarity", "Target", "Tolerance", "Lower limit", "Upper limit"),
    *("Frequency", "RAG", "England", "London", "Numerator", "Denominator", *MONTHS),
    *("Nov 2021", "Dec 2021", "Quartile", "Commentary"),
)
PLAIN: Mapping[str, object] = {
    "No": 1,
    "Indicator": "Visits in time",
    "Polarity": "High",
    "Target": 90,
    "Tolerance": "5%",
    "Nov 2021": 91,
    "Dec 2021": 92,
    "Commentary": "Fine.",
}


def found(path: Path) -> list[Finding]:
    return list(check(opened(path), Settings()).findings)


def row(**cells: object) -> list[object]:
    """A row of PLAIN with other cells; names with `_` for a space."""
    changed = {**PLAIN, **{name.replace("_", " "): value for name, value in cells.items()}}
    assert set(changed) <= set(HEADER)
    return [changed.get(heading) for heading in HEADER]


def book(path: Path, *rows: list[object]) -> Path:
    return index(path / "index.xlsx", HEADER, *rows)


def codes(path: Path) -> list[str]:
    return [finding.code for finding in found(path)]


def percent(**cells: object) -> list[object]:
    return row(Indicator="% of children seen in time", **cells)


def put_behind_data(path: Path, xml: bytes) -> None:
    """Put XML behind the cells of the first worksheet."""
    _put(path, b"</sheetData>", b"</sheetData>" + xml)


def put_before_end(path: Path, xml: bytes) -> None:
    """Put XML before the end of the first worksheet."""
    _put(path, b"</worksheet>", xml + b"</worksheet>")


def _put(path: Path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for each, data in parts.items():
            package.writestr(each, data)
