"""Text on its way through a template: marked before, given its style, link or bookmark after.

What comes from a workbook must reach the page as nothing but text, wherever a template puts it. It
travels as plain characters: private ones say where a piece with a role begins and ends, and stand
for braces, so that a template's engine has nothing to interpret. Afterwards the pieces are found
in the document's tree and given styles there; no markup is ever written as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from lxml import etree

from perf_addin.adapters.word.styles import LINK, ROLE_STYLES
from perf_addin.application.paper.content import Paragraph, Role

_OPEN, _CLOSE, _STOP = "\ue000", "\ue001", "\ue002"
_BRACES = {"{": "\ue003", "}": "\ue004"}
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}|({_STOP})")
_BACK = str.maketrans({mark: brace for brace, mark in _BRACES.items()})
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\ue000-\ue004\ufffe\uffff\ud800-\udfff]")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W_T, _W_R, _W_P, _W_RPR = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:rPr")


class Mark(NamedTuple):
    """What a piece of text is: its role, where it leads, and the bookmark that it carries."""

    role: Role
    link: str | None
    bookmark: str | None
    text: str


class Marks:
    """The marks of one rendering."""

    def __init__(self) -> None:
        """Begin with none."""
        self._marks: list[Mark] = []

    def encode(self, paragraph: Paragraph) -> str:
        """A paragraph as plain characters."""
        parts = []
        for number, run in enumerate(paragraph.runs):
            text = clean(run.text)
            bookmark = paragraph.bookmark if number == 0 else None
            if run.role is Role.PLAIN and run.link is None and bookmark is None:
                parts.append(text)
                continue
            parts.append(f"{_OPEN}{len(self._marks)}{_CLOSE}{text}{_STOP}")
            self._marks.append(Mark(run.role, run.link, bookmark, run.text))
        return "".join(parts)

    def resolve(self, document: Document, roots: list[etree._Element]) -> list[str]:
        """Give every piece in a document its style, link and bookmark.

        Args:
            document: the document, which has our styles.
            roots: its body, headers and the like.

        Returns:
            The placeholders that it shows, in order, each once.
        """
        seen: list[Mark] = []
        for root in roots:
            for paragraph in list(root.iter(_W_P)):
                seen += _Resolving(document, self._marks, paragraph).resolve()
            _clear_rest(root)
        bookmarked = _set_bookmarks(roots)
        _drop_dead_links(roots, {mark.link for mark in self._marks} - bookmarked)
        shown = (mark.text for mark in seen if mark.role is Role.PLACEHOLDER)
        return list(dict.fromkeys(shown))


def clean(text: str) -> str:
    """A text without what XML cannot hold, and without anything that an engine would read."""
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for brace, mark in _BRACES.items():
        text = text.replace(brace, mark)
    return text


class _Resolving:
    """The pieces of one paragraph."""

    def __init__(self, document: Document, marks: list[Mark], paragraph: CT_P) -> None:
        self._document = document
        self._marks = marks
        self._paragraph = paragraph
        self._current: Mark | None = None
        self._seen: list[Mark] = []

    def resolve(self) -> list[Mark]:
        """Split the runs where pieces begin and end, and give each its look."""
        runs = [run for run in self._paragraph.iter(_W_R) if _owner(run) is self._paragraph]
        whole = "".join(_text(run) for run in runs)
        if _OPEN not in whole and not any(mark in whole for mark in _BRACES.values()):
            return []
        for run in runs:
            self._split(run)
        self._style_paragraph(whole)
        return self._seen

    def _split(self, run: etree._Element) -> None:
        properties = run.find(_W_RPR)
        made: list[tuple[Mark | None, etree._Element]] = []
        for child in run:
            if child.tag == _W_RPR:
                continue
            if child.tag != _W_T:
                self._into(made, properties).append(deepcopy(child))
                continue
            for text in self._pieces(child.text or ""):
                node = OxmlElement("w:t")
                node.text = text.translate(_BACK)
                node.set(_XML_SPACE, "preserve")
                self._into(made, properties).append(node)
        for mark, element in made:
            run.addprevious(self._dressed(mark, element))
        run.getparent().remove(run)

    def _pieces(self, text: str) -> Iterator[str]:
        """The texts between tokens; what they belong to is `self._current` meanwhile."""
        at = 0
        for token in _TOKEN.finditer(text):
            if token.start() > at:
                yield text[at : token.start()]
            if token[1] is None:
                self._current = None
            else:
                self._current = self._marks[int(token[1])]
                self._seen.append(self._current)
            at = token.end()
        if at < len(text):
            yield text[at:]

    def _into(
        self, made: list[tuple[Mark | None, etree._Element]], properties: etree._Element | None
    ) -> etree._Element:
        """The run that takes what comes next, with the formatting of the template's own run."""
        if not made or made[-1][0] is not self._current:
            run = OxmlElement("w:r")
            if properties is not None:
                run.append(deepcopy(properties))
            made.append((self._current, run))
        return made[-1][1]

    def _dressed(self, mark: Mark | None, run: etree._Element) -> etree._Element:
        if mark is None:
            return run
        style = LINK if mark.link else None
        if mark.role in ROLE_STYLES:
            style = ROLE_STYLES[mark.role].character
        if style is not None:
            _set_style(run, "w:rPr", "w:rStyle", self._style_id(style))
        if mark.bookmark is not None:
            run.set(_BOOKMARK, mark.bookmark)
        if mark.link is None:
            return run
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark.link)
        link.set(qn("w:history"), "1")
        link.append(run)
        return link

    def _style_paragraph(self, whole: str) -> None:
        """A paragraph that holds a rating and nothing else takes its colour as a whole."""
        alone = self._seen[0] if len(self._seen) == 1 else None
        style = ROLE_STYLES[alone.role].paragraph if alone and alone.role in ROLE_STYLES else None
        if alone is None or style is None or _TOKEN.sub("", whole).strip() != alone.text:
            return
        _set_style(self._paragraph, "w:pPr", "w:pStyle", self._style_id(style))
        for run in self._paragraph.iter(_W_R):
            for found in run.findall(f"{_W_RPR}/{qn('w:rStyle')}"):
                found.getparent().remove(found)

    def _style_id(self, name: str) -> str:
        return str(self._document.styles[name].style_id)


