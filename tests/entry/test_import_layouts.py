"""The command `import`: how extracts and indexes lie, and what is found in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from perf_addin.entry.cli import main
from tests.application.build import cells, change, index
from tests.entry.import_cases import HEADER, ROWS, as_json, extract_of, imported


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An index of four indicators."""
    return index(tmp_path / "index.xlsx", HEADER, *ROWS)


@pytest.mark.parametrize(
    ("lines", "code"),
    (
        (("No,Period,Value", "9,Sep 2021,1"), "import-unknown-indicator"),
        (("No,Period,Value", "1,Sep 2022,1"), "import-no-place"),
        (("No,Period,Value", "1,Q2 2021/22,1"), "import-no-place"),
        (("No,Period,Value", "1,last month,1"), "import-unreadable"),
        (("No,Period,Value", "1,,1"), "import-unreadable"),
        (("No,Period,Value", "1,Sep 2021,=1+1"), "import-unreadable"),
        (("No,Period,Value", "1,Sep 2021,5", "1,Sep 2021,6"), "import-repeated"),
        (("No,Name,Period,Value", "1,Placement moves,Sep 2021,5"), "import-number-and-name-differ"),
        (("No,Name,Period,Value", "1,Missing episodes,Sep 2021,5"), "import-name-unlike"),
        (("No,Period,Value", "3,Sep 2021,4"), "import-small-number"),
        (("No,Period,Numerator,Denominator", "2,Sep 2021,4,9"), "import-small-number"),
        (("No,Period,Numerator,Denominator", "2,Sep 2021,9,10"), "import-small-number"),
        (("No,Period,Numerator,Denominator", "2,Sep 2021,0,0"), "import-unreadable"),
        (("No,Period,Value,Numerator,Denominator", "2,Sep 2021,90%,22,25"), "import-unreadable"),
        (("No,Period,Value", "2,Sep 2021,0.9"), None),
        (("No,Period,Value", "02,Sep 2021,90"), None),
        (("No,Period,Value", "2.0,Sep 2021,90"), None),
        (("No,Period,Value", "2.10,Sep 2021,90"), "import-unknown-indicator"),
        (("No,Month,Value", "2,Sep,90"), "import-year-assumed"),
        (("No,Sep", "2,90"), "import-year-assumed"),
        (("No,Sep 2021", "2,90"), None),
        (("Monthly figures 2021/22,", "Measure,Aug,Sep", "Contacts,655,702"), None),
        (("Monthly figures 2020/21,", "Measure,Aug,Sep", "Contacts,,702"), "import-no-place"),
    ),
)
def test_findings(
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    lines: tuple[str, ...],
    code: str | None,
) -> None:
    found = as_json(capsys, str(book), str(extract_of(tmp_path, *lines)))
    assert [each["code"] for each in found["findings"]] == ([code] if code else [])


