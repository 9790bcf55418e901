"""Changes of what parts point to and of what kind they are said to be, as splices."""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.part_tree import Node, append_child, parse, splice
from perf_addin.adapters.xlsx.relations import ContentTypes, part_of
from perf_addin.adapters.xlsx.xml_text import is_index

EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_PREFIX = "rid"


def added_relation(xml: bytes, where: str, kind: str, target: str) -> tuple[bytes, str]:
    """Give a relationships part with one more entry, and the id of that."""
    root = parse(xml, where)
    ids = [node.attributes.get("Id", "").lower() for node in root.all("Relationship")]
    ends = (text.removeprefix(_PREFIX) for text in ids if text.startswith(_PREFIX))
    numbers = [int(end) for end in ends if is_index(end)]
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


def added_type(types: ContentTypes, part: str, content_type: str) -> bytes:
    """The content types with one more entry; as it is where it names that part and type already."""
    if types.of(part) == content_type:
        return types.xml
    entry = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (
        types.root.prefix,
        escape_attribute(part),
        escape_attribute(content_type),
    )
    return splice(types.xml, [append_child(types.xml, types.root, entry)])


def without_types(types: ContentTypes, parts: frozenset[str], kind: str | None = None) -> bytes:
    """The content types without the entries of some parts (in lower case) and of a kind.

    `kind` is what the type of a whole extension begins with; None for no extension.
    """
    gone = [node for node in types.root.all("Override") if part_of(node) in parts]
    gone += [
        node
        for node in types.root.all("Default")
        if kind is not None and node.attributes.get("ContentType", "").startswith(kind)
    ]
    return _without(types.xml, gone)


def _without(xml: bytes, nodes: list[Node]) -> bytes:
    return splice(xml, [(node.start, node.end, b"") for node in nodes])
