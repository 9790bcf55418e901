"""Elements of a worksheet part behind its data, under whatever prefix they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_addin.adapters.xlsx.cell_text import unescape
from perf_addin.adapters.xlsx.part_tree import Node, parse
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.xml_text import QUOTED


def elements(scan: SheetScan, name: str) -> Iterator[tuple[Node, bytes]]:
    """Every element of a local name behind a sheet's data, with the bytes that it lies in.

    Those that newer versions of Excel keep in the list of extensions are among them. Offsets of
    the node are those in its bytes.

    Raises:
        InputError: one of them is not well-formed.
    """
    word = name.encode()
    opening = re.compile(rb"<((?:[^\s<>/:]+:)?)" + word + rb"(?=[\s/>])" + QUOTED + rb">")
    at = max(scan.stop, 0)
    while (found := opening.search(scan.text, at)) is not None:
        at = found.end()
        if not found[0].endswith(b"/>"):
            close = re.compile(rb"</" + re.escape(found[1]) + word + rb"\s*>")
            end = close.search(scan.text, at)
            if end is None:
                return
            at = end.end()
        block = scan.xml[found.start() : at]
        yield parse(block, f"{scan.where}: {name}"), block


def text_of(node: Node | None, block: bytes) -> str:
    """The text of an element; empty where there is no such element."""
    if node is None:
        return ""
    return unescape(block[node.inner : node.close].decode("utf-8", "replace")).strip()
