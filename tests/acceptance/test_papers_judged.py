"""The papers of both samples in both forms, as judges and readers of screens meet them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from perf_addin.entry.cli import main
from tests.judges import libreoffice_convert, pdf_to_png, validate_many

SAMPLES = ("performance_index_2021-22.xlsx", "performance_index_2018-19.xlsx")
FORMS = ("tables", "narrative")
TEMPLATES = ("committee_paper.docx", "committee_paper_narrative.docx")


@pytest.fixture(scope="module")
def papers(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Every sample's paper in every form."""
    folder = tmp_path_factory.mktemp("papers")
    found = {}
    for sample in SAMPLES:
        for form in FORMS:
            target = folder / f"{Path(sample).stem}-{form}.docx"
            source = root / "workbook" / sample
            assert main(["paper", str(source), "-o", str(target), "--form", form]) == 0
            found[sample, form] = target
    return found


@pytest.fixture(scope="module")
def tables_2021(papers: dict[tuple[str, str], Path]) -> DocumentObject:
    """The paper of the 2021 sample with tables."""
    return Document(str(papers[SAMPLES[0], "tables"]))


def test_the_validator_has_nothing_to_say(papers: dict[tuple[str, str], Path], root: Path) -> None:
    templates = [root / "templates" / name for name in TEMPLATES]
    found = validate_many([*papers.values(), *templates])
    assert {path.name: errors for path, errors in found.items() if errors} == {}


def test_libreoffice_draws_it(papers: dict[tuple[str, str], Path], tmp_path: Path) -> None:
    for path in papers.values():
        pages = pdf_to_png(libreoffice_convert(path, "pdf", tmp_path), tmp_path, 40)
        assert len(pages) in {3, 4}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_that_another_program_saved_still_serves(
    name: str, root: Path, tmp_path: Path
) -> None:
    saved = libreoffice_convert(root / "templates" / name, "docx:MS Word 2007 XML", tmp_path)
    target = tmp_path / "paper.docx"
    source = root / "workbook" / SAMPLES[0]
    assert main(["paper", str(source), "-o", str(target), "--template", str(saved)]) == 0
    found = validate_many([saved, target])
    before = {(error.id, error.description) for error in found[saved]}
    assert {(error.id, error.description) for error in found[target]} <= before
    texts = [p.text for p in Document(str(target)).paragraphs]
    assert "To complete before publication" in texts
    assert not any("{" in text for text in texts)


def test_no_tag_and_no_mark_is_left(papers: dict[tuple[str, str], Path]) -> None:
    for path in papers.values():
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        for part in parts:
            assert "{{" not in part
            assert "{%" not in part
            assert not set("\ue000\ue001\ue002\ue003\ue004") & set(part)
            assert "perf-addin-bookmark" not in part


def test_tables_can_be_read_aloud(tables_2021: DocumentObject) -> None:
    assert [len(table.rows) for table in tables_2021.tables] == [4, 4]
    for table in tables_2021.tables:
        properties = table._tbl.tblPr
        for name in ("w:tblCaption", "w:tblDescription"):
            described = properties.find(qn(name))
            assert described is not None
            assert described.get(qn("w:val"))
        assert properties.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        width = len(table.columns)
        for at, row in enumerate(table.rows):
            assert len(row._tr.findall(qn("w:tc"))) == width
            assert row._tr.trPr is not None
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
            is_header = row._tr.trPr.find(qn("w:tblHeader")) is not None
            assert is_header is (at == 0)
            for cell in row.cells:
                assert cell.text.strip()
        assert not list(table._tbl.iter(qn("w:vMerge"), qn("w:gridSpan")))


def test_the_tables_say_what_the_index_does(tables_2021: DocumentObject) -> None:
    exceptions, unreportable = tables_2021.tables
    assert [cell.text for cell in exceptions.rows[0].cells] == [
        *("No", "Indicator", "Rating", "Service Commentary"),
    ]
    assert [[cell.text for cell in row.cells][:3:2] for row in exceptions.rows[1:]] == [
        *(["2", "R"], ["16", "R"], ["22", "R"]),
    ]
    assert [row.cells[0].text for row in unreportable.rows[1:]] == ["8", "19", "20"]


