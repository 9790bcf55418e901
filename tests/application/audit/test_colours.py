"""Colours of conditional formats beside the rating."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting import rule as rules
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from perf_addin.application.audit.colours import letter_of
from tests.application.audit.build import book, found, row

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
