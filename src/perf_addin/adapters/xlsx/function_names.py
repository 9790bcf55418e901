"""Our functions among a workbook's defined names; names of anyone else stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.cell_text import escape, escape_attribute
from perf_addin.adapters.xlsx.names import append_names
from perf_addin.adapters.xlsx.part_tree import Edit, Node
from perf_addin.adapters.xlsx.stored_formula import stored
from perf_addin.application.ports import FunctionName

_FORMULA = "_xlfn.LAMBDA("


def taken_names(xml: bytes, workbook: Node, owner: str) -> set[str]:
    """The names for the whole workbook that are somebody else's, case-folded."""
    return {
        node.attributes.get("name", "").casefold()
        for node in _global_names(workbook)
        if not _is_ours(xml, node, owner)
    }


def put_names(xml: bytes, workbook: Node, names: Sequence[FunctionName]) -> list[Edit]:
    """The edits that add names, or renew those of ours that an earlier version put there."""
    present = {node.attributes.get("name", "").casefold(): node for node in _global_names(workbook)}
    edits, new = [], []
    for name in names:
        element = _element(workbook.prefix, name)
        node = present.get(name.name.casefold())
        if node is None:
            new.append(element)
        elif xml[node.start : node.end] != element:
            edits.append((node.start, node.end, element))
    return [*edits, *append_names(workbook, b"".join(new))]


def _global_names(workbook: Node) -> list[Node]:
    names = workbook.child("definedNames")
    every = names.all("definedName") if names else ()
    return [node for node in every if "localSheetId" not in node.attributes]


def _is_ours(xml: bytes, node: Node, owner: str) -> bool:
    begins = xml[node.inner : node.close].lstrip().startswith(_FORMULA.encode())
    return begins and node.attributes.get("comment", "").endswith(owner)


def _element(prefix: bytes, name: FunctionName) -> bytes:
    return b'<%bdefinedName name="%b" comment="%b"%b>%b</%bdefinedName>' % (
        prefix,
        name.name.encode(),
        escape_attribute(name.comment),
        b' hidden="1"' if name.hidden else b"",
        escape(stored(name.formula)),
        prefix,
    )
