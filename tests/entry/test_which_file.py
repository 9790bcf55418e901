"""Where a command reads several files, what it refuses is told of the one that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.adapters.xlsx.small_workbook import SHEET_PART
from tests.application.build import index
from tests.hostile.changes import BOOK, packed, parts_of, swap
from tests.hostile.odd_workbooks import ROWS

DAMAGE = "Sheet 'Index' is damaged: the style of a cell is 'x'"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Workbooks that are sound, have odd cells, or list no sheets; an extract that is empty."""
    sound = index(tmp_path / "sound.xlsx", *ROWS)
    torn = index(tmp_path / "torn.xlsx", *ROWS)
    parts = parts_of(torn)
    for address in ("A1", "H3"):
        swap(SHEET_PART, f'<c r="{address}"', f'<c r="{address}" s="x"')(parts)
    torn.write_bytes(packed(parts))
    empty = tmp_path / "empty.csv"
    empty.touch()
    bookless = tmp_path / "bookless.xlsx"
    bookless.write_bytes(packed(parts | {BOOK: b"<workbook"}))
    out = tmp_path / "out.xlsx"
    made = {"sound": sound, "torn": torn, "bookless": bookless, "empty": empty, "out": out}
    return {name: str(path) for name, path in made.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    (
        ("diff {torn} {sound}", f"{{torn}}: {DAMAGE}"),
        ("diff {sound} {torn}", f"{{torn}}: {DAMAGE}"),
        ("eval --file {torn} A1+1", f"{{torn}}: {DAMAGE}"),
        ("import {torn} {sound} -o {out}", f"{{torn}}: {DAMAGE}"),
        ("import {sound} {torn} -o {out}", f"torn.xlsx: {DAMAGE}"),
        ("import {sound} {empty} -o {out}", "{empty} is empty"),
        ("import {sound} {bookless} -o {out}", "bookless.xlsx: The workbook part is damaged"),
        ("benchmark {sound} {torn} -o {out}", f"torn.xlsx: {DAMAGE}"),
        ("benchmark {sound} {empty} -o {out}", "{empty} is empty"),
        ("commentary merge {sound} {torn} -o {out}", "{torn} has no sheet"),
    ),
)
def test_the_file_is_named(
    line: str, expected: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(**files) for word in line.split()]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"perf-addin: {expected.format(**files)}"), said
    assert said.count("\n") == 1
