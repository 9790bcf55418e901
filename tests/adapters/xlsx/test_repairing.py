"""Repair of formulas in a file: their text changes, and nothing else does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.repairing import links_of, repair
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from tests.adapters.xlsx.package_compare import members
from tests.adapters.xlsx.small_workbook import OFFICE, PACKAGE, SHEET_PART, build, sheet
from tests.judges import new_errors, validate

LOST = r"'C:\old &amp; gone\perf_addin.xlam'!"
ROWS = (
    '<row r="1"><c r="A1"><v>88</v></c>'
    f'<c r="B1" s="1" t="str"><f>{LOST}RAG(A1,91)&amp;"&lt;"</f><v>A</v></c>'
    '<c r="C1" t="str"><f t="shared" ref="C1:C2" si="0">[1]!RAG(A1,91)</f><v>A</v></c>'
    '<c r="D1" t="str" cm="1"><f t="array" ref="D1:D2">[1]!RAG(A1:A2,91)</f><v>A</v></c>'
    '<c r="E1"><f>SUM(A1:A2)</f><v>88</v></c><c r="F1"><f>[2]!RAG(A1,91)</f><v>1</v></c></row>'
    '<row r="2"><c r="C2" t="str"><f t="shared" si="0"/><v>A</v></c></row>'
)
MENDED = (
    ROWS.replace(f"{LOST}RAG", "RAG")
    .replace("[1]!RAG(A1,91)", "RAG(A1,91)")
    .replace("[1]!RAG(A1:A2,91)", "RAG(A1:A2,91)")
)
LINKS = {1: "perf_addin.xlam", 2: "figures.xlsx"}


def with_links(path: Path, rows: str) -> Path:
    """A workbook with two links, the second of them to a workbook."""
    build(path, sheet(rows))
    with zipfile.ZipFile(path) as stored:
        parts = {name: stored.read(name).decode() for name in stored.namelist()}
    relations, references, types = "", "", ""
    for number, target in LINKS.items():
        part = f"externalLinks/externalLink{number}.xml"
        relations += f'<Relationship Id="x{number}" Type="{OFFICE}/externalLink" Target="{part}"/>'
        references += f'<externalReference r:id="x{number}"/>'
        types += (
            f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.externalLink+xml"/>'
        )
        parts[f"xl/{part}"] = (
            '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"/></externalLink>'
        )
        parts[f"xl/externalLinks/_rels/externalLink{number}.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/>'
            "</Relationships>"
        )
    book, types_part, book_relations = (
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    )
    listed = f"</sheets><externalReferences>{references}</externalReferences>"
    parts[book] = parts[book].replace("</sheets>", listed)
    parts[types_part] = parts[types_part].replace("</Types>", f"{types}</Types>")
    parts[book_relations] = parts[book_relations].replace(
        "</Relationships>", f"{relations}</Relationships>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as stored:
        for name, text in parts.items():
            stored.writestr(name, text)
    return path


def test_links_are_known_by_their_numbers(tmp_path: Path) -> None:
    assert links_of(Package.open(with_links(tmp_path / "a.xlsx", ROWS))) == LINKS


@pytest.mark.parametrize("prefix", ("", "x:"))
def test_only_the_text_of_formulas_changes(tmp_path: Path, prefix: str) -> None:
    file = with_links(tmp_path / "a.xlsx", ROWS)
    wanted = sheet(MENDED)
    if prefix:
        file = tmp_path / "b.xlsx"
        swap_sheet(tmp_path / "a.xlsx", file, prefixed(sheet(ROWS)))
        wanted = prefixed(wanted)
    workbook = XlsxWorkbook(Package.open(file))
    assert repair(workbook) == [("Index", 3)]
    target = tmp_path / "out.xlsx"
    save(workbook.package, target, backup=False)
    before, after = members(file), members(target)
    for old, new in zip(before, after, strict=True):
        assert old.name == new.name
        if old.name == SHEET_PART:
            assert new.content.decode() == wanted
        else:
            assert new.stored == old.stored
    assert new_errors(validate(file), validate(target)) == ()


def prefixed(xml: str) -> str:
    """The same sheet with every element under a namespace prefix."""
    head, _, body = xml.partition("\n")
    body = body.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    return f"{head}\n{body}"


def swap_sheet(source: Path, target: Path, xml: str) -> None:
    with zipfile.ZipFile(source) as stored, zipfile.ZipFile(target, "w") as written:
        for name in stored.namelist():
            written.writestr(name, xml if name == SHEET_PART else stored.read(name))


def test_a_workbook_with_nothing_to_mend_stays_as_it_is(tmp_path: Path) -> None:
    workbook = XlsxWorkbook(Package.open(with_links(tmp_path / "a.xlsx", MENDED)))
    assert repair(workbook) == []
    assert not workbook.package.changed


def test_what_is_mended_twice_is_the_same(tmp_path: Path) -> None:
    workbook = XlsxWorkbook(Package.open(with_links(tmp_path / "a.xlsx", ROWS)))
    repair(workbook)
    assert repair(workbook) == []
