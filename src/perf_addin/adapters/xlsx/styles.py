"""The styles part: what a cell's style says, and new styles appended, never one renumbered."""

from __future__ import annotations

from functools import lru_cache

from perf_addin.adapters.xlsx.part_tree import Edit, Node, parse, set_attribute, splice
from perf_addin.adapters.xlsx.style_sections import Section, font_coloured, solid_fill
from perf_addin.adapters.xlsx.xml_text import tag_end, whole_number
from perf_addin.application.grid import Look
from perf_addin.application.looks import PALETTE, look_of
from perf_addin.domain.declaring import TYPE_CHECKING, StrEnum
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.application.ports import PageStyle

_HELD = 256
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
)
# Quoted text, an escaped or padded character, and brackets (colour, condition, locale, elapsed).
_NOT_CODE = lazily(r'(?s)"[^"]*"?|[\\_*].|\[[^\]]*\]?')
_ELAPSED = lazily(r"(?i)\[(?:h+|m+|s+)\]")
_QUOTED = lazily(r'(?s)"[^"]*"?|[\\_*].')
_DATE = lazily(r"(?i)[dmyhs]")
_GENERAL = lazily("(?i)general")
_PERCENT_IDS = frozenset({9, 10})
BUILT_IN_CODES = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""The codes of built-in formats that figures have, by `numFmtId`; others are as good as General."""
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})


class Shown(StrEnum):
    """How a format shows a number."""

    NUMBER = "number"
    PERCENT = "per cent"
    DATE = "date"


def shown_as(format_id: int, code: str | None) -> Shown:
    """Tell how a number format shows a number.

    Args:
        format_id: the `numFmtId`.
        code: the format code that the workbook declares for it, or None for a built-in format.

    Returns:
        A percentage where `%` is part of the code proper; a date where day, month, year, hour or
        second is. Elapsed time such as `[h]:mm` is an amount of time, so a plain number.
    """
    if code is None:
        if format_id in _PERCENT_IDS:
            return Shown.PERCENT
        return Shown.DATE if format_id in _DATE_IDS else Shown.NUMBER
    proper = _NOT_CODE.sub("", code)
    if "%" in proper:
        return Shown.PERCENT
    proper = _GENERAL.sub("", proper)
    if _DATE.search(proper) and not _ELAPSED.search(_QUOTED.sub("", code)):
        return Shown.DATE
    return Shown.NUMBER


class Styles:
    """The cell formats of a workbook; a style is its number in `cellXfs`."""

    def __init__(self, xml: bytes) -> None:
        """Read the part.

        Args:
            xml: the part (UTF-8).

        Raises:
            InputError: it is not well-formed, or a number in it is none.
        """
        self._xml = xml
        self._root = parse(xml, "The styles part")
        self._p = self._root.prefix
        self._formats = self._declared_formats()
        self._fonts = self._section("fonts")
        self._fills = self._section("fills")
        self._borders = self._section("borders")
        self._xfs = self._section("cellXfs")
        self._sections = (self._fonts, self._fills, self._borders, self._xfs)
        self._shown: dict[int, Shown] = {}
        self._looks: dict[int, Look | None] = {}
        self._with_look: dict[tuple[int, Look], int] = {}
        self._pages: dict[PageStyle, int] = {}

    def _section(self, name: str) -> Section:
        return Section(self._xml, self._root.child(name), name, self._p)

    def _declared_formats(self) -> dict[int, str]:
        section = self._root.child("numFmts")
        return {
            _number(node, "numFmtId"): node.attributes.get("formatCode", "")
            for node in (section.children if section else ())
        }

    @property
    def as_read(self) -> bytes | None:
        """The part, by which all styles are known; None once something was appended."""
        return None if self.changed else self._xml

    @property
    def rule_formats(self) -> list[Node]:
        """The formats that rules of conditional formatting give, by their number."""
        section = self._root.child("dxfs")
        return section.children if section is not None else []

    def _xf(self, style: int) -> Node | None:
        return self._xfs.node(style if 0 <= style < len(self._xfs) else 0)

    def shown(self, style: int) -> Shown:
        """How a style shows a number."""
        known = self._shown.get(style)
        if known is None:
            xf = self._xf(style)
            number = _number(xf, "numFmtId")
            known = self._shown[style] = shown_as(number, self._formats.get(number))
        return known

    def format_code(self, style: int) -> str:
        """The code of a style's number format."""
        xf = self._xf(style)
        number = _number(xf, "numFmtId")
        return self._formats.get(number) or BUILT_IN_CODES.get(number, "General")

    def look(self, style: int) -> Look | None:
        """The rating whose fill a style has, if this product gave it."""
        if style not in self._looks:
            self._looks[style] = _look_of(self.fill(style))
        return self._looks[style]

    def fill(self, style: int) -> Node | None:
        """The pattern that a style fills a cell with, as the part has it."""
        xf = self._xf(style)
        fill = self._fills.node(_number(xf, "fillId")) if xf else None
        return fill.child("patternFill") if fill else None

    def unpainted(self, style: int) -> int:
        """The style that is this one without its fill and in the usual colour of text."""
        return self._repaint(style, Look.PLAIN)

    def with_look(self, style: int, look: Look) -> int:
        """The style that is this one in the colours of a rating; PLAIN takes our colours away."""
        if self.look(style) is (None if look is Look.PLAIN else look):
            return style
        key = (style, look)
        if key not in self._with_look:
            new = self._with_look[key] = self._repaint(style, look)
            self._looks[new] = None if look is Look.PLAIN else look
        return self._with_look[key]

    def _repaint(self, style: int, look: Look) -> int:
        number = style if 0 <= style < len(self._xfs) else 0
        xf = self._xfs.item(number)
        paint = PALETTE.get(look)
        font = self._fonts.item(_number(self._xfs.node(number), "fontId"))
        new_font = self._fonts.add(font_coloured(font, self._p, paint.font if paint else None))
        new_fill = self._fills.add(solid_fill(self._p, paint.fill)) if paint else 0
        return self._xfs.add(_painted(xf, new_font, new_fill))

    def page(self, style: PageStyle) -> int:
        """The style for a cell of a sheet that this product lays out."""
        known = self._pages.get(style)
        if known is None:
            from perf_addin.adapters.xlsx.page_styles import (  # noqa: PLC0415 - not for ratings
                add_page_style,
            )

            known = self._pages[style] = add_page_style(style, self._root, self._sections)
        return known

    @property
    def changed(self) -> bool:
        """Whether anything was appended."""
        return any(s.added for s in self._sections)

    def xml(self) -> bytes:
        """The part with what was appended."""
        edits: list[Edit] = []
        for section in self._sections:
            if section.added:
                before = _ORDER[: _ORDER.index(section.name)]
                edits += section.edits(self._root, before)
        return splice(self._xml, edits)


def _number(format_: Node | None, name: str) -> int:
    """A number that a format states; 0 where it states none, or where there is no format."""
    stated = format_.attributes.get(name, "0") if format_ else "0"
    return whole_number(stated, "The styles part", f"{name} of a format")


@lru_cache(_HELD)
def _painted(xf: bytes, font: int, fill: int) -> bytes:
    """A cell format with another font and fill."""
    inner = tag_end(xf, 0)
    tag = xf[:inner]
    for name, value in (
        (b"fontId", str(font)),
        (b"fillId", str(fill)),
        (b"applyFont", "1"),
        (b"applyFill", "1"),
    ):
        tag = set_attribute(tag, name, value)
    return tag + xf[inner:]


def _look_of(pattern: Node | None) -> Look | None:
    if pattern is None or pattern.attributes.get("patternType") != "solid":
        return None
    colour = pattern.child("fgColor")
    if colour is None or colour.attributes.get("tint", "0") not in {"0", "0.0"}:
        return None
    return look_of(colour.attributes.get("rgb", ""))
