"""The columns of a sheet of ours: one of them shown or hidden, the widths of others kept."""

from __future__ import annotations

from perf_addin.adapters.xlsx.part_tree import Edit, Node, insert_after, set_attribute
from perf_addin.adapters.xlsx.xml_text import whole_number
from perf_addin.application.ports import SheetPage

_TRUE = frozenset({"1", "true"})
_BEFORE_COLUMNS = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr")
_HIDDEN_WIDTH = 2.0
_WIDEST_UNSHOWN = 10.0


def column_edits(xml: bytes, root: Node, page: SheetPage, column: int) -> list[Edit]:
    """The edits that show or hide one column, as the page wants it.

    A column that is shown already keeps the width that it has, and one that somebody hid after it
    was shown stays hidden: it still has the width of a shown one.

    Args:
        xml: the sheet.
        root: its root element.
        page: how it is laid out.
        column: the 1-based column.
    """
    hide = column in page.hidden_columns
    width = page.column_widths.get(column, _HIDDEN_WIDTH)
    columns = root.child("cols")
    if columns is None:
        if hide:
            return []
        new = _element(root.prefix, column, width, hide=False)
        block = b"<%bcols>%b</%bcols>" % (root.prefix, new, root.prefix)
        return [insert_after(root, _BEFORE_COLUMNS, block)]
    for node in columns.children:
        first, last = _bounds(node, page)
        if first <= column <= last:
            hidden = node.attributes.get("hidden") in _TRUE
            if hidden == hide or (hidden and _width(node) > _WIDEST_UNSHOWN):
                return []
            tag = xml[node.start : node.end]
            parted = _parted(tag, (first, last), column, width, hide=hide)
            return [(node.start, node.end, parted)]
    if hide:
        return []
    after = [node.end for node in columns.children if _bounds(node, page)[1] < column]
    at = max(after, default=columns.inner)
    return [(at, at, _element(root.prefix, column, width, hide=False))]


def _bounds(node: Node, page: SheetPage) -> tuple[int, int]:
    stated, where = node.attributes, f"Sheet {page.name!r}"
    first, last = (
        whole_number(stated.get(end, "0"), where, f"{end} of a column") for end in ("min", "max")
    )
    return first, last


def _width(node: Node) -> float:
    try:
        return float(node.attributes.get("width", "0"))
    except ValueError:
        return 0


def _element(prefix: bytes, column: int, width: float, *, hide: bool) -> bytes:
    hidden = b' hidden="1"' if hide else b""
    return b'<%bcol min="%d" max="%d" width="%g"%b customWidth="1"/>' % (
        prefix,
        column,
        column,
        width,
        hidden,
    )


def _parted(tag: bytes, bounds: tuple[int, int], column: int, width: float, *, hide: bool) -> bytes:
    """A block of columns in up to three, the one in the middle shown or hidden."""
    first, last = bounds
    own = set_attribute(tag, b"hidden", "1" if hide else None)
    own = set_attribute(set_attribute(own, b"width", f"{width:g}"), b"customWidth", "1")
    parts = ((first, column - 1, tag), (column, column, own), (column + 1, last, tag))
    return b"".join(
        set_attribute(set_attribute(each, b"min", str(low)), b"max", str(high))
        for low, high, each in parts
        if low <= high
    )
