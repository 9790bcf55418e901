"""A workbook of our own, made from nothing: one sheet that this product lays out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from perf_addin.adapters.files.programs import EXCEL
from perf_addin.adapters.files.saving import SaveOutcome, put_in_place
from perf_addin.adapters.xlsx.cell_text import escape, escape_attribute
from perf_addin.adapters.xlsx.names import PRINT_AREA, PRINT_TITLES, print_area, print_titles
from perf_addin.adapters.xlsx.page_styles import EMPTY_STYLES
from perf_addin.adapters.xlsx.page_xml import worksheet
from perf_addin.adapters.xlsx.styles import Styles
from perf_addin.application.ports import SheetPage

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006"
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_TYPES = _HEAD + (
    b'<Types xmlns="%b/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    b'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    b'<Override PartName="/xl/workbook.xml" ContentType="%b.sheet.main+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%b.worksheet+xml"/>'
    b'<Override PartName="/xl/styles.xml" ContentType="%b.styles+xml"/></Types>'
) % (_PACKAGE, _KIND, _KIND, _KIND)
_ROOT = _HEAD + (
    b'<Relationships xmlns="%b/relationships"><Relationship Id="rId1" Type="%b/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
) % (_PACKAGE, _OFFICE)
_RELATED = _HEAD + (
    b'<Relationships xmlns="%b/relationships"><Relationship Id="rId1" Type="%b/worksheet" '
    b'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="%b/styles" '
    b'Target="styles.xml"/></Relationships>'
) % (_PACKAGE, _OFFICE, _OFFICE)


def write_new(page: SheetPage, target: Path) -> SaveOutcome:
    """Write a workbook that holds a page; the same page always gives the same bytes.

    Raises:
        OutputError: it cannot be written there, or a text does not fit a cell.
    """
    content = workbook_bytes(page)
    return put_in_place(lambda: iter((content,)), target, backup=True, program=EXCEL)


def workbook_bytes(page: SheetPage) -> bytes:
    """The file of a workbook that holds a page."""
    styles = Styles(EMPTY_STYLES % _MAIN)
    sheet = b"".join(worksheet(page, styles.page, _MAIN))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _workbook(page),
        "xl/_rels/workbook.xml.rels": _RELATED,
        "xl/styles.xml": styles.xml(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _workbook(page: SheetPage) -> bytes:
    texts = ((PRINT_AREA, print_area(page)), (PRINT_TITLES, print_titles(page)))
    names = b"".join(
        b'<definedName name="%b" localSheetId="0">%b</definedName>' % (name.encode(), escape(text))
        for name, text in texts
        if text
    )
    return _HEAD + (
        b'<workbook xmlns="%b" xmlns:r="%b"><sheets><sheet name="%b" sheetId="1" r:id="rId1"/>'
        b"</sheets>%b</workbook>"
    ) % (
        _MAIN,
        _OFFICE,
        escape_attribute(page.name),
        b"<definedNames>%b</definedNames>" % names if names else b"",
    )
