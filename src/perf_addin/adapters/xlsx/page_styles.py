"""Styles of our own: those of an empty workbook, and those of the sheets that we lay out."""

from __future__ import annotations

from functools import lru_cache

from perf_addin.adapters.xlsx.cell_text import escape_attribute
from perf_addin.adapters.xlsx.part_tree import Node
from perf_addin.adapters.xlsx.style_sections import Section, solid_fill
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.application.ports import PageStyle

EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%b">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)
_HELD = 256
_BORDER_COLOUR = "A6A6A6"


def add_page_style(style: PageStyle, root: Node, sections: tuple[Section, ...]) -> int:
    """The number of a style for a cell of a sheet of ours, appended where it is not there yet.

    Args:
        style: what it shall look like.
        root: the root of the styles part.
        sections: its fonts, fills, borders and cell formats.
    """
    p, (fonts, fills, borders, xfs) = root.prefix, sections
    name = _default_font(fonts)
    parts = (
        fonts.add(_font(p, style, name)),
        fills.add(solid_fill(p, style.fill)) if style.fill else 0,
        borders.add(_border(p)) if style.border else 0,
    )
    parents = root.child("cellStyleXfs")
    parent = b' xfId="0"' if parents and parents.children else b""
    return xfs.add(_xf(p, style, parent, parts))


def _default_font(fonts: Section) -> str:
    font = fonts.node(0)
    name = font.child("name") if font else None
    return name.attributes.get("val", "Arial") if name else "Arial"


@lru_cache(_HELD)
def _font(p: bytes, style: PageStyle, name: str) -> bytes:
    """The font of a page style, in the workbook's own typeface."""
    return b'<%bfont>%b%b<%bsz val="%b"/><%bcolor rgb="FF%b"/><%bname val="%b"/></%bfont>' % (
        p,
        b"<%bb/>" % p if style.bold else b"",
        b"<%bi/>" % p if style.italic else b"",
        p,
        b"%g" % style.size,
        p,
        style.colour.encode(),
        p,
        escape_attribute(name),
        p,
    )


@lru_cache(_HELD)
def _border(p: bytes) -> bytes:
    """A thin grey line on all four sides."""
    sides = b"".join(
        b'<%b%b style="thin"><%bcolor rgb="FF%b"/></%b%b>'
        % (p, side, p, _BORDER_COLOUR.encode(), p, side)
        for side in (b"left", b"right", b"top", b"bottom")
    )
    return b"<%bborder>%b<%bdiagonal/></%bborder>" % (p, sides, p, p)


@lru_cache(_HELD)
def _xf(p: bytes, style: PageStyle, parent: bytes, parts: tuple[int, int, int]) -> bytes:
    """The cell format of a page style.

    Args:
        p: the namespace prefix with its colon, or empty.
        style: the page style.
        parent: the attribute that names the cell style it belongs to, or nothing.
        parts: the numbers of its font, fill and border.
    """
    alignment = b"".join(
        b' %b="%b"' % (name, value.encode())
        for name, value in (
            (b"horizontal", style.horizontal),
            (b"vertical", style.vertical),
            (b"wrapText", "1" if style.wrap else None),
        )
        if value
    )
    return (
        b'<%bxf numFmtId="0" fontId="%d" fillId="%d" borderId="%d"%b applyFont="1" '
        b'applyFill="1" applyBorder="1" applyAlignment="1"><%balignment%b/></%bxf>'
    ) % (p, *parts, parent, p, alignment, p)
