"""Extracts imported into the samples, and what the judges say of the results."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from perf_addin.entry.cli import main
from tests.adapters.xlsx.package_compare import members
from tests.judges import libreoffice_convert, new_errors, pdf_to_png, validate_many

# Illustrative figures, of no council.
OF_2018 = """\
Ref;Measure;Month;Value;Numerator;Denominator
3;Education, Health and Care Plans in 20 weeks;Feb 2019;;15;27
4;Children subject to a child protection plan;28/02/2019;128;;
6;Family groups;Feb 2019;x;;
10;Plans lasting two years;Feb-19;2.4;;
"""


class Sample(NamedTuple):
    """A sample, the part of its sheet "Data", and cells of its index after an import."""

    name: str
    data_sheet: str
    cells: dict[str, float | str]


SAMPLES = (
    Sample(
        "performance_index_2018-19.xlsx",
        "xl/worksheets/sheet2.xml",
        {"Q8": 15 / 27, "Q9": 128, "Q11": "x", "Q15": 2.4},
    ),
    Sample(
        "performance_index_2021-22.xlsx",
        "xl/worksheets/sheet3.xml",
        {"R7": 566, "R11": 19 / 121, "R13": 151, "Q15": 2.7, "R15": 2.8},
    ),
)


@pytest.fixture
def extract(root: Path) -> str:
    """The extract of the example on the page about imports, which the docs check runs."""
    text = (root / "docs" / "import.md").read_text(encoding="utf-8").split("## An example")[1]
    return text.partition("```csv extract.csv\n")[2].partition("```")[0]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_judges_have_nothing_to_say(
    extract: str, root: Path, tmp_path: Path, sample: Sample
) -> None:
    source, target = root / "workbook" / sample.name, tmp_path / sample.name
    given = tmp_path / "extract.csv"
    given.write_text(OF_2018 if "2018" in sample.name else extract, encoding="cp1252")
    main(["import", str(source), str(given), "-o", str(target), "--save-mapping"])
    found = validate_many([source, target])
    assert new_errors(found[source], found[target]) == ()
    by_excel = load_workbook(target, data_only=True).worksheets[0]
    assert {at: by_excel[at].value for at in sample.cells} == pytest.approx(sample.cells)
    converted = libreoffice_convert(target, "xlsx", tmp_path / "recalculated")
    by_libreoffice = load_workbook(converted, data_only=True).worksheets[0]
    assert {at: by_libreoffice[at].value for at in sample.cells} == pytest.approx(sample.cells)
    assert pdf_to_png(libreoffice_convert(target, "pdf", tmp_path), tmp_path, 40)
    touched = {"xl/worksheets/sheet1.xml", sample.data_sheet}
    after = {member.name: member.stored for member in members(target)}
    differ = {m.name for m in members(source) if after[m.name] != m.stored}
    assert {name for name in differ if "worksheets" in name} == touched
    assert differ <= touched | {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/styles.xml",),
    }