def test_a_rating_is_a_letter_in_a_style(tables_2021: DocumentObject) -> None:
    for row in tables_2021.tables[0].rows[1:]:
        (paragraph,) = row.cells[2].paragraphs
        assert paragraph.style is not None
        assert (paragraph.text, paragraph.style.name) == ("R", "Rating Red")
        assert paragraph.style.element.pPr.find(qn("w:shd")).get(qn("w:fill")) == "B3111F"


def test_there_is_no_direct_formatting(papers: dict[tuple[str, str], Path]) -> None:
    for path in papers.values():
        body = Document(str(path)).element.body
        for properties in body.iter(qn("w:rPr")):
            assert {child.tag for child in properties} <= {qn("w:rStyle")}
        for properties in body.iter(qn("w:pPr")):
            assert {child.tag for child in properties} <= {qn("w:pStyle")}
        assert not list(body.iter(qn("w:shd")))


def test_language_and_title_are_set(papers: dict[tuple[str, str], Path]) -> None:
    for (sample, _), path in papers.items():
        document = Document(str(path))
        month = "August 2021" if "2021" in sample else "January 2019"
        assert document.core_properties.title == f"Performance report to {month}"
        assert document.core_properties.language == "en-GB"
        defaults = document.styles.element.find(qn("w:docDefaults"))
        assert {e.get(qn("w:val")) for e in defaults.iter(qn("w:lang"))} == {"en-GB"}


def test_headings_go_down_step_by_step(papers: dict[tuple[str, str], Path]) -> None:
    for path in papers.values():
        names = [p.style.name for p in Document(str(path)).paragraphs if p.style is not None]
        levels = [int(name[-1]) for name in names if name and name.startswith("Heading ")]
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))


def test_see_commentary_below_is_a_link_to_the_paragraph(tables_2021: DocumentObject) -> None:
    cell = tables_2021.tables[0].rows[3].cells[3]
    (link,) = cell.paragraphs[0].hyperlinks
    assert (link.text, link.fragment) == ("See commentary below.", "indicator_22")
    (mark,) = (
        mark
        for mark in tables_2021.element.body.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")) == "indicator_22"
    )
    target = "".join(node.text for node in mark.getparent().iter(qn("w:t")))
    assert target == "Number of in-house foster carers recruited (Indicator 22)"
    numbers = [m.get(qn("w:id")) for m in tables_2021.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_every_placeholder_is_marked_and_listed(papers: dict[tuple[str, str], Path]) -> None:
    for path in papers.values():
        document = Document(str(path))
        marked = [
            run.text
            for paragraph in document.paragraphs
            for run in paragraph.runs
            if run.style.name == "Paper Placeholder"
        ]
        texts = [p.text for p in document.paragraphs]
        listed = texts[texts.index("To complete before publication") + 2 :]
        assert marked == listed
        assert len(marked) == 17


def test_drafts_stand_beside_the_service_s_own_words(tables_2021: DocumentObject) -> None:
    commentary = tables_2021.tables[0].rows[1].cells[3].paragraphs
    assert len(commentary) == 3
    assert commentary[0].text.startswith("The rate of assessments completed within 45 days")
    assert {run.style.name for run in commentary[0].runs} == {"Default Paragraph Font"}
    draft = commentary[2]
    assert draft.text.startswith("Draft from the figures: 83.4% is below the target of 95%")
    assert "Red against target, yet better than the national average" in draft.text
    assert {run.style.name for run in draft.runs} == {"Paper Draft"}


def test_the_templates_are_what_the_script_builds(root: Path) -> None:
    script = root / "templates" / "build_templates.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_finds_a_template_that_differs(root: Path, tmp_path: Path) -> None:
    for name in TEMPLATES:
        document = Document(str(root / "templates" / name))
        document.add_paragraph("More")
        document.save(str(tmp_path / name))
    script = root / "templates" / "build_templates.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check", "--out", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "committee_paper.docx differs in" in done.stdout
    assert "word/document.xml" in done.stdout
