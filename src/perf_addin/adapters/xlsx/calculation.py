"""What a workbook tells whoever calculates it: its defined names, and its last calculation.

Both stand in workbook.xml; who saved the workbook is named elsewhere.
"""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import unescape
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.part_tree import parse
from perf_addin.adapters.xlsx.workbook_xml import TRUE, WorkbookXml
from perf_addin.adapters.xlsx.xml_text import is_index
from perf_addin.application.formulas.cells import Calculation, DefinedName


def defined_names_of(workbook: WorkbookXml) -> list[DefinedName]:
    """Every defined name, hidden ones too."""
    found, tabs = [], workbook.sheets
    names = workbook.root.child("definedNames")
    for node in names.all("definedName") if names else ():
        text = workbook.xml[node.inner : node.close].decode("utf-8", "replace")
        place = node.attributes.get("localSheetId", "")
        number = int(place) if is_index(place) else len(tabs)
        sheet = tabs[number].name if number < len(tabs) else None
        name, comment = (node.attributes.get(key, "") for key in ("name", "comment"))
        found.append(DefinedName(name, sheet, unescape(text), comment))
    return found


def calculation_of(package: Package, workbook: WorkbookXml) -> Calculation:
    """Read it; who saved the workbook is empty where the file does not say.

    Raises:
        InputError: the part that names the program is not well-formed.
    """
    properties = workbook.root.child("calcPr")
    stated = properties.attributes if properties is not None else {}
    return Calculation(
        _application(package),
        manual=stated.get("calcMode") == "manual",
        on_load=stated.get("fullCalcOnLoad") in TRUE,
        iterative=stated.get("iterate") in TRUE,
    )


def _application(package: Package) -> str:
    for relation in package.relationships(""):
        if relation.type.endswith("/extended-properties") and relation.target in package:
            xml = package.read_xml(relation.target)
            said = parse(xml, "The part docProps/app.xml").child("Application")
            if said is not None:
                return unescape(xml[said.inner : said.close].decode("utf-8", "replace")).strip()
    return ""
