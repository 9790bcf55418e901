"""What may stand on the Settings sheet, word for word, and what is said about the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.stated_values import Origin, StatedColumn, StatedSheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.errors import InputError
from perf_addin.domain.polarity import Polarity
from tests.application.build import cells, change, codes, index, initialised, rated, reported

ROWS = (["No", "KPI", "Target 2021/22", "RAG", "Apr"], [1, "% a", "90%", None, "87%"])


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    """An index with a Settings sheet."""
    path = tmp_path / "stated.xlsx"
    initialised(index(tmp_path / "index.xlsx", *ROWS), path)
    return path


def place(path: Path, row: str, column: str, *, table: str = "Sheet") -> str:
    """The address in a table of the Settings sheet: under a heading, in a setting's or field's row.

    The table is known by its first heading: "Setting" or "Sheet".
    """
    rows = cells(path, "Settings")
    head = next(i for i, line in enumerate(rows) if line[0] == table)
    across = rows[head].index(column)
    by = 0 if table == "Setting" else 1
    down = next(i for i, line in enumerate(rows) if i > head and line[by] == row)
    return f"{'ABCDEF'[across]}{down + 1}"


def value_of(path: Path, setting: str) -> str:
    """The address of a setting's value."""
    return place(path, setting, "Value", table="Setting")


def edit(path: Path, change_it: Callable[[Worksheet], None]) -> None:
    """Change the Settings sheet through openpyxl."""
    book = load_workbook(path)
    change_it(book["Settings"])
    book.save(path)


@pytest.mark.parametrize(
    ("value", "number_format", "letter"),
    (("5pp", None, "A"), ("1pp", None, "R"), ("5%", None, "A"), (0.05, "0%", "A"), (2, None, "R")),
)
def test_tolerances_however_they_are_typed(
    stated: Path, value: str | float, number_format: str | None, letter: str, tmp_path: Path
) -> None:
    def type_it(sheet: Worksheet) -> None:
        cell = sheet[value_of(stated, "Amber tolerance")]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    edit(stated, type_it)
    assert rated(stated).rated[0].rating.letter == letter
    initialised(stated, tmp_path / "again.xlsx")
    assert rated(tmp_path / "again.xlsx").rated[0].rating.letter == letter


def test_polarity_low_and_ratings_in_words(stated: Path, tmp_path: Path) -> None:
    values = {
        value_of(stated, "Default polarity"): "Low",
        value_of(stated, "Ratings written as"): "Words",
    }
    change(stated, "Settings", values)
    reported(stated, tmp_path / "out.xlsx")
    assert cells(tmp_path / "out.xlsx", "Index")[1][3] == "Green"
    option = Settings(polarity=Polarity.HIGH, origins={"polarity": Origin.OPTION})
    result = rated(stated, option)
    assert result.rated[0].polarity is Polarity.HIGH
    assert result.settings.ratings_in_words
    assert "built-in default" not in rated(stated).rated[0].rating.reason.partition("tolerance")[0]


def test_the_name_of_a_setting_is_known_in_either_case(stated: Path, tmp_path: Path) -> None:
    address = value_of(stated, "Amber tolerance")
    change(stated, "Settings", {f"A{address[1:]}": "AMBER tolerance", address: "1pp"})
    assert rated(stated).rated[0].rating.letter == "R"
    initialised(stated, tmp_path / "again.xlsx")
    assert rated(tmp_path / "again.xlsx").rated[0].rating.letter == "R"


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    (
        ("Amber tolerance", "-5", "10% (of the target)"),
        ("Green tolerance", "#REF!", "5%, 2pp or 2"),
        ("Margin around a range", "wide", "5%, 2pp or 2"),
        (
            "Compare with",
            "yesterday",
            "Previous period, Same period last year or Average of the previous four quarters",
        ),
        ("Ratings written as", "pictures", "Letters or Words"),
        ("Control charts", "mine", "Plot the dots or Official"),
        ("Screening", "sometimes", "On or Off"),
        ("Fix limits after", "1", "a number of points such as 12"),
        ("Rebase limits at", "spring", "periods such as Apr 2021; Apr 2022"),
        ("Financial year", "2021", "2021/22"),
    ),
)
def test_values_that_are_refused(stated: Path, setting: str, value: str, expected: str) -> None:
    address = value_of(stated, setting)
    change(stated, "Settings", {address: value})
    with pytest.raises(InputError) as caught:
        rated(stated)
    message = str(caught.value)
    assert f"sheet 'Settings', cell {address}: found {value!r}, expected {expected}" in message


@pytest.mark.parametrize(
    ("setting", "value", "attribute", "expected"),
    (
        ("Our area", "Merton", "our_area", "Merton"),
        ("Statistical neighbours", "A; B, C;\nD", "neighbour_areas", ("A", "B, C", "D")),
        ("Control charts", "official", "official_spc", True),
        ("Screening", "off", "screening", False),
        ("Fix limits after", "12", "fix_after", 12),
        ("Compare with", Comparison.FOUR_QUARTERS.value, "comparison", Comparison.FOUR_QUARTERS),
    ),
)
def test_settings_about_benchmarks_and_trends(
    stated: Path, setting: str, value: str, attribute: str, expected: object
) -> None:
    change(stated, "Settings", {value_of(stated, setting): value})
    assert getattr(rated(stated).settings, attribute) == expected


