"""Cells and texts that are not well-formed end in one message that says where they are."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.rich_text import TornStringError
from perf_addin.application.grid import CellRange
from perf_addin.domain.errors import InputError
from perf_addin.entry.cli import main
from tests.adapters.xlsx.small_workbook import build, load, sheet

COMMENT = "<!-- <c -->"
TORN = '<c r="B1" t="str"><v>x<!-- a --></w></c>'
FORMULA = '<c r="B1"><f t="shared" si="0" ref="B1:B2">A1+1</f><v>2</v></w></c>'

STRINGS = "<si><t>No</t></si><si><t>a<!-- b --></u></si>"
SHARED = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="B2" t="s"><v>1</v></c></row>'
)


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
    workbook = load(build(tmp_path / "a.xlsx", sheet(SHARED), strings=STRINGS))
    said = r"^Sheet 'Index', cell B2: the shared string 2 is damaged \(mismatched tag"
    rows = iter(workbook.sheets[0].rows())
    row = [next(rows), next(rows)][1]
    for read in (row.cells, lambda: row.get(2), lambda: row.get_many([1, 2])):
        with pytest.raises(InputError, match=said):
            read()


def test_a_command_names_a_torn_shared_string_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = build(tmp_path / "a.xlsx", sheet(SHARED), strings=STRINGS)
    assert main(["check", str(path)]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"perf-addin: {path}: Sheet 'Index', cell B2: the shared string 2 is")
    assert said.count("a.xlsx") == said.count("\n") == 1


def test_a_torn_shared_string_is_named_where_formulas_take_it(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet(SHARED), strings=STRINGS))
    said = r"^Sheet 'Index', cell B2: the shared string 2 is damaged"
    with pytest.raises(InputError, match=said):
        list(workbook.stored_values("Index", [CellRange(1, 1, 2, 3)]))
    with pytest.raises(InputError, match=said) as torn:
        workbook.column_values("Index", 2, [2])
    cause = torn.value.__cause__
    assert isinstance(cause, TornStringError)
    assert pickle.loads(pickle.dumps(cause)).number == cause.number == 1  # noqa: S301 - our own


def test_a_torn_shared_string_of_a_torn_sheet_is_named(tmp_path: Path) -> None:
    rows = SHARED.replace('<row r="2">', '<row r="1"><c r="A1"><v>1</row><row r="2">')
    workbook = load(build(tmp_path / "a.xlsx", sheet(rows), strings=STRINGS))
    with pytest.raises(InputError, match=r"^Sheet 'Index': the shared string 2 is damaged"):
        workbook.sheets[0].reader.shared(1)


def test_a_torn_formula_is_named(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet(f'<row r="1">{FORMULA}</row>')))
    with pytest.raises(InputError, match=r"^Sheet 'Index', cell B1 is damaged \(mismatched tag"):
        next(workbook.sheets[0].rows()).formula(2)
