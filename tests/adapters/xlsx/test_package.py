"""Parts, their kinds and relationships: found tolerantly, changed by splices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.xml_text import as_utf8
from perf_addin.domain.errors import InputError, OutputError
from tests.adapters.xlsx.raw_zip import MAIN_RELATION, RELATIONS, Entry, entries, write, zip_bytes
from tests.adapters.xlsx.small_workbook import OFFICE, PACKAGE, SHEET_PART, TYPES, build, sheet

BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
SHEETS = f"{OFFICE}/worksheet"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"


def package_of(folder: Path, members: list[Entry], *, drop_signatures: bool = False) -> Package:
    """Store and open a package."""
    path = write(folder / "index.xlsx", zip_bytes(members))
    return Package.open(path, drop_signatures=drop_signatures)


def reopened(package: Package, folder: Path) -> Package:
    """A package as it would be saved."""
    return Package.open(write(folder / "saved.xlsx", b"".join(package.chunks())))


def test_parts_are_found_in_any_case_and_with_backslashes(tmp_path: Path) -> None:
    members = entries()
    for member in members:
        member.name = member.name.replace("/", "\\").replace("sheet1", "Sheet1")
    package = package_of(tmp_path, members)
    assert package.workbook_part == BOOK
    assert "xl/worksheets/Sheet1.xml" in package.part_names
    (relation,) = package.relationships(BOOK)
    assert relation.target == "xl/worksheets/Sheet1.xml"
    assert package.read(SHEET_PART) == package.read("/xl\\worksheets\\SHEET1.XML")
    package.replace(SHEET_PART, b"<new/>")
    names = [m.name for m in reopened(package, tmp_path)._container.members]
    assert names == [m.name.replace("\\", "/") for m in members]
    assert b"xl\\worksheets\\Sheet1.xml" in b"".join(package.chunks())


@pytest.mark.parametrize(
    ("target", "found"),
    (
        ("worksheets/sheet1.xml", SHEET_PART),
        ("/xl/worksheets/sheet1.xml", SHEET_PART),
        ("../xl/worksheets/./sheet1.xml", SHEET_PART),
        ("..\\xl\\worksheets\\SHEET1.xml", SHEET_PART),
        ("worksheets/sheet%31.xml", SHEET_PART),
        ("xl/worksheets/sheet1.xml", SHEET_PART),
        ("worksheets/sheet1.xml#A1", SHEET_PART),
        ("worksheets/sheet9.xml", "xl/worksheets/sheet9.xml"),
        ("../../../outside.xml", "outside.xml"),
    ),
)
def test_targets_are_resolved(target: str, found: str, tmp_path: Path) -> None:
    entry = f'<Relationship Id="rId1" Type="{SHEETS}" Target="{target}"/>'
    link = '<Relationship Id="x" Type="t" Target="../a b.xlsx" TargetMode="External"/>'
    changed = {BOOK_RELATIONS: RELATIONS % (entry + link)}
    package = package_of(tmp_path, entries(**changed))
    first, second = package.relationships(BOOK)
    assert (first.id, first.type, first.target, first.external) == ("rId1", SHEETS, found, False)
    assert (second.target, second.external) == ("../a b.xlsx", True)


def test_a_part_without_relationships_has_none(tmp_path: Path) -> None:
    assert package_of(tmp_path, entries()).relationships(SHEET_PART) == ()


def test_content_that_is_the_same_leaves_the_stored_bytes(tmp_path: Path) -> None:
    package = package_of(tmp_path, entries())
    sheet = package.read(SHEET_PART)
    package.replace(SHEET_PART, b"<new/>")
    assert b"".join(package.chunks()) != Path(package.path).read_bytes()
    assert package.read(SHEET_PART) == b"<new/>"
    package.replace(SHEET_PART, [sheet[:7], b"", sheet[7:]])
    assert not package.changed
    package.replace(BOOK, package.read_xml(BOOK))
    assert not package.changed


def test_a_part_whose_pieces_end_in_an_error_stays_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        for number in range(20):
            yield b"%d" % number * 100_000
        raise OutputError("a cell cannot be written")

    path = build(tmp_path / "a.xlsx", sheet(""))
    package = Package.open(path)
    with pytest.raises(OutputError):
        package.replace(SHEET_PART, broken())
    assert not package.changed
    assert b"".join(package.chunks()) == path.read_bytes()


def test_added_parts_are_named_in_the_content_types_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    package = package_of(tmp_path, entries())
    package.add("xl/drawings/drawing1.xml", b"<d/>", DRAWING)
    made = package.relate(SHEET_PART, "t&t", "xl/drawings/drawing1.xml")
    types = package.read("[Content_Types].xml").decode()
    entry = f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{DRAWING}"/>'
    assert types == TYPES.replace("</Types>", f"{entry}</Types>")
    again = reopened(package, tmp_path)
    assert again.content_type("XL/drawings/Drawing1.xml") == DRAWING
    (relation,) = again.relationships(SHEET_PART)
    assert relation == (made, "t&t", "xl/drawings/drawing1.xml", False)
    assert (
        'Target="/xl/drawings/drawing1.xml"'
        in again.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    )
    package.replace("xl/drawings/drawing1.xml", b"<e/>")
    assert package.read("xl/drawings/drawing1.xml") == b"<e/>"
    with pytest.raises(ValueError, match="there already"):
        package.add("XL/drawings/drawing1.xml", b"", DRAWING)


def test_a_new_relationship_gets_a_free_id_and_a_relative_target(tmp_path: Path) -> None:
    entry = f'<p:Relationship Id="RID7" Type="{SHEETS}" Target="worksheets/sheet1.xml"/>'
    text = f'<p:Relationships xmlns:p="{PACKAGE}/relationships">{entry}\n</p:Relationships>'
    package = package_of(tmp_path, entries(**{BOOK_RELATIONS: text}))
    assert package.relate(BOOK, SHEETS, "xl/worksheets/sheet2.xml") == "rId8"
    added = f'<p:Relationship Id="rId8" Type="{SHEETS}" Target="worksheets/sheet2.xml"/>'
    expected = text.replace("</p:Relationships>", f"{added}</p:Relationships>")
    assert package.read(BOOK_RELATIONS).decode() == expected


@pytest.mark.parametrize("encoding", ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"))
def test_every_encoding_becomes_utf_8(encoding: str) -> None:
    text = '<?xml version="1.0" encoding="{}"?>\n<a>£ – \N{GRINNING FACE}</a>'
    stated = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    data = text.format(stated).encode(encoding)
    assert as_utf8(data, "a part").decode() == text.format("UTF-8")
    bare = "<a>£</a>".encode(encoding)
    assert as_utf8(bare, "a part").decode() == "<a>£</a>"


def test_stated_encodings_are_kept_to() -> None:
    assert "£" in as_utf8(b"<?xml version='1.0' encoding='windows-1252'?><a>\xa3</a>", "").decode()
    plain = b'<?xml version="1.0" encoding="utf-8"?><a/>'
    assert as_utf8(plain, "a part") is plain
    for wrong in ("no-such", "hex", "shift_jis"):
        data = f'<?xml version="1.0" encoding="{wrong}"?><a>'.encode() + b"\xff\xff</a>"
        with pytest.raises(InputError, match=wrong):
            as_utf8(data, "a part")


@pytest.mark.parametrize(
    "odd",
    ("punycode", "idna", "utf-7", "unicode_escape", "raw-unicode-escape", "cp037", "hz", "gbk"),
)
def test_encodings_that_are_none_for_workbooks_are_refused(odd: str) -> None:
    data = f'<?xml version="1.0" encoding="{odd}"?><a>'.encode() + b"b" * 100 + b"</a>"
    with pytest.raises(InputError, match=rf"{odd}.*save it anew"):
        as_utf8(data, "a part")


@pytest.mark.parametrize("name", ("latin-1", "ISO-8859-15", "iso8859_7", "windows-1250", "cp1257"))
def test_character_sets_of_old_may_be_stated_by_any_of_their_names(name: str) -> None:
    sign = "\N{SECTION SIGN}"
    data = f'<?xml version="1.0" encoding="{name}"?><a>{sign}</a>'.encode(name)
    assert sign in as_utf8(data, "a part").decode()


def test_a_part_in_utf_16_is_left_alone_unless_it_changes(tmp_path: Path) -> None:
    data = '<?xml version="1.0" encoding="UTF-16"?><a>£</a>'.encode("utf-16")
    package = package_of(tmp_path, entries(**{SHEET_PART: data}))
    text = package.read_xml(SHEET_PART)
    package.replace(SHEET_PART, text)
    assert not package.changed
    package.replace(SHEET_PART, text.replace("£".encode(), b"p"))
    assert reopened(package, tmp_path).read(SHEET_PART).endswith(b"<a>p</a>")


@pytest.mark.parametrize("encoding", ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"))
@pytest.mark.parametrize(
    "start",
    ("", '<?xml version="1.0"?>', "  \n", "<!-- -- >-->", '<?xml version="1.0"?><?a b?><!--c-->\n'),
)
def test_document_types_are_refused(encoding: str, start: str, tmp_path: Path) -> None:
    bomb = f'{start}<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    package = package_of(tmp_path, entries(**{SHEET_PART: bomb.encode(encoding)}))
    with pytest.raises(InputError, match=r"index\.xlsx: the part xl/worksheets/sheet1\.xml decl"):
        package.read_xml(SHEET_PART)


def test_what_only_looks_like_a_document_type_is_read() -> None:
    for text in (
        b"<?a ?><a><?b ?><![CDATA[<!DOCTYPE x>]]></a>",
        b"<!-- <!DOCTYPE x> --><a/>",
        b"<a>&lt;!DOCTYPE</a>",
    ):
        assert as_utf8(text, "a part") is text


SIGNED_TYPES = TYPES.replace(
    "<Override",
    '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
    'digital-signature-origin"/><Override PartName="/_xmlsignatures/sig1.xml" ContentType='
    '"application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/><Override',
    1,
)
SIGNATURE = f"{PACKAGE}/relationships/digital-signature"


def signed() -> list[Entry]:
    """The smallest workbook, signed."""
    origin = f'<Relationship Id="s" Type="{SIGNATURE}/origin" Target="_xmlsignatures/o.sigs"/>'
    to_workbook = MAIN_RELATION % BOOK
    signature = f'<Relationship Id="rId1" Type="{SIGNATURE}/signature" Target="sig1.xml"/>'
    changed: dict[str, str | bytes] = {
        "[Content_Types].xml": SIGNED_TYPES,
        "_rels/.rels": RELATIONS % (origin + to_workbook),
        "_xmlsignatures/o.sigs": b"",
        "_xmlsignatures/_rels/o.sigs.rels": RELATIONS % signature,
        "_xmlsignatures/sig1.xml": b"<Signature/>",
        "xl/vbaProject.bin": b"signed on its own",
    }
    return entries(**changed)


def test_a_signed_file_is_not_changed_unawares(tmp_path: Path) -> None:
    package = package_of(tmp_path, signed())
    package.replace(SHEET_PART, package.read(SHEET_PART))
    for change in (
        lambda: package.replace(SHEET_PART, b"<new/>"),
        lambda: package.add("xl/a.xml", b"<a/>", DRAWING),
        lambda: package.relate(BOOK, SHEETS, "xl/a.xml"),
    ):
        with pytest.raises(InputError, match="--drop-signatures"):
            change()
    assert not package.changed


def test_signatures_are_dropped_cleanly_with_the_first_change(tmp_path: Path) -> None:
    package = package_of(tmp_path, signed(), drop_signatures=True)
    assert not package.changed
    package.replace(SHEET_PART, b"<new/>")
    again = reopened(package, tmp_path)
    assert not [name for name in again.part_names if "signature" in name]
    assert again.read("[Content_Types].xml").decode() == TYPES
    assert again.read("_rels/.rels").decode() == RELATIONS % MAIN_RELATION % BOOK
    assert again.read("xl/vbaProject.bin") == b"signed on its own"
    again.replace(SHEET_PART, b"<newer/>")


@pytest.mark.parametrize("kind", ("origin", "signature"))
def test_only_signatures_are_dropped_whatever_they_claim_to_lead_to(
    kind: str, tmp_path: Path
) -> None:
    crafted = f'<Relationship Id="c" Type="{SIGNATURE}/{kind}" Target="/{BOOK}"/>'
    owner = "_rels/.rels" if kind == "origin" else "_xmlsignatures/_rels/o.sigs.rels"
    members = signed()
    for member in members:
        if member.name == owner:
            member.data = member.data.replace(b"</Rel", f"{crafted}</Rel".encode())
    package = package_of(tmp_path, members, drop_signatures=True)
    package.replace(SHEET_PART, b"<new/>")
    again = reopened(package, tmp_path)
    assert BOOK in again
    assert BOOK_RELATIONS in again
    assert not [name for name in again.part_names if "signature" in name]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    package = package_of(tmp_path, entries())
    for act in (lambda: package.read("xl/a.xml"), lambda: package.replace("xl/a.xml", b"")):
        with pytest.raises(InputError, match=r"index\.xlsx is damaged: it has no part xl/a\.xml"):
            act()
    broken = package_of(tmp_path, entries(**{BOOK_RELATIONS: "<Relationships><"}))
    with pytest.raises(InputError, match=r"workbook\.xml\.rels is damaged"):
        broken.relationships(BOOK)
