"""Charts and sparklines of a report, as its file has them; read with nothing of the product."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tests.application.build import index, reported

REPORT = "Exception Report"
MONTHS = ("Apr 21", "May 21", "Jun 21", "Jul 21", "Aug 21", "Sep 21")
HEAD = [
    *("No", "Indicator", "Frequency", "Polarity", "Target", "Lower limit", "Upper limit"),
    *MONTHS,
    *("Highlight", "Commentary"),
]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"


def row(  # noqa: PLR0913 - a row has many cells
    no: object,
    figures: tuple[object, ...],
    *,
    target: object = 5,
    limits: tuple[object, object] = (None, None),
    often: str | None = "Monthly",
    polarity: str | None = "High",
    highlight: str | None = "Of note",
) -> list[object]:
    """A row of the index."""
    return [no, f"name {no}", often, polarity, target, *limits, *figures, highlight, "said"]


class Seen(NamedTuple):
    """A line of a chart as the file has it: its name, its reference, its numbers in place."""

    name: str
    reference: str
    numbers: dict[int, str]


class Picture(NamedTuple):
    """A chart of a report as the file has it."""

    title: str
    words: str
    rows: tuple[int, int]
    labels: list[str]
    lines: list[Seen]


def pictures(path: Path) -> dict[str, Picture]:
    """The charts on the report of a workbook, by their names; read with nothing of ours."""
    with zipfile.ZipFile(path) as package:
        names = [n for n in package.namelist() if n.startswith("xl/drawings/drawing")]
        drawing = ET.fromstring(package.read(names[-1]))
        links = ET.fromstring(
            package.read(names[-1].replace("drawings/", "drawings/_rels/") + ".rels")
        )
        targets = {link.get("Id"): link.get("Target", "").lstrip("/") for link in links}
        found = {}
        for anchor in drawing:
            shown = anchor.find(f".//{XDR}cNvPr")
            chart = anchor.find(f".//{C}chart")
            rows = [int(n.text or "") for n in anchor.iter(f"{XDR}row")]
            assert shown is not None
            assert chart is not None
            (relation,) = chart.attrib.values()
            found[shown.get("name", "")] = picture(
                ET.fromstring(package.read(targets[relation])),
                shown.get("descr", ""),
                (rows[0] + 1, rows[1]),
            )
    return found


def picture(chart: ET.Element, words: str, rows: tuple[int, int]) -> Picture:
    """Take a chart part apart."""
    lines = [
        Seen(
            series.findtext(f"{C}tx/{C}v", ""),
            series.findtext(f"{C}val//{C}f", ""),
            {int(p.get("idx", "")): p[0].text or "" for p in series.iterfind(f"{C}val//{C}pt")},
        )
        for series in chart.iter(f"{C}ser")
    ]
    cache = chart.find(f".//{C}strCache")
    title = "".join(chart.find(f".//{C}title").itertext())  # type: ignore[union-attr]
    labels = [p[0].text or "" for p in cache.iter(f"{C}pt")] if cache is not None else []
    return Picture(title, words, rows, labels, lines)


def sparklines(path: Path) -> dict[str, tuple[str, str]]:
    """Each sparkline of the report: its cell, what it draws, and what becomes of blanks."""
    with zipfile.ZipFile(path) as package:
        sheet = ET.fromstring(package.read("xl/worksheets/sheet2.xml"))
    return {
        each.findtext(f"{XM}sqref", ""): (
            each.findtext(f"{XM}f", ""),
            group.get("displayEmptyCellsAs", ""),
        )
        for group in sheet.iter(f"{X14}sparklineGroup")
        for each in group.iter(f"{X14}sparkline")
    }


def drawn(tmp_path: Path, *rows: list[object]) -> Path:
    """The report, with charts, of an index of some rows."""
    reported(index(tmp_path / "index.xlsx", HEAD, *rows), tmp_path / "drawn.xlsx", charts=True)
    return tmp_path / "drawn.xlsx"
