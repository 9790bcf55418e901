"""Colours of conditional formats beside the rating."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting import rule as rules
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from perf_addin.application.audit.colours import letter_of
from tests.application.audit.build import book, found, put_before_end, put_behind_data, row

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
        (formula("AND(V2>1,V2<99)"), "V2", True),
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
    put_behind_data(path, (empty + odd).encode())
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


def planted(path: Path, area: str, rule: Rule) -> Path:
    workbook = load_workbook(path)
    workbook["Index"].conditional_formatting.add(area, rule)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "differs"),
    (
        ('AND($C2="High",NOT(ISBLANK($D2)),V2>=$D2)', True),
        ("OR(V2<$D2,V2>99)", False),
        ("OR(V2<$D2,V2>91)", True),
        ("IF(ISNUMBER(V2),V2>$D2*1.01,FALSE)", True),
        ("V2-$D2=1+1", True),
        ("ABS(V2-$D2)>2", False),
        ("MOD(ROW(),2)=0", True),
        ("MOD(ROW(),2)=1", False),
        ("V2=MAX($N2:$V2)", True),
        ("V2<AVERAGE($N$2:$V$2)", False),
        ('NOT(ISERROR(SEARCH("in time",$B2)))', True),
        ('ISERROR(SEARCH("late",$B2)+1/0*(2))', True),
        ("V2>Limits!$A$1", True),
        ("V2<'Limits'!$A$1", False),
        ("V2>Gone!$A$1", False),
        ("1/0", False),
        ('LEFT($B2,3)="vis"', True),
        ('$B2&""="x"', False),
        ("TRUE", True),
        ("-" * 8_000 + "V2>1", True),
        ("VLOOKUP(V2,$A$1:$B$9,2)>1", False),
        ("Services>1", False),
        ("V2>(1", False),
        ("A" * 300 + "(1)", False),
        ("(" * 300 + "1" + ")" * 300, False),
    ),
)
def test_formulas_of_rules(text: str, *, differs: bool, tmp_path: Path) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    workbook.create_sheet("Limits")["A1"] = 50
    workbook.save(path)
    stated: dict[str, Any] = {k: v for k, v in formula(text).items() if k != "fill"}
    planted(path, "V2", rules.Rule(dxf=DifferentialStyle(fill=RED), **stated))
    assert [f.code for f in found(path) if f.code != "broken-link"] == ["colour-differs"] * differs


rule_of: Callable[..., Rule] = rules.Rule
scale: Callable[..., Rule] = rules.ColorScaleRule
icons: Callable[..., Rule] = rules.IconSetRule


def ranked(kind: str, **stated: Any) -> Rule:  # noqa: ANN401 - whatever a rule may state
    return rule_of(type=kind, dxf=DifferentialStyle(fill=RED), **stated)


@pytest.mark.parametrize(
    ("rule", "differs"),
    (
        (ranked("top10", rank=1), "V2"),
        (ranked("top10", rank=1, bottom=True), None),
        (ranked("top10", rank=50, percent=True), "V2"),
        (ranked("aboveAverage"), "V2"),
        (ranked("aboveAverage", aboveAverage=False), None),
        (ranked("aboveAverage", stdDev=1), None),
        (ranked("duplicateValues"), None),
        (ranked("uniqueValues"), "V2"),
        (scale("min", None, "F8696B", "max", None, "63BE7B"), None),
        (scale("min", None, "63BE7B", "max", None, "F8696B"), "V2"),
        (
            scale(*("min", None, "63BE7B", "percentile", 50, "FFEB84", "num", 95, "F8696B")),
            None,
        ),
        (icons("3TrafficLights1", "num", [0, 80, 90]), None),
        (icons("3TrafficLights1", "num", [0, 80, 95]), "V2"),
        (icons("3TrafficLights1", "num", [0, 80, 90], reverse=True), "V2"),
        (icons("4TrafficLights", "percent", [0, 25, 50, 75]), None),
        (icons("3Arrows", "num", [0, 95, 99]), None),
    ),
)
def test_rules_that_hold_a_cell_against_others(
    rule: Rule, differs: str | None, tmp_path: Path
) -> None:
    path = planted(book(tmp_path, row()), "N2:V2", rule)
    assert [(f.code, f.cell) for f in found(path)] == [("colour-differs", differs)] * bool(differs)


@pytest.mark.parametrize(
    ("inside", "area", "differs"),
    (
        ('type="expression" priority="1"><y:f>V2&gt;Limits!$A$1</y:f>', "V2", True),
        ('type="cellIs" operator="lessThan" priority="1"><y:f>50</y:f>', "V2", False),
        ('type="containsText" priority="1"><y:f>ISNUMBER(SEARCH("9",V2))</y:f>', "V2:V9", True),
    ),
)
def test_rules_that_excel_2010_added(
    inside: str, area: str, *, differs: bool, tmp_path: Path
) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    workbook.create_sheet("Limits")["A1"] = 50
    workbook.save(path)
    fill = '<x:dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></x:dxf>'
    made = (
        f"<extLst><ext><x:conditionalFormatting><x:cfRule {inside}{fill}</x:cfRule>"
        f"<y:sqref>{area}</y:sqref></x:conditionalFormatting></ext></extLst>"
    )
    put_before_end(path, made.encode())
    assert [f.code for f in found(path)] == ["colour-differs"] * differs


ICONS = (
    '<x:iconSet custom="1"><x:cfvo type="percent"><y:f>0</y:f></x:cfvo>'
    '<x:cfvo type="num"><y:f>92</y:f></x:cfvo><x:cfvo type="num" gte="0"><y:f>92</y:f></x:cfvo>'
    '<x:cfIcon iconSet="NoIcons" iconId="0"/><x:cfIcon iconSet="3Flags" iconId="0"/>'
    '<x:cfIcon iconSet="3TrafficLights1" iconId="2"/></x:iconSet>'
)


@pytest.mark.parametrize(("figure", "seen"), ((92, "red"), (93, None), (91, None)))
def test_icons_of_ones_own(figure: int, seen: str | None, tmp_path: Path) -> None:
    path = book(tmp_path, row(Dec_2021=figure))
    made = (
        '<extLst><ext><x:conditionalFormatting><x:cfRule type="iconSet" priority="1">'
        f"{ICONS}</x:cfRule><y:sqref>V2</y:sqref></x:conditionalFormatting></ext></extLst>"
    )
    put_before_end(path, made.encode())
    assert [f.message.partition("shows it ")[2][:3] for f in found(path)] == [seen] * bool(seen)


def filled(path: Path, **fills: str) -> Path:
    workbook = load_workbook(path)
    for cell, colour in fills.items():
        workbook["Index"][cell].fill = PatternFill("solid", fgColor=colour)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("fills", "cells"),
    (
        ({"V2": "FF0000"}, ["V2"]),
        ({"I2": "FFC7CE"}, ["I2"]),
        ({"V2": "C6EFCE", "I2": "00B050"}, []),
        ({"V2": "FF0000", "B2": "FF0000"}, []),
        ({"V2": "FFFFCC", "V3": "FFFFCC", "V4": "FFFFCC"}, []),
        ({"V2": "D9D9D9"}, []),
        ({"I2": "B3111F"}, ["I2"]),
    ),
)
def test_fills_by_hand(fills: dict[str, str], cells: list[str], tmp_path: Path) -> None:
    path = book(tmp_path, row(), row(No=2), row(No=3))
    assert [f.cell for f in found(filled(path, **fills))] == cells


def test_a_typed_letter_and_its_colour_are_one_finding(tmp_path: Path) -> None:
    path = filled(book(tmp_path, row(RAG="R"), row(No=2)), I2="FF0000")
    assert [f.code for f in found(path)] == ["typed-rating-differs", "commentary-missing"][:1]


def test_a_rule_that_stops_the_others(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    stop = rules.Rule(type="expression", formula=["TRUE"], priority=1, stopIfTrue=True)
    planted(path, "V2", stop)
    planted(path, "V2", ranked("top10", rank=1, priority=2))
    assert not found(path)
