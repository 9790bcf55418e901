"""Parts that a workbook has not yet, or has no longer: sheets, styles, the order of calculation."""

from __future__ import annotations

from perf_addin.adapters.xlsx import names, page_xml
from perf_addin.adapters.xlsx.page_styles import EMPTY_STYLES
from perf_addin.adapters.xlsx.sheet_reader import Tab
from perf_addin.adapters.xlsx.workbook_edits import (
    added_sheet,
    free_part,
    free_sheet_part,
    main_namespace,
    relation_namespace,
)
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
    from perf_addin.application.ports import SheetPage

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = "/calcChain"


def add_sheet(workbook: XlsxWorkbook, page: SheetPage) -> Tab:
    """Add a sheet behind all others; gives how the workbook lists it.

    Raises:
        OutputError: a sheet that is no worksheet has its name.
    """
    stated, package = workbook.stated, workbook.package
    if any(s.name.casefold() == page.name.casefold() for s in stated.sheets):
        raise OutputError(
            f"{workbook.name} has a sheet {page.name!r} that is no worksheet. Rename it first.",
            name=workbook.name,
        )
    pieces = page_xml.worksheet(page, workbook.styles.page, main_namespace(stated))
    first = workbook.tabs[0].part if workbook.tabs else ""
    part = free_sheet_part(package.part_names, first or _beside(workbook, "worksheets/"))
    package.add(part, pieces, _WORKSHEET)
    relationship = _relate(workbook, "worksheet", part)
    place = len(stated.sheets)
    workbook.edit(
        [
            added_sheet(stated, page.name, relationship, hidden=page.hidden),
            *names.added_names(stated.root, page, place),
        ]
    )
    return Tab(page.name, part, not page.hidden, place)


def empty_styles(workbook: XlsxWorkbook) -> bytes:
    """The styles part of an empty workbook."""
    return EMPTY_STYLES % main_namespace(workbook.stated)


def add_styles(workbook: XlsxWorkbook, named: str | None) -> None:
    """Add the styles as a part; `named` is what the workbook calls it, though it is not there."""
    package = workbook.package
    part = named or _beside(workbook, "styles.xml")
    if part in package:  # nothing leads to it, so it is somebody else's
        part = free_part(package.part_names, part.removesuffix(".xml"))
    package.add(part, workbook.styles.xml(), _STYLES)
    if named is None:
        _relate(workbook, "styles", part)


def drop_calculation_order(workbook: XlsxWorkbook) -> None:
    """Drop the list of cells with formulas, which Excel makes anew; a wrong one it repairs."""
    part = workbook.related_part(_ORDER)
    if part:
        workbook.package.drop(part, workbook.part, _ORDER)
        workbook.note_relations()


def _relate(workbook: XlsxWorkbook, kind: str, part: str) -> str:
    kind = f"{relation_namespace(workbook.stated)}/{kind}"
    made = workbook.package.relate(workbook.part, kind, part)
    workbook.note_relations()
    return made


def _beside(workbook: XlsxWorkbook, name: str) -> str:
    folder = workbook.part.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name
