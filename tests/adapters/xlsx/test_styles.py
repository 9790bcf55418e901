"""Styles: ours are told from others, appended once, legible."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.style_sections import font_coloured
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.application.grid import Look
from perf_addin.application.looks import PALETTE
from perf_addin.application.ports import CellWrite, PageStyle
from tests.adapters.xlsx.package_compare import compare_styles, tree
from tests.adapters.xlsx.small_workbook import MAIN, STYLES, build, load, part, save, sheet


def luminance(colour: str) -> float:
    """WCAG 2.1's relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1's contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", (Look.RED, Look.AMBER, Look.GREEN))
def test_ratings_are_legible(look: Look) -> None:
    assert contrast(*PALETTE[look]) >= 4.5


def test_amber_stands_out_in_lightness() -> None:
    for other in (Look.RED, Look.GREEN):
        assert contrast(PALETTE[Look.AMBER].fill, PALETTE[other].fill) >= 3


@pytest.mark.parametrize("prefix", ("", "x:"))
def test_looks_are_appended_once_and_taken_away_again(prefix: str) -> None:
    text = STYLES
    if prefix:
        text = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        text = text.replace("xmlns=", "xmlns:x=")
    styles = Styles(text.encode())
    red = styles.with_look(1, Look.RED)
    assert styles.with_look(1, Look.RED) == red
    assert styles.with_look(red, Look.RED) == red
    assert styles.look(red) is Look.RED
    assert styles.shown(red) is styles.shown(1)
    plain = styles.with_look(red, Look.PLAIN)
    assert styles.look(plain) is None
    assert styles.with_look(1, Look.PLAIN) == 1
    once = styles.xml()
    compare_styles(text.encode(), once)
    again = Styles(once)
    assert again.with_look(1, Look.RED) == red
    assert again.look(red) is Look.RED
    assert not again.changed
    xf = tree(once).findall(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")[red]
    assert xf.find(f"{{{MAIN}}}protection") is not None
    assert (xf.get("applyFill"), xf.get("applyFont")) == ("1", "1")


def test_a_persons_own_red_is_not_ours() -> None:
    text = STYLES.replace(
        '<fill><patternFill patternType="gray125"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFC00000"/></patternFill></fill>',
    ).replace('numFmtId="14" fontId="0" fillId="0"', 'numFmtId="14" fontId="0" fillId="2"')
    assert Styles(text.encode()).look(3) is None


def test_fills_that_excel_reserves_are_never_ours() -> None:
    text = STYLES.replace('<fill><patternFill patternType="gray125"/></fill>', "")
    styles = Styles(text.encode())
    red = styles.with_look(0, Look.RED)
    root = tree(styles.xml())
    assert root.findall(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")[red].get("fillId") == "2"


def test_missing_lists_are_made() -> None:
    styles = Styles(f'<styleSheet xmlns="{MAIN}"><cellStyles/></styleSheet>'.encode())
    styles.with_look(0, Look.GREEN)
    styles.page(PageStyle(border=True))
    names = [child.tag.rpartition("}")[2] for child in tree(styles.xml())]
    assert names == ["fonts", "fills", "borders", "cellXfs", "cellStyles"]


def test_a_workbook_without_styles_gets_them(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), styles=None)
    workbook = load(path)
    workbook.write("Index", [CellWrite(1, 1, 1, Look.RED)])
    again = load(save(workbook, tmp_path / "b.xlsx"))
    assert next(again.sheets[0].rows()).look(1) is Look.RED
    assert "/xl/styles.xml" in part(again, "[Content_Types].xml")


def test_a_font_takes_a_colour_in_the_schemas_order() -> None:
    font = b'<font><color theme="1"/><name val="Arial"/><b/><sz val="10"/></font>'
    assert font_coloured(font, b"", "112233") == (
        b'<font><b/><sz val="10"/><color rgb="FF112233"/><name val="Arial"/></font>'
    )
    assert font_coloured(b"<font/>", b"", None) == b"<font></font>"


def test_page_styles_are_found_again() -> None:
    style = PageStyle(bold=True, fill="112233", border=True, wrap=True, horizontal="center")
    styles = Styles(STYLES.encode())
    number = styles.page(style)
    again = Styles(styles.xml())
    assert again.page(style) == number
    assert not again.changed
