"""The self-test workbook: its own formulas tell right answers from wrong ones, in LibreOffice."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from perf_addin.application.selftest import (
    ANSWER,
    CALL,
    EXPECTED,
    FAIL,
    FIRST_ROW,
    NOT_RUN,
    PASS,
    SHEET,
    VERDICT,
    WIDEST,
    tally,
    to_enter,
)
from tests.judges import libreoffice_convert, validate
from tests.parity.cases import CASES

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
ROWS = sum(len(c.expected) if isinstance(c.expected, list) else 1 for c in CASES)


@pytest.fixture(scope="module")
def book(root: Path) -> Path:
    return root / "workbook" / "selftest.xlsx"


def answered(book: Path, target: Path, *wrong: tuple[int, object]) -> Path:
    """Fill in what is expected as the answers; in some rows something else."""
    workbook = load_workbook(book)
    page = workbook[SHEET]
    for row in range(FIRST_ROW, page.max_row + 1):
        for n in range(WIDEST):
            expected = page.cell(row, EXPECTED + n)
            put(page.cell(row, ANSWER + n), expected.value, is_error=expected.value in ERRORS)
        if page.cell(row, EXPECTED).value is None:
            put(page.cell(row, ANSWER), '=""', is_error=False)
    for row, value in wrong:
        put(page.cell(row, ANSWER), value, is_error=False)
    workbook.save(target)
    return target


def put(cell: Any, value: object, *, is_error: bool) -> None:  # noqa: ANN401 - cell or merged
    cell.value = value
    if isinstance(value, str) and not value.startswith("="):
        cell.data_type = "e" if is_error else "s"


def verdicts(book: Path, folder: Path) -> dict[int, str]:
    """The verdict of each row, as LibreOffice calculates it."""
    made = libreoffice_convert(book, "csv:Text - txt - csv (StarCalc):44,34,76,1", folder)
    with made.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {number: row[VERDICT - 1] for number, row in enumerate(rows, 1) if number >= FIRST_ROW}


def test_it_is_what_the_script_builds(root: Path) -> None:
    script = root / "workbook" / "build_selftest.py"
    done = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert done.returncode == 0


def test_the_validator_has_no_complaint(book: Path) -> None:
    assert validate(book) == ()


def test_every_case_is_in_it(book: Path) -> None:
    page = load_workbook(book)[SHEET]
    calls = [page.cell(row, CALL).value for row in range(FIRST_ROW, page.max_row + 1)]
    named = [str(call).partition("(")[0] for call in calls if call]
    assert named == [case.function for case in CASES]
    assert page.max_row == FIRST_ROW + ROWS - 1


def test_right_answers_pass_and_wrong_ones_fail(book: Path, tmp_path: Path) -> None:
    page = load_workbook(book)[SHEET]
    first: dict[object, int] = {}
    for row in range(FIRST_ROW, page.max_row + 1):
        first.setdefault(page.cell(row, EXPECTED).value, row)
    numbers = [(row, value) for value, row in first.items() if isinstance(value, float)]
    wrong: list[tuple[int, object]] = [
        (first["G"], "g"),
        (first["R"], "A"),
        (first["#VALUE!"], "#VALUE!"),
        (first["#N/A"], "=1/0"),
        (numbers[0][0], numbers[0][1] * 1.000001),
        (numbers[1][0], str(numbers[1][1])),
        (first[None], "G"),
    ]
    found = verdicts(answered(book, tmp_path / "a.xlsx", *wrong), tmp_path)
    assert sorted(row for row, verdict in found.items() if verdict == FAIL) == sorted(
        row for row, _ in wrong
    )
    # LibreOffice's ERROR.TYPE knows no #NULL!, and gives an error.
    unknown = sum(row[EXPECTED - 1] == "#NULL!" for row in rows_of(book))
    assert sum(verdict == PASS for verdict in found.values()) == ROWS - len(wrong) - unknown
    assert sum(verdict == "#N/A" for verdict in found.values()) == unknown


def test_before_the_button_is_pressed_nothing_is_said_to_pass(book: Path, tmp_path: Path) -> None:
    assert set(verdicts(book, tmp_path).values()) == {NOT_RUN}


def rows_of(book: Path) -> Iterator[list[object]]:
    page = load_workbook(book)[SHEET]
    for row in page.iter_rows(min_row=FIRST_ROW, max_col=VERDICT, values_only=True):
        yield list(row)


def test_what_is_entered_and_counted(book: Path) -> None:
    rows = list(rows_of(book))
    entered = to_enter(rows)
    assert len(entered) == len(CASES)
    shapes = [
        (len(c.expected), len(c.expected[0])) if isinstance(c.expected, list) else (1, 1)
        for c in CASES
    ]
    assert [e.rows for e in entered] == [rows for rows, _ in shapes]
    assert all(e.columns <= columns for e, (_, columns) in zip(entered, shapes, strict=True))
    for row in rows:
        row[VERDICT - 1] = PASS
    assert tally(rows).text() == f"All {len(CASES)} cases pass in this Excel."
    several = next(e for e in entered if e.rows > 1)
    rows[several.row - FIRST_ROW + 1][VERDICT - 1] = FAIL
    rows[0][VERDICT - 1] = NOT_RUN
    failed = tally(rows).failed
    assert [(v.row, v.verdict) for v in failed] == [(FIRST_ROW, NOT_RUN), (several.row, FAIL)]
    assert f"row {several.row}: {several.formula[1:]}" in tally(rows).text()
