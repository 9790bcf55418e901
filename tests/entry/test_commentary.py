"""The command `commentary`."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import cells, change, index
from tests.application.test_commentary_sheets import HEADER, ROWS


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return index(tmp_path / "index.xlsx", HEADER, *ROWS)


def test_out_and_home_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commentary", "export", str(book)]) == 0
    folder = book.with_name("index_commentary")
    assert sorted(path.name for path in folder.iterdir()) == [
        "Fostering.xlsx",
        "Intake_assessment.xlsx",
    ]
    change(folder / "Fostering.xlsx", "Commentary", {"I5": "Two joined."})
    returned = [str(path) for path in sorted(folder.iterdir())]
    before = book.read_bytes()
    assert main(["commentary", "merge", str(book), *returned]) == 0
    shown, said = capsys.readouterr()
    assert said.endswith("Commentary written for 1.\n")
    home = book.with_name("index_merged.xlsx")
    assert str(home) in shown
    assert cells(home, "Index")[1][10] == "Two joined."
    assert book.read_bytes() == before


def test_a_conflict_is_shown_with_both_texts(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["commentary", "export", str(book), "-o", str(tmp_path / "out")]) == 0
    sheet = change(tmp_path / "out" / "Fostering.xlsx", "Commentary", {"I5": "Two joined."})
    change(book, "Index", {"K2": "One joined."})
    assert main(["commentary", "merge", str(book), str(sheet), "--in-place"]) == 0
    said = capsys.readouterr().err
    assert "commentary-conflict" in said
    assert "'Two joined.'" in said
    assert "'One joined.'" in said
    assert "No commentary was written." in said
    assert cells(book, "Index")[1][10] == "One joined."


def test_two_leads_whose_names_make_one_file_name(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS[:2]]
    rows[0][2], rows[1][2] = "../Jo: Ward", "..\\JO Ward"
    book = index(tmp_path / "index.xlsx", HEADER, *rows)
    assert main(["commentary", "export", str(book), "-o", str(tmp_path / "out")]) == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["JO_Ward_2.xlsx", "Jo_Ward.xlsx"]


def test_nobody_is_asked_where_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = index(tmp_path / "index.xlsx", HEADER, ROWS[2])
    assert main(["commentary", "export", str(book), "-o", str(tmp_path / "out")]) == 0
    assert "nobody is asked" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_a_workbook_that_is_no_commentary_sheet(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["commentary", "merge", str(book), str(book)]) == 3
    assert "no sheet 'Commentary'" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commentary", "export", str(book), "-o", str(book)]) == 2
    assert "found no folder" in capsys.readouterr().err
