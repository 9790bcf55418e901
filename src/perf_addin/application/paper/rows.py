"""The rows of a paper's tables and lists: entries of the exception report as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from perf_addin.application.exception_report import (
    BREACHES,
    CORRECTIONS,
    EXCEPTIONS,
    OF_NOTE,
    PERFORMING_WELL,
    UNREPORTABLE,
    Entry,
    ExceptionReport,
)
from perf_addin.application.paper.content import (
    Drafted,
    Paragraph,
    Role,
    Row,
    Run,
    paragraphs,
    placeholder,
    plain,
    split_lines,
)
from perf_addin.application.rated import Rated
from perf_addin.application.sentences.evidence import Drafts
from perf_addin.domain.commentary import says_see_below
from perf_addin.domain.findings import Finding, Severity

_DRAFTED = frozenset({EXCEPTIONS, OF_NOTE, PERFORMING_WELL, BREACHES})
_LINKED_TO = (OF_NOTE, PERFORMING_WELL, CORRECTIONS, UNREPORTABLE)
_ROLES = {"R": Role.RED, "A": Role.AMBER, "G": Role.GREEN}
_NO_LETTERS = re.compile(r"[^0-9A-Za-z]+")
_LONGEST_BOOKMARK = 40


class Bookmarks:
    """The places in a paper that links may lead to, one for each indicator with a paragraph."""

    def __init__(self, report: ExceptionReport) -> None:
        """Name a place for every row that is more than a line of the first table."""
        self._of: dict[tuple[str, int], str] = {}
        self._names: dict[str, str] = {}
        for key in _LINKED_TO:
            for section in report.sections:
                for entry in section.entries if section.key == key else ():
                    self._add(entry)

    def _add(self, entry: Entry) -> None:
        stem = f"indicator_{_NO_LETTERS.sub('_', entry.no).strip('_')}"[: _LONGEST_BOOKMARK - 4]
        name, count = stem, 1
        while name in self._names.values():
            count += 1
            name = f"{stem}_{count}"
        self._names[entry.key] = name
        for item in entry.items:
            self._of.setdefault((item.sheet, item.row), name)

    def at(self, entry: Entry) -> str | None:
        """The name of the place that an entry is, or None where it is none."""
        return self._names.get(entry.key)

    def about(self, item: Rated) -> str | None:
        """Where an indicator has a paragraph of its own, or None."""
        return self._of.get((item.sheet, item.row))


class Rows(NamedTuple):
    """What rows are made from.

    Attributes:
        typed: commentary that people typed into the report in the workbook, by key.
        drafts: draft sentences.
        bookmarks: where links lead.
        drafted: gets the draft sentences that were used.
        findings: gets what should be known before publication.
        hidden: cells, by sheet and address, whose figures must not be published.
    """

    typed: Mapping[str, str]
    drafts: Drafts
    bookmarks: Bookmarks
    drafted: dict[tuple[str, int], Drafted]
    findings: list[Finding]
    hidden: Collection[tuple[str, str]] = ()

    def of(self, report: ExceptionReport, key: str) -> tuple[Row, ...]:
        """The rows of a section; none where it has no entries."""
        return tuple(
            self._row(key, entry)
            for section in report.sections
            if section.key == key
            for entry in section.entries
        )

    def _row(self, key: str, entry: Entry) -> Row:
        no, name, third, text = entry.cells
        numbered = all(item.no for item in entry.items)
        several = len(entry.items) > 1
        label = f"No{'s' if several else ''}. {no}" if numbered else name
        behind = f" (Indicator{'s' if several else ''} {no})" if numbered else ""
        bookmark = self.bookmarks.at(entry)
        said = self.typed.get(entry.key, text) if entry.keeps else ""
        figures = text if key == BREACHES else ""
        if figures and any((item.sheet, item.place.name) in self.hidden for item in entry.items):
            figures = "Its figure is too small to be published."
        return {
            "no": plain(no if numbered else "-"),
            "label": Paragraph((Run(label),), bookmark),
            "name": plain(name),
            "heading": Paragraph((Run(f"{name}{behind}"),), bookmark),
            "rating": _rating(third if key != BREACHES else entry.items[0].shown_rating),
            "commentary": tuple(self._commentary(key, entry, said)),
            "draft": tuple(self._draft(entry)) if key in _DRAFTED else (),
            "figures": plain(figures),
        }

    def _commentary(self, key: str, entry: Entry, said: str) -> Iterator[Paragraph]:
        what = f"{'indicators' if len(entry.items) > 1 else 'indicator'} {entry.no}"
        if key == BREACHES:
            return
        if not said.strip():
            wanted = "Why it cannot be reported" if key == UNREPORTABLE else "Service commentary"
            yield placeholder(f"{wanted}: {what}")
            return
        if key != EXCEPTIONS or not says_see_below(said):
            yield from paragraphs(said)
            return
        bookmark = self.bookmarks.about(entry.items[0])
        for line in split_lines(said):
            pointing = says_see_below(line)
            yield Paragraph((Run(line, link=bookmark if pointing else None),))
        if bookmark is None:
            self._nothing_below(entry)
            yield placeholder(f"The commentary that is said to be elsewhere: {what}")

    def _nothing_below(self, entry: Entry) -> None:
        item = entry.items[0]
        self.findings.append(
            Finding(
                "nothing-below",
                Severity.WARNING,
                f"Indicator {entry.no}: its commentary points to a paragraph below, but the index "
                "has none for it. Give it a highlight (Of note) and highlight commentary, or "
                "write the commentary itself.",
                item.sheet,
                item.place.name,
            )
        )

    def _draft(self, entry: Entry) -> Iterator[Paragraph]:
        for item in entry.items:
            sentences = self.drafts.of(item)
            if not sentences or (item.sheet, item.row) in self.drafted:
                continue  # an indicator in two sections has its draft in the first
            self.drafted[item.sheet, item.row] = Drafted(item.label, item.sheet, sentences)
            about = f" for {item.label}" if len(entry.items) > 1 else ""
            told = " ".join(f"{s.text} [{', '.join(s.cells)}]" for s in sentences)
            yield Paragraph((Run(f"Draft from the figures{about}: {told}", Role.DRAFT),))


def _rating(shown: str) -> Paragraph:
    """A rating in its colour; where several indicators share a row, in none but their own."""
    letters: Sequence[str] = shown.split(" / ")
    role = _ROLES.get(shown[:1], Role.PLAIN) if len(letters) == 1 else Role.PLAIN
    return Paragraph((Run(shown, Role.PLAIN if shown == "Not rated" else role),))
