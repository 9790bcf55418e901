"""Edits of the part that lists a workbook's sheets, and names for parts that it has not yet."""

from __future__ import annotations

from collections.abc import Iterable

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.part_tree import Edit, append_child, insert_after, set_attribute
from perf_addin.adapters.xlsx.workbook_xml import TRUE, WorkbookXml
from perf_addin.adapters.xlsx.xml_text import whole_number

_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _strict(workbook: WorkbookXml) -> bool:
    """Whether the workbook is written in the strict namespaces."""
    return _STRICT_MAIN in workbook.root.attributes.values()


def main_namespace(workbook: WorkbookXml) -> bytes:
    """The namespace that the workbook's own sheets are written in."""
    return (_STRICT_MAIN if _strict(workbook) else _MAIN).encode()


def relation_namespace(workbook: WorkbookXml) -> str:
    """The namespace of relationships, which also begins their types."""
    return _STRICT_RELATIONS if _strict(workbook) else _RELATIONS


def full_calculation(workbook: WorkbookXml) -> Edit | None:
    """The edit that asks for a full calculation when the workbook is opened, if it is new."""
    stated = workbook.root.child("calcPr")
    if stated is None:
        element = b'<%bcalcPr fullCalcOnLoad="1"/>' % workbook.root.prefix
        return insert_after(workbook.root, _BEFORE_CALCULATION, element)
    tag = workbook.xml[stated.start : stated.inner]
    asked = set_attribute(tag, b"fullCalcOnLoad", "1")
    if stated.attributes.get("fullCalcOnLoad") in TRUE:
        return None
    return (stated.start, stated.inner, asked)


def added_sheet(workbook: WorkbookXml, name: str, relationship: str, *, hidden: bool) -> Edit:
    """The edit that lists another sheet as the last one."""
    stated = (node.attributes.get("sheetId", "0") for node in workbook.listing.all("sheet"))
    numbers = [whole_number(number, "The list of sheets", "a sheetId") for number in stated]
    prefix, declared = _relation_prefix(workbook)
    element = b'<%bsheet name="%b" sheetId="%d"%b%b %b:id="%b"/>' % (
        workbook.listing.prefix,
        escape_attribute(name),
        max(numbers, default=0) + 1,
        b' state="hidden"' if hidden else b"",
        declared,
        prefix,
        relationship.encode(),
    )
    return append_child(workbook.xml, workbook.listing, element)


def _relation_prefix(workbook: WorkbookXml) -> tuple[bytes, bytes]:
    """The prefix for `r:id`, and its declaration where the file has none in reach."""
    for node in (workbook.listing, workbook.root):
        for name, value in node.attributes.items():
            if name.startswith("xmlns:") and value == relation_namespace(workbook):
                return name[6:].encode(), b""
    return b"r", b' xmlns:r="%b"' % relation_namespace(workbook).encode()


def free_part(taken: Iterable[str], stem: str) -> str:
    """The first name of a stem and a number that no part has yet; case makes no difference."""
    names = {name.casefold() for name in taken}
    number = 1
    while f"{stem}{number}.xml".casefold() in names:
        number += 1
    return f"{stem}{number}.xml"


def free_sheet_part(taken: Iterable[str], beside: str) -> str:
    """The name of a worksheet part that no part has yet, in the folder of another name."""
    folder = beside.rpartition("/")[0] or "worksheets"
    return free_part(taken, f"{folder}/sheet")
