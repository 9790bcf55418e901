"""Text from a workbook is text in the document, whatever it looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from perf_addin.adapters.word.rendering import render
from perf_addin.adapters.word.template_text import roots_of
from perf_addin.application.paper.content import Paragraph, Role, Run, plain
from perf_addin.domain.errors import InputError
from tests.adapters.word.papers import filled, paper, row, template, texts

HOSTILE = (
    "{{ committee }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{_{ 1 }_} {_% %_} {# no #}",
    "{%p if x %}",
    "</w:t></w:r></w:p><w:p>",
    "<script>&amp;&lt;]]>",
    "{{r x }} ${x} \\N {0}",
    "\" ' & < >",
    '=HYPERLINK("x")',
    "\ue0000\ue001fake\ue002",
    "a\x00b\x07c\x0bd\x0ce\ufffe",
    "\N{PILE OF POO}\N{RIGHT-TO-LEFT OVERRIDE}x",
    "w:p {w:t}",
)
CLEANED = {"\ue0000\ue001fake\ue002": "0fake", "a\x00b\x07c\x0bd\x0ce\ufffe": "abcde"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that shows a text in a paragraph, and a row's in a table."""
    path = tmp_path_factory.mktemp("template") / "mine.docx"
    document = Document()
    document.add_paragraph("Before {{ committee }} after")
    table = document.add_table(3, 1)
    for at, text in enumerate(
        ("{%tr for row in exceptions %}", "{{ row.name }}", "{%tr endfor %}")
    ):
        table.cell(at, 0).text = text
    document.core_properties.subject = "{{ committee }}"
    document.save(str(path))
    return path


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(text: str, source: Path, tmp_path: Path) -> None:
    made = paper(committee=plain(text), exceptions=(row(name=plain(text)),))
    document = filled(made, source, tmp_path / "out.docx")
    shown = CLEANED.get(text, text)
    assert texts(document)[0] == f"Before {shown} after"
    assert document.tables[0].cell(0, 0).text == shown
    assert document.core_properties.subject == shown
    assert len(document.tables[0].rows) == 1


def test_a_footnote_is_filled_and_checked_too(tmp_path: Path) -> None:
    source = with_footnote(tmp_path / "mine.docx", "{{ committee }}")
    document = filled(paper(committee=plain("{{ <A> }}")), source, tmp_path / "out.docx")
    (notes,) = (r for r in roots_of(document) if r.name == "footnotes")
    assert [node.text for node in notes.element.iter(qn("w:t"))] == ["{{ <A> }}"]
    with pytest.raises(InputError, match=r"footnotes, paragraph 1 .*no field is named 'nothing'"):
        render(paper(), with_footnote(tmp_path / "mine.docx", "{{ nothing }}"))


