"""The command `benchmark`, on both samples and on files of every kind."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from perf_addin.entry.cli import main
from tests.application.build import cells, index
from tests.judges import libreoffice_convert, new_errors, validate

SAMPLES = ("performance_index_2018-19.xlsx", "performance_index_2021-22.xlsx")
NEIGHBOURS = ";".join(f"Authority {letter}" for letter in "ABCDEFGHIJ")
AREAS = ("--area", "Merton", "--region", "London", "--neighbours", NEIGHBOURS)


@pytest.fixture(scope="module")
def published(root: Path) -> Path:
    return root / "workbook" / "benchmarks_illustrative.csv"


def emptied(source: Path, target: Path, areas: Sequence[str]) -> Path:
    """A sample whose benchmark cells were emptied, as before they were ever typed."""
    workbook = load_workbook(source)
    sheet = workbook.worksheets[0]
    for area in areas:
        for row in sheet[area]:
            for cell in row:
                cell.value = None
    workbook.save(target)
    return target


def test_the_illustrative_file_is_what_is_built(root: Path) -> None:
    script = root / "workbook" / "build_benchmarks.py"
    done = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_beside_published_figures(
    root: Path, tmp_path: Path, published: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the samples have already is the same, so nothing is filled and nothing differs."""
    source, target = root / "workbook" / name, tmp_path / "out.xlsx"
    assert main(["benchmark", str(source), str(published), *AREAS, "-o", str(target)]) == 0
    shown, said = capsys.readouterr()
    assert shown == f"{target}\n"
    assert "benchmark-differs" not in said
    assert "0 cells were filled." in said
    assert new_errors(validate(source), validate(target)) == ()
    again = tmp_path / "again.xlsx"
    assert main(["benchmark", str(target), str(published), "-o", str(again)]) == 0
    assert again.read_bytes() == target.read_bytes()


def test_the_cells_of_a_sample_are_filled_as_they_were(
    root: Path, tmp_path: Path, published: Path
) -> None:
    source = root / "workbook" / SAMPLES[1]
    book = emptied(source, tmp_path / "book.xlsx", ["J9:L11", "J15:L15"])
    target = tmp_path / "out.xlsx"
    assert main(["benchmark", str(book), str(published), *AREAS, "-o", str(target)]) == 0
    before, after = cells(source, "Performance Index"), cells(target, "Performance Index")
    for number in (9, 10, 11, 15):
        assert after[number - 1][9:12] == before[number - 1][9:12]
    assert new_errors(validate(book), validate(target)) == ()


def test_it_opens_in_libreoffice(root: Path, tmp_path: Path, published: Path) -> None:
    target = tmp_path / "out.xlsx"
    source = root / "workbook" / SAMPLES[0]
    assert main(["benchmark", str(source), str(published), *AREAS, "-o", str(target)]) == 0
    assert main(["trend", str(target), "--in-place"]) == 0
    book = load_workbook(libreoffice_convert(target, "xlsx", tmp_path / "converted"))
    assert {"Benchmarks", "Trend", "Settings"} <= set(book.sheetnames)
    assert book["Benchmarks"]["A1"].value == "Benchmarks beside the index"
    assert book["Trend"]["A5"].value == "No"


def test_json(
    root: Path, tmp_path: Path, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = root / "workbook" / SAMPLES[1], tmp_path / "out.xlsx"
    code = main(["benchmark", str(source), str(published), *AREAS, "-o", str(target), "--json"])
    assert code == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["area"], len(told["neighbours"]), told["output"]) == ("Merton", 10, str(target))
    second = next(each for each in told["indicators"] if each["no"] == "2")
    assert (second["figure"], second["period"], second["benchmark_period"]) == (
        93,
        "2020/21",
        "2020/21",
    )
    assert second["england"] == {"figure": 82, "standing": "Better"}
    assert (second["band"], second["rank"], second["areas"]) == ("A", 4, 21)


def test_a_workbook_of_benchmarks(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers, dates and per cent formats of a workbook; sheets that are something else first."""
    book = Workbook()
    page = book.create_sheet("Data")
    page.append(["Published figures"])
    page.append(["Indicator name", "Local authority", "Year", "Value"])
    for area, value in (("England", 0.82), ("Merton", 0.931)):
        page.append(["% of Single Assessments authorised within 45 days", area, 2021, value])
        page.cell(page.max_row, 4).number_format = "0.0%"
    book.save(tmp_path / "published.xlsx")
    source, target = root / "workbook" / SAMPLES[1], tmp_path / "out.xlsx"
    data = str(tmp_path / "published.xlsx")
    options = ["--area", "Merton", "-o", str(target), "--json"]
    assert main(["benchmark", str(source), data, *options]) == 0
    told = json.loads(capsys.readouterr().out)
    second = next(each for each in told["indicators"] if each["no"] == "2")
    assert (second["figure"], second["england"]["standing"]) == (93.1, "Better")


@pytest.mark.parametrize(
    ("arguments", "message"),
    (
        ((), "Which area of"),
        (("--area", "Mertonn"), "The nearest there: Merton"),
        (("--area", "Merton", "--measure", "2"), "expected NO=NAME"),
        (("--area", "Merton", "--measure", "99=x"), "no indicator '99'"),
    ),
)
def test_options_that_make_no_sense(
    root: Path,
    tmp_path: Path,
    arguments: Sequence[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source, target = root / "workbook" / SAMPLES[1], tmp_path / "out.xlsx"
    data = str(root / "workbook" / "benchmarks_illustrative.csv")
    assert main(["benchmark", str(source), data, *arguments, "-o", str(target)]) == 2
    assert message in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    (
        (b"", "is empty"),
        (b"a,b,c\n1,2,3\n", "found no heading for measure, area, period, value"),
        (b"Measure,Area,Year,Value\n", "no row with a measure"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text"),
    ),
)
def test_files_that_are_no_benchmarks(
    root: Path, tmp_path: Path, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.csv"
    data.write_bytes(content)
    source = root / "workbook" / SAMPLES[1]
    arguments = ["benchmark", str(source), str(data), "--area", "Merton", "-o", str(tmp_path)]
    assert main(arguments) == 3
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said


def test_formulas_on_a_filled_cell_are_calculated(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "England", "Apr 2021", "Variance")
    book = index(tmp_path / "index.xlsx", header, ("1", "Visits", "High", 5, None, 9, "=F2-E2"))
    data = tmp_path / "published.csv"
    data.write_text("Measure,Area,Year,Value\nVisits,England,2020/21,7\nVisits,Ours,2020/21,8\n")
    target = tmp_path / "out.xlsx"
    assert main(["benchmark", str(book), str(data), "--area", "Ours", "-o", str(target)]) == 0
    sheet = load_workbook(target, data_only=True)["Index"]
    assert (sheet["E2"].value, sheet["G2"].value) == (7, 2)
