"""Charts and sparklines in the exception report: of which indicators, of what, kept or not."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.ports import CellWrite
from perf_addin.application.rating_index import rate_index
from perf_addin.application.recording import PageChange, RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.application.write_report import write_report
from tests.application.build import cells, change, codes, index, opened, rated, reported

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


def test_the_figures_are_those_of_the_index_and_levels_stand_beside_them(tmp_path: Path) -> None:
    (chart,) = pictures(
        drawn(tmp_path, row(7, (1, 2, None, 4, 3, None), limits=(2, 6), target=4))
    ).values()
    assert chart.title == "7: name 7"
    assert chart.labels == ["Apr 2021", "May 2021", "Jun 2021", "Jul 2021", "Aug 2021"]
    assert [line.name for line in chart.lines] == [
        "Actual",
        "Target 4",
        "Acceptable range, lower limit 2",
        "Acceptable range, upper limit 6",
    ]
    assert chart.lines[0].reference == "'Index'!$H$2:$L$2"
    assert chart.lines[0].numbers == {0: "1", 1: "2", 3: "4", 4: "3"}
    assert chart.lines[1].numbers == dict.fromkeys(range(5), "4")
    assert chart.words == (
        "Line chart of indicator 7, name 7: 1 in Apr 2021, 3 in Aug 2021; highest 4 in Jul 2021, "
        "lowest 1 in Apr 2021. No figure for Jun 2021. Level lines: Target 4; Acceptable range, "
        "lower limit 2; Acceptable range, upper limit 6."
    )


def test_every_reference_leads_to_the_numbers_that_are_cached(tmp_path: Path) -> None:
    path = drawn(tmp_path, row(1, (1, 2, 3, 4, 3, 2)), row(2, (0, "u", 2, 3, 1, 2), target="2-3"))
    book = load_workbook(path)
    for chart in pictures(path).values():
        for line in chart.lines:
            sheet, _, area = line.reference.replace("'", "").rpartition("!")
            block = [c.value for line in book[sheet][area.replace("$", "")] for c in line]
            numbers = [None if n not in line.numbers else float(line.numbers[n]) for n in range(6)]
            assert block == numbers


def test_a_symbol_for_a_missing_figure_is_a_gap_and_never_zero(tmp_path: Path) -> None:
    """A cell with text would be drawn as zero, so such a line has cells of its own."""
    (chart,) = pictures(drawn(tmp_path, row(1, (3, "u", 2, "..", 1, 2)))).values()
    assert chart.lines[0].reference == "'Chart Figures'!$B$6:$B$11"
    assert chart.lines[0].numbers == {0: "3", 2: "2", 4: "1", 5: "2"}


def test_a_quarterly_indicator_is_drawn_from_its_quarters(tmp_path: Path) -> None:
    path = drawn(tmp_path, row(1, (None, None, 3, None, None, 4), often="Quarterly"))
    (chart,) = pictures(path).values()
    assert chart.labels == ["Jun 2021", "Sep 2021"]
    assert chart.lines[0].reference == "('Index'!$J$2,'Index'!$M$2)"
    assert [*sparklines(path).values()] == [("'Index'!J2:M2", "span")]


@pytest.mark.parametrize(
    ("stored", "shown", "target", "level"),
    (
        ((0.88, 0.9), "0%", 0.95, "0.95"),
        ((0.88, 0.9), "0%", "95% or above", "0.95"),
        ((88, 90), "0", "95%", "95"),
        ((88, 90), "0", "at least 95", "95"),
        ((0.88, 0.9), "0.00", "95%", "0.95"),
    ),
)
def test_a_target_is_drawn_on_the_scale_of_the_cells(
    tmp_path: Path, stored: tuple[float, float], shown: str, target: object, level: str
) -> None:
    source = index(
        tmp_path / "index.xlsx",
        HEAD,
        row(1, (*stored, None, None, None, None), target=target),
    )
    book = load_workbook(source)
    for cell in ("H2", "I2", *(("E2",) if isinstance(target, float) else ())):
        book["Index"][cell].number_format = shown
    book.save(source)
    reported(source, tmp_path / "out.xlsx", charts=True)
    (chart,) = pictures(tmp_path / "out.xlsx").values()
    assert {Decimal(n) for n in chart.lines[1].numbers.values()} == {Decimal(level)}


def test_percentages_typed_as_texts_are_drawn_as_percentages(tmp_path: Path) -> None:
    path = drawn(tmp_path, row(1, ("88%", "90%", None, None, None, None), target="95%"))
    (chart,) = pictures(path).values()
    assert chart.lines[0].numbers == {0: "0.88", 1: "0.90"}
    assert {*chart.lines[1].numbers.values()} == {"0.95"}
    with zipfile.ZipFile(path) as package:
        assert b'<c:numFmt formatCode="0%"' in package.read("xl/charts/chart1.xml")


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    source = index(
        tmp_path / "index.xlsx",
        HEAD,
        row(1, (None, 3, None, None, None, None)),
        row(2, (0.5, 60, 61, 62, 63, 64)),
        row(3, ("..", "..", None, None, None, None)),
    )
    book = load_workbook(source)
    book["Index"]["H3"].number_format = "0%"
    book.save(source)
    result = reported(source, tmp_path / "out.xlsx", charts=True)
    said = [f.message for f in result.findings if f.code == "chart-left-out"]
    assert "only one period has a figure up to May 2021" in said[0]
    assert "give its cells one number format" in said[1]
    assert said[2].endswith("has no chart: it has no figure.")
    assert ("No indicator of note has figures of two periods to draw.",) in {
        line[:1] for line in cells(tmp_path / "out.xlsx", REPORT)
    }


def test_what_is_not_reportable_is_not_drawn(tmp_path: Path) -> None:
    figures = (1, 2, 3, 4, 5, 6)
    path = drawn(
        tmp_path, row(1, figures, highlight="Not reportable"), row(2, figures, highlight="Of note")
    )
    assert [*pictures(path)] == ["perf-addin chart 2"]


def test_a_sparkline_stands_beside_every_amber_or_red_row(tmp_path: Path) -> None:
    path = drawn(
        tmp_path,
        row(1, (1, 2, 3, 4, 3, 2)),
        row(2, (9, 9, 9, 9, 9, 9)),
        row(3, ("u", 2, None, 3, 2, 1)),
        row(4, (1, 2, 3, 4, "u", 1)),
    )
    keys = [str(line[5] or "") for line in cells(path, REPORT)]
    at = [keys.index(k) + 1 for k in keys if k.startswith("exceptions:")]
    assert sparklines(path) == {
        f"E{at[0]}": ("'Index'!H2:M2", "gap"),
        # A text would be drawn as zero, so these two show a copy.
        f"E{at[1]}": ("'Chart Figures'!B42:B47", "gap"),
        f"E{at[2]}": ("'Chart Figures'!B51:B56", "gap"),
    }
    copied = load_workbook(path)["Chart Figures"]
    assert [c.value for (c,) in copied["B42:B47"]] == [None, 2, None, 3, 2, 1]
    assert [c.value for (c,) in copied["B51:B56"]] == [1, 2, 3, 4, None, 1]
    assert cells(path, REPORT)[at[0] - 2][:5] == (
        "No",
        "Indicator",
        "Rating",
        "Service Commentary",
        "Trend",
    )


def test_charts_of_one_number_and_odd_labels_have_names_of_their_own(tmp_path: Path) -> None:
    figures = (1, 2, 3, 4, 3, 2)
    odd = ("a@b|c", 4, "4", "4\u200b")
    path = drawn(tmp_path, *(row(no, figures) for no in odd))
    assert [*pictures(path)] == [
        "perf-addin chart a b c",
        "perf-addin chart 4",
        "perf-addin chart 4 (2)",
        "perf-addin chart 4 (3)",
    ]
    reported(path, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_a_long_index_is_drawn_by_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["No", "Indicator", "Period", "Target", "Actual", "Highlight"]]
    for number, period in enumerate(MONTHS[:4]):
        rows += [[1, "a", period, 5, number, "Of note"], [2, "b", period, 5, 9, None]]
    reported(index(tmp_path / "i.xlsx", *rows), tmp_path / "out.xlsx", charts=True)
    (chart,) = pictures(tmp_path / "out.xlsx").values()
    assert chart.labels == ["Apr 2021", "May 2021", "Jun 2021", "Jul 2021"]
    assert chart.lines[0].reference == "('Index'!$E$2,'Index'!$E$4,'Index'!$E$6,'Index'!$E$8)"
    assert chart.lines[0].numbers == {0: "0", 1: "1", 2: "2", 3: "3"}


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A report with two charts and one sparkline."""
    return drawn(
        tmp_path,
        row(1, (1, 2, 3, 4, 3, 2)),
        row(2, (9, 9, 9, 9, 9, 8), highlight="Correction"),
        row(3, (9, 9, 9, 9, 9, 8), highlight=None),
    )


