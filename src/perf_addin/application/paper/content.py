"""What a committee paper consists of, before anything is laid out in Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from perf_addin.domain.figure_sentences import Sentence
from perf_addin.domain.findings import Finding


class Role(StrEnum):
    """What a piece of text is, so that it can be told from others by its style."""

    PLAIN = "plain"
    PLACEHOLDER = "placeholder"
    DRAFT = "draft"
    RED = "R"
    AMBER = "A"
    GREEN = "G"


class Run(NamedTuple):
    """A piece of text.

    Attributes:
        text: the text; a line break is a new line.
        role: what it is.
        link: the bookmark within the paper that it leads to, or None.
    """

    text: str
    role: Role = Role.PLAIN
    link: str | None = None


class Paragraph(NamedTuple):
    """A paragraph: its text in pieces, and the bookmark by which links find it, or None."""

    runs: tuple[Run, ...]
    bookmark: str | None = None

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(run.text for run in self.runs)


Row = Mapping[str, "Paragraph | tuple[Paragraph, ...]"]
Value = Paragraph | tuple[Paragraph, ...] | tuple[Row, ...]


class Drafted(NamedTuple):
    """An indicator's draft sentences, each with the cells that it rests on."""

    no: str
    sheet: str
    sentences: tuple[Sentence, ...]


class Paper(NamedTuple):
    """A committee paper.

    Attributes:
        title: what the document is called in its properties.
        fields: the value of every field of `fields.FIELDS`, by name.
        drafted: the draft sentences in it.
        findings: what should be known before it is published.
    """

    title: str
    fields: Mapping[str, Value]
    drafted: tuple[Drafted, ...]
    findings: tuple[Finding, ...]


def plain(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Run(text),))


def placeholder(name: str) -> Paragraph:
    """A visible gap: `[Date of the meeting]`."""
    return Paragraph((Run(f"[{name}]", Role.PLACEHOLDER),))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of several lines as paragraphs; blank lines are left out."""
    return tuple(plain(line) for line in split_lines(text))


def split_lines(text: str) -> Iterator[str]:
    """The lines of a text that hold something, without white space around them."""
    return (line for each in text.splitlines() if (line := each.strip()))
