"""The short way to a rating gives what the general way gives, for every kind of row."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from perf_addin.adapters.xlsx import row_shapes
from perf_addin.adapters.xlsx.row_shapes import RowShapes, Taken
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application import quick_rating
from perf_addin.application.layout import Columns
from perf_addin.application.quick_rating import QuickRater
from perf_addin.application.rated import Judged, Place, Rated
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.settings import Settings
from perf_addin.domain import rate
from perf_addin.domain.errors import InputError
from perf_addin.domain.rate import TargetJudge
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.tolerances import read_tolerance
from tests.application.build import NOTHING_STATED, index, opened, rated, with_ratings

HEADINGS = (
    *("No", "Performance Indicators", "Good is", "Target 2021/22", "Tolerance", "Lower limit"),
    *(
        "Upper limit",
        "RAG",
        "Commentary",
        "Highlight",
        "Green threshold",
        "Apr 21",
        "May 21",
        "Jun 21",
        "Jul 21",
    ),
)
NAMES = ("Visits in time", "% of plans reviewed", "Source", "Children <in> care & leaving", "Total")
POOLS: tuple[tuple[object, ...], ...] = (
    ("High", "High", "Low", None, "Range", "Info", "upwards"),
    (0.9, 0.9, 85, 12, None, "10-15", "Fewer than 85", "95% or above", "Top quartile", 0),
    (None, None, "5%", "5pp", 5, 0.05, "a bit"),
    (None, None, 0.5, 40, 1),
    (None, None, 0.99, 95, 0.2),
    (None, None, None, "R", "Amber", "see notes"),
    (None, "  Fewer moves.  ", "=1+1", 3),
    (None, None, None, "Of note", "Not reportable"),
    (None, None, 0.9, 0.95, 90),
)
RATIOS = (0.8234567890123456, 0.9, 0.81, 0.1 + 0.2, 1.2, 1e-7)
FIGURES = (*RATIOS, 88, 12.5, 0, 1, -3, 20)
ODD = (None, None, "x", "c", "n/a", "12", "88%", "about 4", "=1/4", True, "#N/A")


def typed(cell: Cell | MergedCell, value: object, *, percent: bool) -> None:
    """Put a value into a cell, some numbers under a per cent format."""
    cell.value = value  # type: ignore[assignment]
    if percent and isinstance(value, float):
        cell.number_format = "0.0%"


def fill(sheet: Worksheet, seed: int, rows: int) -> None:
    """Fill a sheet with rows most of which are like others, and many of which are odd."""
    choose = random.Random(seed)
    sheet.append(HEADINGS)
    for row in range(2, rows + 2):
        plain, percent = choose.random() < 0.6, choose.random() < 0.6
        number: object = choose.choice((row, row, f"CP{row}", 2.5, None, "007", 10**16))
        name = choose.choice(NAMES)
        values = [number, name if name == "Total" else f"{name} {row}"]
        values += [pool[0] if plain else choose.choice(pool) for pool in POOLS]
        figures: tuple[object, ...] = RATIOS if plain else choose.choice((FIGURES, ODD))
        values += [choose.choice(figures) for _ in range(choose.choice((4, 4, 4, 3, 2)))]
        for column, value in enumerate(values, 1):
            mixed = choose.random() < 0.02
            typed(sheet.cell(row, column), value, percent=percent is not mixed)


def generally(workbook: XlsxWorkbook, settings: Settings, patch: pytest.MonkeyPatch) -> IndexResult:
    """Rate an index with every row read cell by cell."""
    with patch.context() as patched:
        patched.setattr(Columns, "_wanted", lambda _: None)
        return rate_index(workbook, settings)


def told(result: IndexResult) -> list[tuple[Rated, str, str]]:
    """Everything about every indicator, with its sentence and the figure as stored."""
    return [(item.told(), item.rating.reason, str(item.actual)) for item in result.rated]


SETTINGS = (
    (NOTHING_STATED, 60),
    (Settings(rule=Rule.BINARY), 60),
    (Settings(rule=Rule.DIRECTION), 0),
    (Settings(tolerance=read_tolerance("0.05")), 10),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(("settings", "least"), SETTINGS)
@pytest.mark.parametrize("seed", range(3))
def test_rows_of_every_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, settings: Settings, least: int
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet, seed, 300)
    book.save(tmp_path / "index.xlsx")
    quick: list[Rated | None] = []
    rate_quickly = QuickRater.rate
    monkeypatch.setattr(QuickRater, "rate", noting(rate_quickly, quick))
    taken = learning_at_once(monkeypatch)
    found = rate_index(opened(tmp_path / "index.xlsx"), settings)
    assert taken
    assert least <= sum(item is not None for item in quick) < 290
    expected = generally(opened(tmp_path / "index.xlsx"), settings, monkeypatch)
    assert told(found) == told(expected)
    assert with_ratings(found) == with_ratings(expected)


def learning_at_once(monkeypatch: pytest.MonkeyPatch) -> list[Taken]:
    """Have a pattern made of every row that no pattern takes; gives what patterns will take."""
    taken: list[Taken] = []
    take = RowShapes.take

    def noted(shapes: RowShapes, text: bytes, at: int, stop: int) -> Iterator[Taken]:
        for row in take(shapes, text, at, stop):
            taken.append(row)
            yield row

    for name, value in (("_WORTH_LEARNING", 1), ("_WORTH_ROWS", 0), ("_MOST_SHAPES", 40)):
        monkeypatch.setattr(row_shapes, name, value)
    monkeypatch.setattr(row_shapes, "_PATIENCE", 10_000)
    monkeypatch.setattr(RowShapes, "take", noted)
    return taken


def noting(
    rate: Callable[..., Rated | None], into: list[Rated | None]
) -> Callable[..., Rated | None]:
    """The same function, with its results noted."""

    def noted(*arguments: object) -> Rated | None:
        into.append(rate(*arguments))
        return into[-1]

    return noted


def test_real_workbooks(corpus_files: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    samples = Path(__file__).parents[2] / "workbook"
    taken = learning_at_once(monkeypatch)
    indexes = 0
    for path in (*samples.glob("*.xlsx"), *corpus_files):
        try:
            found = rate_index(opened(path), NOTHING_STATED)
        except InputError:
            continue
        indexes += 1
        expected = generally(opened(path), NOTHING_STATED, monkeypatch)
        assert (path.name, told(found)) == (path.name, told(expected))
        assert with_ratings(found) == with_ratings(expected)
    assert indexes > 1
    assert taken


def test_standards_are_prepared_once_whatever_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows with the same standards differ in the rating that somebody typed."""
    prepared: list[bool] = []

    def prepare(inputs: RatingInputs, *, percent: bool) -> TargetJudge | None:
        prepared.append(percent)
        return rate.prepare(inputs, percent=percent)

    monkeypatch.setattr(quick_rating, "prepare", prepare)
    header = ("No", "Indicator", "Good is", "Target", "RAG", "Apr 21")
    rows: list[tuple[object, ...]] = [
        (1, "Visits", "High", 5, "G", 6),
        (2, "Calls", "High", 5, "R", 3),
    ]
    rows += [(3, "Letters", "High", 5, None, 7), (4, "Moves", "Low", 5, None, 4)]
    found = rated(index(tmp_path / "index.xlsx", header, *rows))
    assert [item.rating.letter for item in found.rated] == ["G", "R", "G", "G"]
    assert prepared == [False, False]


