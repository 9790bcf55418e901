"""From the sample indexes to rated workbooks with their reports, as the judges see them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest

from perf_addin.entry.cli import main
from tests.judges import (
    libreoffice_convert,
    new_errors,
    paste_into_writer,
    pdf_to_png,
    validate_many,
)

SAMPLES = ("performance_index_2021-22.xlsx", "performance_index_2018-19.xlsx")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
REPORT = "Exception Report"


@pytest.fixture(scope="module", params=SAMPLES)
def reported(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A sample, and what `perf-addin report` made of it."""
    source = root / "workbook" / request.param
    target = tmp_path_factory.mktemp("reported") / source.name
    assert main(["report", str(source), "-o", str(target)]) == 0
    return source, target


@pytest.fixture
def report_2021(root: Path, tmp_path: Path) -> Path:
    """The 2021 sample with its report."""
    target = tmp_path / "rated.xlsx"
    assert main(["report", str(root / "workbook" / SAMPLES[0]), "-o", str(target)]) == 0
    return target


def test_the_validator_has_nothing_new_to_say(reported: tuple[Path, Path]) -> None:
    found = validate_many(reported)
    assert new_errors(found[reported[0]], found[reported[1]]) == ()


def test_settings_and_ratings_alone_are_valid_too(root: Path, tmp_path: Path) -> None:
    source = root / "workbook" / SAMPLES[0]
    made = [tmp_path / "settings.xlsx", tmp_path / "recalc.xlsx"]
    assert main(["init", str(source), "-o", str(made[0])]) == 0
    assert main(["recalc", str(made[0]), "-o", str(made[1])]) == 0
    found = validate_many([source, *made])
    for path in made:
        assert new_errors(found[source], found[path]) == ()


def test_libreoffice_opens_it_and_draws_the_report(
    reported: tuple[Path, Path], tmp_path: Path
) -> None:
    source, target = reported
    pages = [
        len(pdf_to_png(libreoffice_convert(path, "pdf", tmp_path / name), tmp_path / name, 40))
        for name, path in (("before", source), ("after", target))
    ]
    assert pages[1] == pages[0] + 1  # the report, on one page


def test_every_member_of_the_package_is_still_there(reported: tuple[Path, Path]) -> None:
    before, after = (zipfile.ZipFile(path).namelist() for path in reported)
    assert after[: len(before)] == before


def test_the_table_is_a_table_in_writer(report_2021: Path, tmp_path: Path) -> None:
    document = tmp_path / "pasted.odt"
    paste_into_writer(report_2021, REPORT, "A5:D8", document)
    root = ET.fromstring(zipfile.ZipFile(document).read("content.xml"))
    (table,) = root.iter(f"{TABLE}table")
    rows = [
        ["\n".join("".join(p.itertext()) for p in cell.iter(f"{TEXT}p")) for cell in row]
        for row in table.iter(f"{TABLE}table-row")
    ]
    assert [row[:3] for row in rows] == [
        ["No", "Indicator", "Rating"],
        ["2", "% of Single Assessments authorised within 45 days", "R"],
        [
            "16",
            (
                "Average number of weeks taken to complete Care proceedings against a national "
                "target of 26 weeks."
            ),
            "R",
        ],
        ["22", "Number of in-house foster carers recruited", "R"],
    ]
    assert rows[3][3] == "See commentary below."
    assert all(all(cell for cell in row) for row in rows)
    assert not list(root.iter(f"{TABLE}covered-table-cell"))


def test_the_sheet_prints_as_a_page_of_a_paper(report_2021: Path) -> None:
    sheet = openpyxl.load_workbook(report_2021)[REPORT]
    assert sheet.merged_cells.ranges == set()
    assert sheet.print_title_rows == "$5:$5"
    assert sheet["A5"].value == "No"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    pixels = sum(width * 7 + 5 for width in widths)
    assert 17 * 0.97 <= pixels / 96 * 2.54 <= 17 * 1.03  # the text area of A4 with margins of 2 cm
    assert all(sheet.cell(row, 4).alignment.wrap_text for row in (6, 7, 8))


def test_pandas_reads_the_exceptions_as_a_table(report_2021: Path) -> None:
    frame = pd.read_excel(report_2021, sheet_name=REPORT, header=4, nrows=3, usecols="A:D")
    assert list(frame.columns) == ["No", "Indicator", "Rating", "Service Commentary"]
    assert list(zip(frame["No"], frame["Rating"], strict=True)) == [(2, "R"), (16, "R"), (22, "R")]