def test_rebasing_may_be_stated_as_a_date(stated: Path) -> None:
    address = value_of(stated, "Rebase limits at")
    change(stated, "Settings", {address: "Apr 2021; Apr 2022"})
    assert [p.label for p in rated(stated).settings.rebase_at] == ["Apr 2021", "Apr 2022"]
    book = load_workbook(stated)
    book["Settings"][address] = date(2021, 4, 1)
    book.save(stated)
    assert [p.label for p in rated(stated).settings.rebase_at] == ["Apr 2021"]


@pytest.mark.parametrize(
    ("field", "column", "value", "expected"),
    (
        ("Header rows", "Column", "\N{SUPERSCRIPT TWO}", "a row number such as 5"),
        ("Header rows", "Column", "0", "a row number such as 5"),
        ("Header rows", "Column", "7:5", "rows such as 5:6"),
        ("Header rows", "Column", "1:2:3", "rows such as 5:6"),
        ("Header rows", "Column", "9999999999", "a row number such as 5"),
        ("Target", "Field", "Wish", "one of No, Indicator"),
        ("Actual", "Period", "soon", "a period such as Apr 2021"),
        ("Target", "Column", "3", "a column such as F"),
        ("Target", "Column", "XFE", "a column such as F"),
    ),
)
def test_places_that_are_refused(
    stated: Path, field: str, column: str, value: str, expected: str
) -> None:
    address = place(stated, field, column)
    change(stated, "Settings", {address: value})
    with pytest.raises(InputError) as caught:
        rated(stated)
    message = str(caught.value)
    assert f"sheet 'Settings', cell {address}: found {value!r}, expected " in message
    assert expected in message


def test_a_field_needs_a_column_or_a_heading(stated: Path) -> None:
    column, heading = place(stated, "Target", "Column"), place(stated, "Target", "Heading")
    change(stated, "Settings", {column: None})
    assert rated(stated).rated[0].target_text == "90%"
    change(stated, "Settings", {heading: None})
    with pytest.raises(InputError, match=f"cell {column}: found '', expected a column such as F"):
        rated(stated)


def test_a_corrected_column_is_used_and_kept(stated: Path, tmp_path: Path) -> None:
    change(stated, "Index", {"F1": "Stretch", "F2": "80%"})
    values = {place(stated, "Target", "Column"): "F", place(stated, "Target", "Heading"): "Stretch"}
    change(stated, "Settings", values)
    assert rated(stated).rated[0].target_text == "80%"
    initialised(stated, tmp_path / "again.xlsx")
    result = rated(tmp_path / "again.xlsx")
    assert result.rated[0].target_text == "80%"
    assert codes(result) == []


def test_a_renamed_sheet_is_an_error(stated: Path) -> None:
    book = load_workbook(stated)
    book["Index"].title = "Scorecard"
    book.save(stated)
    with pytest.raises(InputError, match=r"no sheet named 'Index'\. The sheets are 'Scorecard'"):
        rated(stated)


def test_blocks_with_columns_of_their_own_are_still_found_after_init(tmp_path: Path) -> None:
    path = index(
        tmp_path / "index.xlsx",
        ["No", "Indicator", "Target", "Apr 21"],
        [1, "a", 5, 9],
        [],
        ["Ref", "Measure", "Apr 21", "Target"],
        [2, "b", 4, 9],
    )
    for target in ("once.xlsx", "twice.xlsx"):
        initialised(path, tmp_path / target)
        path = tmp_path / target
        letters = [item.rating.letter for item in rated(path).rated]
        assert letters == ["G", "R"]
    assert (tmp_path / "once.xlsx").read_bytes() == (tmp_path / "twice.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("stated_as", "letter"),
    (
        (StatedColumn(Field.TARGET, 3, "C"), "G"),
        (StatedColumn(Field.TARGET, 12_201, "RAG"), "R"),
        (StatedColumn(Field.TARGET, None, "target"), "G"),
    ),
)
def test_a_column_by_option_is_a_letter_or_a_heading(
    tmp_path: Path, stated_as: StatedColumn, letter: str
) -> None:
    path = index(tmp_path / "a.xlsx", ["No", "KPI", "Target", "RAG", "Apr 21"], [1, "a", 5, 9, 6])
    assert rated(path, Settings(columns=(stated_as,))).rated[0].rating.letter == letter


def test_the_sheet_asked_for_comes_before_the_sheets_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    initialised(index(tmp_path / "index.xlsx", *ROWS), path)
    book = load_workbook(path)
    page = book.create_sheet("Other")
    for row in (["No", "KPI", "Target", "Apr 21"], [7, "b", 5, 4]):
        page.append(row)
    book.save(path)
    assert [item.no for item in rated(path).rated] == ["1"]
    asked = Settings(sheets=(StatedSheet("Other"),))
    assert [item.no for item in rated(path, asked).rated] == ["7"]
