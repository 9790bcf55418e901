"""Cells and texts that are not well-formed end in one message that says where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.domain.errors import InputError
from perf_addin.entry.cli import main
from tests.adapters.xlsx.small_workbook import build, load, sheet

COMMENT = "<!-- <c -->"
TORN = '<c r="B1" t="str"><v>x<!-- a --></w></c>'
FORMULA = '<c r="B1"><f t="shared" si="0" ref="B1:B2">A1+1</f><v>2</v></w></c>'


def test_a_torn_cell_is_named(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet(f'<row r="1">{TORN}</row>')))
    with pytest.raises(InputError, match=r"^Sheet 'Index', cell B1 is damaged \(mismatched tag"):
        list(next(workbook.sheets[0].rows()).cells())


@pytest.mark.parametrize("command", ("recalc", "report", "check", "init"))
def test_a_command_refuses_it_in_one_sentence(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = f'<row r="1">{COMMENT}<c r="A1" t="s"ta><row r="1">{TORN}</row>'
    path = build(tmp_path / "a.xlsx", sheet(rows))
    before = path.read_bytes()
    assert main([command, str(path), *(() if command == "check" else ("--in-place",))]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"perf-addin: {path}: Sheet 'Index', cell A1 is damaged ("), said
    assert said.count("\n") == 1
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_torn_shared_string_is_named(tmp_path: Path) -> None:
    strings = "<si><t>No</t></si><si><t>a<!-- b --></u></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    workbook = load(build(tmp_path / "a.xlsx", sheet(rows), strings=strings))
    with pytest.raises(InputError, match=r"^The shared string 2 is damaged \(mismatched tag"):
        list(next(workbook.sheets[0].rows()).cells())


def test_a_torn_formula_is_named(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet(f'<row r="1">{FORMULA}</row>')))
    with pytest.raises(InputError, match=r"^Sheet 'Index', cell B1 is damaged \(mismatched tag"):
        next(workbook.sheets[0].rows()).formula(2)
