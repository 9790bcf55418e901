"""Charts and sparklines put on a sheet of ours, between whatever other people drew there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.chart_xml import chart_xml
from perf_addin.adapters.xlsx.drawing_xml import EMPTY_DRAWING, Anchor, DrawingXml
from perf_addin.adapters.xlsx.page_columns import column_edits
from perf_addin.adapters.xlsx.page_refresh import BEFORE_BREAKS
from perf_addin.adapters.xlsx.part_tree import Edit, Node, Spliced, insert_after, parse
from perf_addin.adapters.xlsx.relations import relations_part
from perf_addin.adapters.xlsx.sparklines_xml import sparkline_edits
from perf_addin.adapters.xlsx.workbook_edits import free_part
from perf_addin.adapters.xlsx.xml_text import saying_utf8
from perf_addin.application.drawn import Chart, Drawn
from perf_addin.application.ports import SheetPage

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_LOOKS_OF_CHARTS = ("/chartStyle", "/chartColorStyle")
_BEFORE_DRAWING = (
    *(*BEFORE_BREAKS, "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags"),
)


def draw(workbook: XlsxWorkbook, sheet: XlsxSheet, page: SheetPage, drawn: Drawn) -> None:
    """Put what is drawn on a sheet, in the place of what we drew on it earlier.

    Charts of ours are known by their names, sparklines by the column that they stand in.
    """
    if drawn.behind is not None:
        workbook.put_sheet(drawn.behind)
    scan = sheet.scan
    skipped = scan.stop - scan.first
    xml = scan.xml[: scan.first] + scan.xml[scan.stop :]
    root = parse(xml, scan.where)
    edits = column_edits(xml, root, page, drawn.trend_column)
    edits += _Drawings(workbook, sheet.tab.part, root).edits(drawn)
    edits += sparkline_edits(xml, root, drawn)
    if edits:
        moved = [_moved(edit, scan.first, skipped) for edit in sorted(edits, key=lambda e: e[:2])]
        workbook.package.replace(sheet.tab.part, Spliced(scan.xml, moved))
        sheet.release()


def _moved(edit: Edit, first: int, by: int) -> Edit:
    start, end, xml = edit
    return edit if start < first else (start + by, end + by, xml)


class _Drawings:
    """The drawing part of one sheet, and the charts in it."""

    def __init__(self, workbook: XlsxWorkbook, sheet_part: str, root: Node) -> None:
        self._workbook = workbook
        self._package = workbook.package
        self._sheet_part = sheet_part
        self._root = root
        self._element = root.child("drawing")
        relation = self._relation_of(self._element)
        found = {r.id: r.target for r in self._package.relationships(sheet_part)}
        self._relation, self._part = relation, found.get(relation, "")

    @staticmethod
    def _relation_of(element: Node | None) -> str:
        stated = element.attributes if element is not None else {}
        return next((value for name, value in stated.items() if name.endswith(":id")), "")

    def edits(self, drawn: Drawn) -> list[Edit]:
        """Write the parts; give the edits of the sheet that begin or end its having a drawing."""
        if self._part not in self._package:
            return self._begun(drawn) if drawn.charts else []
        drawing = DrawingXml(saying_utf8(self._package.read_xml(self._part)), self._part)
        own: dict[str, Anchor] = {}
        for anchor in drawing.own:
            own.setdefault(anchor.name, anchor)  # a copy that somebody made is theirs
        targets = {r.id: r.target for r in self._package.relationships(self._part)}
        for chart in drawn.charts:
            held = own.pop(chart.name, None)
            if held is not None and targets.get(held.relation, "") in self._package:
                self._package.replace(targets[held.relation], self._xml_of(chart))
                drawing.replace(held, chart)
            else:
                drawing.add(chart, self._new_chart(self._part, chart))
        for left in own.values():
            drawing.remove(left)
        xml, ended = drawing.xml(), drawing.is_empty and not drawn.charts
        self._package.replace(self._part, xml)
        for left in own.values():
            self._drop_chart(left.relation, targets.get(left.relation, ""))
        return self._ended() if ended and own else []

    def _begun(self, drawn: Drawn) -> list[Edit]:
        part = self._free("drawings/drawing")
        drawing = DrawingXml(EMPTY_DRAWING, part)
        self._package.add(part, EMPTY_DRAWING, _DRAWING_TYPE)
        for chart in drawn.charts:
            drawing.add(chart, self._new_chart(part, chart))
        self._package.replace(part, drawing.xml())
        relation = self._package.relate(self._sheet_part, f"{_RELATIONS}/drawing", part)
        element = b'<%bdrawing xmlns:r="%b" r:id="%b"/>' % (
            self._root.prefix,
            _RELATIONS.encode(),
            relation.encode(),
        )
        if self._element is not None:  # it names a part that is not there
            return [(self._element.start, self._element.end, element)]
        return [insert_after(self._root, _BEFORE_DRAWING, element)]

    def _ended(self) -> list[Edit]:
        self._drop_with_relations(self._part, self._sheet_part, self._relation)
        node = self._element
        return [(node.start, node.end, b"")] if node is not None else []

    def _new_chart(self, drawing_part: str, chart: Chart) -> str:
        part = self._free("charts/chart")
        self._package.add(part, self._xml_of(chart), _CHART_TYPE)
        return self._package.relate(drawing_part, f"{_RELATIONS}/chart", part)

    def _drop_chart(self, relation: str, part: str) -> None:
        if part not in self._package:
            return
        for other in self._package.relationships(part):
            if other.type.endswith(_LOOKS_OF_CHARTS) and other.target in self._package:
                self._package.drop(other.target, part, other.id)
        self._drop_with_relations(part, self._part, relation)

    def _drop_with_relations(self, part: str, owner: str, relation: str) -> None:
        relations = relations_part(part)
        if relations in self._package:
            self._package.drop(relations, owner, relation)
        self._package.drop(part, owner, relation)

    def _free(self, stem: str) -> str:
        """The first free name of a part in a folder beside that of the worksheets."""
        folder = self._sheet_part.rpartition("/")[0].rpartition("/")[0]
        path = f"{folder}/{stem}" if folder else stem
        return free_part(self._package.part_names, path)

    def _xml_of(self, chart: Chart) -> bytes:
        return chart_xml(chart, self._number_format(chart))

    def _number_format(self, chart: Chart) -> str:
        """The number format of the cell whose figures the axis counts."""
        if chart.as_percent:
            return "0%"
        row, column = chart.shown_as.cells[0]
        sheet = next(s for s in self._workbook.sheets if s.name == chart.shown_as.sheet)
        span = next((s for s in sheet.scan.rows() if s.number == row), None)
        start = sheet.scan.start_of(span, column) if span is not None else -1
        style = raw_cell(sheet.scan, start).style if start >= 0 else 0
        return self._workbook.styles.format_code(style)
