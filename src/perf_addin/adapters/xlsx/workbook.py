"""A workbook file: its worksheets to read, and changes that leave all else as it is."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.part_tree import Edit, Spliced, splice
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_reader import Tab, XlsxSheet
from perf_addin.adapters.xlsx.sheet_writer import SheetWriter
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.adapters.xlsx.workbook_formulas import WorkbookFormulas
from perf_addin.adapters.xlsx.workbook_xml import WorkbookXml
from perf_addin.adapters.xlsx.xml_text import saying_utf8
from perf_addin.application.grid import TableInfo
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError, OutputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.inspection import XlsxInspection
    from perf_addin.application.ports import CellWrite, FunctionName, LeftCell, SheetPage


class XlsxWorkbook(WorkbookFormulas):
    """A workbook over an opened package; everything is read when it is first asked for."""

    def __init__(self, package: Package) -> None:
        """Read the list of sheets.

        Raises:
            InputError: the package holds no workbook that can be read.
        """
        self.package = package
        self.part = package.workbook_part
        self.note_relations()
        if any(r.type.endswith("/xlWorksheet") for r in self._related.values()):
            raise InputError(
                f"{self.name} was written by a test version of Excel 2007, whose format was never "
                "released. Open it in Excel and save it as Excel Workbook (.xlsx).",
                name=self.name,
            )
        self.stated = WorkbookXml(self._read(self.part))
        self.tabs = self._read_tabs()
        self._sheets = [XlsxSheet(self, tab) for tab in self.tabs]
        self._styles: Styles | None = None
        self._strings: SharedStrings | None = None

    def _read_tabs(self) -> list[Tab]:
        tabs = []
        for place, listed in enumerate(self.stated.sheets):
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
        return self.stated.from_1904

    @property
    def styles(self) -> Styles:
        """The workbook's styles; those of an empty workbook where the file has none."""
        if self._styles is None:
            part = self.related_part("/styles")
            self._styles = Styles(self._read(part) if part else self._no_styles())
        return self._styles

    def _no_styles(self) -> bytes:
        from perf_addin.adapters.xlsx.workbook_parts import empty_styles  # noqa: PLC0415 - most have

        return empty_styles(self)

    def strings(self) -> SharedStrings:
        """The workbook's shared strings."""
        if self._strings is None:
            part = self.related_part("/sharedStrings")
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
        self.apply(target, SheetWriter(target, self.styles, left).edits(writes))

    def put_sheet(self, page: SheetPage) -> None:
        """Add or refresh a sheet that this product lays out.

        Raises:
            OutputError: a sheet of another kind has this name, or a cell of ours holds a formula
                that somebody typed.
        """
        target = self._sheet(page.name)
        if target is None:
            from perf_addin.adapters.xlsx.workbook_parts import add_sheet  # noqa: PLC0415 - reports

            self._sheets.append(XlsxSheet(self, add_sheet(self, page)))
            self._save_styles()
        else:
            from perf_addin.adapters.xlsx.page_refresh import refresh  # noqa: PLC0415 - for reports

            refresh(self, target, page._replace(name=target.name))
        if page.drawn is not None and (sheet := self._sheet(page.name)) is not None:
            from perf_addin.adapters.xlsx.drawings import draw  # noqa: PLC0415 - few are drawn on

            draw(self, sheet, page, page.drawn)

    @property
    def inspection(self) -> XlsxInspection:
        """What a check looks at besides cells."""
        from perf_addin.adapters.xlsx.inspection import XlsxInspection  # noqa: PLC0415 - audits

        return XlsxInspection(self)

    def ask_for_calculation(self) -> None:
        """Ask whatever opens the workbook to calculate all of it."""
        from perf_addin.adapters.xlsx.workbook_edits import full_calculation  # noqa: PLC0415

        edit = full_calculation(self.stated)
        self.edit([edit] if edit is not None else [])

    def names_taken(self, owner: str) -> set[str]:
        """The defined names and tables that are somebody else's, in lower case."""
        tables = {t.name.casefold() for tab in self.tabs for t in self.sheet_tables(tab.part)}
        from perf_addin.adapters.xlsx.function_names import taken_names  # noqa: PLC0415

        return tables | taken_names(self.stated.xml, self.stated.root, owner)

    def put_functions(self, names: Sequence[FunctionName]) -> None:
        """Add names that hold functions, or renew those of the same name; none may be taken."""
        from perf_addin.adapters.xlsx.function_names import put_names  # noqa: PLC0415

        self.edit(put_names(self.stated.xml, self.stated.root, names))

    def _sheet(self, name: str) -> XlsxSheet | None:
        wanted = name.casefold()
        return next((s for s in self._sheets if s.name.casefold() == wanted), None)

    def apply(self, sheet: XlsxSheet, edits: list[Edit]) -> None:
        """Change a sheet, and save the styles that this took."""
        if edits:
            xml = sheet.scan.xml
            self.package.replace(sheet.tab.part, Spliced(xml, edits))
        sheet.release()
        if self._strings is not None and self._strings.is_large:
            self._strings = None
        self._save_styles()

    def _save_styles(self) -> None:
        styles = self.styles
        if not styles.changed:
            return
        part = self.related_part("/styles")
        if part:
            self.package.replace(part, styles.xml())
            return
        from perf_addin.adapters.xlsx.workbook_parts import add_styles  # noqa: PLC0415 - most have

        add_styles(self, self._named_part("/styles"))

    def edit(self, edits: list[Edit]) -> None:
        """Change the part that lists the sheets."""
        if edits:
            xml = splice(self.stated.xml, edits)
            self.package.replace(self.part, xml)
            self.stated = WorkbookXml(xml)

    def note_relations(self) -> None:
        """Note what the workbook points to, at first and whenever that changes."""
        self._related = {r.id: r for r in self.package.relationships(self.part)}

    def related_part(self, kind: str) -> str | None:
        """The part of a kind that the workbook names, if it is there."""
        part = self._named_part(kind)
        return part if part is not None and part in self.package else None

    def _named_part(self, kind: str) -> str | None:
        return next((r.target for r in self._related.values() if r.type.endswith(kind)), None)
