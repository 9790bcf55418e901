"""Where a command reads several files, what it refuses is told of the one that it is about."""

from __future__ import annotations

import re
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
    disordered = tmp_path / "disordered.xlsx"
    parts = parts_of(
        index(tmp_path / "plain.xlsx", *ROWS[:2], [2, "Visits", "Low", 5, *[None] * 3, 6])
    )
    swap(SHEET_PART, '<row r="2"', '<row r="5"')(parts)
    parts[SHEET_PART] = re.sub(rb'(<c r="[A-Z]+)2"', rb'\g<1>5"', parts[SHEET_PART])
    disordered.write_bytes(packed(parts))
    empty = tmp_path / "empty.csv"
    empty.touch()
    # Each has a name that the sentence about the damage holds.
    word, other = tmp_path / "damage", tmp_path / "style"
    word.write_bytes(torn.read_bytes())
    other.write_text("No,Period,Value\n1,Apr 2021,85%\n")
    bookless = tmp_path / "bookless.xlsx"
    bookless.write_bytes(packed(parts | {BOOK: b"<workbook"}))
    out = tmp_path / "out.xlsx"
    made = {"sound": sound, "torn": torn, "bookless": bookless, "empty": empty, "out": out}
    made |= {"word": word, "other": other, "disordered": disordered}
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
        ("check {word}", f"{{word}}: {DAMAGE}"),
        ("import {torn} {other} -o {out}", f"{{torn}}: {DAMAGE}"),
        ("addin repair {bookless} -o {out}", "{bookless}: The workbook part is damaged"),
        ("recalc {disordered} -o {out}", "{disordered}: Sheet 'Index' is damaged: row 3 comes"),
        ("report {disordered} -o {out}", "{disordered}: Sheet 'Index' is damaged: row 3 comes"),
    ),
)
def test_the_file_is_named(
    line: str, expected: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(**files) for word in line.split()]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"perf-addin: {expected.format(**files)}"), said
    assert said.count("\n") == 1
    assert sum(
        said.count(Path(name).name) for name in files.values() if "." in Path(name).name
    ) == ("{word}" not in line), said


def test_files_of_one_name_are_told_apart(
    tmp_path: Path, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "may").mkdir()
    blank = index(tmp_path / "may" / "sound.xlsx", ["Nothing", "here"])
    for line in (["diff", files["sound"], str(blank)], ["recalc", str(blank)]):
        assert main(line) == 3
        said = capsys.readouterr().err
        assert said.startswith(f"perf-addin: {blank}: no performance index was found"), said
        assert said.count("sound.xlsx") == 1


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    (
        ("recalc {sound} -o {nowhere}", 4, "{nowhere} cannot be written: there is no folder"),
        ("paper {sound} -o {folder}/a.docx", 4, "{folder}/a.docx cannot be written: there is no"),
        ("check {sound} --period never", 2, "--period: found 'never', expected"),
        ("recalc {sound} --period never", 2, "--period: found 'never', expected"),
        ("check {sound} --accept x:A1 --reason y", 2, "{sound}: --accept x:A1: there is no such"),
        ("explain {sound} 9", 2, "{sound} has no indicator '9'"),
        (
            "benchmark {sound} {peers} --area Merton --measure 9=x -o {out}",
            2,
            "{sound}: --measure: the index",
        ),
        ("benchmark {sound} {peers} --area Nowhere -o {out}", 2, "peers.csv has no area 'Nowhere'"),
        ("paper {sound} --template {torn} -o {folder}.docx", 3, "The template {torn} is no Word"),
    ),
)
def test_what_is_about_no_workbook_does_not_name_it(
    line: str, code: int, expected: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(files["out"]).with_name("nowhere")
    peers = folder.with_name("peers.csv")
    peers.write_text("Measure,Area,Period,Value\nVisits,Merton,Apr 2021,3\n")
    names = files | {"folder": folder.as_posix(), "nowhere": str(folder / "out.xlsx")}
    names["peers"] = str(peers)
    assert main([word.format(**names) for word in line.split()]) == code
    said = capsys.readouterr().err
    assert said.startswith(f"perf-addin: {expected.format(**names)}"), said
    assert said.count("\n") == 1
    assert said.count("sound.xlsx") == expected.count("{sound}")
