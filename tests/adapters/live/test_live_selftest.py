"""The button Self-test on an open workbook: what it enters, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from perf_addin.adapters.live import selftest
from perf_addin.adapters.live.selftest import run_selftest, selftest_sheet
from perf_addin.application.selftest import FAIL, FIRST_ROW, MARK, NOT_RUN, PASS, SHEET

ROWS: list[list[object]] = [
    [1.0, "RAG(88,91)", None, None, None, "A", None, None, NOT_RUN],
    [2.0, "RAG(Inputs!A3:A4,91)", None, None, None, "G", None, None, NOT_RUN],
    [None, None, None, None, None, "R", None, None, NOT_RUN],
    [3.0, "SPCLIMITS(Inputs!A6:A9)", None, None, None, 1.0, 0.0, 2.0, NOT_RUN],
]
LAST = FIRST_ROW + len(ROWS) - 1


class Block:
    """A range of the double below."""

    sheet: Sheet
    place: tuple[tuple[int, int], ...]

    def __init__(self, sheet: Sheet, place: tuple[tuple[int, int], ...]) -> None:
        """Bind it."""
        self.__dict__.update(sheet=sheet, place=place)

    @property
    def value(self) -> object:
        return [[*row[:-1], self.sheet.verdict] for row in ROWS]

    def clear_contents(self) -> None:
        self.sheet.log.append(("clear", self.place, None))

    def __setattr__(self, name: str, value: object) -> None:
        """Note what is entered; an Excel of before 365 knows no `formula2`."""
        if name == "formula2" and self.sheet.is_old:
            raise AttributeError(name)
        self.sheet.log.append((name, self.place, value))


class Sheet:
    """A worksheet that notes what is done to it."""

    def __init__(self, *, is_old: bool = False, verdict: str = PASS) -> None:
        """Describe the Excel it is open in."""
        self.name, self.is_old, self.verdict = SHEET, is_old, verdict
        self.log: list[tuple[str, object, object]] = []
        self.book: Any = self
        self.app: Any = self
        self.used_range: Any = self
        self.last_cell: Any = self
        self.row = LAST

    def range(self, *place: tuple[int, int]) -> Block:
        return Block(self, place)

    def calculate(self) -> None:
        self.log.append(("calculate", None, None))


@pytest.fixture(autouse=True)
def _not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def nothing(_app: object, _progress: str) -> Iterator[None]:
        yield

    monkeypatch.setattr(selftest, "held", nothing)


def test_the_calls_are_entered_in_one_block_so_that_they_spill() -> None:
    sheet: Any = Sheet()
    assert run_selftest(sheet).text() == "All 3 cases pass in this Excel."
    assert sheet.log == [
        ("clear", ((FIRST_ROW, 3), (LAST, 5)), None),
        (
            "formula2",
            ((FIRST_ROW, 3), (LAST, 3)),
            [["=RAG(88,91)"], ["=RAG(Inputs!A3:A4,91)"], [""], ["=SPCLIMITS(Inputs!A6:A9)"]],
        ),
        ("calculate", None, None),
    ]


def test_an_excel_that_does_not_spill_gets_array_formulas() -> None:
    sheet: Any = Sheet(is_old=True, verdict=FAIL)
    found = run_selftest(sheet)
    assert len(found.failed) == 3
    assert sheet.log[1:-1] == [
        ("formula_array", ((9, 3), (9, 3)), "=RAG(88,91)"),
        ("formula_array", ((10, 3), (11, 3)), "=RAG(Inputs!A3:A4,91)"),
        ("formula_array", ((12, 3), (12, 5)), "=SPCLIMITS(Inputs!A6:A9)"),
    ]


class Cell:
    """A cell that holds a value."""

    def __init__(self, value: object) -> None:
        """Hold it."""
        self.value = value


class Named(dict[str, Cell]):
    """A sheet by its name and its first cell."""

    def __init__(self, name: str, first: object) -> None:
        """Describe it."""
        super().__init__(A1=Cell(first))
        self.name = name


class Book:
    """A workbook of such sheets."""

    def __init__(self, *sheets: Named) -> None:
        """Hold them."""
        self.sheets = sheets


def test_another_workbook_is_not_taken_for_it() -> None:
    ours: Any = Named(SHEET, MARK)
    book: Any = Book(Named("Index", MARK), ours)
    other: Any = Book(Named("Index", None), Named(SHEET, "Our own test"))
    assert selftest_sheet(book) is ours
    assert selftest_sheet(other) is None
