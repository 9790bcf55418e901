"""The self-audit: each finding by itself, and silence where nothing is wrong."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting import rule as rules
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from perf_addin.application.audit.colours import letter_of
from perf_addin.application.check import check
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding
from tests.application.build import change, index, opened

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


def test_an_index_in_order_has_no_finding(tmp_path: Path) -> None:
    assert not found(book(tmp_path, row(), row(No=2, Polarity="Info", Target=None)))


@pytest.mark.parametrize(
    ("cells", "code", "cell", "says"),
    (
        ({"Target": None}, "not-rated", "D2", "there is no target"),
        ({"Target": "at most 90"}, "not-rated", "D2", "contradicts the polarity High"),
        ({"Lower_limit": 95, "Upper_limit": 99}, "target-outside-range", "D2", "95 to 99"),
        ({"Target": 0, "Polarity": "Low", "Dec_2021": 1}, "zero-target", "D2", "never amber"),
        ({"Tolerance": "100%"}, "tolerance-too-wide", "E2", "the whole target"),
        ({"Dec_2021": "92"}, "number-as-text", "V2", "holds the text '92'"),
        ({"Indicator": "% in time", "Dec_2021": 102}, "percentage-beyond", "V2", "102"),
        ({"Quartile": "D"}, "green-yet-worst-quartile", "W2", "worst quartile (D)"),
        ({"England": 94, "London": 95}, "target-against-benchmarks", "V2", "green, yet worse"),
        ({"Dec_2021": 89, "England": 80}, "target-against-benchmarks", "V2", "amber against"),
        ({"Numerator": 80, "Denominator": 100}, "parts-differ", "V2", "80 of 100 (L2, M2)"),
    ),
)
def test_one_thing_that_is_wrong(
    cells: dict[str, object], code: str, cell: str, says: str, tmp_path: Path
) -> None:
    if code == "parts-differ":
        cells = {**cells, "Indicator": "% visits in time", "Target": 90}
    (finding,) = [f for f in found(book(tmp_path, row(**cells))) if f.code != "range-breach"]
    assert (finding.code, finding.sheet, finding.cell) == (code, "Index", cell)
    assert says in finding.message
    assert finding.message.startswith("Indicator 1: ")


@pytest.mark.parametrize(
    "cells",
    (
        {"Lower_limit": 90, "Upper_limit": 99},
        {"Target": 0, "Polarity": "Low", "Dec_2021": 1, "Tolerance": 2},
        {"Indicator": "% in time", "Dec_2021": 100},
        {"Quartile": "A"},
        {"England": 94, "London": 80},
        {"England": 95},
        {"Indicator": "% in time", "Numerator": 46, "Denominator": 50},
        {"Dec_2021": "z"},
    ),
)
def test_what_is_in_order(cells: dict[str, object], tmp_path: Path) -> None:
    names = set(codes(book(tmp_path, row(**cells)))) - {"commentary-missing"}
    assert not names


def test_defaults_of_a_whole_index_are_one_finding_each(tmp_path: Path) -> None:
    rows = [row(No=n, Polarity=None, Tolerance=None) for n in (1, 2, 3)]
    assert codes(book(tmp_path, *rows)) == ["polarity-missing", "tolerance-missing"]


def test_a_single_missing_polarity_is_named(tmp_path: Path) -> None:
    (finding,) = found(book(tmp_path, row(), row(No=2, Polarity=None)))
    assert (finding.code, finding.cell) == ("polarity-missing", "C3")


def test_a_missing_number_among_numbers(tmp_path: Path) -> None:
    (finding,) = found(book(tmp_path, row(), row(No=None, Indicator="Reviews")))
    assert (finding.code, finding.cell) == ("number-missing", "A3")


@pytest.mark.parametrize(
    ("frequency", "last", "behind"),
    (
        ("Monthly", "Nov 2021", True),
        ("Quarterly", "Oct 2021", False),
        ("Quarterly", "Sep 2021", True),
        ("Annual", "Apr 2021", False),
    ),
)
def test_figures_that_are_late(frequency: str, last: str, *, behind: bool, tmp_path: Path) -> None:
    late = {"Nov 2021": None, "Dec 2021": None, last: 91}
    other = row(No=2, Frequency=frequency, **{k.replace(" ", "_"): v for k, v in late.items()})
    expected = ["period-behind"] if behind else []
    assert codes(book(tmp_path, row(), other)) == expected


def test_a_rhythm_that_is_not_stated_is_taken_from_the_figures(tmp_path: Path) -> None:
    quarterly = row(No=2, Nov_2021=None, Dec_2021=None, Jul_2021=91, Oct_2021=91)
    assert not found(book(tmp_path, row(), quarterly))


def test_a_title_of_another_year(tmp_path: Path) -> None:
    rows = (("Performance index 2020/21",), (), HEADER, row())
    path = index(tmp_path / "index.xlsx", *rows)
    (finding,) = found(path)
    assert (finding.code, finding.cell) == ("title-year-differs", "A1")
    assert "2020/21" in finding.message
    assert "2021/22" in finding.message
    change(path, "Index", {"A1": "Performance index 2021/22, compared with 2020/21"})
    assert not found(path)


def test_errors_and_links_on_any_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    data = workbook.create_sheet("Data")
    data["A1"], data["A2"], data["A3"] = "#DIV/0!", "=#REF!+1", "='[Old.xlsx]Sheet 1'!B2"
    data["A4"], data["A5"] = "#N/A", "=SUM(Table1[Cost])"
    for name in ("A1", "A4"):
        data[name].data_type = "e"
    workbook.save(path)
    assert [(f.code, f.sheet, f.cell) for f in found(path)] == [
        ("formula-error", "Data", "A1"),
        ("broken-reference", "Data", "A2"),
        ("link-elsewhere", "Data", "A3"),
    ]


def test_an_exception_in_a_hidden_row(tmp_path: Path) -> None:
    path = book(tmp_path, row(Dec_2021=80), row(No=2))
    workbook = load_workbook(path)
    for number in (2, 3):
        workbook["Index"].row_dimensions[number].hidden = True
    workbook.save(path)
    (finding,) = found(path)
    assert (finding.code, finding.cell) == ("exception-hidden", "V2")


RED, GREEN = (PatternFill(bgColor=colour) for colour in ("FFFFC7CE", "FFC6EFCE"))


def cell_is(operator: str, *formulas: str, fill: PatternFill) -> dict[str, Any]:
    return {"type": "cellIs", "operator": operator, "formula": [*formulas], "fill": fill}


def formula(text: str, fill: PatternFill = RED) -> dict[str, Any]:
    return {"type": "expression", "formula": [text], "fill": fill}


@pytest.mark.parametrize(
    ("rule", "area", "differs"),
    (
        (cell_is("greaterThan", "91", fill=RED), "N2:V9", True),
        (cell_is("lessThan", "91", fill=RED), "N2:V9", False),
        (cell_is("lessThan", "$D2", fill=GREEN), "V2", False),
        (cell_is("greaterThan", "$D2", fill=GREEN), "V2", False),
        (cell_is("between", "95", "90", fill=RED), "V2", True),
        (formula('$C2="high"'), "V2", True),
        (formula("V2<$D2"), "V2", False),
        (formula("AND(V2>1,V2<99)"), "V2", False),
    ),
)
def test_colours_that_say_otherwise(
    rule: dict[str, Any], area: str, *, differs: bool, tmp_path: Path
) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    stated: dict[str, Any] = {k: v for k, v in rule.items() if k != "fill"}
    added = rules.Rule(dxf=DifferentialStyle(fill=rule["fill"]), **stated)
    workbook["Index"].conditional_formatting.add(area, added)
    workbook.save(path)
    assert [(f.code, f.cell) for f in found(path)] == [("colour-differs", "V2")] * differs


@pytest.mark.parametrize(
    "rules_xml",
    (
        '<cfRule type="expression" dxfId="0" priority="1"/>',
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="odd"><formula>9</formula></cfRule>',
        '<cfRule type="cellIs" dxfId="0" priority="9" operator="equal"/>',
        f'<cfRule type="blanks" dxfId="{"9" * 5000}" priority="{"9" * 5000}"/>',
        '<cfRule type="expression" dxfId="-1" priority="x"><formula>V2=</formula></cfRule>',
    ),
)
def test_rules_that_cannot_be_followed_say_nothing(rules_xml: str, tmp_path: Path) -> None:
    path = book(tmp_path, row())
    odd = f'<conditionalFormatting sqref="V2">{rules_xml}</conditionalFormatting>'
    empty = '<conditionalFormatting sqref="V2"/><!-- <conditionalFormatting sqref="V2"> -->'
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b"</sheetData>" + (empty + odd).encode()
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert not found(path)


@pytest.mark.parametrize(
    ("colour", "letter"),
    (
        ("FFC7CE", "R"),
        ("FF0000", "R"),
        ("C00000", "R"),
        ("FFEB9C", "A"),
        ("FFC000", "A"),
        ("FFFF00", "A"),
        ("C6EFCE", "G"),
        ("00B050", "G"),
        ("92D050", "G"),
        ("FFFFFF", None),
        ("D9D9D9", None),
        ("4472C4", None),
    ),
)
def test_what_colours_look_like(colour: str, letter: str | None) -> None:
    assert letter_of(colour) == letter


SERIES = (91, 92, 90, 93, 91, 92, 90)


def series(*last: float, **cells: object) -> list[object]:
    made = row(**cells)
    start = HEADER.index("Apr 2021")
    made[start : start + 9] = [*SERIES, *last]
    return made


def test_a_figure_that_jumps(tmp_path: Path) -> None:
    (finding,) = [f for f in found(book(tmp_path, series(19, 92))) if f.code == "figure-jumps"]
    assert finding.cell == "U2"
    assert "19 lies beyond the limits" in finding.message
    assert "provisional with 8 figures" in finding.message
    assert "figure-jumps" not in codes(book(tmp_path, series(93, 92)))


def test_signals_beside_ratings(tmp_path: Path) -> None:
    path = book(tmp_path, series(91, 90, Target=92), series(91, 93, No=2, Target=92))
    assert [(f.code, f.cell) for f in found(path)] == [
        ("rating-is-noise", "V2"),
        ("green-not-reliable", "V3"),
    ]
    assert not found(book(tmp_path, series(91, 93, Target=70)))


def test_a_green_that_worsens(tmp_path: Path) -> None:
    made = row(Target=70)
    start = HEADER.index("Apr 2021")
    made[start : start + 9] = [99, 98, 97, 96, 95, 94, 93, 92, 91]
    assert codes(book(tmp_path, made)) == ["green-yet-concern"]


def test_too_few_figures_say_nothing(tmp_path: Path) -> None:
    made = row(Target=93)
    start = HEADER.index("Apr 2021")
    made[start + 2 : start + 9] = [91, 19, 91, 92, 91, 90, 92]
    assert not found(book(tmp_path, made))


def percent(**cells: object) -> list[object]:
    return row(Indicator="% of children seen in time", **cells)


def test_small_numbers(tmp_path: Path) -> None:
    (finding,) = [
        f
        for f in found(book(tmp_path, percent(Numerator=9, Denominator=9, Dec_2021=100)))
        if f.code == "small-number"
    ]
    assert "a denominator of 9 (10 or less)" in finding.message
    few = percent(Numerator=5, Denominator=50, Dec_2021=10, Target=5)
    assert "small-number" in codes(book(tmp_path, few))
    enough = percent(Numerator=11, Denominator=11, Dec_2021=100, Target=50)
    assert "small-number" not in codes(book(tmp_path, enough))


def test_one_child_decides(tmp_path: Path) -> None:
    made = percent(Numerator=18, Denominator=20, Dec_2021=90)
    (finding,) = found(book(tmp_path, made))
    assert finding.code == "one-child-decides"
    assert "with one child more or less it would be red at 17" in finding.message
    made = percent(Numerator=180, Denominator=200, Dec_2021=90, Target=80)
    assert not found(book(tmp_path, made))


def test_parts_on_a_sheet_of_data(tmp_path: Path) -> None:
    path = book(tmp_path, percent(Dec_2021=92.3))
    workbook = load_workbook(path)
    data = workbook.create_sheet("Data")
    for line in (
        ("Feeds", "Part", "Nov 2021", "Dec 2021"),
        (1, "Numerator", 91, 923),
        (1, "Denominator", 100, 1000),
    ):
        data.append(line)
    workbook.save(path)
    assert not found(path)
    change(path, "Data", {"D2": 900})
    (finding,) = found(path)
    assert finding.code == "parts-differ"
    assert "900 of 1,000 (Data!D2, Data!D3) gives 90%" in finding.message


def test_suppressed_counts_and_what_gives_them_away(tmp_path: Path) -> None:
    rows = [
        row(No=1, Indicator="Number of children missing", Dec_2021=3, Polarity="Info"),
        row(No=2, Indicator="Number of children found", Dec_2021=9, Polarity="Info"),
        row(No=3, Indicator="Number of children at home", Dec_2021=40, Polarity="Info"),
        row(No=4, Indicator="Number of children in all", Dec_2021="=SUM(V2:V4)", Polarity="Info"),
    ]
    path = book(tmp_path, *rows)
    workbook = opened(path)
    from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415

    workbook.put_results("Index", {(5, 22): 52.0})
    save(workbook.package, path, backup=False)
    assert [(f.code, f.cell) for f in found(path)] == [
        ("small-number", "V2"),
        ("secondary-suppression", "V3"),
    ]


def test_a_true_zero_and_other_counts_may_be_published(tmp_path: Path) -> None:
    zero = row(Indicator="Number of children missing", Dec_2021=0, Polarity="Info")
    carers = row(No=2, Indicator="Number of foster carers", Dec_2021=3, Polarity="Info")
    assert not found(book(tmp_path, zero, carers))
