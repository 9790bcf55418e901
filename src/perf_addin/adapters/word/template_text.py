"""A template as the text that its author sees, line by line, with the place of every line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

_W_P, _W_T, _W_TAB, _W_TBL = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:tbl")
_W_TR, _W_TC, _W_R = qn("w:tr"), qn("w:tc"), qn("w:r")
_TAG = re.compile(r"\{(?P<kind>[{%#])(?P<body>.*?)[}%#]\}")
_PREFIX = re.compile(r"\{([{%#])(p|tr|tc|r)(?=\s)")
_SPECIAL = re.compile(r"\{%\s*(?:colspan|cellbg)\s+([^%]*?)\s*%\}")
_MERGING = re.compile(r"\{%\s*(?:vm|hm)\s*%\}")
_QUOTES = str.maketrans(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)
_LONGEST_EXCERPT = 60


class Root(NamedTuple):
    """A part of a document that holds paragraphs.

    Attributes:
        name: what it is called.
        element: its element.
        part: where the element is to be put back, or None where it is the document's own.
    """

    name: str
    element: etree._Element
    part: Part | None = None

    def put_back(self) -> None:
        """Put a changed element back into its part."""
        if self.part is not None:
            self.part._blob = serialize_part_xml(self.element)  # noqa: SLF001 - no public way


class Line(NamedTuple):
    """A paragraph of a template.

    Attributes:
        text: its tags as plain Jinja, the rest as it stands.
        shown: as its author sees it.
        where: its place, in words.
        element: the paragraph.
    """

    text: str
    shown: str
    where: str
    element: etree._Element

    @property
    def place(self) -> str:
        """The place with the first words of the paragraph, by which Word's search finds it."""
        excerpt = " ".join(self.shown.split())
        if len(excerpt) > _LONGEST_EXCERPT:
            excerpt = excerpt[: _LONGEST_EXCERPT - 1] + "\N{HORIZONTAL ELLIPSIS}"
        return f"{self.where} ({excerpt!r})"

    def container(self, prefix: str) -> etree._Element | None:
        """What a tag of this kind must begin and end in: a cell, a table, a row, or the page."""
        wanted = {"tr": _W_TBL, "tc": _W_TR}.get(prefix)
        if wanted is None:
            return self.element.getparent()
        return next(self.element.iterancestors(wanted), None)


def roots_of(document: Document) -> list[Root]:
    """The body, each header and footer that is not the section before's, and the footnotes."""
    found = [Root("", document.element.body)]
    seen = set()
    for section in document.sections:
        for name in (
            *("header", "first_page_header", "even_page_header"),
            *("footer", "first_page_footer", "even_page_footer"),
        ):
            part = getattr(section, name)
            if not part.is_linked_to_previous and id(part._element) not in seen:  # noqa: SLF001
                seen.add(id(part._element))  # noqa: SLF001 - python-docx has no public way to it
                found.append(Root(name.replace("_", " "), part._element))  # noqa: SLF001
    parts = document.part.package.iter_parts()
    notes = (part for part in parts if part.content_type.endswith("footnotes+xml"))
    return found + [Root("footnotes", parse_xml(part.blob), part) for part in notes]


def lines_of(document: Document) -> Iterator[Line]:
    """Every paragraph that has text, from top to bottom; headers and footers last."""
    for root in roots_of(document):
        numbers = _Numbers(root)
        for paragraph in root.element.iter(_W_P):
            shown = _shown(paragraph)
            where = numbers.place(paragraph)
            if shown.strip():
                yield Line(_as_jinja(shown), shown, where, paragraph)


class _Numbers:
    """Counts paragraphs and tables, so that a place can be told in words."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._paragraphs = 0
        self._tables = {table: at for at, table in enumerate(root.element.iter(_W_TBL), 1)}

    def place(self, paragraph: etree._Element) -> str:
        prefix = f"{self._root.name}, " if self._root.name else ""
        cell = next(paragraph.iterancestors(_W_TC), None)
        if cell is None:
            self._paragraphs += 1
            return f"{prefix}paragraph {self._paragraphs}"
        row = next(cell.iterancestors(_W_TR))
        table = next(row.iterancestors(_W_TBL))
        at_row = table.findall(_W_TR).index(row) + 1
        at_cell = row.findall(_W_TC).index(cell) + 1 if cell.getparent() is row else 1
        return f"{prefix}table {self._tables[table]}, row {at_row}, column {at_cell}"


def _shown(paragraph: etree._Element) -> str:
    """A paragraph's own text, without that of text boxes within it."""
    texts = []
    for node in paragraph.iter(_W_T, _W_TAB):
        if next(node.iterancestors(_W_P)) is not paragraph:
            continue
        if node.tag == _W_T:
            texts.append(node.text or "")
        elif next(node.iterancestors(_W_R), None) is not None:
            texts.append(" ")
    return "".join(texts).replace("\n", " ")


def _as_jinja(shown: str) -> str:
    """Take out what only the Word engine reads, as that engine does."""
    plain = _MERGING.sub("", _SPECIAL.sub(r"{{ \1 }}", _PREFIX.sub(r"{\1", shown)))
    return _TAG.sub(lambda tag: tag[0].translate(_QUOTES), plain)