_BOOKMARK = "perf-addin-bookmark"  # an attribute that no document keeps


def _owner(run: etree._Element) -> etree._Element | None:
    """The paragraph that a run belongs to; a text box within it has paragraphs of its own."""
    return next(run.iterancestors(_W_P), None)


def _text(run: etree._Element) -> str:
    return "".join(child.text or "" for child in run.findall(_W_T))


def _set_style(element: etree._Element, properties: str, kind: str, style_id: str) -> None:
    """Set the style of a run or paragraph; it is the first of its properties."""
    found = element.find(qn(properties))
    if found is None:
        found = OxmlElement(properties)
        element.insert(0, found)
    for old in found.findall(qn(kind)):
        found.remove(old)
    style = OxmlElement(kind)
    style.set(qn("w:val"), style_id)
    found.insert(0, style)


def _set_bookmarks(roots: list[etree._Element]) -> set[str | None]:
    """Put bookmarks where pieces carry them; each name once, at its first place."""
    taken = {mark.get(qn("w:name")) for root in roots for mark in root.iter(qn("w:bookmarkStart"))}
    numbers = [
        int(mark.get(qn("w:id"), "0"))
        for root in roots
        for mark in root.iter(qn("w:bookmarkStart"))
    ]
    following = max(numbers, default=0) + 1
    for root in roots:
        for run in list(root.iter(_W_R)):
            name = run.attrib.pop(_BOOKMARK, None)
            if name is None or name in taken:
                continue
            taken.add(name)
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), str(following))
            start.set(qn("w:name"), name)
            run.addprevious(start)
            run.addnext(end)
            following += 1
    return taken


def _drop_dead_links(roots: list[etree._Element], dead: set[str | None]) -> None:
    """A link to a paragraph that the template does not show is plain text."""
    for root in roots:
        for link in list(root.iter(qn("w:hyperlink"))):
            if link.get(qn("w:anchor")) not in dead or link.get(qn("r:id")) is not None:
                continue
            for run in list(link):
                for style in run.findall(f"{_W_RPR}/{qn('w:rStyle')}"):
                    style.getparent().remove(style)
                link.addprevious(run)
            link.getparent().remove(link)


def _clear_rest(root: etree._Element) -> None:
    """Take marks out of what is no paragraph's text: attributes, drawings, field codes."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            element.attrib[name] = plain_text(value)
        if not len(element) and element.text and (text := plain_text(element.text)) != element.text:
            element.text = text


def plain_text(text: str) -> str:
    """A text without marks, as a person reads it."""
    return _TOKEN.sub("", text).translate(_BACK) if re.search("[\ue000-\ue004]", text) else text
