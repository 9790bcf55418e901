"""What a person states, on the Settings sheet or by options."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import Origin
from perf_addin.domain.errors import InputError
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit
from tests.application.build import cells, change, codes, index, initialised, rated

ROWS = (["No", "KPI", "Target 2021/22", "RAG", "Apr"], [1, "% a", "90%", None, "87%"])


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    """An index with a Settings sheet."""
    path = tmp_path / "stated.xlsx"
    initialised(index(tmp_path / "index.xlsx", *ROWS), path)
    return path


def row_of(path: Path, name: str, column: int = 0) -> int:
    """The row of the Settings sheet that has a text in a column."""
    return next(i for i, row in enumerate(cells(path, "Settings"), 1) if row[column] == name)


def test_init_says_what_was_detected(stated: Path) -> None:
    rows = cells(stated, "Settings")
    begin = row_of(stated, "Sheet")
    assert [row[:5] for row in rows[begin:]] == [
        ("Index", "Header rows", None, None, "1:1"),
        ("Index", "No", "No", None, "A"),
        ("Index", "Indicator", "KPI", None, "B"),
        ("Index", "Target", "Target 2021/22", None, "C"),
        ("Index", "Rating", "RAG", None, "D"),
        ("Index", "Actual", "Apr", "Apr", "E"),
    ]
    _, value, meaning, *_ = rows[row_of(stated, "Financial year") - 1]
    assert value is None
    assert str(meaning).endswith("Read now: 2021/22.")


def test_a_detected_year_follows_the_sheet_and_a_stated_one_stays(
    stated: Path, tmp_path: Path
) -> None:
    change(stated, "Index", {"C1": "Target 2022/23"})
    period = rated(stated).rated[0].period
    assert period is not None
    assert period.label == "Apr 2022"
    for heading in ("Apr", "Q1"):
        source = index(tmp_path / "next.xlsx", *ROWS)
        change(source, "Index", {"E1": heading})
        fixed = tmp_path / "fixed.xlsx"
        initialised(source, fixed, Settings(financial_year=2021))
        assert cells(fixed, "Settings")[row_of(fixed, "Financial year") - 1][1] == "2021/22"
        change(fixed, "Index", {"C1": "Target 2022/23"})
        period = rated(fixed).rated[0].period
        assert period is not None
        assert period.start.year == 2021


def test_a_heading_with_its_own_year_is_stated_with_it(tmp_path: Path) -> None:
    source = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "Apr 21"], [1, "a", 5, 4])
    initialised(source, tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx", "Settings")[-1][3] == "Apr 2021"


def test_a_period_without_any_year_says_what_to_state(stated: Path) -> None:
    change(stated, "Index", {"C1": "Target"})
    with pytest.raises(InputError, match=r"the period 'Apr'.*--year 2021/22"):
        rated(stated)


def test_init_again_changes_nothing_and_keeps_values(stated: Path, tmp_path: Path) -> None:
    initialised(stated, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == stated.read_bytes()
    change(stated, "Settings", {f"B{row_of(stated, 'Amber tolerance')}": "5pp"})
    initialised(stated, tmp_path / "kept.xlsx")
    assert cells(tmp_path / "kept.xlsx", "Settings")[row_of(stated, "Amber tolerance") - 1][1] == (
        "5pp"
    )


def test_values_are_used_and_options_come_before_them(stated: Path) -> None:
    values = {"Amber tolerance": "1pp", "Default polarity": "High", "Ratings written as": "Words"}
    change(stated, "Settings", {f"B{row_of(stated, n)}": v for n, v in values.items()})
    result = rated(stated)
    assert result.rated[0].rating.reason == (
        "Red: 87% against a target of 90% (High): missed by 3 points; amber allows 1 point"
    )
    assert result.settings.ratings_in_words
    assert result.settings.origins["tolerance"] is Origin.SETTINGS
    option = Settings(
        tolerance=Tolerance(Decimal(5), ToleranceUnit.POINTS),
        origins={"tolerance": Origin.OPTION},
    )
    result = rated(stated, option)
    assert result.rated[0].rating.letter == "A"
    assert result.rated[0].polarity is Polarity.HIGH


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    (
        ("Amber tolerance", "plenty", "10% (of the target)"),
        ("Default polarity", "Sideways", "High, Low, Range or Info"),
        ("Rating rule", "Dice", "Two thresholds"),
        ("Financial year", "soon", "2021/22"),
    ),
)
def test_a_wrong_value_names_its_cell(stated: Path, name: str, value: str, expected: str) -> None:
    address = f"B{row_of(stated, name)}"
    change(stated, "Settings", {address: value})
    with pytest.raises(InputError) as caught:
        rated(stated)
    message = str(caught.value)
    assert all(part in message for part in ("'Settings'", address, repr(value), expected))


def test_an_unknown_name_is_said_with_the_nearest_known_one(stated: Path) -> None:
    row = row_of(stated, "Amber tolerance")
    change(stated, "Settings", {f"A{row}": "Amber tolerence", f"B{row}": "1pp", "A3": "my note"})
    result = rated(stated)
    (finding,) = (f for f in result.findings if f.code == "unknown-setting")
    assert (finding.severity, finding.sheet, finding.cell) == ("warning", "Settings", f"A{row}")
    assert all(found in finding.message for found in ("Amber tolerence", "1pp", "Amber tolerance"))
    change(stated, "Settings", {f"A{row}": "amber TOLERANCE"})
    assert codes(rated(stated)) == []


def test_a_column_is_followed_by_its_heading(stated: Path) -> None:
    book = load_workbook(stated)
    book["Index"].insert_cols(3)
    book.save(stated)
    result = rated(stated)
    assert result.rated[0].target_text == "90%"
    assert "settings-column-moved" in codes(result)


def test_a_heading_that_has_gone_is_an_error(stated: Path) -> None:
    change(stated, "Index", {"C1": "Aim"})
    with pytest.raises(InputError, match=r"'Target 2021/22'.*no column"):
        rated(stated)


def test_next_months_column_is_read(stated: Path) -> None:
    change(stated, "Index", {"F1": "May", "F2": "95%"})
    item = rated(stated).rated[0]
    assert (item.period and item.period.label, item.rating.letter) == ("May 2021", "G")


def test_a_sheet_named_settings_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = index(tmp_path / "a.xlsx", *ROWS)
    book = load_workbook(path)
    book.create_sheet("Settings")["A1"] = "my own"
    book.save(path)
    initialised(path, tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx", "Settings") == [("my own",)]
    assert cells(tmp_path / "b.xlsx", "Performance Settings")[0][0] == "Performance settings"
    assert rated(tmp_path / "b.xlsx").rated[0].rating.letter == "A"