def test_charts_stay_until_they_are_taken_away(first: Path, tmp_path: Path) -> None:
    for name, charts in (("again", True), ("kept", None)):
        reported(first, tmp_path / f"{name}.xlsx", charts=charts)
        assert (tmp_path / f"{name}.xlsx").read_bytes() == first.read_bytes()
    bare, without = tmp_path / "bare.xlsx", tmp_path / "without.xlsx"
    reported(tmp_path / "index.xlsx", bare)
    reported(first, without, charts=False)
    assert cells(without, REPORT)[: len(cells(bare, REPORT))] == cells(bare, REPORT)
    assert len(cells(without, "Chart Figures")) == 2
    with zipfile.ZipFile(without) as package, zipfile.ZipFile(bare) as other:
        left = {*package.namelist()} - {*other.namelist()}
        assert left == {"xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet2.xml.rels"}
        assert b"drawing" not in package.read("xl/worksheets/sheet2.xml")
        assert b"sparkline" not in package.read("xl/worksheets/sheet2.xml")
        assert b"chart" not in package.read("[Content_Types].xml")
    reported(without, tmp_path / "back.xlsx", charts=True)
    assert pictures(tmp_path / "back.xlsx") == pictures(first)


def test_figures_behind_charts_are_no_index_and_their_sheet_is_hidden(first: Path) -> None:
    assert load_workbook(first)["Chart Figures"].sheet_state == "hidden"
    assert [layout.sheet for layout in rated(first).layouts] == ["Index"]


