"""The rules of conditional formatting of a worksheet, with the fills that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perf_addin.adapters.xlsx.cell_text import unescape
from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.adapters.xlsx.sheet_scan import QUOTED, SheetScan
from perf_addin.application.audit.colours import ColourRule
from perf_addin.application.grid import CellRange

_INDEXED = {
    **dict.fromkeys((2, 10), "FF0000"),
    **dict.fromkeys((3, 11), "00FF00"),
    **dict.fromkeys((5, 13), "FFFF00"),
    16: "800000",
    17: "008000",
    42: "CCFFCC",
    43: "FFFF99",
    45: "FF99CC",
    47: "FFCC99",
    50: "339966",
    51: "FFCC00",
    52: "FF9900",
    53: "FF6600",
}
"""The reds, ambers and greens of the standard palette, by index (ECMA-376, part 1, 18.8.27)."""

_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_DIGITS = 10
_LAST = 10**_DIGITS


def read_rules(
    scan: SheetScan, formats: Sequence[Node], theme: bytes | None
) -> Iterator[ColourRule]:
    """Read the rules behind a sheet's data.

    Args:
        scan: the worksheet part.
        formats: the differential formats (`dxf`) of the styles part.
        theme: the theme part, or None where the workbook has none.
    """
    name = re.escape(scan.prefix + b"conditionalFormatting")
    opening = b"<" + name + rb"(?=[\s>])" + QUOTED + rb"(?<!/)>"
    blocks = re.compile(opening + rb".*?</" + name + rb"\s*>", re.DOTALL)
    colours = theme_colours(theme) if theme else []
    for found in blocks.finditer(scan.text, scan.stop):
        block = scan.xml[found.start() : found.end()]
        node = parse(block, "A conditional format")
        areas = tuple(_areas(node.attributes.get("sqref", "")))
        for rule in node.all("cfRule") if areas else ():
            known = rule.attributes
            number = _number(known.get("dxfId", ""))
            has_fill = number < len(formats)
            texts = (block[f.inner : f.close].decode() for f in rule.all("formula"))
            yield ColourRule(
                areas,
                known.get("type", ""),
                known.get("operator", ""),
                tuple(unescape(text) for text in texts),
                known.get("text", ""),
                _fill(formats[number], colours) if has_fill else None,
                _number(known.get("priority", "")),
            )


def theme_colours(xml: bytes) -> list[str]:
    """The colours of a theme part, in the order in which styles number them."""
    root = parse(xml, "The theme part")
    elements = root.child("themeElements")
    scheme = elements.child("clrScheme") if elements else None
    named = [node for node in (scheme.children if scheme else ()) if node.children]
    found = {node.name: node.children[0].attributes for node in named}
    values = (found.get(name, {}) for name in _THEME_ORDER)
    return [value.get("lastClr") or value.get("val", "") for value in values]


def _number(text: str) -> int:
    """A whole number that a file states; beyond all others where it states none."""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else _LAST


def _areas(text: str) -> Iterator[CellRange]:
    for each in text.split():
        area = area_of(each)
        if area is not None:
            yield area


def _fill(node: Node, theme: Sequence[str]) -> str | None:
    """The fill of a differential format: its background colour, which is what shows when solid."""
    fill = node.child("fill")
    pattern = fill.child("patternFill") if fill else None
    if pattern is None:
        return None
    return shown_colour(pattern.child("bgColor") or pattern.child("fgColor"), theme)


def shown_colour(colour: Node | None, theme: Sequence[str]) -> str | None:
    """A colour as RRGGBB; None where the file gives none that is known."""
    known = colour.attributes if colour is not None else {}
    shown = known.get("rgb", "")[-6:]
    number = _number(known.get("theme", ""))
    if not shown and number < len(theme):
        shown = theme[number]
    if not shown:
        shown = _INDEXED.get(_number(known.get("indexed", "")), "")
    return shown.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", shown) else None
