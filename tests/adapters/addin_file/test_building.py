"""The add-in file: sound by our judges, and holding exactly our sources."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from oletools.olevba import VBA_Parser

from perf_addin import __version__
from perf_addin.adapters.addin_file import xlwings_source
from perf_addin.adapters.addin_file.building import build, version_of
from perf_addin.adapters.addin_file.project import blank_with, modules
from perf_addin.application.buttons import BUTTONS
from perf_addin.domain.errors import InputError
from tests.judges import ValidatorError, libreoffice_convert, validate

RIBBON = "customUI/customUI14.xml"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "perf_addin.xlam"
    path.write_bytes(build())
    return path


def parts_of(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as stored:
        return {name: stored.read(name) for name in stored.namelist()}


def write(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as stored:
        for name, content in parts.items():
            stored.writestr(name, content)
    return path


def test_the_validator_has_no_complaint(addin: Path) -> None:
    assert validate(addin) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    (
        (b'size="large"', b'size="huge"'),
        (b"<button ", b"<knob "),
        (b"keytip=", b"keytipp="),
        (b"<tabs>", b"<tabs><group/>"),
    ),
)
def test_the_validator_judges_the_ribbon_by_its_schema(
    addin: Path, tmp_path: Path, old: bytes, new: bytes
) -> None:
    parts = parts_of(addin)
    parts[RIBBON] = parts[RIBBON].replace(old, new, 1)
    found: tuple[ValidatorError, ...] = validate(write(tmp_path / "bad.xlam", parts))
    assert [error.part for error in found][:1] == [f"/{RIBBON}"]


def test_olevba_recovers_exactly_our_sources(addin: Path) -> None:
    found = {}
    for _, _, name, code in VBA_Parser(str(addin)).extract_macros():
        stem, _, kind = name.rpartition(".")
        found[stem] = (body(code), kind)
    wanted = {m.name: (body(m.source), "cls" if m.is_class else "bas") for m in modules()}
    assert body(found.pop("Sheet1")[0]) == ""
    assert found == wanted


def body(source: str) -> str:
    """A module's text without the header that Excel keeps of a class."""
    lines = source.replace("\r\n", "\n").split("\n")
    if lines[0].startswith("VERSION"):
        lines = lines[lines.index("END") + 1 :]
    return "\n".join(line for line in lines if not line.startswith("Attribute VB_")).strip()


def test_the_same_sources_give_the_same_bytes(addin: Path) -> None:
    assert build() == addin.read_bytes()


def test_it_says_its_version_and_names_nobody(addin: Path) -> None:
    assert version_of(addin.read_bytes()) == __version__
    assert b"William" not in b"".join(parts_of(addin).values())


def test_other_files_are_none_of_ours(addin: Path, tmp_path: Path) -> None:
    assert version_of(b"not a package") is None
    assert version_of(blank_with(())) is None
    parts = parts_of(addin)
    del parts["docProps/core.xml"]
    assert version_of(write(tmp_path / "x.xlam", parts).read_bytes()) is None


def test_every_picture_of_the_ribbon_is_there(addin: Path) -> None:
    parts = parts_of(addin)
    relations = ET.fromstring(parts["customUI/_rels/customUI14.xml.rels"])
    targets = {r.get("Id"): f"customUI/{r.get('Target')}" for r in relations}
    images = [e.get("image") for e in ET.fromstring(parts[RIBBON]).iter() if e.get("image")]
    assert images == [button.id.value for button in BUTTONS]
    assert targets.keys() == set(images)
    assert all(parts[target].startswith(b"\x89PNG") for target in targets.values())
    root = ET.fromstring(parts["_rels/.rels"])
    assert RIBBON in {r.get("Target") for r in root.iter(f"{RELATIONS}Relationship")}


def test_libreoffice_opens_it_as_the_workbook_that_it_is(addin: Path, tmp_path: Path) -> None:
    parts = parts_of(addin)
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"ms-excel.addin.macro", b"ms-excel.sheet.macro")
    assert libreoffice_convert(write(tmp_path / "x.xlsm", parts), "csv", tmp_path).is_file()


def test_what_is_changed_in_xlwings_closes_it_to_formulas() -> None:
    text = xlwings_source.xlwings_module()
    assert text.count("Redistributions of source code must retain the above copyright notice") == 1
    lines = text.splitlines()
    assert lines[:2] == ['Attribute VB_Name = "xlwings"', "Option Private Module"]
    declared = [line.split("(")[0].split() for line in lines if is_declaration(line)]
    open_ = [words for words in declared if words[0] != "Private" and words[-2] != "Sub"]
    assert open_ == [["Function", "XLPy"], ["Function", "GetConfig"]]
    assert 'Optional source As String = "user")' in text
    assert '"perf_addin"' in text
    assert "myaddin" not in text


def is_declaration(line: str) -> bool:
    words = line.split("(", maxsplit=1)[0].split()
    kinds = {"Function", "Sub", "Declare", "Property"}
    return bool(words) and words[0] in kinds | {"Public", "Private"} and bool(kinds & set(words))


def test_another_text_of_xlwings_is_refused() -> None:
    text = (xlwings_source.folder() / "xlwings_custom_addin.bas").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="not that of version"):
        xlwings_source.changed(text + "\nFunction More()\nEnd Function\n")


def test_another_version_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings_source, "version", lambda _: "0.1")
    with pytest.raises(InputError, match=r"Found 0\.1 of xlwings, expected 0\.37\.8"):
        xlwings_source.folder()


def test_a_module_that_excel_cannot_store_is_refused() -> None:
    from perf_addin.adapters.addin_file.project import Module  # noqa: PLC0415

    with pytest.raises(UnicodeEncodeError):
        blank_with((Module("Odd", "' \u65e5\n"),))


def test_parts_are_stored_without_the_hour_of_the_build(addin: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(addin.read_bytes())) as stored:
        assert {info.date_time for info in stored.infolist()} == {(1980, 1, 1, 0, 0, 0)}
