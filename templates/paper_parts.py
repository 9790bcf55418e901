"""What a template is put together from: styles, numbering, paragraphs with tags, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell

from perf_addin.adapters.word.styles import ensure_styles
from templates.paper_markup import BULLETS, INK, LETTERS, NUMBERING, TABLE_STYLE

FONT = "Arial"
_PAGE_WIDTH_CM, _MARGIN_CM = 21.0, 2.5
_LABEL_CM, _NUMBER_CM = 4.2, 1.2


class Column(NamedTuple):
    """A column of a table: its heading, its width, and the tags that fill its cells."""

    heading: str
    width_cm: float
    tags: tuple[str, ...]


class PaperBuilder:
    """A template being put together, from top to bottom."""

    def __init__(self) -> None:
        """Begin with an empty A4 page and the styles."""
        self.document = Document()
        self._drop_what_is_not_ours()
        self._set_page()
        self._set_styles()
        ensure_styles(self.document)
        self._set_properties()

    def text(self, text: str, style: str) -> None:
        """Add a paragraph; `**label**` at its beginning is bold."""
        paragraph = self.document.add_paragraph(style=style)
        if text.startswith("**"):
            label, _, text = text[2:].partition("**")
            paragraph.add_run(label, style="Strong")
        paragraph.add_run(text)

    def tag(self, tag: str) -> None:
        """Add a paragraph that is a tag alone and vanishes when the template is filled."""
        self.document.add_paragraph(tag, style="Paper Tag")

    def each(self, name: str, fields: str, style: str) -> None:
        """Add a paragraph for every paragraph of a field."""
        self.tag(f"{{%p for {name} in {fields} %}}")
        self.text(f"{{{{ {name} }}}}", style)
        self.tag("{%p endfor %}")

    def table(self, rows: str, columns: Sequence[Column], title: str, described: str) -> None:
        """Add a table with a row for every row of a field, under a header that is repeated."""
        table = self.document.add_table(4, len(columns))
        table.style = self.document.styles["Paper Table"]
        table.autofit = False
        _describe(table, title, described)
        for at, column in enumerate(columns):
            table.columns[at].width = Cm(column.width_cm)
            for row in table.rows:
                row.cells[at].width = Cm(column.width_cm)
            _fill(table.cell(0, at), (column.heading,), "Paper Table Heading")
            _fill(table.cell(2, at), column.tags, "Paper Table Text")
        for at, tag in ((1, f"{{%tr for row in {rows} %}}"), (3, "{%tr endfor %}")):
            _fill(table.cell(at, 0), (tag,), "Paper Tag")
        for at, row in enumerate(table.rows):
            _keep_together(row._tr, is_header=at == 0)  # noqa: SLF001 - no public way

    def _drop_what_is_not_ours(self) -> None:
        """Take out what the library's own empty document brings besides its basic styles."""
        package = self.document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                del package.rels[key]
        for key, relation in list(self.document.part.rels.items()):
            if relation.reltype.endswith(("/customXml", "/stylesWithEffects")):
                del self.document.part.rels[key]
        kept = {
            "Normal",
            "Heading 1",
            "Heading 2",
            "Heading 3",
            "Header",
            "Footer",
            "Strong",
            "No List",
        }
        kept |= {"Normal Table", "Default Paragraph Font"}
        for style in list(self.document.styles):
            if style.name not in kept:
                style.delete()
        numbering = self.document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(_PAGE_WIDTH_CM), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN_CM)
        section.top_margin = section.bottom_margin = Cm(2.2)
        footer = section.footer.paragraphs[0]
        footer.style = self.document.styles["Footer"]
        footer.paragraph_format.tab_stops.clear_all()
        footer.add_run("Page ")
        _field(footer._p, "PAGE")  # noqa: SLF001 - no public way to a field
        footer.add_run(" of ")
        _field(footer._p, "NUMPAGES")  # noqa: SLF001 - as above

    def _set_styles(self) -> None:
        numbering = self.document.part.numbering_part.element
        for xml in (NUMBERING, LETTERS, BULLETS):
            numbering.append(parse_xml(xml))
        for number, abstract in ((1, 90), (2, 91), (3, 92)):
            numbering.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{number}">'
                    f'<w:abstractNumId w:val="{abstract}"/></w:num>'
                )
            )
        self.document.styles.element.append(parse_xml(TABLE_STYLE))
        self._set_basics()
        indent = Cm(_NUMBER_CM)
        self._style("Paper Paragraph", after=8, numbered=(1, 1))
        intro = self._style("Paper Introduction", after=8)
        intro.base_style = self.document.styles["Paper Paragraph"]
        intro.paragraph_format.keep_with_next = True
        self._style("Paper Continued", after=8).paragraph_format.left_indent = indent
        self._style("Paper Recommendation", after=6, numbered=(2, 0))
        self._style("Paper Bullet", after=4, numbered=(3, 0))
        item = self._style("Paper Bullet Heading", after=4)
        item.base_style = self.document.styles["Paper Bullet"]
        item.paragraph_format.keep_with_next = True
        inner = self._style("Paper Bullet Continued", after=4)
        inner.paragraph_format.left_indent = Cm(2.0)
        details = self._style("Paper Details", after=3)
        details.paragraph_format.left_indent = Cm(_LABEL_CM)
        details.paragraph_format.first_line_indent = -Cm(_LABEL_CM)
        details.paragraph_format.tab_stops.add_tab_stop(Cm(_LABEL_CM), WD_TAB_ALIGNMENT.LEFT)
        heading = self._style("Paper Heading", after=6, before=14, size=12)
        heading.font.bold, heading.font.color.rgb = True, RGBColor.from_string(INK)
        heading.paragraph_format.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        heading.element.get_or_add_pPr().append(level)
        last = self._style("Paper Last Page", after=6)
        last.base_style = heading
        last.paragraph_format.page_break_before = True
        self._style("Paper Table Text", after=2, size=9.5)
        self._style("Paper Table Heading", after=2, size=9.5).font.bold = True
        tag = self._style("Paper Tag", size=7)
        tag.font.color.rgb = RGBColor.from_string("7A4B00")

    def _set_basics(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        _set_font(normal.element.get_or_add_rPr())
        defaults = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        _set_font(styles.element.find(defaults))
        normal.font.size = Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        normal.paragraph_format.line_spacing = 1.08
        for name, size, before in (
            ("Heading 1", 12, 16),
            ("Heading 2", 11, 12),
            ("Heading 3", 11, 8),
        ):
            style = styles[name]
            _set_font(style.element.get_or_add_rPr())
            style.font.size, style.font.bold = Pt(size), True
            style.font.color.rgb = RGBColor.from_string(INK)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(6)
            style.paragraph_format.keep_with_next = True
        styles["Heading 1"].font.all_caps = True
        _number(styles["Heading 1"], 1, 0)
        styles["Footer"].font.size = Pt(9)

    def _style(
        self,
        name: str,
        *,
        after: float = 0,
        before: float = 0,
        size: float | None = None,
        numbered: tuple[int, int] | None = None,
    ) -> ParagraphStyle:
        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = self.document.styles["Normal"]
        style.quick_style, style.hidden = True, False
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(before)
        if size is not None:
            style.font.size = Pt(size)
        if numbered is not None:
            _number(style, *numbered)
        return style

    def _set_properties(self) -> None:
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.title, properties.language = "Committee paper", "en-GB"
        properties.revision = 1
        element = properties._element  # noqa: SLF001 - python-docx cannot take one away
        for name in ("dcterms:created", "dcterms:modified"):
            for found in element.findall(qn(name)):
                element.remove(found)


def _fill(cell: _Cell, texts: Sequence[str], style: str) -> None:
    """Put paragraphs into a cell; those that are block tags look like tags."""
    for at, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = "Paper Tag" if text.startswith("{%p") else style
        paragraph.add_run(text)


def _describe(table: Table, title: str, described: str) -> None:
    """Alternative text, and the header row that the table's style is to show."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no public way
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = OxmlElement("w:tblLook")
    values = {"val": "0020", "firstRow": "1", "lastRow": "0", "firstColumn": "0"}
    values |= {"lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    for name, value in values.items():
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", described)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        properties.append(element)


def _keep_together(row: CT_Row, *, is_header: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _number(style: ParagraphStyle, number: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = number


def _set_font(run: BaseOxmlElement) -> None:
    """One font for every script, and British English."""
    for name in ("w:rFonts", "w:lang"):
        for old in run.findall(qn(name)):
            run.remove(old)
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    run.insert(0, fonts)
    language = OxmlElement("w:lang")
    for name, value in (("val", "en-GB"), ("eastAsia", "en-GB"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    run.append(language)


def _field(paragraph: BaseOxmlElement, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph.append(field)
