"""Charts in the exception report from one report to the next: kept, moved, taken away."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.ports import CellWrite
from perf_addin.application.rating_index import rate_index
from perf_addin.application.recording import PageChange, RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.application.write_report import write_report
from tests.application.build import cells, change, codes, index, opened, rated, reported
from tests.application.charts_seen import HEAD, REPORT, drawn, pictures, row, sparklines


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
