"""The part that lists a workbook's sheets, read once."""

from __future__ import annotations

from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

TRUE = frozenset({"1", "true"})


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
        self.listing: Node = sheets

    @property
    def sheets(self) -> list[Listed]:
        """Every sheet in tab order, chart sheets and others too."""
        return [
            Listed(
                node.attributes.get("name", ""),
                _relationship_id(node),
                node.attributes.get("state", "visible"),
            )
            for node in self.listing.all("sheet")
        ]

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1 January 1904."""
        properties = self.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in TRUE


def _relationship_id(sheet: Node) -> str:
    return next((v for n, v in sheet.attributes.items() if n.endswith(":id")), "")
