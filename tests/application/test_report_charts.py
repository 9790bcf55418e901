"""Charts and sparklines in the exception report: of which indicators, and of what."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.application.build import cells, index, reported
from tests.application.charts_seen import HEAD, MONTHS, REPORT, drawn, pictures, row, sparklines


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


def test_a_chart_of_small_numbers_is_told(tmp_path: Path) -> None:
    children = row(1, (9, 3, 8, 7, 9, 8))
    children[1] = "Number of children missing"
    path = index(tmp_path / "index.xlsx", HEAD, children, row(2, (9, 3, 8, 7, 9, 8)))
    found = reported(path, tmp_path / "out.xlsx", charts=True).findings
    (finding,) = [each for each in found if each.code == "small-number"]
    assert finding.cell == "I2"
    assert "must not be published (May 2021)" in finding.message
