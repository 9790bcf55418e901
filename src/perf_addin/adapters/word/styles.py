"""The styles by which placeholders, drafts and ratings are told from other text.

A template may restyle them in Word. One that a template lacks is added, so that a placeholder is
never taken for the paper's own text.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from perf_addin.application.grid import Look
from perf_addin.application.looks import PALETTE
from perf_addin.application.paper.content import Role

LINK = "Hyperlink"


class RoleStyle(NamedTuple):
    """The style of a role: for a whole paragraph, or None, and for a piece of text."""

    paragraph: str | None
    character: str


ROLE_STYLES = {
    Role.PLACEHOLDER: RoleStyle(None, "Paper Placeholder"),
    Role.DRAFT: RoleStyle(None, "Paper Draft"),
    Role.RED: RoleStyle("Rating Red", "Rating Red Letter"),
    Role.AMBER: RoleStyle("Rating Amber", "Rating Amber Letter"),
    Role.GREEN: RoleStyle("Rating Green", "Rating Green Letter"),
}
_LOOKS = {Role.RED: Look.RED, Role.AMBER: Look.AMBER, Role.GREEN: Look.GREEN}
_PLACEHOLDER_FILL = "FFF2A8"
_DRAFT_COLOUR = "3B4A66"
_LINK_COLOUR = "0B4F9E"


def ensure_styles(document: Document) -> None:
    """Add those of our styles that a document lacks."""
    known = {style.name for style in document.styles}
    for role, (paragraph, character) in ROLE_STYLES.items():
        if character not in known:
            _character_style(document, character, role)
        if paragraph is not None and paragraph not in known:
            _rating_style(document, paragraph, _LOOKS[role])
    if LINK not in known:
        style = _added(document, LINK)
        style.font.color.rgb = RGBColor.from_string(_LINK_COLOUR)
        style.font.underline = True


def _added(document: Document, name: str) -> CharacterStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.hidden, style.quick_style, style.priority = False, True, 99
    return cast("CharacterStyle", style)


def _character_style(document: Document, name: str, role: Role) -> None:
    style = _added(document, name)
    if role is Role.PLACEHOLDER:
        _shade(style, _PLACEHOLDER_FILL)
    elif role is Role.DRAFT:
        style.font.italic = True
        style.font.color.rgb = RGBColor.from_string(_DRAFT_COLOUR)
    else:
        paint = PALETTE[_LOOKS[role]]
        style.font.bold = True
        style.font.color.rgb = RGBColor.from_string(paint.font)
        _shade(style, paint.fill)


def _rating_style(document: Document, name: str, look: Look) -> None:
    style = cast("ParagraphStyle", document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.hidden, style.quick_style, style.priority = False, True, 99
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paint = PALETTE[look]
    style.font.bold = True
    style.font.color.rgb = RGBColor.from_string(paint.font)
    properties = style.element.get_or_add_pPr()
    shading = _shading(paint.fill)
    properties.insert_element_before(
        shading, "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )


def _shade(style: CharacterStyle, fill: str) -> None:
    style.element.get_or_add_rPr().append(_shading(fill))


def _shading(fill: str) -> BaseOxmlElement:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shading.set(qn(name), value)
    return shading
