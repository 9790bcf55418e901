"""What is no workbook, or none that can be edited, is refused with its name and a next step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import opening
from perf_addin.adapters.xlsx.opening import Limits
from perf_addin.adapters.xlsx.package import Package
from perf_addin.domain.errors import InputError
from tests.adapters.xlsx.raw_zip import RELATIONS, Entry, entries, parts, write, zip_bytes
from tests.adapters.xlsx.small_workbook import MAIN, OFFICE, TYPES

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500)
MAIN_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
STRICT = "http://purl.oclc.org/ooxml"
STRICT_BOOK = parts()["xl/workbook.xml"].replace(MAIN, f"{STRICT}/spreadsheetml/main")
STRICT_ROOT = parts()["_rels/.rels"].replace(OFFICE, f"{STRICT}/officeDocument/relationships")


def typed(content_type: str) -> bytes:
    """The smallest workbook, its main part of some other kind."""
    return zip_bytes(entries(**{"[Content_Types].xml": TYPES.replace(MAIN_TYPE, content_type)}))


@pytest.mark.parametrize(
    ("data", "words"),
    (
        (b"", "is empty"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (OLE2 + "Workbook".encode("utf-16-le"), r"97-2003 workbook \(\.xls\)"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "holds no workbook"),
        (b"Indicator,Target\nA,1\n", "text or CSV"),
        ("Indicator\tTarget\n£".encode("utf-16"), "text or CSV"),
        (b"\xef\xbb\xbf<HTML><table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML file"),
        (b"%PDF-1.7\n\x00", "PDF"),
        (b"{\\rtf1}", "rich text"),
        (b"\x7fELF\x00\x01", "not a zip package"),
        (b"\x1f\x8b\x08\x00PK\3\4\x00", "its end is missing"),
        (b"PK\3\4 and no more", "its end is missing"),
        (zip_bytes([Entry("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", 0)]),
         "OpenDocument"),
        (zip_bytes([Entry("index.xlsx", b"PK")]), "holds no Excel workbook"),
        (zip_bytes([]), "damaged|no Excel workbook"),
        (typed("vnd.ms-excel.sheet.binary.macroEnabled.main"), r"\.xlsb"),
        (typed("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), "Word"),
        (typed("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "Power"),
        (zip_bytes(entries(**{"[Content_Types].xml": None})), "holds no Excel workbook"),
        (zip_bytes(entries(**{"_rels/.rels": RELATIONS % ""})), "holds no Excel workbook"),
        (zip_bytes(entries(**{"xl/workbook.xml": None})), r"no part xl/workbook\.xml"),
        (zip_bytes(entries(**{"xl/workbook.xml": STRICT_BOOK})), "Strict Open XML"),
        (zip_bytes(entries(**{"_rels/.rels": STRICT_ROOT})), "Strict Open XML"),
    ),
)  # fmt: skip
def test_other_files_are_refused_by_name(data: bytes, words: str, tmp_path: Path) -> None:
    path = write(tmp_path / "index.xlsx", data)
    with pytest.raises(InputError, match=words) as caught:
        Package.open(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert message.count(". ") >= 1, "says what to do next"


@pytest.mark.parametrize(
    "content_type",
    (
        MAIN_TYPE,
        "vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "vnd.ms-excel.sheet.macroEnabled.main+xml",
        "vnd.ms-excel.template.macroEnabled.main+xml",
        "vnd.ms-excel.addin.macroEnabled.main+xml",
    ),
)
def test_every_kind_of_workbook_in_xml_is_opened(content_type: str, tmp_path: Path) -> None:
    package = Package.open(write(tmp_path / "index.xlsx", typed(content_type)))
    assert package.workbook_part == "xl/workbook.xml"
    assert package.name == "index.xlsx"


def test_what_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="does not exist"):
        Package.open(tmp_path / "missing.xlsx")
    with pytest.raises(InputError, match="is a folder"):
        Package.open(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        Package.open(tmp_path / "a\0b.xlsx")
    path = write(tmp_path / "index.xlsx", zip_bytes(entries()))
    with pytest.raises(InputError, match="100 is the most"):
        Package.open(path, limits=Limits(file_bytes=100))

    def refuse(*_: object) -> object:
        raise PermissionError(13, "no")

    monkeypatch.setattr(opening, "open", refuse, raising=False)
    with pytest.raises(InputError, match="may not be read"):
        Package.open(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(InputError, match="no ordinary file"):
        Package.open(tmp_path / "pipe.xlsx")