def test_what_is_open_in_excel_keeps_the_cells_that_its_charts_show(first: Path) -> None:
    """Charts are not drawn there, so what they show must not move below them."""
    workbook = RecordedWorkbook(opened(first), "open")
    write_report(workbook, rate_index(workbook, Settings()))
    pages = [change.page for change in workbook.changes if isinstance(change, PageChange)]
    assert [page.name for page in pages] == [REPORT]


def test_charts_follow_their_rows_and_new_figures(first: Path, tmp_path: Path) -> None:
    before = pictures(first)
    workbook = opened(first)
    workbook.write("Index", [CellWrite(2, 13, 1), CellWrite(4, 13, 1)])
    save(workbook.package, tmp_path / "changed.xlsx", backup=False)
    out = tmp_path / "out.xlsx"
    reported(tmp_path / "changed.xlsx", out)
    after = pictures(out)
    assert [*after] == [*before]
    assert after["perf-addin chart 1"].lines[0].numbers[5] == "1"
    lines = cells(out, REPORT)
    for name, number in (("perf-addin chart 1", "1"), ("perf-addin chart 2", "2")):
        top, end = after[name].rows
        moved = before[name].rows
        assert (top, end) == (moved[0] + 1, moved[1] + 1)  # one exception more
        assert str(lines[top - 2][5]).startswith(f"charts.chart:{number}|")
        assert all(line[:4] == (None,) * 4 for line in lines[top - 1 : end])
    assert len(sparklines(out)) == len(sparklines(first)) + 1


def test_what_people_write_around_a_chart_stays(first: Path, tmp_path: Path) -> None:
    top, end = pictures(first)["perf-addin chart 1"].rows
    typed = {f"A{top - 1}": "our heading", f"A{top + 3}": "behind", f"A{end + 1}": "our note"}
    change(first, REPORT, typed)
    out = tmp_path / "out.xlsx"
    reported(first, out, charts=True)
    lines = [line[0] for line in cells(out, REPORT)]
    assert lines.index("our heading") + 1 == lines.index("behind")
    top, end = pictures(out)["perf-addin chart 1"].rows
    assert lines[top - 2] == "behind"
    assert lines[end] == "our note"
    result = reported(out, tmp_path / "without.xlsx", charts=False)
    assert "behind" in [line[0] for line in cells(tmp_path / "without.xlsx", REPORT)]
    said = [f.message for f in result.findings if f.code == "computed-text-renewed"]
    assert any("'our heading'" in text for text in said)
    assert any("'our note'" in text for text in said)


def test_nothing_is_said_where_charts_were_not_asked_for(tmp_path: Path) -> None:
    source = index(tmp_path / "i.xlsx", HEAD, row(1, (None, 3, None, None, None, None)))
    result = reported(source, tmp_path / "out.xlsx")
    assert "chart-left-out" not in codes(result)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        assert not [n for n in package.namelist() if "chart" in n or "drawing" in n]