def test_letters_are_those_of_the_ratings(tmp_path: Path) -> None:
    """A letter is written before its rating is put together; the two never differ."""
    header = ("No", "Indicator", "Good is", "Target", "Tolerance", "Green tolerance", "Apr 21")
    targets = (0, 5, "Fewer than 5", "More than 5", "5 or less")
    tolerances = ((None, None), (1, None), (2, 1), ("20%", "10%"), (0, 0))
    rows = [
        (f"{good}{target}{amber}{green}{figure}", "Visits", good, target, amber, green, figure)
        for good in ("High", "Low", None)
        for target in targets
        for amber, green in tolerances
        for figure in (3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7)
    ]
    found = rated(index(tmp_path / "index.xlsx", header, *rows)).rated
    assert [item.letter for item in found] == [item.rating.letter for item in found]
    assert {item.letter for item in found} == {"R", "A", "G", None}
    assert any(isinstance(item.grounds.rating, Judged) for item in found)


def test_another_figure_is_looked_at_with_the_same_rating(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Good is", "Target", "RAG", "Apr 21", "May 21")
    (item,) = rated(
        index(tmp_path / "index.xlsx", header, (1, "Visits", "High", 5, None, 9, 6))
    ).rated
    (when,) = (column.period for column in item.layout.columns if column.number == 6)
    assert when is not None
    before = item.at(Place(2, 6), when, None)
    assert (before.actual, before.period, before.actual_place) == (None, when, Place(2, 6))
    assert before.rating == item.rating
