"""Small papers and templates for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject

from perf_addin.adapters.word.rendering import render
from perf_addin.application.paper.content import Paper, Paragraph, Row, Value, placeholder, plain
from perf_addin.application.paper.fields import FIELDS, ROW_FIELDS, Shape


def row(**given: Paragraph | tuple[Paragraph, ...]) -> Row:
    """A row, every field of which holds something."""
    empty: dict[str, Paragraph | tuple[Paragraph, ...]] = {
        field.name: (plain("x"),) if field.shape is Shape.LIST else plain("x")
        for field in ROW_FIELDS
    }
    return {**empty, **given}


def paper(**given: Value) -> Paper:
    """A paper that knows what is given; every other field is a placeholder or has no rows."""
    fields: dict[str, Value] = {}
    for field in FIELDS:
        gap = placeholder(field.name)
        fields[field.name] = (
            () if field.shape is Shape.ROWS else (gap,) if field.shape is Shape.LIST else gap
        )
    fields["placeholders"] = ()
    return Paper("A paper", {**fields, **given}, (), ())


def template(path: Path, *lines: str) -> Path:
    """A template with one paragraph for each line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def filled(given: Paper, source: Path, target: Path) -> DocumentObject:
    """A template filled, and read anew."""
    target.write_bytes(render(given, source).content)
    return Document(str(target))


def texts(document: DocumentObject) -> Sequence[str]:
    """The paragraphs of a document's body that are not empty."""
    return [p.text for p in document.paragraphs if p.text]
