"""A drawing part: the pictures on a sheet, ours among those of other people."""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.chart_xml import CHART, MAIN
from perf_addin.adapters.xlsx.part_tree import Edit, Node, append_child, parse, splice
from perf_addin.adapters.xlsx.xml_text import is_index
from perf_addin.application.drawn import CHART_NAME, Chart, plain

_DRAWING = b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMPTY_DRAWING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<xdr:wsDr xmlns:xdr="%b" xmlns:a="%b"/>'
) % (_DRAWING, MAIN.encode())


class Anchor(NamedTuple):
    """A chart of ours on a sheet: its element, name, number, and the chart's relationship."""

    node: Node
    name: str
    number: str
    relation: str


class DrawingXml:
    """The XML of a drawing part, and what becomes of it."""

    def __init__(self, xml: bytes, where: str) -> None:
        """Read the part (UTF-8).

        Raises:
            InputError: it is not well-formed.
        """
        self._xml = xml
        self._root = parse(xml, where)
        self._edits: list[Edit] = []
        self._gone = 0
        self.own = [found for node in self._root.children if (found := _own(node)) is not None]
        self._next = max(_numbers(self._root), default=1) + 1

    def replace(self, old: Anchor, chart: Chart) -> None:
        """Let a chart take the place of one of ours, under its number and relationship."""
        new = anchor_xml(chart, old.number, old.relation)
        self._edits.append((old.node.start, old.node.end, new))

    def add(self, chart: Chart, relation: str) -> None:
        """Put a chart behind all that there is."""
        new = anchor_xml(chart, str(self._next), relation)
        self._next += 1
        self._edits.append(append_child(self._xml, self._root, new))

    def remove(self, old: Anchor) -> None:
        """Take one of ours out."""
        self._edits.append((old.node.start, old.node.end, b""))
        self._gone += 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be left."""
        return self._gone == len(self._root.children)

    def xml(self) -> bytes:
        """The part with what was changed."""
        return splice(self._xml, _joined(self._edits))


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits of which several put a child into a self-closed root, as one."""
    opened = [edit for edit in edits if edit[2].startswith(b"><") and edit[0] < edit[1]]
    if len(opened) < 2:  # noqa: PLR2004 - one needs no joining
        return edits
    start, end, first = opened[0]
    close = first[first.rindex(b"</") :]
    inner = b"".join(text[1 : -len(close)] for _, _, text in opened)
    return [(start, end, b">" + inner + close), *(e for e in edits if e not in opened)]


def _own(anchor: Node) -> Anchor | None:
    """A chart of ours: a graphic frame whose name says so, with a chart in it."""
    frame = anchor.child("graphicFrame")
    names = frame.child("nvGraphicFramePr") if frame else None
    stated = names.child("cNvPr") if names else None
    graphic = frame.child("graphic") if frame else None
    data = graphic.child("graphicData") if graphic else None
    chart = data.child("chart") if data else None
    if stated is None or chart is None:
        return None
    name = stated.attributes.get("name", "")
    relation = next((v for n, v in chart.attributes.items() if n.endswith(":id")), "")
    if not name.startswith(CHART_NAME) or not relation:
        return None
    return Anchor(anchor, name, stated.attributes.get("id", "0"), relation)


def _numbers(node: Node) -> list[int]:
    """The numbers of all pictures, at whatever depth."""
    found, waiting = [], [node]
    while waiting:
        inner = waiting.pop()
        stated = inner.attributes.get("id", "") if inner.name == "cNvPr" else ""
        if is_index(stated):
            found.append(int(stated))
        waiting += inner.children
    return found


def anchor_xml(chart: Chart, number: str, relation: str) -> bytes:
    """The element that puts a chart on its cells; it moves with them, and keeps its size."""
    area = chart.area
    corner = (
        b"<xdr:%b><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row>"
        b"<xdr:rowOff>0</xdr:rowOff></xdr:%b>"
    )
    return (
        b'<xdr:twoCellAnchor xmlns:xdr="%b" xmlns:a="%b" editAs="oneCell">%b%b'
        b'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        b'<xdr:cNvPr id="%b" name="%b" descr="%b"/><xdr:cNvGraphicFramePr/>'
        b'</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        b'<a:graphic><a:graphicData uri="%b"><c:chart xmlns:c="%b" xmlns:r="%b" r:id="%b"/>'
        b"</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    ) % (
        _DRAWING,
        MAIN.encode(),
        corner % (b"from", area.first_column - 1, area.first_row - 1, b"from"),
        corner % (b"to", area.last_column, area.last_row, b"to"),
        escape_attribute(number),
        escape_attribute(chart.name),
        escape_attribute(plain(chart.description)),
        CHART.encode(),
        CHART.encode(),
        _RELATIONS,
        escape_attribute(relation),
    )
