"""The rules of conditional formatting of a worksheet, with the fills that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perf_addin.adapters.xlsx.elements import elements, text_of
from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.application.audit.colours import ColourRule, Threshold
from perf_addin.application.grid import CellRange
from perf_addin.domain.rating import Letter

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

_USUAL_ICONS = "3TrafficLights1"
_RED_FIRST: tuple[Letter | None, ...] = ("R", "A", "G")
_LIGHTS = {
    **dict.fromkeys(
        ("3TrafficLights1", "3TrafficLights2", "3Signs", "3Flags", "3Symbols", "3Symbols2"),
        _RED_FIRST,
    ),
    "4TrafficLights": (None, *_RED_FIRST),
}
"""Icons that look like a rating, lowest first; arrows say where a figure goes, not how it is."""

_TRUE = frozenset({"1", "true"})
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_DIGITS = 10
_LAST = 10**_DIGITS


def read_rules(
    scan: SheetScan, formats: Sequence[Node], colours: Sequence[str]
) -> Iterator[ColourRule]:
    """Read the rules behind a sheet's data, those too that Excel 2010 added.

    Args:
        scan: the worksheet part.
        formats: the differential formats (`dxf`) of the styles part.
        colours: those of the theme, in the order in which styles number them.
    """
    for node, block in elements(scan, "conditionalFormatting"):
        stated = node.attributes.get("sqref") or text_of(node.child("sqref"), block)
        areas = tuple(_areas(stated))
        for rule in node.all("cfRule") if areas else ():
            yield _rule(rule, block, areas, formats, colours)


def _rule(
    rule: Node,
    block: bytes,
    areas: tuple[CellRange, ...],
    formats: Sequence[Node],
    colours: Sequence[str],
) -> ColourRule:
    known = rule.attributes
    number = _number(known.get("dxfId", ""))
    own = rule.child("dxf")
    given = own if own is not None else formats[number] if number < len(formats) else None
    scale, icons = rule.child("colorScale"), rule.child("iconSet")
    points = scale or icons
    mixed = [_colour(node, colours) or "" for node in scale.all("color")] if scale else []
    return ColourRule(
        areas,
        known.get("type", ""),
        known.get("operator", ""),
        tuple(text_of(f, block) for f in rule.children if f.name in {"formula", "f"}),
        known.get("text", ""),
        _fill(given, colours) if given is not None else None,
        _number(known.get("priority", "")),
        known.get("stopIfTrue") in _TRUE,
        known,
        tuple(_threshold(node, block) for node in points.all("cfvo")) if points else (),
        tuple(mixed),
        tuple(_lights(icons)) if icons is not None else (),
    )


def _threshold(node: Node, block: bytes) -> Threshold:
    stated = node.attributes
    value = stated.get("val") or text_of(node.child("f"), block)
    return Threshold(stated.get("type", ""), value, stated.get("gte", "1") in _TRUE)


def _lights(icons: Node) -> Iterator[Letter | None]:
    """What each icon of a set looks like, lowest first."""
    stated = icons.attributes
    own = list(icons.all("cfIcon"))
    found = list(_LIGHTS.get(stated.get("iconSet", _USUAL_ICONS), ()))
    if own:
        found = []
        for node in own:
            lights = _LIGHTS.get(node.attributes.get("iconSet", ""), ())
            number = _number(node.attributes.get("iconId", ""))
            found.append(lights[number] if number < len(lights) else None)
    yield from found[::-1] if stated.get("reverse") in _TRUE else found


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


def fill_colour(pattern: Node | None, theme: Sequence[str]) -> str | None:
    """The colour of a cell's own fill; None where it is no solid one, or the colour not known.

    Args:
        pattern: the pattern that the cell's style fills it with.
        theme: the colours of the theme, in the order in which styles number them.
    """
    if pattern is None or pattern.attributes.get("patternType") != "solid":
        return None
    return _colour(pattern.child("fgColor"), theme)


def _fill(node: Node, theme: Sequence[str]) -> str | None:
    """The fill of a differential format: its background colour, which is what shows when solid."""
    fill = node.child("fill")
    pattern = fill.child("patternFill") if fill else None
    if pattern is None:
        return None
    return _colour(pattern.child("bgColor") or pattern.child("fgColor"), theme)


def _colour(colour: Node | None, theme: Sequence[str]) -> str | None:
    """A colour as RRGGBB; None where the file gives none that is known.

    Tints are left out, which change lightness and not the hue.
    """
    known = colour.attributes if colour is not None else {}
    shown = known.get("rgb", "")[-6:]
    number = _number(known.get("theme", ""))
    if not shown and number < len(theme):
        shown = theme[number]
    if not shown:
        shown = _INDEXED.get(_number(known.get("indexed", "")), "")
    return shown.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", shown) else None
