"""Files and sheets of any name that a system or Excel allows are read, written and named so."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.entry.cli import main
from tests.application.build import index
from tests.judges import libreoffice_convert, new_errors, validate

ROWS = (
    ["No", "Indicator", "Polarity", "Target", "RAG", "Apr 21", "May 21", "Commentary"],
    [1, "% done in time", "High", "91%", None, "85%", "84%", "late"],
    [2, "visits", "Low", 10, None, 5, 6, None],
)
FILES = (
    "Performance Cttee – O'Brien & Co (100%) #1; $HOME.xlsx",
    "مؤشر الأداء.xlsx",
    "מדד ביצועים \N{RIGHT-TO-LEFT OVERRIDE}xslx.xlsx",
    "业绩指数 📊.xlsx",
    "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}.xlsx",
    " leading and trailing .xlsx",
    "-index.xlsx",
    "{braces} %d %s.xlsx",
    "x" * 235 + ".xlsx",
)
SHEETS = (
    "O'Brien's index 'of' 31 letters",
    "مؤشر الأداء لعام ٢٠٢١",
    'A&B <x> "q" `~!@#$%^(){};,.+=-',
    "📊 index 📊 index 📊 index 📊",
    "R1C1",
    "TRUE",
)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = index(tmp_path / name, *ROWS)
    target = source.with_name(f"{source.stem}_rated.xlsx")
    long = len(target.name.encode()) > 255
    assert main(["report", str(source), "--json"]) == (4 if long else 0)
    told = capsys.readouterr()
    if long:
        assert "cannot be written" in told.err
        assert main(["report", str(source), "-o", str(tmp_path / "short.xlsx")]) == 0
        return
    assert json.loads(told.out)["output"] == str(target)
    assert main(["report", str(source), "--in-place"]) == 0
    assert source.read_bytes() == target.read_bytes()


def test_a_name_like_an_option_given_bare(tmp_path: Path) -> None:
    index(tmp_path / "-index.xlsx", *ROWS)
    command = [sys.executable, "-m", "perf_addin", "report"]
    for arguments, code in ((["-index.xlsx"], 2), (["--", "-index.xlsx"], 0)):
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == code, done.stderr
    assert (tmp_path / "-index_rated.xlsx").is_file()


def test_a_path_longer_than_windows_used_to_take(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a folder with a rather long name"] * 12)
    folder.mkdir(parents=True)
    source = index(folder / "index.xlsx", *ROWS)
    assert len(str(source)) > 400
    assert main(["report", str(source)]) == 0
    assert (folder / "index_rated.xlsx").is_file()


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_any_name(name: str, tmp_path: Path) -> None:
    assert len(name) <= 31
    source = index(tmp_path / "index.xlsx", *ROWS, sheet=name)
    target = tmp_path / "out.xlsx"
    assert main(["report", str(source), "-o", str(target), "--sheet", name]) == 0
    assert new_errors(validate(source), validate(target)) == ()
    book = load_workbook(target)
    assert book.sheetnames == [name, "Exception Report"]
    assert book[name]["E2"].value == "A"
    first = target.read_bytes()
    assert main(["report", str(target), "--in-place"]) == 0
    assert target.read_bytes() == first


def test_sheets_of_odd_names_open_in_libreoffice(tmp_path: Path) -> None:
    source = index(tmp_path / "index.xlsx", *ROWS, sheet=SHEETS[0])
    assert main(["report", str(source), "--in-place"]) == 0
    assert libreoffice_convert(source, "pdf", tmp_path).stat().st_size > 1000


def test_the_names_of_our_sheets_may_be_taken(tmp_path: Path) -> None:
    source = index(tmp_path / "index.xlsx", *ROWS, sheet="EXCEPTION REPORT")
    target = tmp_path / "out.xlsx"
    assert main(["report", str(source), "-o", str(target)]) == 0
    assert load_workbook(target).sheetnames == ["EXCEPTION REPORT", "Exception Report (index)"]


def test_a_link_to_a_folder_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    index(elsewhere / "index.xlsx", *ROWS)
    link = tmp_path / "link"
    try:
        link.symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("links may not be made here")
    assert main(["report", str(link / "index.xlsx"), "--in-place"]) == 0
    assert (elsewhere / "index.xlsx.bak").is_file()
    shutil.rmtree(elsewhere)
