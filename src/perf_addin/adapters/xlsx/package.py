"""An Open Packaging package: parts, content types and relationships over a zip container.

Parts that are not replaced keep their stored bytes. Small parts that list others
(`[Content_Types].xml`, `.rels`) are edited by splicing, so that they only grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32, decompress

from perf_addin.adapters.xlsx import recognise
from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.container import (
    Container,
    Member,
    Packed,
    central_record,
    end_record,
    local_header,
    moved_record,
)
from perf_addin.adapters.xlsx.deflate import deflate
from perf_addin.adapters.xlsx.limits import DEFAULT_LIMITS, Limits
from perf_addin.adapters.xlsx.part_names import check_name, plain_name, relationships_part, resolve
from perf_addin.adapters.xlsx.part_tree import Node, append_child, parse, splice
from perf_addin.adapters.xlsx.part_xml import as_utf8
from perf_addin.domain.errors import InputError, OutputError

_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_FIXED_DATE = b"\x00\x00\x21\x00"
_EMPTY_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'
).encode()
_LARGEST = 2**32 - 2**26


class Relationship(NamedTuple):
    """A relationship; `target` is a part's name, or for an external one what it points to."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """A package that can be read, changed and written anew."""

    def __init__(self, path: Path, container: Container, *, drop_signatures: bool) -> None:
        """Bind a parsed container; use `open`."""
        self.path = path
        self.name = path.name
        self._container = container
        self._drop_signatures = drop_signatures
        self._members: dict[str, Member] = {}
        for member in container.members:
            if member.name.endswith(("/", "\\")):
                continue
            check_name(member.name, container)
            key = plain_name(member.name).casefold()
            if key in self._members:
                raise container.refused(f"holds two parts named {member.name!r}")
            self._members[key] = member
        self._replaced: dict[str, Packed] = {}
        self._added: dict[str, tuple[str, Packed]] = {}
        self._removed: set[str] = set()
        self._types: Node | None = None

    @classmethod
    def open(
        cls, path: Path, *, limits: Limits = DEFAULT_LIMITS, drop_signatures: bool = False
    ) -> Package:
        """Read a workbook's package.

        Args:
            path: the file.
            limits: how much is unpacked at the most.
            drop_signatures: whether digital signatures are dropped when anything changes.

        Raises:
            InputError: the file cannot be read, is no workbook that can be edited, is damaged, or
                asks for more than the limits allow.
        """
        data = recognise.read_file(path)
        recognise.check_kind(data, path.name)
        package = cls(path, Container(data, path.name, limits), drop_signatures=drop_signatures)
        recognise.check_workbook(package)
        return package

    @property
    def part_names(self) -> Sequence[str]:
        """The names of all parts, with forward slashes and without a leading one."""
        kept = [plain_name(m.name) for key, m in self._members.items() if key not in self._removed]
        return [*kept, *(name for name, _ in self._added.values())]

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of that name, in whatever case."""
        key = name.casefold()
        return key in self._added or (key in self._members and key not in self._removed)

    def read(self, name: str) -> bytes:
        """Give a part's content as it is now.

        Raises:
            InputError: there is no such part, or it is damaged.
        """
        key = name.casefold()
        packed = self._added[key][1] if key in self._added else self._replaced.get(key)
        if packed is not None:
            return decompress(b"".join(packed.data), -15)
        if key not in self:
            raise self._container.damaged(f"the part {name!r} is missing")
        return self._container.read(self._members[key])

    def read_xml(self, name: str) -> bytes:
        """Give an XML part in UTF-8 without a byte order mark.

        Raises:
            InputError: there is no such part, it is damaged, or it has a DOCTYPE.
        """
        return as_utf8(self.read(name), name, self._container)

    def replace(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Give a part new content; the same content as before leaves the stored bytes alone.

        Args:
            name: the part.
            data: bytes, or chunks that can be iterated more than once.

        Raises:
            InputError: the package is signed, and signatures are not to be dropped.
        """
        chunks: Iterable[bytes] = (data,) if isinstance(data, bytes) else data
        key = name.casefold()
        crc, size = _checksum(chunks)
        if key in self._added:
            stored = self._added[key][0]
            self._added[key] = (stored, _pack(chunks, crc, size))
            return
        if self._is_stored(key, chunks, crc, size):
            self._replaced.pop(key, None)
            return
        self._allow_change()
        self._replaced[key] = _pack(chunks, crc, size)

    def _is_stored(self, key: str, chunks: Iterable[bytes], crc: int, size: int) -> bool:
        """Whether a part's stored content is the same; of another encoding, when it reads alike."""
        member = self._members[key]
        if (member.crc, member.size) == (crc, size):
            at = 0
            old = memoryview(self._container.read(member))
            for chunk in chunks:
                if old[at : at + len(chunk)] != chunk:
                    return False
                at += len(chunk)
            return True
        old_bytes = self._container.read(member) if member.size < size * 4 else b""
        if old_bytes[:2] in {b"\xff\xfe", b"\xfe\xff"} or old_bytes[:3] == b"\xef\xbb\xbf":
            return as_utf8(old_bytes, member.name, self._container) == b"".join(chunks)
        return False

    def add(self, name: str, data: bytes | Iterable[bytes], content_type: str) -> None:
        """Add a part, and say in the content types what it is.

        Raises:
            InputError: the package is signed, and signatures are not to be dropped.
        """
        self._allow_change()
        chunks: Iterable[bytes] = (data,) if isinstance(data, bytes) else data
        self._added[name.casefold()] = (name, _pack(chunks, *_checksum(chunks)))
        self._override(name, content_type)

    def _override(self, name: str, content_type: str) -> None:
        xml = self.read_xml(_TYPES)
        root = parse(xml, _TYPES)
        part = escape_attribute(f"/{name}")
        element = b'<%sOverride PartName="%s" ContentType="%s"/>' % (
            root.prefix,
            part,
            escape_attribute(content_type),
        )
        self.replace(_TYPES, splice(xml, [append_child(xml, root, element)]))
        self._types = None

    def relationships(self, name: str) -> Sequence[Relationship]:
        """Give the relationships of a part; of the package for an empty name.

        Raises:
            InputError: the relationships are damaged.
        """
        part = relationships_part(name)
        if part not in self:
            return ()
        root = parse(self.read_xml(part), part)
        return [self._relationship(name, node) for node in root.all("Relationship")]

    def _relationship(self, source: str, node: Node) -> Relationship:
        attributes = node.attributes
        external = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        if not external:
            target = resolve(source, target)
            member = self._members.get(target.casefold())
            target = plain_name(member.name) if member else target
        return Relationship(
            attributes.get("Id", ""), attributes.get("Type", ""), target, external
        )

    def relate(self, name: str, type: str, target: str) -> str:  # noqa: A002 - the format's word
        """Add a relationship from a part to a part, and give its id."""
        part = relationships_part(name)
        if part not in self:
            self._allow_change()
            self._added[part.casefold()] = (part, _pack([_EMPTY_RELATIONSHIPS], *_checksum([b""])))
            self.replace(part, _EMPTY_RELATIONSHIPS)
            if self.content_type(part) != _RELATIONSHIPS_TYPE:
                self._override(part, _RELATIONSHIPS_TYPE)
        xml = self.read_xml(part)
        root = parse(xml, part)
        taken = {node.attributes.get("Id", "") for node in root.children}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        element = b'<%sRelationship Id="rId%d" Type="%s" Target="%s"/>' % (
            root.prefix,
            number,
            escape_attribute(type),
            escape_attribute(f"/{target}"),
        )
        self.replace(part, splice(xml, [append_child(xml, root, element)]))
        return f"rId{number}"

    def content_type(self, name: str) -> str:
        """What the content types say a part is; empty where they do not say."""
        if self._types is None:
            self._types = parse(self.read_xml(_TYPES), _TYPES)
        wanted = f"/{name}".casefold()
        for node in self._types.all("Override"):
            if plain_name(node.attributes.get("PartName", "")).casefold() == wanted[1:]:
                return node.attributes.get("ContentType", "")
        ending = name.rpartition(".")[2].casefold()
        for node in self._types.all("Default"):
            if node.attributes.get("Extension", "").casefold() == ending:
                return node.attributes.get("ContentType", "")
        return ""

    @property
    def workbook_part(self) -> str:
        """The name of the workbook part.

        Raises:
            InputError: there is none.
        """
        for found in self.relationships(""):
            if found.type.endswith("/officeDocument") and found.target in self:
                return found.target
        raise self._container.damaged("it has no workbook part")

    @property
    def signatures(self) -> Sequence[str]:
        """The parts of digital signatures over the package."""
        return [name for name in self.part_names if name.casefold().startswith("_xmlsignatures/")]

    def _allow_change(self) -> None:
        if not self.signatures:
            return
        if not self._drop_signatures:
            message = (
                f"{self.name} is digitally signed, and any change breaks the signature. Use "
                "--drop-signatures to write it without, or work on an unsigned copy."
            )
            raise InputError(message)
        self._removed |= {name.casefold() for name in self.signatures}
        self._drop_nodes(relationships_part(""), "Type", "/digital-signature/origin")
        self._drop_nodes(_TYPES, "PartName", "/_xmlsignatures/")
        self._types = None

    def _drop_nodes(self, part: str, attribute: str, mark: str) -> None:
        xml = self.read_xml(part)
        nodes = parse(xml, part).children
        doomed = [n for n in nodes if mark in n.attributes.get(attribute, "").casefold()]
        self.replace(part, splice(xml, [(n.start, n.end, b"") for n in doomed]))

    @property
    def changed(self) -> bool:
        """Whether anything differs from the file that was opened."""
        return bool(self._replaced or self._added or self._removed)

    def chunks(self) -> Iterator[bytes]:
        """Give the whole package; exactly the bytes of the file where nothing changed."""
        data = self._container.data
        if not self.changed:
            yield data
            return
        if len(data) >= _LARGEST:
            message = f"{self.name} is too large to be written anew; 4 GB is the limit."
            raise OutputError(message)
        yield from self._assembled(data)

    def _assembled(self, data: bytes) -> Iterator[bytes]:
        container = self._container
        view = memoryview(data)
        order = container.in_place
        first = order[0].start if order else container.directory_start
        yield data[:first]
        at = first - container.prefix
        offsets: dict[int, int] = {}
        for i, member in enumerate(order):
            end = order[i + 1].start if i + 1 < len(order) else container.directory_start
            key = plain_name(member.name).casefold()
            if key in self._removed:
                continue
            offsets[member.start] = at
            packed = self._replaced.get(key)
            if packed is None:
                yield bytes(view[member.start : end])
                at += end - member.start
                continue
            when = member.central[12:16]
            flags = member.flags & 0x800
            header = local_header(member.name_bytes, flags, when, packed)
            yield header
            yield from packed.data
            at += len(header) + packed.packed_size
        records = self._records(offsets)
        for name, packed in self._added.values():
            header = local_header(name.encode(), 0, _FIXED_DATE, packed)
            yield header
            yield from packed.data
            records.append(central_record(None, name.encode(), packed, at))
            at += len(header) + packed.packed_size
        directory = b"".join(records)
        yield directory
        yield end_record(len(records), len(directory), at, container.comment)

    def _records(self, offsets: Mapping[int, int]) -> list[bytes]:
        records = []
        for member in self._container.members:
            if member.start not in offsets:
                continue
            packed = self._replaced.get(plain_name(member.name).casefold())
            offset = offsets[member.start]
            if packed is None:
                records.append(moved_record(member, offset))
            else:
                records.append(central_record(member, member.name_bytes, packed, offset))
        return records


def _checksum(chunks: Iterable[bytes]) -> tuple[int, int]:
    crc, size = 0, 0
    for chunk in chunks:
        crc = crc32(chunk, crc)
        size += len(chunk)
    return crc, size


def _pack(chunks: Iterable[bytes], crc: int, size: int) -> Packed:
    return Packed(crc, size, tuple(deflate(chunks, size)))

