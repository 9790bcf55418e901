"""Charts of the sample indexes as the judges see them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from perf_addin.entry.cli import main
from tests.adapters.xlsx.package_compare import compare_grown, compare_styles, members
from tests.judges import libreoffice_convert, new_errors, pdf_to_png, validate_many

CHARTED = {
    "performance_index_2021-22.xlsx": ["18"],
    "performance_index_2018-19.xlsx": ["9", "28", "33", "34"],
}
WRITTEN = {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


@pytest.fixture(scope="module", params=CHARTED)
def charted(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A sample, and its report with charts."""
    source = root / "workbook" / request.param
    target = tmp_path_factory.mktemp("charted") / source.name
    assert main(["report", str(source), "-o", str(target), "--charts"]) == 0
    return source, target


def test_the_validator_has_nothing_new_to_say(charted: tuple[Path, Path]) -> None:
    found = validate_many(charted)
    assert new_errors(found[charted[0]], found[charted[1]]) == ()


def test_parts_of_the_index_keep_their_bytes(charted: tuple[Path, Path]) -> None:
    """Its own chart, drawings, comments and other sheets among them."""
    before, after = (members(path) for path in charted)
    assert [m.name for m in after[: len(before)]] == [m.name for m in before]
    for one, other in zip(before, after, strict=False):
        if one.name.endswith((".rels", "[Content_Types].xml")):
            compare_grown(one.content, other.content)
        elif one.name == "xl/styles.xml":
            compare_styles(one.content, other.content)
        elif one.name not in WRITTEN:
            assert one.stored == other.stored, one.name


def test_libreoffice_reads_charts_words_and_sparklines(
    charted: tuple[Path, Path], tmp_path: Path
) -> None:
    path = charted[1]
    with zipfile.ZipFile(libreoffice_convert(path, "ods", tmp_path)) as package:
        content = ET.fromstring(package.read("content.xml"))
    words = [text for each in content.iter(f"{SVG}desc") if (text := each.text or "")]
    wanted = CHARTED[path.name]
    assert [text.split(",")[0] for text in words] == [
        f"Line chart of indicator {no}" for no in wanted
    ]
    cells = [each.get(f"{CALC}cell-address", "") for each in content.iter(f"{CALC}sparkline")]
    assert [cell for cell in cells if "Exception Report" in cell]


def test_charts_are_printed_on_pages_of_their_own(root: Path, tmp_path: Path) -> None:
    name = "performance_index_2018-19.xlsx"
    made = {"plain": [], "charts": ["--charts"]}
    pages = {}
    for kind, options in made.items():
        target = tmp_path / kind / name
        target.parent.mkdir()
        assert main(["report", str(root / "workbook" / name), "-o", str(target), *options]) == 0
        pdf = libreoffice_convert(target, "pdf", target.parent)
        pages[kind] = len(pdf_to_png(pdf, target.parent, 30))
    assert pages["charts"] - pages["plain"] == len(CHARTED[name]) / 2
