"""Figures in the scale of the row that they go to: what is stored, and what is refused.

The tables are made from the rules of docs/import.md; 88, 0.88 under a per cent format, and 88%
are one fact.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from perf_addin.application.grid import CellValue
from perf_addin.application.importing.decide import Outcome
from perf_addin.application.importing.import_figures import Imported, Wanted, carry_out, plan_import
from perf_addin.application.settings import Settings
from tests.application.build import opened
from tests.application.importing.extracts import csv_extract

HEADER = ("No", "Indicator", "Target", "Jul 2021", "Aug 2021", "Sep 2021")
PERCENT, POINTS, GENERAL = "0%", "0.0", "General"


def _book(
    path: Path, name: str, target: float | None, held: list[float | str | None], shown: str
) -> Path:
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(("1", name, target, *held, None))
    for column in "DEF":
        sheet[f"{column}2"].number_format = shown
    if target is not None and target <= 1:
        sheet["C2"].number_format = PERCENT
    book.save(path)
    return path


def _imported(tmp_path: Path, book: Path, value: str, header: str = "Value") -> Imported:
    extract = csv_extract(tmp_path, f"No,Period,{header}\n1,Sep 2021,{value}\n")
    workbook = opened(book)
    planned = plan_import(workbook, extract, Wanted(Settings()))
    return carry_out(workbook, planned, "2021-10-01 09:00")


def _stored(imported: Imported) -> CellValue | str:
    sheet = imported.found_in.workbook.sheets[0]
    (row,) = [row for row in sheet.rows() if row.number == 2]
    cell = row.get(6)
    return cell.value if cell is not None else imported.findings[0].code


@pytest.mark.parametrize(
    ("held", "shown", "target", "value", "stored"),
    (
        # per cent format: a ratio is stored, however the extract has it
        ([0.9, 0.91], PERCENT, 0.95, "88%", "0.88"),
        ([0.9, 0.91], PERCENT, 0.95, "88", "0.88"),
        ([0.9, 0.91], PERCENT, 0.95, "0.88", "0.88"),
        ([0.9, 0.91], PERCENT, 0.95, "88.125%", "0.88125"),
        ([0.9, 0.91], PERCENT, 0.95, "0%", "0"),
        ([0.9, 0.91], PERCENT, 0.95, "0", "0"),
        ([None, None], PERCENT, 0.95, "88%", "0.88"),
        ([0.9, 0.91], PERCENT, 0.95, "100", "1"),
        # points typed into a row of percentages
        ([90, 91], POINTS, 95, "88%", "88"),
        ([90, 91], POINTS, 95, "88", "88"),
        ([90, 91], POINTS, 95, "0.88", "88"),
        ([2.3, 2.4], POINTS, 4, "2.8", "2.8"),
        ([2.3, 2.4], POINTS, 4, "2.8%", "2.8"),
        ([90, 91], POINTS, None, "0", "0"),
        # ratios typed into a row of percentages
        ([0.9, 0.91], GENERAL, None, "88%", "0.88"),
        ([0.9, 0.91], GENERAL, None, "0.88", "0.88"),
        # both readings are near what stands in the row, or neither is
        ([2, 40], POINTS, None, "0.9", "import-unclear-scale"),
        ([50, 60], POINTS, None, "0.003", "import-unclear-scale"),
        # a percentage beyond 100 among bare ratios would turn them into points
        ([0.9, 0.91], GENERAL, None, "102%", "import-unclear-scale"),
    ),
)
def test_percentages(  # noqa: PLR0913, PLR0917 - a table of cases
    tmp_path: Path,
    held: list[float | str | None],
    shown: str,
    target: float | None,
    value: str,
    stored: str,
) -> None:
    book = _book(tmp_path / "b.xlsx", "% seen in time", target, held, shown)
    found = _stored(_imported(tmp_path, book, value))
    assert found == (stored if stored.startswith("import") else Decimal(stored))


def test_a_conflict_says_where_one_figure_is_the_other_rounded(tmp_path: Path) -> None:
    path = _book(tmp_path / "b.xlsx", "% seen in time", 95, [90, 91.5], POINTS)
    for value, said in (("91.49%", True), ("91.45", True), ("91.44", False), ("91.6", False)):
        extract = csv_extract(tmp_path, f"No,Period,Value\n1,Aug 2021,{value}\n")
        (finding,) = plan_import(opened(path), extract, Wanted(Settings())).findings
        assert finding.code == "import-conflict"
        assert ("of which that is a rounding" in finding.message) is said


def test_a_bare_target_is_read_as_its_row_is(tmp_path: Path) -> None:
    book = _book(tmp_path / "b.xlsx", "Seen in time", 0.9, [None, None], PERCENT)
    made = load_workbook(book)
    made["Sheet"]["C2"].number_format = GENERAL
    made.save(book)
    assert _stored(_imported(tmp_path, book, "0.85")) == Decimal("0.85")
    assert _stored(_imported(tmp_path, book, "85")) == Decimal("0.85")


def _random_book(path: Path, chance: Random) -> Path:
    """A row of whatever scale and formats, some of it blank."""
    shown = chance.choice((PERCENT, POINTS, GENERAL))
    most = chance.choice((1, 100))
    held = [chance.choice((round(chance.uniform(0, most), 2), None, "x")) for _ in range(2)]
    name = chance.choice(("% seen in time", "Contacts", "Rate"))
    return _book(path, name, chance.choice((None, 0.9, 4, 90)), held, shown)


@pytest.mark.parametrize("seed", range(60))
def test_what_was_written_is_unchanged_when_it_is_imported_again(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    book = _random_book(tmp_path / "b.xlsx", chance)
    parts = f",{chance.randint(0, 9)},9"
    value = chance.choice((f"{chance.random():.3f},,", f"{chance.uniform(0, 99):.1f}%,,", parts))
    header = "No,Period,Value,Numerator,Denominator"
    extract = csv_extract(tmp_path, f"{header}\n1,Sep 2021,{value}\n")
    workbook = opened(book)
    done = carry_out(workbook, plan_import(workbook, extract, Wanted(Settings())), "now")
    again = plan_import(workbook, extract, Wanted(Settings()))
    kept = [Outcome.UNCHANGED if c.is_written else c.outcome for c in done.changes]
    assert [c.outcome for c in again.changes] == kept


@pytest.mark.parametrize(
    ("held", "value", "stored"),
    (
        ([598, 612], '"1,234"', "1234"),
        ([598, 612], "£1200", "1200"),
        ([598, 612], "0", "0"),
        ([598, 612], "12 children", "12"),
        ([15.25, 15.5], "15.123456789012", "15.123456789012"),
        ([15.25, 15.5], "0.1", "0.1"),
        ([598, 612], "x", "x"),
        ([598, 612], "TBC", "TBC"),
        ([598, 612], "c", "c"),
        ([598, 612], "88%", "import-unclear-scale"),
        ([598, 612], "=1+1", "import-unreadable"),
        ([598, 612], "@SUM(A1)", "import-unreadable"),
        ([598, 612], "'12", "import-unreadable"),
        ([598, 612], "12 (of 15)", "import-unreadable"),
        ([598, 612], "1.234,5", "import-unreadable"),
        ([598, 612], "9" * 400, "import-unreadable"),
        ([598, 612], "1e5", "import-unreadable"),
    ),
)
def test_counts_and_symbols(
    tmp_path: Path, held: list[float | str | None], value: str, stored: str
) -> None:
    quoted = value if value.startswith('"') or "," not in value else f'"{value}"'
    book = _book(tmp_path / "b.xlsx", "Contacts", None, held, GENERAL)
    found = _stored(_imported(tmp_path, book, quoted))
    expected = stored if not stored[:1].isdigit() else Decimal(stored)
    assert found == expected


@pytest.mark.parametrize(
    ("name", "held", "shown", "top", "bottom", "stored"),
    (
        ("% seen in time", [0.9, 0.91], PERCENT, 22, 25, "0.88"),
        ("% seen in time", [0.9, 0.91], PERCENT, 2, 3, "0.666666666666667"),
        ("% seen in time", [90, 91], POINTS, 22, 25, "88"),
        ("% seen in time", [90, 91], POINTS, 0, 25, "0"),
        ("% seen in time", [90, 91], POINTS, 25, 22, "import-unclear-scale"),
        ("Average caseload", [15.5, 16], POINTS, 46, 3, "15.3333333333333"),
        # a rate per 10,000 is no plain quotient
        ("Rate per 10,000", [29.8, 30.1], POINTS, 141, 47200, "import-unclear-scale"),
    ),
)
def test_numerator_and_denominator(  # noqa: PLR0913, PLR0917 - a table of cases
    tmp_path: Path,
    name: str,
    held: list[float | str | None],
    shown: str,
    top: int,
    bottom: int,
    stored: str,
) -> None:
    book = _book(tmp_path / "b.xlsx", name, None, held, shown)
    found = _stored(_imported(tmp_path, book, f"{top},{bottom}", "Numerator,Denominator"))
    assert found == (stored if stored.startswith("import") else Decimal(stored))


@pytest.mark.parametrize(
    ("held", "value", "overwrite", "outcome"),
    (
        (560, "560", False, Outcome.UNCHANGED),
        (560, "560.0", False, Outcome.UNCHANGED),
        (560, "561", False, Outcome.CONFLICT),
        (560, "561", True, Outcome.OVERWRITTEN),
        (0, "3", False, Outcome.CONFLICT),
        ("TBC", "561", False, Outcome.WRITTEN),
        ("x", "561", False, Outcome.WRITTEN),
        ("-", "561", False, Outcome.WRITTEN),
        ("c", "561", False, Outcome.CONFLICT),
        ("*", "561", True, Outcome.OVERWRITTEN),
        ("see note", "561", False, Outcome.CONFLICT),
        ("see note", "561", True, Outcome.OVERWRITTEN),
        ("x", "X", False, Outcome.UNCHANGED),
        ("x", "c", False, Outcome.CONFLICT),
        (560, "x", False, Outcome.CONFLICT),
        (560, "x", True, Outcome.OVERWRITTEN),
        ("1,234", "1234", False, Outcome.UNCHANGED),
    ),
)
def test_what_stands_there_already(
    tmp_path: Path, held: float | str, value: str, overwrite: bool, outcome: Outcome
) -> None:
    path = _book(tmp_path / "b.xlsx", "Contacts", None, [598, 612], GENERAL)
    from tests.application.build import change  # noqa: PLC0415

    change(path, "Sheet", {"F2": held})
    extract = csv_extract(tmp_path, f"No,Period,Value\n1,Sep 2021,{value}\n")
    planned = plan_import(opened(path), extract, Wanted(Settings(), overwrite=overwrite))
    assert [each.outcome for each in planned.changes] == [outcome]
