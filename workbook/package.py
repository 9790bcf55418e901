"""Turns what openpyxl saved into what Excel would have saved, the same bytes on every run.

openpyxl stores no formula results, drops extensions, writes charts without stored values, keeps
texts in the cells, loses count of chart sheets and stamps the time; each is put right here. Parts
are made canonical first, so that the result does not depend on which XML library openpyxl found.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape

from workbook.markup import rule_extension
from workbook.sheet_kit import AUTHOR, Book

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
XML_NAMES = (".xml", ".rels", ".vml")
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v></v></c>', re.DOTALL)
TEXT = re.compile(r'<c ([^>]*?) ?t="inlineStr"><is>(<t[^>]*>.*?</t>)</is></c>', re.DOTALL)
EMPTY = re.compile(r"<((?!v>)[\w:]+)([^<>]*)></\1>")
PRINT_NAME = re.compile(r'(<definedName localSheetId=")\d+("[^>]*>)([^<]*)(?=</definedName>)')
ROW = re.compile(r'<row ([^>]*?)\s?\br="(\d+)"([^>]*)>')
FONT = re.compile(r"<font>(.*?)</font>", re.DOTALL)
FONT_PART = re.compile(r"<(\w+)[^>]*>.*?</\1>", re.DOTALL)
# The order in which the schema wants a font's parts; openpyxl's is another.
FONT_ORDER = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "scheme")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
TEXTS_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    "<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified>'
    "</cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>Microsoft Excel</Application>'
    "<AppVersion>16.0300</AppVersion></Properties>"
)
# Excel ignores the size of a chart sheet's anchor, but other readers draw it.
EMPTY_EXTENT = '<ext cx="0" cy="0">'
PAGE_EXTENT = '<ext cx="9304800" cy="6070800">'


def finish(book: Book, title: str, date: str) -> bytes:
    """Save a book and give the finished package.

    Args:
        book: the filled book.
        title: title for the document's properties.
        date: creation and modification time, as ``2021-09-10T09:00:00Z``.

    Raises:
        ValueError: if a formula has no result, or a result no formula.
    """
    raw = io.BytesIO()
    book.workbook.save(raw)
    parts = _canonical_parts(raw)
    names = _sheet_parts(parts)
    unused = set(book.results)
    for sheet, part in names.items():
        parts[part] = _store_results(parts[part], sheet, book, unused)
        if sheet in book.extensions:
            parts[part] = _extend(parts[part], book.extensions[sheet])
    _share_texts(parts, list(names.values()))
    parts["xl/workbook.xml"] = _bind_print_names(parts["xl/workbook.xml"])
    if unused:
        raise ValueError(f"results without a formula: {sorted(unused)}")
    for place, chart in enumerate(book.charts, start=1):
        parts[f"xl/charts/chart{place}.xml"] = chart
    for part in parts:
        if part.startswith("xl/drawings/drawing"):
            parts[part] = parts[part].replace(EMPTY_EXTENT, PAGE_EXTENT)
    parts["xl/styles.xml"] = FONT.sub(_order_font, parts["xl/styles.xml"])
    core = CORE.format(title=escape(title), author=AUTHOR, date=date)
    parts["docProps/core.xml"], parts["docProps/app.xml"] = core, APP
    return _zip({name: EMPTY.sub(r"<\1\2/>", text) for name, text in sorted_parts(parts)})


def sorted_parts(parts: dict[str, str]) -> list[tuple[str, str]]:
    """Give parts in the order of the package: content types, then the root's, then the rest."""
    return sorted(
        parts.items(), key=lambda part: (part[0] != "[Content_Types].xml", "xl/" in part[0], part)
    )


