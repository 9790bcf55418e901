"""Refreshing a sheet that this product laid out earlier: our columns anew, all else as it is."""

from __future__ import annotations

from perf_addin.adapters.xlsx import names
from perf_addin.adapters.xlsx.cell_spans import CellSpan
from perf_addin.adapters.xlsx.cell_xml import check, extensions_of, refilled
from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.formulas import stored_formula
from perf_addin.adapters.xlsx.guarded import Guard
from perf_addin.adapters.xlsx.kept_cells import KeptCells
from perf_addin.adapters.xlsx.page_xml import StyleOf, breaks_xml, cell_xml, in_order, row_xml
from perf_addin.adapters.xlsx.part_tree import Edit, Node, insert_after, parse, set_attribute
from perf_addin.adapters.xlsx.row_edits import RowEdits, walk
from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
from perf_addin.adapters.xlsx.sheet_scan import RowSpan, SheetScan, attributes
from perf_addin.adapters.xlsx.sheet_writer import around, holds, sheet_edits
from perf_addin.adapters.xlsx.workbook_parts import drop_calculation_order
from perf_addin.adapters.xlsx.xml_text import whole_number
from perf_addin.application.ports import PageCell, PageRow, SheetPage
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook

BEFORE_BREAKS = (
    *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios"),
    *("autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter"),
)


def refresh(workbook: XlsxWorkbook, sheet: XlsxSheet, page: SheetPage) -> None:
    """Refresh a sheet, and what the workbook keeps of it elsewhere: its area to print.

    Raises:
        OutputError: one of our columns holds a formula that somebody typed.
    """
    work = PageRefresh(sheet, page, workbook.styles.page)
    workbook.apply(sheet, work.edits())
    if work.formulas_moved:
        drop_calculation_order(workbook)
    stated = workbook.stated
    workbook.edit(names.moved_area(stated.xml, stated.root, page, sheet.tab.place))


