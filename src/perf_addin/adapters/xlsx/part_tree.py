"""A small part as a tree of elements that know where they lie, so that edits are splices."""

from __future__ import annotations

import pyexpat as expat  # without the three packages around it
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.sheet_scan import ATTRIBUTE
from perf_addin.adapters.xlsx.xml_text import tag_end
from perf_addin.domain.errors import InputError

# Workbooks of one origin share their small parts byte for byte: each is taken apart once.
_SMALL, _TREES_HELD = 1 << 15, 64
_BLOCK = 1 << 16

# (start, end, replacement): the bytes from start to end give way to the replacement.
Edit = tuple[int, int, bytes]


class Node:
    """An element: its local name, attributes, children, and byte offsets.

    `inner` is where the content begins, `close` where the end tag begins; in a self-closed element
    both equal `end`.
    """

    __slots__ = ("attributes", "children", "close", "end", "inner", "name", "prefix", "start")

    def __init__(self, name: str, attributes: dict[str, str], start: int) -> None:
        """Begin an element at a byte offset, its name as the file writes it."""
        prefix, _, self.name = name.rpartition(":")
        self.prefix = f"{prefix}:".encode() if prefix else b""
        self.attributes = attributes
        self.start = self.inner = self.close = self.end = start
        self.children: list[Node] = []

    def child(self, name: str) -> Node | None:
        """The first child of a local name."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        """The children of a local name."""
        return (node for node in self.children if node.name == name)


def parse(xml: bytes, where: str) -> Node:
    """Give the root element of a part (UTF-8); the tree may be shared and must not be changed.

    Raises:
        InputError: the part is not well-formed; the message calls it `where`.
    """
    try:
        return _known_tree(xml) if len(xml) <= _SMALL else _tree(xml)
    except expat.ExpatError as error:
        raise InputError(
            f"{where} is damaged ({error}). Open the workbook in Excel and save it anew."
        ) from error


def _tree(xml: bytes) -> Node:
    top = Node("", {}, 0)
    path = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes, parser.CurrentByteIndex)
        path[-1].children.append(node)
        path.append(node)

    def end(_name: str) -> None:
        node = path.pop()
        inner = tag_end(xml, node.start)
        node.inner = node.close = node.end = inner if inner >= 0 else node.start
        if xml[node.inner - 2 : node.inner] != b"/>":
            node.close = parser.CurrentByteIndex
            node.end = xml.find(b">", node.close) + 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    return top.children[0]


_known_tree = lru_cache(_TREES_HELD)(_tree)


def splice(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Put edits, none overlapping another, into a part; those at one offset stay in their order."""
    pieces: list[bytes] = []
    at = 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (xml[at:start], replacement)
        at = end
    pieces.append(xml[at:])
    return b"".join(pieces)


class Spliced:
    """A part with edits that are put in as it is read, a block at a time; each a fresh `bytes`.

    It may be iterated any number of times. The edits are in rising order and do not overlap.
    Holding the old bytes and the edits costs less than a joined copy of a large sheet.
    """

    def __init__(self, xml: bytes, edits: Sequence[Edit]) -> None:
        """Bind the old bytes and their edits."""
        self._xml = xml
        self._edits = edits

    def __iter__(self) -> Iterator[bytes]:
        """Give the new bytes in blocks."""
        xml, at, size = self._xml, 0, 0
        pieces: list[bytes] = []
        for start, end, replacement in self._edits:
            pieces.append(xml[at:start])
            pieces.append(replacement)
            size += start - at + len(replacement)
            at = end
            if size >= _BLOCK:
                yield b"".join(pieces)
                pieces, size = [], 0
        pieces.append(xml[at : at + _BLOCK])
        yield b"".join(pieces)
        for block in range(at + _BLOCK, len(xml), _BLOCK):
            yield xml[block : block + _BLOCK]


def set_attribute(tag: bytes, name: bytes, value: str | None) -> bytes:
    """Set an attribute in a start tag, or take it out where `value` is None."""
    found = _place_of(tag, name)
    text = b"" if value is None else b' %b="%b"' % (name, escape_attribute(value))
    if found:
        return tag[: found[0]].rstrip() + text + tag[found[1] :]
    if not text:
        return tag
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + text + tag[cut:]


def _place_of(tag: bytes, name: bytes) -> tuple[int, int] | None:
    """Where an attribute of a start tag begins and ends, its value included; None without it."""
    opening = b' %b="' % name
    at = tag.find(opening)
    # As most write it, so that no pattern is needed; what stands within a value is none.
    if at >= 0 and b"'" not in tag and not tag.count(b'"', 0, at) % 2:
        end = tag.find(b'"', at + len(opening))
        return (at + 1, end + 1) if end >= 0 else None
    named = ATTRIBUTE.finditer(tag) if name in tag else ()
    return next((each.span() for each in named if each[1] == name), None)


def append_child(xml: bytes, parent: Node, child: bytes) -> Edit:
    """The edit that puts a child last into an element, opening it where it is self-closed."""
    if parent.close < parent.end:
        return (parent.close, parent.close, child)
    cut = xml.rindex(b"/", parent.start, parent.end)
    name = xml[parent.start + 1 : parent.end].split(None, 1)[0].rstrip(b"/>")
    return (cut, parent.end, b">" + child + b"</" + name + b">")


def insert_after(parent: Node, names: Iterable[str], content: bytes) -> Edit:
    """The edit that puts an element behind the last child that has one of these names.

    Where there is none, it becomes the first child.
    """
    wanted = frozenset(names)
    at = max((n.end for n in parent.children if n.name in wanted), default=parent.inner)
    return (at, at, content)
