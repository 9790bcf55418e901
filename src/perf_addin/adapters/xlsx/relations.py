"""What parts point to, and what kind each part is: read, and added to by splices."""

from __future__ import annotations

import re
from collections.abc import Callable

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.part_tree import Node, append_child, parse, splice
from perf_addin.domain.declaring import NamedTuple

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_PREFIX, _MOST_DIGITS = "rid", 9


class Relationship(NamedTuple):
    """What a part points to: a part by name, or anything at all where `external`."""

    id: str
    type: str
    target: str
    external: bool


def relations_part(part: str) -> str:
    """The part that holds a part's relationships; "" is the package."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def read_relations(
    xml: bytes, where: str, part: str, find: Callable[[str], str | None]
) -> list[Relationship]:
    """Read a relationships part.

    Args:
        xml: the part, in UTF-8.
        where: what messages call it.
        part: the part whose relationships they are.
        find: gives the name of a part in the package's own spelling, or None.
    """
    found = []
    for node in parse(xml, where).all("Relationship"):
        stated = node.attributes
        target = stated.get("Target", "")
        external = stated.get("TargetMode", "").casefold() == "external"
        if not external:
            target = _resolve(target, part, find)
        found.append(Relationship(stated.get("Id", ""), stated.get("Type", ""), target, external))
    return found


def _resolve(target: str, part: str, find: Callable[[str], str | None]) -> str:
    """The part that a target names; tolerant of backslashes, case and a forgotten slash."""
    target = target.partition("#")[0].replace("\\", "/")
    folder = part.rpartition("/")[0]
    for spelling in (target, _unquoted(target)) if "%" in target else (target,):
        for base in (folder, ""):
            name = find(_joined(base, spelling))
            if name is not None:
                return name
    return _joined(folder, target)


def _unquoted(target: str) -> str:
    plain = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), target.encode())
    return plain.decode("utf-8", "replace")


def _joined(folder: str, target: str) -> str:
    steps = [] if target.startswith("/") else folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def added_relation(xml: bytes, where: str, kind: str, target: str) -> tuple[bytes, str]:
    """Give a relationships part with one more entry, and the id of that."""
    root = parse(xml, where)
    ids = [node.attributes.get("Id", "").lower() for node in root.all("Relationship")]
    ends = (text.removeprefix(_PREFIX) for text in ids if text.startswith(_PREFIX))
    numbers = [int(end) for end in ends if end.isdecimal() and len(end) <= _MOST_DIGITS]
    made = f"rId{max(numbers, default=0) + 1}"
    entry = b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % (
        root.prefix,
        made.encode(),
        escape_attribute(kind),
        escape_attribute(target),
    )
    return splice(xml, [append_child(xml, root, entry)]), made


def relative_target(part: str, target: str) -> str:
    """How a relationship of a part names a target: from its own folder where it lies in there."""
    folder = part.rpartition("/")[0]
    if not folder:
        return target
    return target.removeprefix(f"{folder}/") if target.startswith(f"{folder}/") else f"/{target}"


def without_relations(xml: bytes, where: str, kind: str) -> bytes:
    """Give a relationships part without the entries of a kind (the end of their type, or an id)."""
    stated = [(n, n.attributes) for n in parse(xml, where).all("Relationship")]
    gone = [n for n, s in stated if s.get("Type", "").endswith(kind) or s.get("Id") == kind]
    return _without(xml, gone)


class ContentTypes:
    """The part that says what kind each part is."""

    def __init__(self, xml: bytes, where: str) -> None:
        """Read the part (UTF-8)."""
        self.xml = xml
        self._root = parse(xml, where)

    def of(self, part: str) -> str:
        """The type of a part: its own, or that of its extension, or nothing."""
        name = part.casefold()
        for node in self._root.all("Override"):
            if _part_of(node) == name:
                return node.attributes.get("ContentType", "")
        extension = name.rpartition("/")[2].rpartition(".")[2]
        for node in self._root.all("Default"):
            if node.attributes.get("Extension", "").casefold().lstrip(".") == extension:
                return node.attributes.get("ContentType", "")
        return ""

    def added(self, part: str, content_type: str) -> bytes:
        """The part with one more entry; as it is where it names that part and type already."""
        if self.of(part) == content_type:
            return self.xml
        entry = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (
            self._root.prefix,
            escape_attribute(part),
            escape_attribute(content_type),
        )
        return splice(self.xml, [append_child(self.xml, self._root, entry)])

    def without(self, parts: frozenset[str], kind: str | None = None) -> bytes:
        """The part without the entries of some parts (in lower case) and of a kind.

        `kind` is what the type of a whole extension begins with; None for no extension.
        """
        gone = [node for node in self._root.all("Override") if _part_of(node) in parts]
        gone += [
            node
            for node in self._root.all("Default")
            if kind is not None and node.attributes.get("ContentType", "").startswith(kind)
        ]
        return _without(self.xml, gone)


def _part_of(override: Node) -> str:
    return override.attributes.get("PartName", "").replace("\\", "/").lstrip("/").casefold()


def _without(xml: bytes, nodes: list[Node]) -> bytes:
    return splice(xml, [(node.start, node.end, b"") for node in nodes])
