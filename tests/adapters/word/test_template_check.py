"""A bad template is refused with the name of the field and its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement

from perf_addin.adapters.word.built_in import Form, built_in
from perf_addin.adapters.word.rendering import render
from perf_addin.application.paper.content import plain
from perf_addin.domain.errors import InputError
from tests.adapters.word.papers import filled, paper, row, template, texts
from tests.hostile.changes import packed, parts_of

SOME = (row(),)


@pytest.mark.parametrize(
    ("line", "said"),
    (
        (
            "Officer: {{ lead_oficers }}",
            (
                "paragraph 2 ('Officer: {{ lead_oficers }}'): no field is named 'lead_oficers'. "
                "Did you mean 'lead_officers'?"
            ),
        ),
        ("{{ committee.name }}", "'committee' is no row, so it has no 'name'"),
        ("{{ committee['name'] }}", "'committee' is no row, so it has no 'name'"),
        ("{{ exceptions.no }}", "'exceptions' is no row, so it has no 'no'"),
        ("{{ committee }", "a tag begins with {{ and ends with }}, here not both"),
        ("{% if committee %}", "paragraph 2 ('{% if committee %}')"),
        ("{{ committee | nonsense }}", "No filter named 'nonsense'"),
        ("{{ }}", "paragraph 2 ('{{ }}')"),
        ("{% nonsense %}", "Encountered unknown tag 'nonsense'"),
        ("{{ 1 // 0 }}", "paragraph 2 ('{{ 1 // 0 }}')"),
        ("{{ 9 ** 9 ** 9 }}", "paragraph 2 ('{{ 9 ** 9 ** 9 }}')"),
        ("{{ 'x' * 999999999 }}", "* and % are for numbers only"),
        ("{{ committee.__class__.__mro__ }}", "'committee' is no row, so it has no '__class__'"),
        ("{{ ''.__class__.__mro__ }}", "paragraph 2"),
        ("{{ cycler.__init__.__globals__ }}", "paragraph 2"),
        ("{% for x in committee %}{{ x }}{% endfor %}", "a loop needs a field of paragraphs"),
        ("{{ nowhere if false else committee }}", "no field is named 'nowhere'"),
        ("{{ row.no }}", "no field is named 'row'"),
    ),
)
def test_a_wrong_tag_is_named_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    source = template(tmp_path / "mine.docx", "A heading", line, "The end")
    with pytest.raises(InputError, match=r"mine\.docx") as caught:
        render(paper(exceptions=SOME), source)
    assert said in str(caught.value)


def test_a_wrong_field_of_a_row_is_named_though_there_is_no_row(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 1)
    for at, text in enumerate(
        ("{%tr for row in exceptions %}", "{{ row.commentry }}", "{%tr endfor %}")
    ):
        table.cell(at, 0).text = text
    document.save(str(tmp_path / "mine.docx"))
    with pytest.raises(InputError) as caught:
        render(paper(), tmp_path / "mine.docx")
    said = "table 1, row 2, column 1 ('{{ row.commentry }}'): a row has no field named 'commentry'"
    assert f"{said}. Did you mean 'commentary'?" in str(caught.value)


def test_a_wrong_tag_in_a_footer_is_found(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ committee }}")
    document.sections[0].footer.paragraphs[0].text = "{{ comittee }}"
    document.save(str(tmp_path / "mine.docx"))
    with pytest.raises(InputError, match=r"footer, paragraph 1 .*Did you mean 'committee'"):
        render(paper(), tmp_path / "mine.docx")


def test_several_problems_are_told_at_once_and_no_more_than_five(tmp_path: Path) -> None:
    source = template(tmp_path / "mine.docx", *(f"{{{{ wrong_{n} }}}}" for n in range(8)))
    with pytest.raises(InputError) as caught:
        render(paper(), source)
    assert str(caught.value).count("no field is named") == 5
    assert "and 3 more" in str(caught.value)


def test_tags_that_end_elsewhere_than_they_begin_are_refused(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "{%p if committee %}"
    document.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "mine.docx"))
    with pytest.raises(InputError, match=r"paragraph 1 .* begins in another place, table 1, row 1"):
        render(paper(), tmp_path / "mine.docx")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    (
        ("text.docx", b"no document", "is no Word document"),
        ("empty.docx", b"", "is no Word document"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is no Word document"),
    ),
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        render(paper(), tmp_path / name)


def test_a_workbook_and_a_missing_file_are_no_templates(root: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no Word document"):
        render(paper(), root / "workbook" / "performance_index_2021-22.xlsx")
    with pytest.raises(InputError, match="cannot be read"):
        render(paper(), tmp_path / "absent.docx")
    with pytest.raises(InputError, match="cannot be read"):
        render(paper(), tmp_path)


def test_what_people_write_in_word_is_understood(tmp_path: Path) -> None:
    source = template(
        tmp_path / "mine.docx",
        "{{ committee }} on {{ date }}",
        "{%p if committee == \N{LEFT DOUBLE QUOTATION MARK}Panel\N{RIGHT DOUBLE QUOTATION MARK} %}",
        "It is the panel.",
        "{%p endif %}",
        "{% set twice = committee ~ committee %}{{ twice }}",
        "{%p for row in exceptions %}",
        "{{ loop.index }} {{ row.no }} {{ row['name'] }}",
        "{%p for line in row.commentary %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    given = paper(committee=plain("Panel"), date=plain("May"), exceptions=SOME)
    found = texts(filled(given, source, tmp_path / "out.docx"))
    assert found == ["Panel on May", "It is the panel.", "PanelPanel", "1 x x", "x"]


def test_a_tag_that_word_cut_into_pieces_is_one_tag(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("At ")
    for piece in ("{", "{ comm", "ittee", " }}"):
        paragraph.add_run(piece)
        paragraph._p.append(OxmlElement("w:proofErr"))
    document.save(str(tmp_path / "mine.docx"))
    given = paper(committee=plain("Panel"))
    assert texts(filled(given, tmp_path / "mine.docx", tmp_path / "out.docx")) == ["At Panel"]


@pytest.mark.parametrize("form", Form)
def test_the_built_in_templates_are_right(form: Form, tmp_path: Path) -> None:
    filled(paper(exceptions=SOME, unreportable=SOME), built_in(form), tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    (
        ("[Content_Types].xml", b'PartName="/word/settings.xml"', b'PartNam="/word/settings.xml"'),
        ("[Content_Types].xml", b'PartName="/word/footer1.xml"', b'PartName="/word/f.xml"'),
        ("_rels/.rels", b'/package/2006/relationships"', b'/package/2007/relationships"'),
        ("word/_rels/document.xml.rels", b'Target="settings.xml"', b""),
        ("word/_rels/document.xml.rels", b'Id="rId1"', b'Id="none"'),
        ("docProps/core.xml", b"metadata/core-properties", b"metadata/core"),
        ("word/document.xml", b"</w:body>", b"<w:body>"),
        ("word/styles.xml", b"<w:styles ", b"<w:style "),
    ),
)
def test_a_damaged_template_is_refused(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    parts = parts_of(Path(built_in(Form.TABLES)))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    path = tmp_path / "mine.docx"
    path.write_bytes(packed(parts))
    with pytest.raises(InputError, match=r"^The template .*mine\.docx is (damaged|no Word)"):
        render(paper(), path)
