"""The judges judge: they pass what is sound, and object to what is broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests import judge_programs
from tests.judges import (
    JudgeError,
    ValidatorError,
    libreoffice_convert,
    new_errors,
    pdf_to_png,
    validate,
    validate_many,
)

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


# Written out, because even an empty workbook of openpyxl's has an error (fonts out of order).
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SOUND = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>
<Override PartName="/{SHEET}" ContentType="{TYPES}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">
<sheets><sheet name="Index" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>""",
    SHEET: f"""<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>0.88</v></c></row>
</sheetData></worksheet>""",
}


def _package(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workbook that nothing is wrong with."""
    return _package(tmp_path_factory.mktemp("judges") / "sound.xlsx", SOUND)


@pytest.fixture(scope="session")
def broken(sound: Path) -> Path:
    """The same workbook with an element in its sheet that no schema knows."""
    sheet = SOUND[SHEET].replace("<sheetData>", "<nonsense/><sheetData>")
    return _package(sound.with_name("broken.xlsx"), {**SOUND, SHEET: sheet})


def _error(description: str, part: str = "/xl/worksheets/sheet1.xml") -> ValidatorError:
    return ValidatorError("Sch_Some", description, part, "/x:worksheet[1]")


def test_validator_passes_a_sound_workbook(sound: Path) -> None:
    assert validate(sound) == ()


def test_validator_names_what_is_broken(sound: Path, broken: Path) -> None:
    (error,) = new_errors(validate(sound), validate(broken))
    assert error.part == "/xl/worksheets/sheet1.xml"
    assert error.xpath.startswith("/x:worksheet[1]")
    assert "nonsense" in error.description
    assert error.id == "Sch_InvalidElementContentExpectingComplex"


def test_validator_says_that_a_file_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "torn.xlsx"
    path.write_bytes(b"not a package")
    (error,) = validate(path)
    assert error.id == "Unreadable"


def test_each_file_of_several_gets_its_own_verdict(sound: Path, broken: Path) -> None:
    verdicts = validate_many([broken, sound])
    assert list(verdicts) == [broken, sound]
    assert verdicts[sound] == ()
    assert verdicts[broken] == validate(broken) != ()


def test_an_error_that_was_there_before_is_not_new() -> None:
    before = [_error("The cell 'B7' in c[3] is wrong")]
    after = [_error("The cell 'AC107' in c[29] is wrong")]
    assert new_errors(before, after) == ()


@pytest.mark.parametrize(
    "after",
    (
        pytest.param([_error("as before"), _error("as before")], id="once more"),
        pytest.param([_error("as before"), _error("other text")], id="other description"),
        pytest.param([_error("as before"), _error("as before", "/xl/styles.xml")], id="other part"),
    ),
)
def test_an_error_that_was_not_there_before_is_new(after: list[ValidatorError]) -> None:
    assert new_errors([_error("as before")], after) == (after[1],)


def test_libreoffice_draws_a_workbook(sound: Path, tmp_path: Path) -> None:
    pdf = libreoffice_convert(sound, "pdf", tmp_path / "pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    (page,) = pdf_to_png(pdf, tmp_path / "png", dpi=40)
    assert page.read_bytes().startswith(PNG_SIGNATURE)


def test_libreoffice_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match=r"gave no absent\.pdf"):
        libreoffice_convert(tmp_path / "absent.xlsx", "pdf", tmp_path)


def test_pdf_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.pdf"
    path.write_bytes(b"not a PDF")
    with pytest.raises(JudgeError, match="drew nothing"):
        pdf_to_png(path, tmp_path)


@pytest.mark.parametrize("name", ("CI", "PERF_ADDIN_REQUIRE_JUDGES"))
def test_missing_judge_fails_where_judges_are_required(
    name: str, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge_programs, "find_validator", lambda: None)
    monkeypatch.setenv(name, "true" if name == "CI" else "1")
    with pytest.raises(pytest.fail.Exception, match="not installed"):
        validate(sound)


def test_missing_judge_skips_elsewhere(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_programs, "find_validator", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PERF_ADDIN_REQUIRE_JUDGES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed"):
        validate(sound)
