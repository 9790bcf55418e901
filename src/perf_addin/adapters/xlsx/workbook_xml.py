"""The part that lists a workbook's sheets, read once and edited by splices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perf_addin.adapters.xlsx.cell_text import escape_attribute, unescape
from perf_addin.adapters.xlsx.part_tree import (
    Edit,
    Node,
    append_child,
    insert_after,
    parse,
    set_attribute,
)
from perf_addin.adapters.xlsx.xml_text import is_index, whole_number
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from perf_addin.application.formulas.cells import DefinedName

_TRUE = frozenset({"1", "true"})
_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Listed(NamedTuple):
    """A sheet of any kind as the workbook lists it."""

    name: str
    relationship: str
    state: str


class WorkbookXml:
    """What workbook.xml says."""

    def __init__(self, xml: bytes) -> None:
        """Read the part (UTF-8).

        Raises:
            InputError: it is not well-formed or lists no sheets.
        """
        self.xml = xml
        self.root = parse(xml, "The workbook part")
        sheets = self.root.child("sheets")
        if sheets is None:
            raise InputError("The workbook part lists no sheets. Open and save it in Excel.")
        self._sheets: Node = sheets

    @property
    def sheets(self) -> list[Listed]:
        """Every sheet in tab order, chart sheets and others too."""
        return [
            Listed(
                node.attributes.get("name", ""),
                _relationship_id(node),
                node.attributes.get("state", "visible"),
            )
            for node in self._sheets.all("sheet")
        ]

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1 January 1904."""
        properties = self.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in _TRUE

    @property
    def calculation(self) -> Mapping[str, str]:
        """What is stated about calculation, attribute by attribute."""
        stated = self.root.child("calcPr")
        return stated.attributes if stated is not None else {}

    @property
    def defined_names(self) -> list[DefinedName]:
        """Every defined name, hidden ones too."""
        from perf_addin.application.formulas.cells import (  # noqa: PLC0415 - few have formulas
            DefinedName,
        )

        found, tabs = [], self.sheets
        names = self.root.child("definedNames")
        for node in names.all("definedName") if names else ():
            text = self.xml[node.inner : node.close].decode("utf-8", "replace")
            place = node.attributes.get("localSheetId", "")
            number = int(place) if is_index(place) else len(tabs)
            sheet = tabs[number].name if number < len(tabs) else None
            name, comment = (node.attributes.get(key, "") for key in ("name", "comment"))
            found.append(DefinedName(name, sheet, unescape(text), comment))
        return found

    @property
    def strict(self) -> bool:
        """Whether the workbook is written in the strict namespaces."""
        return _STRICT_MAIN in self.root.attributes.values()

    @property
    def main_namespace(self) -> bytes:
        """The namespace that the workbook's own sheets are written in."""
        return (_STRICT_MAIN if self.strict else _MAIN).encode()

    @property
    def relation_namespace(self) -> str:
        """The namespace of relationships, which also begins their types."""
        return _STRICT_RELATIONS if self.strict else _RELATIONS

    def full_calculation(self) -> Edit | None:
        """The edit that asks for a full calculation when the workbook is opened, if it is new."""
        stated = self.root.child("calcPr")
        if stated is None:
            element = b'<%bcalcPr fullCalcOnLoad="1"/>' % self.root.prefix
            return insert_after(self.root, _BEFORE_CALCULATION, element)
        tag = self.xml[stated.start : stated.inner]
        asked = set_attribute(tag, b"fullCalcOnLoad", "1")
        if stated.attributes.get("fullCalcOnLoad") in _TRUE:
            return None
        return (stated.start, stated.inner, asked)

    def added_sheet(self, name: str, relationship: str, *, hidden: bool) -> Edit:
        """The edit that lists another sheet as the last one."""
        stated = (node.attributes.get("sheetId", "0") for node in self._sheets.all("sheet"))
        numbers = [whole_number(number, "The list of sheets", "a sheetId") for number in stated]
        prefix, declared = self._relation_prefix()
        element = b'<%bsheet name="%b" sheetId="%d"%b%b %b:id="%b"/>' % (
            self._sheets.prefix,
            escape_attribute(name),
            max(numbers, default=0) + 1,
            b' state="hidden"' if hidden else b"",
            declared,
            prefix,
            relationship.encode(),
        )
        return append_child(self.xml, self._sheets, element)

    def _relation_prefix(self) -> tuple[bytes, bytes]:
        """The prefix for `r:id`, and its declaration where the file has none in reach."""
        for node in (self._sheets, self.root):
            for name, value in node.attributes.items():
                if name.startswith("xmlns:") and value == self.relation_namespace:
                    return name[6:].encode(), b""
        return b"r", b' xmlns:r="%b"' % self.relation_namespace.encode()


def _relationship_id(sheet: Node) -> str:
    return next((v for n, v in sheet.attributes.items() if n.endswith(":id")), "")


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
