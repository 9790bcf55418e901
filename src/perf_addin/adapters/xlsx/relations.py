"""What parts point to, and what kind each part is."""

from __future__ import annotations

from collections.abc import Callable

from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.domain.declaring import NamedTuple

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


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
    import re  # noqa: PLC0415 - hardly any target has one

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


class ContentTypes:
    """The part that says what kind each part is."""

    def __init__(self, xml: bytes, where: str) -> None:
        """Read the part (UTF-8)."""
        self.xml = xml
        self.root = parse(xml, where)

    def of(self, part: str) -> str:
        """The type of a part: its own, or that of its extension, or nothing."""
        name = part.casefold()
        for node in self.root.all("Override"):
            if part_of(node) == name:
                return node.attributes.get("ContentType", "")
        extension = name.rpartition("/")[2].rpartition(".")[2]
        for node in self.root.all("Default"):
            if node.attributes.get("Extension", "").casefold().lstrip(".") == extension:
                return node.attributes.get("ContentType", "")
        return ""


def part_of(override: Node) -> str:
    """The part that an entry of the content types names, in lower case."""
    return override.attributes.get("PartName", "").replace("\\", "/").lstrip("/").casefold()
