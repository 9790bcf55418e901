"""Next year's samples: nothing lost, valid, and calculated as LibreOffice calculates them."""

from __future__ import annotations

import math
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.application.functions import Defaults
from perf_addin.application.ports import CellWrite
from perf_addin.application.rating_index import rate_index
from perf_addin.application.recalculate import How, recalculate
from perf_addin.application.rollover.roll_over import roll_over
from perf_addin.application.settings import Settings
from perf_addin.entry.cli import main
from tests.application.rollover.rolling import differing
from tests.judges import libreoffice_convert, new_errors, validate_many

SAMPLES = {"2021-22": "2022-23", "2018-19": "2019-20"}
NOTHING_STATED = Settings()
# The sheets written to, the tables whose columns are renamed, and where new sheets are listed.
MAY_CHANGE = {
    "2021-22": {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"},
    "2018-19": {
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
        *("xl/tables/table1.xml", "xl/tables/table2.xml"),
    },
}
LISTS = {
    *("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"),
}
# A figure to enter in the new year's first month, and the rating that it must get.
FIRST_FIGURE = {
    "2021-22": ("Performance Index", 15, 13, "3.9", "7", "G"),
    "2018-19": ("Measures 2018-19", 15, 7, "9.9", "10", "R"),
}


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def years(request: pytest.FixtureRequest) -> str:
    """The financial year of a sample, as its name has it."""
    return str(request.param)


@pytest.fixture(scope="module")
def pair(years: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A sample, and next year's index made of it."""
    source = root / "workbook" / f"performance_index_{years}.xlsx"
    folder = tmp_path_factory.mktemp("rollover")
    before = source.read_bytes()
    assert main(["rollover", str(source), "-o", str(folder)]) == 0
    assert source.read_bytes() == before
    return source, folder / f"performance_index_{SAMPLES[years]}.xlsx"


def test_only_what_moves_is_another_part(pair: tuple[Path, Path], years: str) -> None:
    with zipfile.ZipFile(pair[0]) as old, zipfile.ZipFile(pair[1]) as new:
        parts = set(old.namelist())
        changed = {name for name in parts if old.read(name) != new.read(name)}
        assert parts <= set(new.namelist())
        assert len(set(new.namelist()) - parts) == 2  # the history and the log
    assert changed == MAY_CHANGE[years] | LISTS


def test_only_the_listed_cells_differ(pair: tuple[Path, Path]) -> None:
    workbook = YearWorkbook(Package.open(pair[0]))
    changes = roll_over(workbook, NOTHING_STATED, None, Formualizer).changes
    assert differing(*pair) == {(change.sheet, change.cell) for change in changes}
    old, new = openpyxl.load_workbook(pair[0]), openpyxl.load_workbook(pair[1])
    for page in old.worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row):
            now = new[page.title][cell.coordinate]
            assert cell.number_format == now.number_format
            assert repr(cell.border) == repr(now.border)


def test_the_same_bytes_again(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert main(["rollover", str(pair[0]), "-o", str(tmp_path)]) == 0
    assert (tmp_path / pair[1].name).read_bytes() == pair[1].read_bytes()


def test_the_validator_finds_nothing_new(pair: tuple[Path, Path]) -> None:
    verdicts = validate_many(pair)
    assert new_errors(verdicts[pair[0]], verdicts[pair[1]]) == ()


def test_results_are_those_of_libreoffice(pair: tuple[Path, Path], tmp_path: Path) -> None:
    # By way of another format, so that everything is calculated anew.
    other = libreoffice_convert(pair[1], "ods", tmp_path / "ods")
    judged = libreoffice_convert(other, "xlsx", tmp_path / "judge")
    ours = openpyxl.load_workbook(pair[1], data_only=True)
    theirs = openpyxl.load_workbook(judged, data_only=True)
    formulas = 0
    for page in openpyxl.load_workbook(pair[1]).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    found = ours[page.title][cell.coordinate].value
                    assert _alike(found, theirs[page.title][cell.coordinate].value), cell
    assert formulas > 100


def _alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, float | int) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs or {ours, theirs} == {None, ""}


def test_nothing_is_rated_until_the_first_figure_comes(
    pair: tuple[Path, Path], years: str, tmp_path: Path
) -> None:
    workbook = YearWorkbook(Package.open(pair[1]))
    empty = rate_index(workbook, NOTHING_STATED)
    assert all("no figure in any period" in item.rating.why_not for item in empty.rated)
    assert all(item.typed is None and item.highlight is None for item in empty.rated)
    sheet, row, column, figure, no, letter = FIRST_FIGURE[years]
    workbook.write(sheet, [CellWrite(row, column, Decimal(figure))])
    recalculate(workbook, How.AUTO, Formualizer, Defaults(), [(sheet, row, column)])
    save(workbook.package, tmp_path / "april.xlsx", backup=False)
    april = rate_index(YearWorkbook(Package.open(tmp_path / "april.xlsx")), NOTHING_STATED)
    rated = {
        item.no: (item.rating.letter, item.period) for item in april.rated if item.rating.letter
    }
    assert list(rated) == [no]
    found, period = rated[no]
    assert (found, period and period.label) == (letter, f"Apr {SAMPLES[years][:4]}")
