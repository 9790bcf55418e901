"""What a workbook says of its last calculation: in workbook.xml, and by naming who saved it."""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import unescape
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.part_tree import parse
from perf_addin.adapters.xlsx.workbook_xml import WorkbookXml
from perf_addin.application.formulas.cells import Calculation

_TRUE = frozenset({"1", "true"})


def calculation_of(package: Package, workbook: WorkbookXml) -> Calculation:
    """Read it; who saved the workbook is empty where the file does not say.

    Raises:
        InputError: the part that names the program is not well-formed.
    """
    stated = workbook.calculation
    return Calculation(
        _application(package),
        manual=stated.get("calcMode") == "manual",
        on_load=stated.get("fullCalcOnLoad") in _TRUE,
        iterative=stated.get("iterate") in _TRUE,
    )


def _application(package: Package) -> str:
    for relation in package.relationships(""):
        if relation.type.endswith("/extended-properties") and relation.target in package:
            xml = package.read_xml(relation.target)
            said = parse(xml, "The part docProps/app.xml").child("Application")
            if said is not None:
                return unescape(xml[said.inner : said.close].decode("utf-8", "replace")).strip()
    return ""
