"""What a file refers to from elsewhere than its cells; none of it is ever followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from perf_addin.adapters.xlsx.cell_text import unescape
from perf_addin.adapters.xlsx.elements import elements, text_of
from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.adapters.xlsx.sheet_scan import mask
from perf_addin.application.audit.stored_links import LinkKind, StoredLink
from perf_addin.application.grid import cell_name

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook

_SOURCES = re.compile(rb"<((?:[\w.-]+:)?)f(?:\s[^<>]*)?>([^<]*)</\1f\s*>")
_CHARTS = ("/chart", "/chartEx")


def read_links(workbook: XlsxWorkbook) -> Iterator[StoredLink]:
    """Read every reference of a workbook: names first, then sheet by sheet, then other files."""
    for name in workbook.defined_names:
        yield StoredLink(LinkKind.NAME, name.sheet, "", name.name, name.text)
    for sheet in workbook.sheets:
        yield from _hyperlinks(sheet)
        yield from _lists(sheet)
        yield from _sparklines(sheet)
        yield from _rules(sheet)
        yield from _charts(workbook, sheet.tab.part, sheet.name)
    package = workbook.package
    for relation in package.relationships(package.workbook_part):
        if relation.type.endswith("/chartsheet"):
            yield from _charts(workbook, relation.target, None)
        elif relation.type.endswith("/pivotCacheDefinition") and relation.target in package:
            yield from _pivot(package.read_xml(relation.target))
        elif relation.type.endswith("/externalLink") and relation.target in package:
            yield from _files(workbook, relation.target)


def _hyperlinks(sheet: XlsxSheet) -> Iterator[StoredLink]:
    for node, _ in elements(sheet.scan, "hyperlink"):
        stated = node.attributes
        to_file = any(name.endswith(":id") for name in stated)
        if not to_file and stated.get("location"):
            place = stated.get("ref", "")
            yield StoredLink(LinkKind.HYPERLINK, sheet.name, place, "", stated["location"])


def _lists(sheet: XlsxSheet) -> Iterator[StoredLink]:
    for node, block in elements(sheet.scan, "dataValidation"):
        source = node.child("formula1")
        if node.attributes.get("type") == "list" and source is not None:
            inner = source.child("f")  # as Excel 2010 has it
            place = node.attributes.get("sqref") or text_of(node.child("sqref"), block)
            target = text_of(inner or source, block)
            yield StoredLink(LinkKind.LIST, sheet.name, place.partition(" ")[0], "", target)


def _sparklines(sheet: XlsxSheet) -> Iterator[StoredLink]:
    for node, block in elements(sheet.scan, "sparkline"):
        target, place = (text_of(node.child(name), block) for name in ("f", "sqref"))
        yield StoredLink(LinkKind.SPARKLINE, sheet.name, place, "", target)


def _rules(sheet: XlsxSheet) -> Iterator[StoredLink]:
    for node, block in elements(sheet.scan, "conditionalFormatting"):
        place = node.attributes.get("sqref") or text_of(node.child("sqref"), block)
        for rule in node.all("cfRule"):
            for part in rule.children:
                if part.name in {"formula", "f"}:
                    target = text_of(part, block)
                    cell = place.partition(" ")[0]
                    yield StoredLink(LinkKind.RULE, sheet.name, cell, "", target)


def _charts(workbook: XlsxWorkbook, part: str, sheet: str | None) -> Iterator[StoredLink]:
    package = workbook.package
    for relation in package.relationships(part):
        if not relation.type.endswith("/drawing") or relation.target not in package:
            continue
        places = _places(package.read_xml(relation.target))
        for inner in package.relationships(relation.target):
            if inner.type.endswith(_CHARTS) and inner.target in package:
                cell, name = places.get(inner.id, ("", ""))
                for found in _SOURCES.finditer(mask(package.read_xml(inner.target))):
                    target = unescape(found[2].decode("utf-8", "replace"))
                    yield StoredLink(LinkKind.CHART, sheet, cell, name, target)


def _places(drawing: bytes) -> dict[str, tuple[str, str]]:
    """The top left cell and the name of every chart of a drawing, by its relationship."""
    found = {}
    for anchor in parse(drawing, "A drawing").children:
        corner = anchor.child("from")
        numbers = (
            [text_of(corner.child(name), drawing) for name in ("row", "col")] if corner else []
        )
        is_cell = len(numbers) == 2 and all(n.isdecimal() and len(n) < 8 for n in numbers)  # noqa: PLR2004
        cell = cell_name(int(numbers[0]) + 1, int(numbers[1]) + 1) if is_cell else ""
        inside = list(_all(anchor))
        name = next((n.attributes.get("name", "") for n in inside if n.name == "cNvPr"), "")
        for node in inside:
            if node.name == "chart":
                for key, value in node.attributes.items():
                    if key.endswith(":id"):
                        found[value] = (cell, name)
    return found


def _all(node: Node) -> Iterator[Node]:
    waiting = node.children[::-1]
    while waiting:  # no recursion: a hostile file nests without end
        inner = waiting.pop()
        yield inner
        waiting += inner.children[::-1]


def _pivot(cache: bytes) -> Iterator[StoredLink]:
    source = parse(cache, "A pivot table's cache").child("cacheSource")
    inner = source.child("worksheetSource") if source is not None else None
    stated = inner.attributes if inner is not None else {}
    elsewhere = any(name.endswith(":id") for name in stated)
    if stated.get("sheet") and stated.get("ref") and not elsewhere:
        quoted = stated["sheet"].replace("'", "''")
        yield StoredLink(LinkKind.PIVOT, None, "", "", f"'{quoted}'!{stated['ref']}")


def _files(workbook: XlsxWorkbook, part: str) -> Iterator[StoredLink]:
    for relation in workbook.package.relationships(part):
        if relation.external and "externalLinkPath" in relation.type:
            name = PurePosixPath(unquote(relation.target).replace("\\", "/")).name
            yield StoredLink(LinkKind.FILE, None, "", "", name or relation.target)