def members(package: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Give name, date and content of every member, in order.

    This is what must not change; compressed bytes may differ from one zlib to another.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


def _canonical_parts(raw: io.BytesIO) -> dict[str, str]:
    with zipfile.ZipFile(raw) as archive:
        found = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return {name: canonicalize(text) for name, text in found.items()}


def _sheet_parts(parts: dict[str, str]) -> dict[str, str]:
    targets: dict[str, str] = {}
    for tag in re.findall(r"<Relationship [^>]*>", parts["xl/_rels/workbook.xml.rels"]):
        targets[_attribute(tag, "Id")] = _attribute(tag, "Target").removeprefix("/")
    sheets: dict[str, str] = {}
    for tag in re.findall(r"<sheet [^>]*>", parts["xl/workbook.xml"]):
        part = targets[_attribute(tag, "r:id")]
        if "chartsheets" not in part:
            sheets[_attribute(tag, "name")] = part
    return sheets


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    if match is None:
        raise ValueError(f"no attribute {name} in {tag}")
    return match[1]


def _order_font(font: re.Match[str]) -> str:
    found = sorted(FONT_PART.finditer(font[1]), key=lambda part: FONT_ORDER.index(part[1]))
    return f"<font>{''.join(part[0] for part in found)}</font>"


def _store_results(text: str, sheet: str, book: Book, unused: set[tuple[str, str]]) -> str:
    def store(match: re.Match[str]) -> str:
        address, attributes, formula = match.groups()
        if (sheet, address) not in book.results:
            raise ValueError(f"{sheet}!{address}: a formula without a result")
        result = book.results[sheet, address]
        unused.discard((sheet, address))
        kind = ' t="str"' if isinstance(result, str) else ""
        value = escape(result) if isinstance(result, str) else f"{result!r}"
        return f'<c r="{address}"{attributes}{kind}><f>{formula}</f><v>{value}</v></c>'

    text = ROW.sub(lambda row: f'<row r="{row[2]}" {row[1].strip()}{row[3]}>', text)
    text = text.replace(' t="n"', "")
    return FORMULA.sub(store, text)


def _share_texts(parts: dict[str, str], sheets: list[str]) -> None:
    places: dict[str, int] = {}
    uses = 0

    def share(match: re.Match[str]) -> str:
        nonlocal uses
        uses += 1
        place = places.setdefault(match[2], len(places))
        return f'<c {match[1]} t="s"><v>{place}</v></c>'

    for sheet in sheets:
        parts[sheet] = TEXT.sub(share, parts[sheet])
    items = "".join(f"<si>{text}</si>" for text in places)
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}" count="{uses}" uniqueCount="{len(places)}">{items}</sst>'
    )
    types, links = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    parts[types] = parts[types].replace(
        "</Types>",
        f'<Override ContentType="{TEXTS_CONTENT}" PartName="/xl/sharedStrings.xml"/></Types>',
    )
    parts[links] = parts[links].replace(
        "</Relationships>",
        f'<Relationship Id="rIdTexts" Target="sharedStrings.xml" Type="{TEXTS_TYPE}"/>'
        "</Relationships>",
    )


def _bind_print_names(workbook: str) -> str:
    # openpyxl counts worksheets only, so a chart sheet shifts the names of the sheets after it.
    order = [_attribute(tag, "name") for tag in re.findall(r"<sheet [^>]*>", workbook)]

    def bind(match: re.Match[str]) -> str:
        sheet = match[3].partition("!")[0].strip("'")
        return f"{match[1]}{order.index(sheet)}{match[2]}{match[3]}"

    workbook = workbook.replace("<workbookProtection></workbookProtection>", "")
    return PRINT_NAME.sub(bind, workbook)


def _extend(text: str, extensions: str) -> str:
    number = re.search(r'id="\{5E1A7B10-0000-4000-8000-(\d{12})\}"', extensions)
    if number:
        text = text.replace("</dataBar>", f"</dataBar>{rule_extension(int(number[1]))}", 1)
    return text.replace("</worksheet>", f"{extensions}</worksheet>")


def _zip(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            content = text if not name.endswith(XML_NAMES) else DECLARATION + text
            archive.writestr(info, content.encode("utf-8"))
    return target.getvalue()
