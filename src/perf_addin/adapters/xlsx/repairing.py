"""Calls of ours that name a lost add-in file, mended in the formulas of a workbook's cells.

Only the text of formulas is changed. The link to the add-in, which other formulas may use, stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from perf_addin.adapters.xlsx.cell_text import escape, unescape
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.part_tree import Edit, Spliced, parse
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.adapters.xlsx.xml_text import QUOTED
from perf_addin.application.formulas.calls import may_call_ours
from perf_addin.application.formulas.repairing import repaired


class Repaired(NamedTuple):
    """How many formulas of a sheet were mended."""

    sheet: str
    formulas: int


def repair(workbook: XlsxWorkbook) -> list[Repaired]:
    """Mend the formulas of every sheet; give the sheets in which any was.

    Raises:
        InputError: the workbook cannot be read, or is signed.
    """
    links = links_of(workbook.package)
    found = []
    for sheet in workbook.sheets:
        scan = sheet.scan
        if not may_call_ours(scan.xml):
            continue
        edits = list(_edits(scan, links))
        if edits:
            workbook.package.replace(sheet.tab.part, Spliced(scan.xml, edits))
            found.append(Repaired(sheet.name, len(edits)))
        sheet.release()
    return found


def links_of(package: Package) -> dict[int, str]:
    """Where each of a workbook's links leads, by the number that formulas call it by.

    Raises:
        InputError: the parts that say so are damaged.
    """
    part = package.workbook_part
    listed = parse(package.read_xml(part), "The workbook part").child("externalReferences")
    targets = {relation.id: relation.target for relation in package.relationships(part)}
    links = {}
    for number, node in enumerate(listed.all("externalReference") if listed else (), start=1):
        stated = node.attributes.items()
        identity = next((v for k, v in stated if k == "id" or k.endswith(":id")), "")
        link = targets.get(identity, "")
        outside = (r.target for r in package.relationships(link) if r.external)
        links[number] = next(outside, "") if link in package else ""
    return links


def _edits(scan: SheetScan, links: Mapping[int, str]) -> list[Edit]:
    """The edits that mend the formulas of one sheet."""
    p = re.escape(scan.prefix)
    formula = re.compile(b"<" + p + rb"f(?:\s" + QUOTED + b")?(?<!/)>([^<]*)</" + p + rb"f\s*>")
    edits: list[Edit] = []
    for found in formula.finditer(scan.text, scan.first, scan.stop):
        start, end = found.span(1)
        if scan.text[start:end] != scan.xml[start:end]:
            continue  # a comment inside a formula: nobody writes that, and nobody's is touched
        old = unescape(found[1].decode("utf-8", "replace"))
        new = repaired(old, links)
        if new != old:
            edits.append((start, end, escape(new)))
    return edits
