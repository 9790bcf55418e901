"""What may be done to the parts of a workbook to make it odd or hostile in one way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.adapters.xlsx.small_workbook import MAIN, SHEET_PART

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"


def parts_of(path: Path) -> Parts:
    """The parts of a workbook, in order."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    """A workbook of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def swap(part: str, old: str, new: str, *, count: int = 1) -> Change:
    """Replace text in a part; it must be there."""

    def change(parts: Parts) -> None:
        before = parts[part].decode()
        assert old in before, f"{old} is not in {part}"
        parts[part] = before.replace(old, new, count).encode()

    return change


def put(part: str, content: str | bytes) -> Change:
    """Give a part another content, or add it."""

    def change(parts: Parts) -> None:
        parts[part] = content.encode() if isinstance(content, str) else content

    return change


def cell(address: str, inner: str, kind: str = "") -> Change:
    """Give a cell of the index another content, as it is stored."""

    def change(parts: Parts) -> None:
        xml = parts[SHEET_PART].decode()
        whole = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)')
        made = f'<c r="{address}"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}>{inner}</c>'
        xml, changed = whole.subn(lambda _: made, xml)
        assert changed == 1, f"{address} is not there"
        parts[SHEET_PART] = xml.encode()

    return change


def text(address: str, content: str) -> Change:
    """Give a cell a text."""
    return cell(address, f"<is><t>{content}</t></is>", "inlineStr")


def number(address: str, stored: str) -> Change:
    """Give a cell a number as it is stored."""
    return cell(address, f"<v>{stored}</v>")


def before_data(markup: str) -> Change:
    """Put elements before the rows of the sheet."""
    return swap(SHEET_PART, "<sheetData>", f"{markup}<sheetData>")


def after_data(markup: str) -> Change:
    """Put elements behind the rows of the sheet."""
    return swap(SHEET_PART, "</sheetData>", f"</sheetData>{markup}")


def into(part: str, markup: str) -> Change:
    """Put elements at the end of a part's root."""

    def change(parts: Parts) -> None:
        head, close, tail = parts[part].decode().rpartition("</")
        parts[part] = f"{head}{markup}{close}{tail}".encode()

    return change


def recoded(part: str, encoding: str) -> Change:
    """Store a part in another encoding."""

    def change(parts: Parts) -> None:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[part].decode())
        parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)

    return change


def prefixed(parts: Parts) -> None:
    """Give every element of the sheet a namespace prefix."""
    xml = parts[SHEET_PART].decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    parts[SHEET_PART] = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).encode()


def without_addresses(parts: Parts) -> None:
    """Leave out what says where rows and cells are."""
    xml = parts[SHEET_PART].decode()
    parts[SHEET_PART] = re.sub(r'(<(?:row|c)\b[^>]*?) r="[A-Z0-9]+"', r"\1", xml).encode()


def backslashes(parts: Parts) -> None:
    """Name the parts as a Windows path would."""
    for name in [n for n in parts if n.startswith("xl/")]:
        parts[name.replace("/", "\\")] = parts.pop(name)


def shouted(parts: Parts) -> None:
    """Store the sheet under a name in capitals, which the workbook does not use."""
    parts[SHEET_PART.upper()] = parts.pop(SHEET_PART)


def strict(parts: Parts) -> None:
    """Use the names of the strict variant throughout."""
    for name, content in parts.items():
        parts[name] = content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def added_sheet(kind: str, markup: str, *, first: bool, state: str = "") -> Change:
    """Add a sheet of another kind, before or behind the index."""

    def change(parts: Parts) -> None:
        name = f"xl/{kind}s/sheet9.xml"
        parts[name] = markup.encode()
        types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        put_type = f'<Override PartName="/{name}" ContentType="{types}.{kind}+xml"/>'
        into(TYPES, put_type)(parts)
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relation = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{kind}s/sheet9.xml"/>'
        into("xl/_rels/workbook.xml.rels", relation)(parts)
        shown = f' state="{state}"' if state else ""
        made = f'<sheet xmlns:r="{office}" name="Other" sheetId="99"{shown} r:id="rIdX"/>'
        at = "<sheets>" if first else "</sheets>"
        swap(BOOK, at, at + made if first else made + at)(parts)

    return change


def with_doctype(declared: str) -> Change:
    """Begin the sheet with a declaration of a document type."""

    def change(parts: Parts) -> None:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[SHEET_PART].decode())
        parts[SHEET_PART] = (declared + body).encode()

    return change


def many_parts(parts: Parts) -> None:
    """Add more parts than any workbook has."""
    parts.update({f"xl/media/{n}.bin": b"" for n in range(30_000)})


def many_sheets(parts: Parts) -> None:
    """List a thousand sheets that lead nowhere."""
    made = "".join(f'<sheet name="S{n}" sheetId="{n + 200}"/>' for n in range(1000))
    swap(BOOK, "</sheets>", f"{made}</sheets>")(parts)
