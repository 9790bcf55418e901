"""Zip files written byte by byte, so that each can be odd or hostile in one way."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.xlsx.small_workbook import MAIN, OFFICE, PACKAGE, SHEET_PART, TYPES, sheet

RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
MAIN_RELATION = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="%s"/>'
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Index" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


@dataclass
class Entry:
    """A member; what is None is stated truthfully."""

    name: str
    data: bytes
    method: int = 8
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    descriptor: str = ""
    zip64: bool = False
    extra: bytes = b""
    offset: int | None = None
    comment: bytes = b""

    def stored(self) -> bytes:
        """The bytes in the file."""
        if self.packed is not None:
            return self.packed
        if self.method == 0:
            return self.data
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()


def parts() -> dict[str, str]:
    """The parts of the smallest workbook."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS % MAIN_RELATION % "xl/workbook.xml",
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS % relation,
        SHEET_PART: sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
    }


def entries(**changed: str | bytes | None) -> list[Entry]:
    """The smallest workbook; parts by name replaced, added, or (None) left out."""
    wanted = {**parts(), **changed}
    return [
        Entry(name, text.encode() if isinstance(text, str) else text)
        for name, text in wanted.items()
        if text is not None
    ]


def zip_bytes(
    members: Iterable[Entry],
    *,
    prefix: bytes = b"",
    counted: bool = False,
    comment: bytes = b"",
    zip64_end: bool = False,
) -> bytes:
    """Build a file; `counted` says whether offsets count the prefix."""
    body, directory = bytearray(prefix), bytearray()
    base = 0 if counted else len(prefix)
    count = 0
    for entry in members:
        count += 1
        start = len(body) - base if entry.offset is None else entry.offset
        _add(body, directory, entry, start)
    at = len(body) - base
    end64 = len(body) + len(directory) - base
    body += directory
    if zip64_end:
        body += struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), at
        )
        body += struct.pack("<4sLQL", b"PK\6\7", 0, end64, 1)
        count, size, at = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    else:
        size = len(directory)
    body += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, at, len(comment)) + comment
    return bytes(body)


def _add(body: bytearray, directory: bytearray, entry: Entry, start: int) -> None:
    name, stored = entry.name.encode(), entry.stored()
    size = len(entry.data) if entry.size is None else entry.size
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    flags = entry.flags | (8 if entry.descriptor else 0) | (0 if name.isascii() else 0x800)
    fixed = (flags, entry.method, 0x6000, 0x5821)
    local = (0, 0, 0) if entry.descriptor else (crc, len(stored), size)
    body += struct.pack("<4s5H3L2H", b"PK\3\4", 20, *fixed, *local, len(name), len(entry.extra))
    body += name + entry.extra + stored
    if entry.descriptor:
        body += b"PK\7\x08" if entry.descriptor == "signed" else b""
        body += struct.pack("<3L", crc, len(stored), size)
    extra, offset, packed_size = entry.extra, start, len(stored)
    if entry.zip64:
        extra += struct.pack("<2H3Q", 1, 24, size, packed_size, start)
        size = packed_size = offset = 0xFFFFFFFF
    lengths = (len(name), len(extra), len(entry.comment))
    directory += struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, *fixed, crc, packed_size, size, *lengths, 0, 1, 32, offset
    )
    directory += name + extra + entry.comment


def write(path: Path, data: bytes) -> Path:
    """Put bytes into a file."""
    path.write_bytes(data)
    return path
