"""A workbook file: its worksheets to read, and changes that leave all else as it is."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.part_tree import Edit, Spliced, splice
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_reader import Tab, XlsxSheet
from perf_addin.adapters.xlsx.sheet_writer import SheetWriter
from perf_addin.adapters.xlsx.style_sections import EMPTY_STYLES
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.adapters.xlsx.workbook_formulas import WorkbookFormulas
from perf_addin.adapters.xlsx.workbook_xml import WorkbookXml, free_part, free_sheet_part
from perf_addin.adapters.xlsx.xml_text import saying_utf8
from perf_addin.application.grid import TableInfo
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError, OutputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.inspection import XlsxInspection
    from perf_addin.application.ports import CellWrite, FunctionName, LeftCell, SheetPage

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = "/calcChain"


class XlsxWorkbook(WorkbookFormulas):
    """A workbook over an opened package; everything is read when it is first asked for."""

    def __init__(self, package: Package) -> None:
        """Read the list of sheets.

        Raises:
            InputError: the package holds no workbook that can be read.
        """
        self.package = package
        self._part = package.workbook_part
        self._related = {r.id: r for r in package.relationships(self._part)}
        if any(r.type.endswith("/xlWorksheet") for r in self._related.values()):
            raise InputError(
                f"{self.name} was written by a test version of Excel 2007, whose format was never "
                "released. Open it in Excel and save it as Excel Workbook (.xlsx).",
                name=self.name,
            )
        self._xml = WorkbookXml(self._read(self._part))
        self._tabs = self._read_tabs()
        self._sheets = [XlsxSheet(self, tab) for tab in self._tabs]
        self._styles: Styles | None = None
        self._strings: SharedStrings | None = None

    def _read_tabs(self) -> list[Tab]:
        tabs = []
        for place, listed in enumerate(self._xml.sheets):
            relation = self._related.get(listed.relationship)
            if relation is not None and relation.type.endswith("/worksheet"):
                visible = listed.state == "visible"
                tabs.append(Tab(listed.name, relation.target, visible, place))
        return tabs

    @property
    def name(self) -> str:
        """The file's name as a person would recognise it."""
        return self.package.name

    @property
    def sheets(self) -> Sequence[XlsxSheet]:
        """The worksheets in tab order; chart sheets, dialogs and macro sheets left out."""
        return tuple(self._sheets)

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1 January 1904."""
        return self._xml.from_1904

    @property
    def styles(self) -> Styles:
        """The workbook's styles; those of an empty workbook where the file has none."""
        if self._styles is None:
            part = self._related_part("/styles")
            xml = self._read(part) if part else EMPTY_STYLES % self._xml.main_namespace
            self._styles = Styles(xml)
        return self._styles

    def strings(self) -> SharedStrings:
        """The workbook's shared strings."""
        if self._strings is None:
            part = self._related_part("/sharedStrings")
            self._strings = SharedStrings(self._read(part) if part else b"<sst/>")
        return self._strings

    def make_ready(self) -> None:
        """Read what every index needs beside its sheet, while that is still being expanded."""
        try:  # noqa: SIM105 - importing contextlib takes longer than is gained
            self.strings()
        except InputError:
            pass  # raised again where a text is asked for

    def sheet_xml(self, part: str) -> bytes:
        """A worksheet part, in UTF-8."""
        return self._read(part)

    def _read(self, part: str) -> bytes:
        """A part in UTF-8, and saying so, in whatever encoding the file has it."""
        return saying_utf8(self.package.read_xml(part))

    def sheet_tables(self, part: str) -> list[TableInfo]:
        """The tables of a worksheet part."""
        parts = [r.target for r in self.package.relationships(part) if r.type.endswith("/table")]
        if not parts:
            return []
        from perf_addin.adapters.xlsx.tables import table_info  # noqa: PLC0415 - some have none

        tables = (table_info(self._read(p), f"The table part {p}") for p in parts)
        return [table for table in tables if table is not None]

    def write(
        self, sheet: str, writes: Sequence[CellWrite], left: list[LeftCell] | None = None
    ) -> None:
        """Put cells into a sheet of the user's; `left` takes those that must not be written.

        Raises:
            InputError: the sheet is damaged: it has no place for cells, or its rows are not in
                order.
            OutputError: there is no such sheet, or a cell cannot be written without damage and
                `left` is None.
        """
        target = self._sheet(sheet)
        if target is None:
            raise OutputError(
                f"{self.name} has no worksheet {sheet!r} to write into.", name=self.name
            )
        self._apply(target, SheetWriter(target, self.styles, left).edits(writes))

    def put_sheet(self, page: SheetPage) -> None:
        """Add or refresh a sheet that this product lays out.

        Raises:
            OutputError: a sheet of another kind has this name, or a cell of ours holds a formula
                that somebody typed.
        """
        target = self._sheet(page.name)
        if target is None:
            self._add_sheet(page)
        else:
            self._refresh_sheet(target, page._replace(name=target.name))
        if page.drawn is not None and (sheet := self._sheet(page.name)) is not None:
            from perf_addin.adapters.xlsx.drawings import draw  # noqa: PLC0415 - few are drawn on

            draw(self, sheet, page, page.drawn)

    def _refresh_sheet(self, target: XlsxSheet, page: SheetPage) -> None:
        from perf_addin.adapters.xlsx import names, page_refresh  # noqa: PLC0415 - not for ratings

        refresh = page_refresh.PageRefresh(target, page, self.styles.page)
        self._apply(target, refresh.edits())
        if refresh.formulas_moved:
            self._drop_calculation_order()
        self._edit_workbook(names.moved_area(self._xml.xml, self._xml.root, page, target.tab.place))

    @property
    def inspection(self) -> XlsxInspection:
        """What a check looks at besides cells."""
        from perf_addin.adapters.xlsx.inspection import XlsxInspection  # noqa: PLC0415 - audits

        return XlsxInspection(self)

    def ask_for_calculation(self) -> None:
        """Ask whatever opens the workbook to calculate all of it."""
        edit = self._xml.full_calculation()
        self._edit_workbook([edit] if edit is not None else [])

    def names_taken(self, owner: str) -> set[str]:
        """The defined names and tables that are somebody else's, in lower case."""
        tables = {t.name.casefold() for tab in self._tabs for t in self.sheet_tables(tab.part)}
        from perf_addin.adapters.xlsx.function_names import taken_names  # noqa: PLC0415

        return tables | taken_names(self._xml.xml, self._xml.root, owner)

    def put_functions(self, names: Sequence[FunctionName]) -> None:
        """Add names that hold functions, or renew those of the same name; none may be taken."""
        from perf_addin.adapters.xlsx.function_names import put_names  # noqa: PLC0415

        self._edit_workbook(put_names(self._xml.xml, self._xml.root, names))

    def _sheet(self, name: str) -> XlsxSheet | None:
        wanted = name.casefold()
        return next((s for s in self._sheets if s.name.casefold() == wanted), None)

    def _apply(self, sheet: XlsxSheet, edits: list[Edit]) -> None:
        if edits:
            xml = sheet.scan.xml
            self.package.replace(sheet.tab.part, Spliced(xml, edits))
        sheet.release()
        if self._strings is not None and self._strings.is_large:
            self._strings = None
        self._save_styles()

    def _drop_calculation_order(self) -> None:
        """Drop the list of cells with formulas, which Excel makes anew; a wrong one it repairs."""
        part = self._related_part(_ORDER)
        if part:
            self.package.drop(part, self._part, _ORDER)
            self._related = {r.id: r for r in self.package.relationships(self._part)}

    def _save_styles(self) -> None:
        styles = self.styles
        if not styles.changed:
            return
        part = self._related_part("/styles")
        if part:
            self.package.replace(part, styles.xml())
            return
        part = self._named_part("/styles") or self._beside("styles.xml")
        if part in self.package:  # nothing leads to it, so it is somebody else's
            part = free_part(self.package.part_names, part.removesuffix(".xml"))
        self.package.add(part, styles.xml(), _STYLES)
        if self._named_part("/styles") is None:
            self._relate("styles", part)

    def _add_sheet(self, page: SheetPage) -> None:
        if any(s.name.casefold() == page.name.casefold() for s in self._xml.sheets):
            raise OutputError(
                f"{self.name} has a sheet {page.name!r} that is no worksheet. Rename it first.",
                name=self.name,
            )
        from perf_addin.adapters.xlsx import names, page_xml  # noqa: PLC0415 - not for ratings

        pieces = page_xml.worksheet(page, self.styles.page, self._xml.main_namespace)
        first = self._tabs[0].part if self._tabs else ""
        part = free_sheet_part(self.package.part_names, first or self._beside("worksheets/"))
        self.package.add(part, pieces, _WORKSHEET)
        relationship = self._relate("worksheet", part)
        place = len(self._xml.sheets)
        self._edit_workbook(
            [
                self._xml.added_sheet(page.name, relationship, hidden=page.hidden),
                *names.added_names(self._xml.root, page, place),
            ]
        )
        self._sheets.append(XlsxSheet(self, Tab(page.name, part, not page.hidden, place)))
        self._save_styles()

    def _edit_workbook(self, edits: list[Edit]) -> None:
        if edits:
            xml = splice(self._xml.xml, edits)
            self.package.replace(self._part, xml)
            self._xml = WorkbookXml(xml)

    def _relate(self, kind: str, part: str) -> str:
        made = self.package.relate(self._part, f"{self._xml.relation_namespace}/{kind}", part)
        self._related = {r.id: r for r in self.package.relationships(self._part)}
        return made

    def _related_part(self, kind: str) -> str | None:
        """The part of a kind that the workbook names, if it is there."""
        part = self._named_part(kind)
        return part if part is not None and part in self.package else None

    def _named_part(self, kind: str) -> str | None:
        return next((r.target for r in self._related.values() if r.type.endswith(kind)), None)

    def _beside(self, name: str) -> str:
        folder = self._part.rpartition("/")[0]
        return f"{folder}/{name}" if folder else name
