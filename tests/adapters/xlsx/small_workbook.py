"""Workbooks of one sheet, written out part by part, to test one oddity at a time."""

from __future__ import annotations

import zipfile
from pathlib import Path

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_PART = "xl/worksheets/sheet1.xml"

TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>'
    '<numFmt numFmtId="165" formatCode="d mmm yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0"><protection locked="0"/></xf>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellXfs></styleSheet>'
)


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet around rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def _relations(entries: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def build(
    path: Path,
    sheet_xml: str | bytes,
    *,
    styles: str | None = STYLES,
    strings: str | None = None,
    workbook: str = "",
) -> Path:
    """Write a workbook with one sheet "Index"; `workbook` goes before its list of sheets."""
    relations = {"worksheet": "worksheets/sheet1.xml"}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>'
            '<sheet name="Index" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        SHEET_PART: sheet_xml,
    }
    if styles is not None:
        relations["styles"] = "styles.xml"
        parts["xl/styles.xml"] = styles
    if strings is not None:
        relations["sharedStrings"] = "sharedStrings.xml"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def load(path: Path) -> XlsxWorkbook:
    """Open a workbook."""
    return XlsxWorkbook(Package.open(path))


def save(workbook: XlsxWorkbook, path: Path) -> Path:
    """Write a workbook out."""
    path.write_bytes(b"".join(workbook.package.chunks()))
    return path


def part(workbook: XlsxWorkbook, name: str = SHEET_PART) -> str:
    """A part of a workbook as it would be saved."""
    return workbook.package.read(name).decode()
