"""Sparklines among a sheet's extensions: ours made anew, those of other people kept."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.cell_text import escape, unescape
from perf_addin.adapters.xlsx.names import quoted
from perf_addin.adapters.xlsx.part_tree import Edit, Node, append_child
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.application.drawn import Drawn, Sparkline
from perf_addin.application.grid import CellRange, cell_name

_URI = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
# Excel writes these before sparklines: conditional formats and data validations.
_BEFORE = frozenset(
    {"{78C0D931-6437-407D-A8EE-F0AAD7539E65}", "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"}
)
_X14 = b"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = b"http://schemas.microsoft.com/office/excel/2006/main"
_LINE, _HIGH, _LOW, _LAST = b"FF1F3A5F", b"FF1F3A5F", b"FFB3111F", b"FF000000"


def sparkline_edits(xml: bytes, root: Node, drawn: Drawn) -> list[Edit]:
    """The edits that replace our sparklines in a sheet.

    Ours are those that stand in the column of trends, which is the page's own.

    Args:
        xml: the sheet.
        root: its root element, of which the rows may have been left out.
        drawn: what is wanted.
    """
    extensions = root.child("extLst")
    held = [n for n in (extensions.all("ext") if extensions else ()) if _is_ours(n)]
    groups = held[0].child("sparklineGroups") if held else None
    new = _groups(drawn)
    if groups is None:
        return [_added(xml, root, extensions, new)] if new else []
    old = [g for g in groups.children if _stands_in(xml, g, drawn.trend_column)]
    if b"".join(xml[g.start : g.end] for g in old) == new:
        return []
    if len(old) == len(groups.children) and not new:
        return [_without(extensions, held[0])] if extensions else []
    edits = [(g.start, g.end, b"") for g in old]
    return [*edits, append_child(xml, groups, new)] if new else edits


def _is_ours(extension: Node) -> bool:
    return extension.attributes.get("uri", "").casefold() == _URI.casefold()


def _without(extensions: Node, extension: Node) -> Edit:
    """Take an extension out, and the list with it where nothing else is in it."""
    gone = extensions if len(extensions.children) == 1 else extension
    return (gone.start, gone.end, b"")


def _stands_in(xml: bytes, group: Node, column: int) -> bool:
    """Whether all sparklines of a group stand in a column."""
    held = group.child("sparklines")
    places = [node.child("sqref") for node in (held.children if held else ())]
    areas = [
        area_of(unescape(xml[p.inner : p.close].decode("utf-8", "replace"))) if p else None
        for p in places
    ]
    return bool(areas) and all(
        area is not None and area.first_column == area.last_column == column for area in areas
    )


def _added(xml: bytes, root: Node, extensions: Node | None, groups: bytes) -> Edit:
    p = root.prefix
    extension = (
        b'<%bext uri="%b" xmlns:x14="%b"><x14:sparklineGroups xmlns:xm="%b">%b'
        b"</x14:sparklineGroups></%bext>"
    ) % (p, _URI.encode(), _X14, _XM, groups, p)
    if extensions is None:
        return append_child(xml, root, b"<%bextLst>%b</%bextLst>" % (p, extension, p))
    if extensions.close == extensions.end:
        return append_child(xml, extensions, extension)
    before = [n.end for n in extensions.children if n.attributes.get("uri", "").upper() in _BEFORE]
    at = max(before, default=extensions.inner)
    return (at, at, extension)


def _groups(drawn: Drawn) -> bytes:
    """The groups: sparklines with gaps, and those that pass over blanks."""
    apart = [s for s in drawn.sparklines if not s.bridged]
    bridged = [s for s in drawn.sparklines if s.bridged]
    return b"".join(
        _group(some, blanks, drawn.trend_column)
        for some, blanks in ((apart, b"gap"), (bridged, b"span"))
        if some
    )


def _group(sparklines: Sequence[Sparkline], blanks: bytes, column: int) -> bytes:
    """A group in namespaces of its own, whatever the sheet calls them."""
    colours = b"".join(
        b'<x14:color%b rgb="%b"/>' % (part, colour)
        for part, colour in (
            (b"Series", _LINE),
            (b"Negative", _LINE),
            (b"Axis", b"FF000000"),
            (b"Markers", _LINE),
            (b"First", _LINE),
            (b"Last", _LAST),
            (b"High", _HIGH),
            (b"Low", _LOW),
        )
    )
    each = b"".join(
        b"<x14:sparkline><xm:f>%b</xm:f><xm:sqref>%b</xm:sqref></x14:sparkline>"
        % (escape(f"{quoted(s.sheet)}!{_area(s.figures)}"), cell_name(s.row, column).encode())
        for s in sparklines
    )
    return (
        b'<x14:sparklineGroup xmlns:x14="%b" xmlns:xm="%b" lineWeight="1.5" '
        b'displayEmptyCellsAs="%b" high="1" low="1" last="1" displayHidden="1">%b'
        b"<x14:sparklines>%b</x14:sparklines></x14:sparklineGroup>"
    ) % (_X14, _XM, blanks, colours, each)


def _area(area: CellRange) -> str:
    first = cell_name(area.first_row, area.first_column)
    return f"{first}:{cell_name(area.last_row, area.last_column)}"
