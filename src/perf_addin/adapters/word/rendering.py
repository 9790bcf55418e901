"""A template filled: the committee paper as a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from perf_addin.adapters.word.marks import Marks, plain_text
from perf_addin.adapters.word.packing import pack
from perf_addin.adapters.word.styles import ensure_styles
from perf_addin.adapters.word.template_check import problems_of
from perf_addin.adapters.word.template_text import lines_of, roots_of
from perf_addin.application.paper.content import Paper, Paragraph, Value, plain
from perf_addin.domain.errors import InputError

_LARGEST_BYTES = 200_000_000
_MOST_PROBLEMS = 5
_LONGEST_PROPERTY = 255
_PROPERTIES = ("author", "category", "comments", "identifier", "keywords", "subject")


class Rendered(NamedTuple):
    """A paper as a document: the bytes of the file, and the placeholders that it shows."""

    content: bytes
    placeholders: tuple[str, ...]


def render(paper: Paper, template: Path) -> Rendered:
    """Fill a template.

    It is filled twice: only then is it known which placeholders it shows, and so what its list of
    them holds.

    Raises:
        InputError: the template cannot be used; the message names the field and its place.
    """
    raw = _read(template)
    check_template(raw, template.name, paper.fields)
    _, placeholders = _fill(raw, template.name, paper)
    listed = {**paper.fields, "placeholders": tuple(plain(text) for text in placeholders)}
    document, _ = _fill(raw, template.name, paper._replace(fields=listed))
    return Rendered(pack(document), tuple(placeholders))


def check_template(raw: bytes, name: str, fields: Mapping[str, Value]) -> None:
    """Refuse a template whose tags are wrong.

    Raises:
        InputError: they are; the message names each field and its place.
    """
    document = Document(io.BytesIO(raw))
    context = {key: _context(value, Marks()) for key, value in fields.items()}
    problems = list(problems_of(document, _environment(), context))
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems[:_MOST_PROBLEMS])
        more = len(problems) - _MOST_PROBLEMS
        told += f"\n  and {more} more" if more > 0 else ""
        raise InputError(
            f"The template {name} cannot be filled:\n{told}\nCorrect it in Word; docs/paper.md "
            "lists the fields and shows the tags.",
            file=name,
        )


class _SoundTemplate(DocxTemplate):  # type: ignore[misc]
    """A template whose result must be sound XML; the engine itself would mend it silently."""

    def fix_tables(self, xml: str) -> etree._Element:
        try:
            etree.fromstring(xml.encode())
        except etree.XMLSyntaxError as error:
            raise InputError(
                "its tags begin and end in different places. What begins with {%p ... %} in one "
                "cell or table must end in the same one, {%tr ... %} in rows of one table."
            ) from error
        return super().fix_tables(xml)

    def render_properties(
        self, context: Mapping[str, object], jinja_env: Environment | None = None
    ) -> None:
        """Fill the properties, which are text and no markup; the engine would escape them."""
        properties = self.docx.core_properties
        for name in _PROPERTIES:
            held = getattr(properties, name)
            if "{" not in held or jinja_env is None:
                continue
            try:
                text = unescape(jinja_env.from_string(held).render(context))
            except TemplateError as error:
                raise InputError(f"its property {name} ({held!r}): {error}") from error
            setattr(properties, name, plain_text(text)[:_LONGEST_PROPERTY])


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which a template cannot ask for endless work by arithmetic either."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} is not allowed here; * and % are for numbers only")
        return super().call_binop(context, operator, left, right)


def _environment() -> _Sandbox:
    return _Sandbox(autoescape=True, undefined=StrictUndefined)


def _read(template: Path) -> bytes:
    """The bytes of a template that is a Word document of a reasonable size."""
    advice = "Save it in Word as a document (.docx), or leave --template out."
    try:
        raw = template.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            f"The template {template} cannot be read ({why}). {advice}", file=template
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            size = sum(member.file_size for member in package.infolist())
    except Exception as error:  # a directory that is none can raise anything
        raise InputError(
            f"The template {template} is no Word document. {advice}", file=template
        ) from error
    if size > _LARGEST_BYTES:
        raise InputError(
            f"The template {template} would unpack to {size:,} bytes. {advice}", file=template
        )
    try:
        document = Document(io.BytesIO(raw))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise InputError(
            f"The template {template} is no Word document. {advice}", file=template
        ) from error
    except Exception as error:  # whatever python-docx makes of a part that is not as it should be
        raise InputError(
            f"The template {template} is damaged ({error}). {advice}", file=template
        ) from error
    try:
        _look_through(document)
    except Exception as error:  # as above: much is read only when it is asked for
        raise InputError(
            f"The template {template} is damaged ({error}). {advice}", file=template
        ) from error
    return raw


def _look_through(document: DocumentObject) -> None:
    """Read and write what filling does, so that a damaged template is found out before it."""
    for _ in lines_of(document):
        pass
    properties = document.core_properties
    for name in (*_PROPERTIES, "title", "language"):
        getattr(properties, name)
    for style in document.styles:
        _ = style.style_id, style.name, style.type
    document.save(io.BytesIO())


def _fill(raw: bytes, name: str, paper: Paper) -> tuple[DocumentObject, list[str]]:
    marks = Marks()
    template = _SoundTemplate(io.BytesIO(raw))
    context = {key: _context(value, marks) for key, value in paper.fields.items()}
    try:
        template.render(context, _environment())
    except InputError as error:
        raise InputError(f"The template {name} cannot be filled: {error}", file=name) from error
    document: DocumentObject = template.docx  # `get_docx` would read it anew
    ensure_styles(document)
    roots = roots_of(document)
    placeholders = marks.resolve(document, [root.element for root in roots])
    for root in roots:
        _close_cells(root.element)
        root.put_back()
    _describe(document, paper)
    return document, placeholders


def _context(value: Value, marks: Marks) -> object:
    """A field as a template gets it: texts, lists of texts, rows of them; nothing to call."""
    if isinstance(value, Paragraph):
        return marks.encode(value)
    return [
        marks.encode(each)
        if isinstance(each, Paragraph)
        else {key: _context(held, marks) for key, held in each.items()}
        for each in value
    ]


def _close_cells(root: etree._Element) -> None:
    """A cell needs a paragraph, and a table a row; a loop over nothing may leave neither."""
    for cell in root.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))
    for table in list(root.iter(qn("w:tbl"))):
        if table.find(qn("w:tr")) is None:
            table.getparent().remove(table)


def _describe(document: DocumentObject, paper: Paper) -> None:
    """Set the title and, where the template states none, the language; no times are claimed."""
    properties = document.core_properties
    properties.title = paper.title[:_LONGEST_PROPERTY]
    properties.language = properties.language or "en-GB"
    element = properties._element  # noqa: SLF001 - python-docx cannot take a property away
    for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted"):
        for found in element.findall(qn(name)):
            element.remove(found)
