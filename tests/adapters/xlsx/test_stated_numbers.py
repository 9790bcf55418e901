"""Numbers that a file's attributes and texts state: any text may stand in their place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.adapters.xlsx.xml_text import whole_number
from perf_addin.application.grid import Cell, CellRange
from perf_addin.domain.errors import InputError
from perf_addin.entry.cli import main
from tests.adapters.xlsx.small_workbook import SHEET_PART, build, load, sheet
from tests.application.build import index
from tests.hostile.changes import (
    BOOK,
    STYLES,
    Change,
    before_data,
    cell,
    number,
    packed,
    parts_of,
    swap,
)
from tests.hostile.odd_workbooks import ROWS

LONG = "1" * 5_000
COMMANDS = ("report", "check", "recalc", "init", "trend")
MERGED = '<mergeCells><mergeCell ref="K{0}:L{0}"/></mergeCells>'
REFUSED: dict[str, tuple[Change, str]] = {
    "a style that is a word": (
        swap(SHEET_PART, '<c r="H3"', '<c r="H3" s="x"'),
        "Sheet 'Index' is damaged: the style of a cell is 'x', expected a whole number.",
    ),
    "a style of many digits": (
        swap(SHEET_PART, '<c r="H3"', f'<c r="H3" s="{LONG}"'),
        "Sheet 'Index' is damaged: the style of a cell is '11111111111111111111', expected",
    ),
    "a row of many digits": (
        swap(SHEET_PART, '<row r="3"', f'<row r="{LONG}"'),
        "Sheet 'Index' is damaged after row 2.",
    ),
    "a format without a number": (
        swap(STYLES, 'numFmtId="0"', 'numFmtId=""', count=9),
        "The styles part is damaged: numFmtId of a format is '', expected a whole number.",
    ),
}
USED: dict[str, Change] = {
    "a shared string of many digits": cell("C3", f"<v>{LONG}</v>", "s"),
    "a character of many digits": cell("B2", f"<is><t>&#{LONG};</t></is>", "inlineStr"),
    "half a character": cell("B2", "<is><t>% done &#xD800;</t></is>", "inlineStr"),
    "a dimension of many digits": before_data(f'<dimension ref="A1:B{LONG}"/>'),
    "a dimension of no letters": before_data('<dimension ref="\N{SUPERSCRIPT TWO}"/>'),
    "spans of many digits": swap(SHEET_PART, '<row r="2"', f'<row spans="{LONG}:{LONG}" r="2"'),
    "a group of many digits": cell("H3", f'<f t="shared" si="{LONG}" ref="H3">1</f><v>6</v>'),
    "a name on a sheet of no number": swap(
        BOOK,
        "</sheets>",
        '</sheets><definedNames><definedName name="a" localSheetId="\N{SUPERSCRIPT TWO}">1'
        "</definedName></definedNames>",
    ),
    "a number of many digits": number("H3", LONG),
}


def _changed(folder: Path, change: Change) -> Path:
    path = index(folder / "a.xlsx", *ROWS)
    parts = parts_of(path)
    change(parts)
    path.write_bytes(packed(parts))
    return path


def _run(command: str, path: Path) -> int:
    out = () if command == "check" else ("-o", str(path.with_name("out.xlsx")))
    return main([command, str(path), *out])


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_number_is_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, expected = REFUSED[name]
    path = _changed(tmp_path, change)
    before = path.read_bytes()
    for command in COMMANDS:
        assert _run(command, path) == 3, command
        said = capsys.readouterr().err
        assert said.startswith(f"perf-addin: {path}: {expected}"), said
        assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", USED)
def test_what_does_not_matter_is_passed_over(name: str, tmp_path: Path) -> None:
    path = _changed(tmp_path, USED[name])
    for command in COMMANDS:
        assert _run(command, path) in {0, 1}, command


def test_numbers_are_read_as_they_are_meant() -> None:
    assert whole_number(b"12", "It", "n") == 12
    assert whole_number("-1", "It", "n") == -1
    with pytest.raises(InputError, match=r"^It is damaged: n is '\N{SUPERSCRIPT TWO}', expected"):
        whole_number("\N{SUPERSCRIPT TWO}", "It", "n")
    assert decode(b"a&#0000000000000000065;&#xdfff;") == "aA\N{REPLACEMENT CHARACTER}"
    assert area_of("$B$2:C10") == CellRange(2, 2, 10, 3)
    assert area_of(b"B2\xff") is None


def test_a_sheet_that_is_no_utf8_in_an_area_is_read(tmp_path: Path) -> None:
    xml = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=MERGED.format("1")).encode()
    workbook = load(build(tmp_path / "a.xlsx", xml.replace(b"K1:L1", b"K1:\xff1")))
    assert workbook.sheets[0].merged() == []
    assert next(workbook.sheets[0].rows()).get(1) == Cell(Decimal(1))


def test_styles_that_nothing_leads_to_stay_as_they_are(tmp_path: Path) -> None:
    """The relationship is of no known type, so the file has no styles, but a part of that name."""
    path = _changed(tmp_path, swap("xl/_rels/workbook.xml.rels", "relationships/styles", "x/other"))
    assert main(["report", str(path), "-o", str(tmp_path / "out.xlsx")]) == 0
    before, after = parts_of(path), parts_of(tmp_path / "out.xlsx")
    assert after[STYLES] == before[STYLES]
    assert b"fgColor" in after["xl/styles1.xml"]
