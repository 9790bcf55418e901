"""The sheets of ours with many columns, as they are printed on A4."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.settings import Settings
from perf_addin.application.trend.methods import Asked
from perf_addin.application.trend.trend import find_trends, put_trend
from tests.application.benchmarking.build import REPEAT, SEEN, benchmarked, book, write_csv
from tests.application.build import opened

_INNER_PIXELS = 25.7 / 2.54 * 96  # A4 across, without margins of 2 cm
_SMALLEST = 0.75  # of 10 points: 7.5 points
_BOLD = 7.0  # pixels of a letter at most


@pytest.fixture(params=("Trend", "Benchmarks"))
def printed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    source, target = book(tmp_path), tmp_path / "out.xlsx"
    if request.param == "Trend":
        workbook = opened(source)
        put_trend(workbook, find_trends(workbook, Settings(), Asked()), Settings())
        save(workbook.package, target, backup=False)
    else:
        benchmarked(source, write_csv(tmp_path / "data.csv", *SEEN, *REPEAT), target)
    return target, request.param


def test_a_page_is_printed_across_at_a_size_that_can_be_read(printed: tuple[Path, str]) -> None:
    path, name = printed
    sheet = load_workbook(path)[name]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.print_title_rows == "$5:$5"
    area = str(sheet.print_area).rpartition("!")[2].replace("$", "")
    left, _, last, _ = range_boundaries(area)
    assert left == 1
    assert last is not None
    letters = [get_column_letter(column) for column in range(1, last + 1)]
    pixels = {letter: 7 * sheet.column_dimensions[letter].width + 5 for letter in letters}
    assert sum(pixels.values()) * _SMALLEST <= _INNER_PIXELS
    for letter in letters:
        heading = str(sheet[f"{letter}5"].value)
        assert max(len(word) for word in heading.split()) * _BOLD <= pixels[letter], heading