def test_a_row_of_many_periods_is_named_once(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("No,Aug 2021,Sep 2021", "9,1,2")
    found = as_json(capsys, str(book), str(extract_of(tmp_path, *lines)))
    assert ", row 2: the index has no indicator '9'" in found["findings"][0]["message"]


@pytest.mark.parametrize(("unit", "code"), (("homes", []), ("children", ["import-small-number"])))
def test_few_homes_may_be_published_and_few_children_may_not(
    unit: str, code: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ("1", "Number of children's places lost", "Monthly", "Low", 9, 8, 7, None, unit)
    book = index(tmp_path / "index.xlsx", (*HEADER, "Unit"), row)
    found = as_json(capsys, str(book), str(extract_of(tmp_path, "No,Period,Value", "1,Sep 2021,3")))
    assert [each["code"] for each in found["findings"]] == code


def test_two_indicators_of_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("", "Visits", "Monthly", "Info", None, 1, 2), ("", "Visits", "", "Info", None, 3, 4)]
    book = index(tmp_path / "index.xlsx", HEADER, *rows)
    extract = extract_of(tmp_path, "Indicator,Period,Value", "visits,Sep 2021,5")
    found = as_json(capsys, str(book), str(extract))
    assert [each["code"] for each in found["findings"]] == ["import-ambiguous-indicator"]
    assert found["changes"] == []


def test_a_sheet_for_each_year_with_the_same_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Book()
    made.remove(made.worksheets[0])
    for year in (2020, 2021):
        sheet = made.create_sheet(f"Index {year}")
        sheet.append(("No", "Indicator", "Target", f"Aug {year}", f"Sep {year}"))
        sheet.append(("1", "Contacts", 600, 655, None))
    book = tmp_path / "index.xlsx"
    made.save(book)
    extract = extract_of(tmp_path, "No,Period,Value", "1,Sep 2021,702", "1,Sep 2020,602")
    found = as_json(capsys, str(book), str(extract))
    assert [(each["sheet"], each["new"]) for each in found["changes"]] == [
        ("Index 2020", "602"),
        ("Index 2021", "702"),
    ]


@pytest.mark.parametrize(
    ("frequency", "headings", "period", "cell"),
    (
        ("Quarterly", ("Jun 2021", "Sep 2021"), "Q2 2021/22", "E2"),
        ("Quarterly", ("Q1 2021/22", "Q2 2021/22"), "30/09/2021", "E2"),
        ("Quarterly", ("Q1 2021/22", "Q2 2021/22"), "Sep 2021", "E2"),
        ("Quarterly", ("Q1 2021/22", "Q2 2021/22"), "Aug 2021", None),
        ("Quarterly", ("Q1 2021/22", "Q2 2021/22"), "2021-22 Q2", "E2"),
        ("Annual", ("Feb 2022", "Mar 2022"), "2021/22", "E2"),
        ("Annual", ("2020/21", "2021/22"), "31/03/2022", "E2"),
        ("Monthly", ("Q1 2021/22", "Q2 2021/22"), "Sep 2021", None),
        ("Monthly", ("Aug 2021", "Sep 2021"), "Q2 2021/22", None),
        ("", ("Aug 2021", "Sep 2021"), "Q2 2021/22", None),
    ),
)
def test_periods_and_columns(  # noqa: PLR0913, PLR0917 - a table of cases
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    frequency: str,
    headings: tuple[str, str],
    period: str,
    cell: str | None,
) -> None:
    header = ("No", "Indicator", "Frequency", headings[0], headings[1], "Target")
    book = index(tmp_path / "index.xlsx", header, ("1", "Moves", frequency, 11, None, 10))
    extract = extract_of(tmp_path, "No,Period,Value", f"1,{period},12")
    found = as_json(capsys, str(book), str(extract))
    assert [each["cell"] for each in found["changes"]] == ([cell] if cell else [])


def test_a_list_is_counted_by_a_rule(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract = extract_of(
        tmp_path,
        "Child,In time,Closed",
        *(f"{n},{'Yes' if n < 22 else 'No'},{n % 28 + 1:02d}/09/2021" for n in range(25)),
        "99,Yes,",
    )
    rule = '2=rows where "In time" = "Yes" of all rows by month of "Closed"'
    code, out = imported(book, extract, "--count", rule)
    assert code == 0
    assert cells(out, "Index")[2][7] == 88
    assert "import-undated-rows" in capsys.readouterr().err


def test_a_wide_extract_and_a_workbook(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract = Book()
    cover = extract.active
    assert cover is not None
    cover["A1"] = "Monthly figures"
    sheet = extract.create_sheet("Data")
    for row in (("Illustrative",), (), ("Measure code", "Aug 21", "Sep 21"), (1, 655, 702)):
        sheet.append(row)
    sheet.append((2, 0.91, 0.88))
    for cell in ("B5", "C5"):
        sheet[cell].number_format = "0%"
    path = tmp_path / "extract.xlsx"
    extract.save(path)
    found = as_json(capsys, str(book), str(path))
    assert found["extract"]["layout"] == "wide"
    assert found["extract"]["read_as"] == "a workbook, sheet 'Data'"
    assert [(each["cell"], each["outcome"]) for each in found["changes"]] == [
        ("G2", "unchanged"),
        ("H2", "written"),
        ("G3", "unchanged"),
        ("H3", "written"),
    ]
    assert main(["import", str(book), str(path), "--extract-sheet", "None"]) == 3


def test_a_long_index_is_filled_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ("No", "Indicator", "Period", "Target", "Actual", "RAG")
    rows = [("1", "Contacts", "Aug 2021", 700, 655), ("1", "Contacts", "Sep 2021", 700, None)]
    book = index(tmp_path / "index.xlsx", header, *rows)
    extract = extract_of(tmp_path, "No,Period,Value", "1,Sep 2021,702", "1,Oct 2021,703")
    found = as_json(capsys, str(book), str(extract))
    assert [(each["cell"], each["new"]) for each in found["changes"]] == [("E3", "702")]
    assert [each["code"] for each in found["findings"]] == ["import-no-place"]


def test_the_parts_columns_of_an_index_are_filled_beside_the_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ("No", "Indicator", "Period", "Target", "Numerator", "Denominator", "Actual")
    rows = [("1", "% in time", when, 95, None, None, None) for when in ("Aug 2021", "Sep 2021")]
    book = index(tmp_path / "index.xlsx", header, *rows)
    change(book, "Index", {"E3": 21})
    extract = extract_of(
        *(tmp_path, "No,Period,Numerator,Denominator", "1,Aug 2021,22,25", "1,Sep 2021,22,25")
    )
    found = as_json(capsys, str(book), str(extract))
    assert [(each["cell"], each["part"], each["outcome"]) for each in found["changes"]] == [
        ("G2", "figure", "written"),
        ("E2", "numerator", "written"),
        ("F2", "denominator", "written"),
        ("G3", "figure", "written"),
        ("E3", "numerator", "conflict"),
        ("F3", "denominator", "not written"),
    ]
    (finding,) = found["findings"]
    assert "numerator: the workbook has '21'" in finding["message"]
    assert cells(Path(found["output"]), "Index")[1][4:] == (22, 25, 88)


def test_two_rows_of_one_period_take_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ("No", "Indicator", "Period", "Team", "Target", "Actual")
    rows = [("1", "Contacts", "Sep 2021", team, 95, None) for team in ("North", "South")]
    book = index(tmp_path / "index.xlsx", header, *rows)
    extract = extract_of(tmp_path, "No,Period,Value", "1,Sep 2021,702")
    found = as_json(capsys, str(book), str(extract))
    assert found["changes"] == []
    assert [each["code"] for each in found["findings"]] == ["import-ambiguous-indicator"]


def test_a_year_to_date_column_is_not_the_figure_of_a_stated_period(
    book: Path, tmp_path: Path
) -> None:
    extract = extract_of(tmp_path, "No,YTD,Aug 2021,Sep 2021", "1,1969,655,702")
    code, out = imported(book, extract, "--period", "Sep 2021")
    assert code == 0
    assert cells(out, "Index")[1][6:] == (655, 702)


def test_figures_of_one_stated_period(book: Path, tmp_path: Path) -> None:
    snapshot = extract_of(tmp_path, "Measure code,Result", "1,702")
    code, out = imported(book, snapshot, "--period", "Sep 2021")
    assert code == 0
    assert cells(out, "Index")[1][7] == 702
    several = extract_of(tmp_path, "No,Period,Value", "1,Aug 2021,1", "1,Sep 2021,703")
    code, out = imported(book, several, "--period", "Sep 2021")
    assert code == 0
    assert cells(out, "Index")[1][6:] == (655, 703)


def test_a_percentage_beyond_the_whole_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a figure, and as parts of a formula; written all the same, also in a dry run."""
    rows = (ROWS[1], (5, "% of visits in time", "Monthly", "High", 95, 93, "=J3/K3*100"))
    parts = ("Numerator", "Denominator")
    book = index(tmp_path / "index.xlsx", (*HEADER, None, *parts), *rows)
    change(book, "Index", {"H3": "=J3/K3*100", "G3": 91})
    extract = extract_of(
        tmp_path,
        "No,Period,Value,Numerator,Denominator",
        "2,Sep 2021,188%,,",
        "5,Sep 2021,,120,100",
    )
    for options in (("--dry-run",), ()):
        found = as_json(capsys, str(book), str(extract), *options)
        told = [f for f in found["findings"] if f["code"] == "import-percentage-beyond"]
        assert [(f["sheet"], f["cell"], f["severity"]) for f in told] == [
            ("Index", "H2", "warning"),
            ("Index", "H3", "warning"),
        ]
        assert "Sep 2021 (row 2): 188% is no percentage between 0 and 100" in told[0]["message"]
        assert "(row 3): 120% is no percentage" in told[1]["message"]
    out = book.with_name("index_imported.xlsx")
    assert [row[7] for row in cells(out, "Index")][1] == 188
    assert cells(out, "Index")[2][9:11] == (120, 100)
    again = as_json(capsys, str(out), str(extract))
    assert "import-percentage-beyond" not in [f["code"] for f in again["findings"]]