def with_footnote(path: Path, text: str) -> Path:
    """A template with a footnotes part, which python-docx knows nothing of."""
    document = Document()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    xml = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    package = document.part.package
    document.part.relate_to(
        Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), package), relation
    )
    document.save(str(path))
    return path


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))))
def test_any_text_is_shown_as_it_stands(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    one = template(folder / "mine.docx", "Before {{ committee }} after")
    document = filled(paper(committee=plain(text)), one, folder / "out.docx")
    assert document.paragraphs[0].text == f"Before {text} after"


def test_lines_and_tabs_stay_lines_and_tabs(source: Path, tmp_path: Path) -> None:
    document = filled(paper(committee=plain("a\nb\r\nc\td")), source, tmp_path / "out.docx")
    assert texts(document)[0] == "Before a\nb\nc\td after"


def test_a_placeholder_has_its_style_and_the_template_s_own_formatting(tmp_path: Path) -> None:
    made = Document()
    made.add_paragraph("Before ").add_run("{{ committee }}").bold = True
    made.save(str(tmp_path / "mine.docx"))
    document = filled(paper(), tmp_path / "mine.docx", tmp_path / "out.docx")
    (run,) = (r for r in document.paragraphs[0].runs if "[" in r.text)
    assert (run.text, run.style.name, run.bold) == ("[committee]", "Paper Placeholder", True)
    assert document.paragraphs[0].runs[0].style.name == "Default Paragraph Font"


def test_only_placeholders_that_the_template_shows_are_listed(tmp_path: Path) -> None:
    source = template(tmp_path / "mine.docx", "{{ date }} {{ committee }} {{ date }}")
    assert render(paper(), source).placeholders == ("[date]", "[committee]")


def test_the_list_of_placeholders_is_filled(tmp_path: Path) -> None:
    lines = ("{{ date }}", "{%p for gap in placeholders %}", "- {{ gap }}", "{%p endfor %}")
    source = template(tmp_path / "mine.docx", *lines)
    assert texts(filled(paper(), source, tmp_path / "out.docx")) == ["[date]", "- [date]"]


@pytest.mark.parametrize(("letter", "role"), (("R", Role.RED), ("A", Role.AMBER)))
def test_a_rating_alone_colours_its_paragraph_and_within_text_only_itself(
    letter: str, role: Role, tmp_path: Path
) -> None:
    lines = ("{%p for row in exceptions %}", "{{ row.rating }}", "is {{ row.rating }}")
    source = template(tmp_path / "mine.docx", *lines, "{%p endfor %}")
    rating = Paragraph((Run(letter, role),))
    document = filled(paper(exceptions=(row(rating=rating),)), source, tmp_path / "out.docx")
    alone, within = document.paragraphs
    word = {"R": "Rating Red", "A": "Rating Amber"}[letter]
    assert alone.style is not None
    assert (alone.text, alone.style.name) == (letter, word)
    assert [(r.text, r.style.name) for r in within.runs if r.text] == [
        ("is ", "Default Paragraph Font"),
        (letter, f"{word} Letter"),
    ]


def linked(link: str | None) -> Paragraph:
    """A commentary that points to another paragraph."""
    return Paragraph((Run("See commentary below.", link=link),))


def bookmarked(name: str) -> Paragraph:
    """A heading that links lead to."""
    return Paragraph((Run("Heading"),), name)


def test_a_link_leads_to_its_paragraph(tmp_path: Path) -> None:
    lines = (
        *("{%p for row in exceptions %}", "{%p for p in row.commentary %}", "{{ p }}"),
        *("{%p endfor %}", "{%p endfor %}"),
        *("{%p for row in of_note %}", "{{ row.heading }} and {{ row.heading }}", "{%p endfor %}"),
    )
    source = template(tmp_path / "mine.docx", *lines)
    made = paper(
        exceptions=(row(commentary=(linked("indicator_22"),)),),
        of_note=(row(heading=bookmarked("indicator_22")),),
    )
    document = filled(made, source, tmp_path / "out.docx")
    (link,) = document.element.body.iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "indicator_22"
    assert document.paragraphs[0].hyperlinks[0].runs[0].style.name == "Hyperlink"
    assert bookmarks(document) == ["indicator_22"]
    assert document.paragraphs[1].text == "Heading and Heading"


def test_a_link_to_what_the_template_leaves_out_is_plain_text(tmp_path: Path) -> None:
    lines = ("{%p for row in exceptions %}", "{{ row.commentary[0] }}", "{%p endfor %}")
    source = template(tmp_path / "mine.docx", *lines)
    made = paper(exceptions=(row(commentary=(linked("indicator_22"),)),))
    document = filled(made, source, tmp_path / "out.docx")
    assert texts(document) == ["See commentary below."]
    assert not list(document.element.body.iter(qn("w:hyperlink")))
    assert document.paragraphs[0].runs[0].style.name == "Default Paragraph Font"


def bookmarks(document: DocumentObject) -> list[str | None]:
    """The names of a document's bookmarks."""
    return [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]


def test_a_cell_that_a_loop_leaves_empty_keeps_a_paragraph(tmp_path: Path) -> None:
    made = Document()
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "{%p for row in exceptions %}"
    cell.add_paragraph("{{ row.no }}")
    cell.add_paragraph("{%p endfor %}")
    made.save(str(tmp_path / "mine.docx"))
    document = filled(paper(), tmp_path / "mine.docx", tmp_path / "out.docx")
    assert len(document.tables[0].cell(0, 0).paragraphs) == 1


def test_the_same_paper_is_the_same_bytes(source: Path) -> None:
    assert render(paper(), source).content == render(paper(), source).content


def test_the_document_has_its_title_and_language_and_claims_no_time(
    source: Path, tmp_path: Path
) -> None:
    properties = filled(paper(), source, tmp_path / "out.docx").core_properties
    assert (properties.title, properties.language) == ("A paper", "en-GB")
    assert properties.created is None
    assert properties.modified is None
