"""The papers of both samples beside the published ones: every line is there, or known to differ.

The published papers are not ours to copy; without them these tests are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from perf_addin.entry.cli import main

LABELS = (
    *("Committee", "Date", "Wards", "Subject", "Lead officer", "Lead member", "Contact officer"),
)
BLANK_PAGE = "this page is intentionally left blank"
# How the lines begin that are not in our paper word for word; docs/deviations.md says why.
DIFFERS_2019 = (
    "the report provides members of the panel with",
    "no. 2 single assessment",
    "no.11. the percentage",
    "there are a range of performance indicators",
    "no. 9. after a dip",
    "nos. 33 and 34. our young people",
    "one area which remains a challenge",
    "no 6: number of family groups",
    "please note: no 28.",
)
DIFFERS_2021 = (
    "this report summarises the performance information",
    "in addition, the following indicators",
)


def seed(shared: Path, beginning: str) -> str:
    """A published paper."""
    (path,) = (shared / "seeds").glob(f"{beginning}_*.txt")
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"</?sup>|\*\*|^#+ *", "", text, flags=re.MULTILINE)
    return re.sub(r"(?<=[a-z])\n+\t+(?=[a-z])", " ", text)  # a cell that a page break cuts in two


def plain(text: str) -> str:
    """A line without case, numbers of paragraphs, bullets and typographic differences."""
    text = re.sub(r"^(?:[•-] *)?(?:\d+(?:\.\d+)*\.? +|[A-Z]\. +)?", "", text.strip())
    return " ".join(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def published(text: str) -> Iterator[str]:
    """The lines of a published paper, a table's cells apart."""
    for line in text.splitlines():
        for cell in re.sub(rf"^({'|'.join(LABELS)})s?:", "", line).split("\t"):
            if plain(cell) and plain(cell) not in {"recommendations:", BLANK_PAGE}:
                yield plain(cell)


def beginnings(lines: list[str], known: tuple[str, ...]) -> list[str]:
    """How lines begin, as far as that is known; else the whole line."""
    return [next((b for b in known if line.startswith(b)), line) for line in lines]


def written(path: Path) -> set[str]:
    """The paragraphs of a document, those in tables too."""
    document = Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return {plain(part) for p in paragraphs for part in re.split(r"[\t\n]", p.text)}


def stated_index(root: Path, name: str, target: Path, details: list[tuple[str, str]]) -> Path:
    """A sample with the sheet on which people state what an index does not know."""
    book = load_workbook(root / "workbook" / name)
    sheet = book.create_sheet("Committee Paper")
    sheet.append(["Committee paper"])
    for pair in details:
        sheet.append(list(pair))
    book.save(target)
    return target


def head_of(text: str) -> list[tuple[str, str]]:
    """What the header block of a published paper says, by our labels."""
    found = []
    for label in LABELS:
        block = re.search(rf"^{label}s?:[ \t]*(.*(?:\n\t.+)*)", text, re.MULTILINE)
        assert block is not None, label
        said = "\n".join(line.strip() for line in block[1].splitlines() if line.strip())
        if said:
            found.append((label, said))
    return found


@pytest.fixture
def recalculated() -> list[str]:
    """Options: openpyxl drops stored results, so every formula is calculated."""
    return ["--recalc", "always"]


def test_2021(root: Path, shared: Path, tmp_path: Path, recalculated: list[str]) -> None:
    text = seed(shared, "001")
    caveat = re.search(r"2\.5\. (Current system .*)", text)
    asked = re.search(r"^A\. (Members .*)", text, re.MULTILINE)
    appendix = re.search(r"\N{BULLET} (.*)", text)
    assert caveat is not None
    assert asked is not None
    assert appendix is not None
    details = [
        *head_of(text),
        ("Recommendations", asked[1]),
        ("Data caveats", caveat[1]),
        ("Appendices", appendix[1]),
        *((label, "Leave out") for label in unstated()),
    ]
    source = stated_index(root, "performance_index_2021-22.xlsx", tmp_path / "i.xlsx", details)
    target = tmp_path / "paper.docx"
    assert main(["paper", str(source), "-o", str(target), *recalculated]) == 0
    found = written(target)
    missing = [line for line in published(text) if line not in found]
    assert beginnings(missing, DIFFERS_2021) == list(DIFFERS_2021)
    assert not any("[" in line and "draft" not in line for line in found)


def test_2019(root: Path, shared: Path, tmp_path: Path, recalculated: list[str]) -> None:
    text = seed(shared, "000")
    caveat = re.search(r"2\.1\. (Work continues .*)", text)
    asked = re.search(r"^A\. (Members .*)", text, re.MULTILINE)
    assert caveat is not None
    assert asked is not None
    details = [
        *head_of(text),
        ("Recommendations", asked[1]),
        ("Data caveats", caveat[1]),
        ("Appendices", "Appendix 1: Performance report"),
        *((label, "No specific implications for this report") for label in unstated()[:-1]),
        ("Background papers", "None"),
    ]
    source = stated_index(root, "performance_index_2018-19.xlsx", tmp_path / "i.xlsx", details)
    target = tmp_path / "paper.docx"
    arguments = ["paper", str(source), "-o", str(target), "--form", "narrative", *recalculated]
    assert main(arguments) == 0
    found = written(target)
    missing = [line for line in published(text) if line not in found]
    assert beginnings(missing, DIFFERS_2019) == list(DIFFERS_2019)
    numbered = re.compile(r"nos?\. ?(?:9|11|33 and 34)\. (.*)")
    matches = [numbered.fullmatch(line) for line in missing]
    said = {match[1] for match in matches if match is not None}
    assert len(said) == 3
    assert said <= found  # each under its number and name


def unstated() -> list[str]:
    """The sections about which an index says nothing."""
    return [
        "Alternative options",
        "Consultation undertaken or proposed",
        "Timetable",
        "Financial, resource and property implications",
        "Legal and statutory implications",
        "Human rights, equalities and community cohesion implications",
        "Crime and disorder implications",
        "Risk management and health and safety implications",
        "Background papers",
    ]