class PageRefresh:
    """Works out the edits that bring a sheet's own columns up to date."""

    def __init__(self, sheet: XlsxSheet, page: SheetPage, style_of: StyleOf) -> None:
        """Bind the sheet and what it shall show."""
        self._sheet = sheet
        self._scan = sheet.scan
        self._page = page
        self._style_of = style_of
        self._reader = sheet.reader
        self._guard = Guard(sheet, arrays=not page.replaces_formulas)
        self._added: list[tuple[int, int]] = []
        self._kept = KeptCells(sheet)
        self._parted = self._groups_that_part()
        self.formulas_moved = False

    def edits(self) -> list[Edit]:
        """The edits, in rising order.

        Raises:
            OutputError: one of our columns holds a formula that is neither kept nor to be
                replaced, or a range that must stay whole.
        """
        page_rows = {row.number: row for row in self._page.rows}
        numbers = page_rows.keys() | {span.number for span in self._scan.rows()}
        edits: list[Edit] = []
        for number, span, at in walk(self._scan, sorted(numbers)):
            row = page_rows.get(number)
            if span is not None:
                edits += self._row(span, row)
            elif row is not None:
                cells = [cell for cell in in_order(row) if self._is_there(cell)]
                self._added += [(number, cell.column) for cell in cells]
                for cell in cells:
                    self._check(number, cell)
                new = [self._whole(number, cell) for cell in cells]
                kept = [x for c, x in zip(cells, new, strict=True) if c.kept_from or c.formula]
                self.formulas_moved |= any(stored_formula(xml, self._scan.where) for xml in kept)
                edits.append((at, at, row_xml(row, new, self._scan.prefix)))
        edits = sheet_edits(self._scan, edits, around(self._added))
        return edits + break_edits(self._scan, self._page)

    def _row(self, span: RowSpan, row: PageRow | None) -> list[Edit]:
        cells = self._scan.cells(span)
        wanted = {c.column: c for c in row.cells if self._is_there(c)} if row else {}
        last = max(self._page.own_columns, *wanted, 0)
        own = {cell.column: cell for cell in cells if cell.column <= last}
        others = self._parted_edits(span.number, cells, last)
        if row is None:
            if not own:
                return others
            for cell in own.values():
                self._guard_removal(span.number, cell)
            if len(own) == len(cells):
                return [(span.start, span.end, b"")]
            return [*((cell.start, cell.end, b"") for cell in own.values()), *others]
        edits = RowEdits(self._scan, span)
        for start, end, xml in others:
            edits.replace(start, end, xml)
        for column, cell in own.items():
            if column not in wanted:
                self._guard_removal(span.number, cell)
                edits.replace(cell.start, cell.end, b"")
        for column, page_cell in wanted.items():
            self._cell(edits, span.number, own.get(column), page_cell)
        edits.tag = with_height(edits.tag, row.height_points, changed=edits.any)
        return edits.edits()

    def _is_there(self, cell: PageCell) -> bool:
        return cell.kept_from is None or self._kept.start(cell.kept_from, cell.column) >= 0

    def _check(self, number: int, cell: PageCell) -> None:
        """Refuse a cell under merged ones, unless it is blank, as those that Excel puts there."""
        if cell.kept_from is None or not self._kept.is_blank(cell.kept_from, cell.column):
            self._guard.check(number, cell.column)

    def _whole(self, number: int, cell: PageCell) -> bytes:
        """A cell's whole element, kept or new."""
        if cell.kept_from is None:
            style = self._style_of(cell.style)
            return cell_xml(self._page, number, cell, style, self._scan.prefix)
        own = None if cell.keeps_style else self._style_of(cell.style)
        return self._kept.xml(cell.kept_from, number, cell.column, own)

    def _groups_that_part(self) -> frozenset[str]:
        """Groups of shared formulas whose text stands in our columns, from where it may go."""
        if not self._page.replaces_formulas:
            return frozenset()
        masters = self._sheet.formulas.masters
        own = self._page.own_columns
        return frozenset(group for group, (_, column, _) in masters.items() if column <= own)

    def _parted_edits(self, number: int, cells: list[CellSpan], last: int) -> list[Edit]:
        """Let formulas to the right of our columns stand by themselves where their group parts."""
        edits: list[Edit] = []
        for column, start, end in cells if self._parted else ():
            where = self._sheet.formulas.place_of(number, column)
            stored = stored_formula(self._scan.xml[start:end], where)
            if column <= last or stored is None or stored.group not in self._parted:
                continue
            inner = self._kept.inner(start, end, number, column)
            tag = self._scan.patterns.start_tag.match(self._scan.text, start)
            if inner is not None and tag is not None:
                edits.append((tag.end(), end, inner))
        return edits

    def _guard_formula(self, number: int, column: int) -> None:
        """Refuse to overwrite a formula, unless the page replaces those that it does not keep."""
        if not self._page.replaces_formulas:
            self._guard.refuse_formula(number, column)
        self.formulas_moved = True

    def _guard_removal(self, number: int, cell: CellSpan) -> None:
        if raw_cell(self._scan, cell.start).formula:
            self._guard_formula(number, cell.column)
        self._guard.check_array(number, cell.column)

    def _cell(self, row: RowEdits, number: int, old: CellSpan | None, new: PageCell) -> None:
        if new.kept_from is not None or new.formula:
            self._keep(row, number, old, new)
            return
        check(self._page.name, number, new.column, new.value)
        style = self._style_of(new.style)
        if old is None:
            self._guard.check(number, new.column)
            self._added.append((number, new.column))
            row.add(new.column, style, new.value)
            return
        raw = raw_cell(self._scan, old.start)
        if raw.formula:
            self._guard_formula(number, new.column)
        same = not raw.formula and holds(self._reader, raw, new.value)
        if same and raw.style == style:
            return
        if not same:
            self._guard.check(number, new.column)
        found = self._scan.patterns.start_tag.match(self._scan.text, raw.start)
        tag = found[0] if found else b""
        kept = extensions_of(self._scan, raw.start, raw.end)
        cell = refilled(tag, style, new.value, self._scan.prefix, kept)
        row.replace(raw.start, raw.end, cell)

    def _keep(self, row: RowEdits, number: int, old: CellSpan | None, new: PageCell) -> None:
        xml = self._whole(number, new)
        if old is not None and xml == self._scan.xml[old.start : old.end]:
            return
        formula = bool(new.formula or stored_formula(xml, self._scan.where))
        self._check(number, new)
        if old is None:
            self._added.append((number, new.column))
            row.put(new.column, xml)
        else:
            row.replace(old.start, old.end, xml)
            formula = formula or raw_cell(self._scan, old.start).formula
        self.formulas_moved |= formula


def with_height(tag: bytes, height: float | None, *, changed: bool) -> bytes:
    """A row's start tag with a height in points, or with none, so that Excel chooses it.

    A height that a person set stays. One that Excel chose itself is only replaced where the row's
    cells changed.
    """
    stated = attributes(tag)
    if stated.get(b"customHeight") in {b"1", b"true"} or (b"ht" in stated and not changed):
        return tag
    return set_attribute(tag, b"ht", None if height is None else f"{height:g}")


def break_edits(scan: SheetScan, page: SheetPage) -> list[Edit]:
    """The edit that moves the page breaks to where the refreshed rows want them.

    A page that neither has breaks nor is drawn on leaves those that people put there.
    """
    if not page.page_breaks and page.drawn is None:
        return []
    skipped = scan.stop - scan.first
    skeleton = scan.text[: scan.first] + scan.text[scan.stop :]
    root = parse(skeleton, scan.where)
    old = root.child("rowBreaks")
    new = breaks_xml(page.page_breaks, root.prefix)
    if old is None:
        if not new:
            return []
        start, end, _ = insert_after(root, BEFORE_BREAKS, new)
        return [(start + skipped, end + skipped, new)]
    if _break_rows(old, scan) == {row - 1 for row in page.page_breaks if row > 1}:
        return []
    return [(old.start + skipped, old.end + skipped, new)]


def _break_rows(breaks: Node, scan: SheetScan) -> set[int]:
    stated = (node.attributes.get("id", "0") for node in breaks.children)
    return {whole_number(number, scan.where, "the row of a page break") for number in stated}
