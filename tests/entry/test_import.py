"""The command `import`: figures of an extract into the cells of an index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from perf_addin.entry.cli import main
from tests.application.build import cells, change, index

HEADER = ("No", "Indicator", "Frequency", "Polarity", "Target", "Jul 2021", "Aug 2021", "Sep 2021")
ROWS = (
    ("1", "Contacts", "Monthly", "Info", None, 612, 655),
    ("2", "% assessed in 45 days", "Monthly", "High", 95, 93, 91),
    ("3", "Number of children with a plan", "Monthly", "Info", None, 3, "x"),
    ("4", "Placement moves", "Quarterly", "Low", 10, None, None, 12),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return index(tmp_path / "index.xlsx", HEADER, *ROWS)


def _extract(folder: Path, *lines: str) -> Path:
    path = folder / "extract.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _run(book: Path, extract: Path, *options: str) -> tuple[int, Path]:
    code = main(["import", str(book), str(extract), *options])
    return code, book.with_name("index_imported.xlsx")


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["import", *arguments, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


LONG = ("No,Indicator,Period,Value", "1,Contacts,Sep 2021,702", "2,,2021-09-30,88%")


def test_a_long_extract_is_written_into_a_copy(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    code, out = _run(book, _extract(tmp_path, *LONG))
    assert code == 0
    assert [row[7] for row in cells(out, "Index")] == ["Sep 2021", 702, 88, None, 12]
    assert book.read_bytes() == before
    said = capsys.readouterr()
    assert said.out == f"{out}\n"
    assert "UTF-8, separated by comma" in said.err
    assert "2 cells: 2 written." in said.err


def test_a_dry_run_shows_old_and_new_and_writes_nothing(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract = _extract(tmp_path, *LONG, "1,,Aug 2021,656", "4,,Q2 2021/22,13")
    before = sorted(tmp_path.iterdir())
    code, _ = _run(book, extract, "--dry-run", "--save-mapping")
    said = capsys.readouterr()
    assert code == 1
    assert sorted(tmp_path.iterdir()) == before
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Index", "G2", "1", "Contacts", "Aug", "2021", "655", "656", "conflict"] in lines
    assert "would write" in said.out
    assert "'12' and the extract '13'" in said.err  # Q2 of a quarterly one: its last month


def test_conflicts_are_left_unless_asked(book: Path, tmp_path: Path) -> None:
    extract = _extract(tmp_path, "No,Period,Value", "1,Aug 2021,656", "1,Sep 2021,702")
    code, out = _run(book, extract)
    assert code == 1
    assert cells(out, "Index")[1][6:] == (655, 702)
    code, out = _run(book, extract, "--overwrite")
    assert code == 0
    assert cells(out, "Index")[1][6:] == (656, 702)


def test_the_log_names_file_hash_time_and_cells(book: Path, tmp_path: Path) -> None:
    extract = _extract(tmp_path, *LONG)
    _, out = _run(book, extract)
    rows = cells(out, "Import Log")
    digest = hashlib.sha256(extract.read_bytes()).hexdigest()
    assert rows[4][1:] == (
        *("extract.csv", 2, "Index", "H2", "1", "Contacts", "Sep 2021"),
        *("figure", "(blank)", "702", digest),
    )
    assert str(rows[4][0])[:2] == "20"
    extract = _extract(tmp_path, "No,Period,Value", "1,Sep 2021,703")
    assert main(["import", str(out), str(extract), "--overwrite", "--in-place"]) == 0
    later = cells(out, "Import Log")
    assert later[:6] == rows
    assert later[6][4:11] == ("H2", "1", "Contacts", "Sep 2021", "figure", "702", "703")


def test_the_same_extract_again_changes_no_byte(book: Path, tmp_path: Path) -> None:
    extract = _extract(tmp_path, *LONG, "3,,Sep 2021,x")
    _, out = _run(book, extract)
    before = out.read_bytes()
    assert main(["import", str(out), str(extract), "--in-place"]) == 0
    assert out.read_bytes() == before


def test_the_log_is_no_index_and_does_not_change_a_rating(book: Path, tmp_path: Path) -> None:
    _, out = _run(book, _extract(tmp_path, *LONG))
    assert main(["recalc", str(out), "--in-place"]) == 0
    assert main(["check", str(out)]) == 0


def test_numerator_and_denominator_go_where_a_formula_divides_them(
    book: Path, tmp_path: Path
) -> None:
    change(book, "Index", {"H3": '=IF(K3=0,"",J3/K3*100)', "J3": None})
    extract = _extract(tmp_path, "No,Period,Numerator,Denominator", "2,Sep 2021,22,25")
    code, out = _run(book, extract)
    assert code == 0
    sheet = load_workbook(out)["Index"]
    assert (sheet["J3"].value, sheet["K3"].value) == (22, 25)
    assert str(sheet["H3"].value).startswith("=IF(")
    stored = load_workbook(out, data_only=True)["Index"]
    assert stored["H3"].value == 88


@pytest.mark.parametrize(
    ("formula", "held", "kept"),
    (
        ("=J3/K3*100", {"J3": 21, "K3": 25}, (21, 25)),  # a conflict: neither is written
        ("=J3/K3*100", {"J3": 21}, (21, None)),
        ("=J3/K3*100", {"J3": "=20+2"}, ("=20+2", None)),  # a part that is a formula itself
        ("=(J3+L3)/K3", {}, (None, None)),
        ("=1-J3/K3", {}, (None, None)),
        ("=J3", {}, (None, None)),
    ),
)
def test_a_formula_is_left_alone_and_parts_are_written_both_or_neither(
    book: Path, tmp_path: Path, formula: str, held: dict[str, Any], kept: tuple[Any, Any]
) -> None:
    change(book, "Index", {"H3": formula, **held})
    extract = _extract(tmp_path, "No,Period,Numerator,Denominator", "2,Sep 2021,22,25")
    _, out = _run(book, extract)
    sheet = load_workbook(out)["Index"]
    assert sheet["H3"].value == formula
    assert (sheet["J3"].value, sheet["K3"].value) == kept


def test_a_value_for_a_formula_is_reported(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(book, "Index", {"H3": "=J3/K3*100"})
    found = _json(capsys, str(book), str(_extract(tmp_path, *LONG)))
    outcomes = {each["cell"]: each["outcome"] for each in found["changes"]}
    assert outcomes == {"H2": "written", "H3": "formula"}
    assert "import-formula" in [each["code"] for each in found["findings"]]


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
    found = _json(capsys, str(book), str(_extract(tmp_path, *lines)))
    assert [each["code"] for each in found["findings"]] == ([code] if code else [])


def test_two_indicators_of_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("", "Visits", "Monthly", "Info", None, 1, 2), ("", "Visits", "", "Info", None, 3, 4)]
    book = index(tmp_path / "index.xlsx", HEADER, *rows)
    extract = _extract(tmp_path, "Indicator,Period,Value", "visits,Sep 2021,5")
    found = _json(capsys, str(book), str(extract))
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
    extract = _extract(tmp_path, "No,Period,Value", "1,Sep 2021,702", "1,Sep 2020,602")
    found = _json(capsys, str(book), str(extract))
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
    extract = _extract(tmp_path, "No,Period,Value", f"1,{period},12")
    found = _json(capsys, str(book), str(extract))
    assert [each["cell"] for each in found["changes"]] == ([cell] if cell else [])


def test_the_mapping_is_kept_for_next_month(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _extract(tmp_path, "Item;When;How many", "All contacts;Aug-21;655")
    mapping = ("--map", "Indicator=Item", "--map", "Period=When", "--map", "Value=C")
    code, out = _run(book, first, *mapping, "--indicator", "All contacts=1", "--save-mapping")
    assert code == 0
    lines = [row[:3] for row in cells(out, "Settings")]
    assert lines[lines.index(("Import", "In the index", "In the extract")) + 1 :] == [
        ("Column", "Indicator", "Item"),
        ("Column", "Period", "When"),
        ("Column", "Value", "C"),
        ("Indicator", "1", "All contacts"),
    ]
    capsys.readouterr()
    second = _extract(tmp_path, "Item;When;How many", "All contacts;Sep-21;702")
    assert main(["import", str(out), str(second), "--in-place"]) == 0
    assert cells(out, "Index")[1][7] == 702
    before = out.read_bytes()
    assert main(["init", str(out), "--in-place"]) == 0
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("row", "says"),
    (
        (("Columns", "Indicator", "Item"), "A{}: found 'Columns'"),
        (("Column", "Thing", "Item"), "B{}: found 'Thing'"),
        (("Count", "2", "all of them"), "C{}: the rule of counting"),
    ),
)
def test_a_mapping_that_cannot_be_read_names_its_cell(
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    row: tuple[str, str, str],
    says: str,
) -> None:
    assert main(["init", str(book), "--in-place"]) == 0
    at = len(cells(book, "Settings")) + 2
    header = ("Import", "In the index", "In the extract")
    values = {f"{c}{at}": v for c, v in zip("ABC", header, strict=True)}
    change(book, "Settings", values | {f"{c}{at + 1}": v for c, v in zip("ABC", row, strict=True)})
    assert main(["check", str(book)]) == 0  # nobody else minds
    assert main(["import", str(book), str(_extract(tmp_path, *LONG))]) == 3
    assert says.format(at + 1) in capsys.readouterr().err


def test_a_list_is_counted_by_a_rule(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract = _extract(
        tmp_path,
        "Child,In time,Closed",
        *(f"{n},{'Yes' if n < 22 else 'No'},{n % 28 + 1:02d}/09/2021" for n in range(25)),
        "99,Yes,",
    )
    rule = '2=rows where "In time" = "Yes" of all rows by month of "Closed"'
    code, out = _run(book, extract, "--count", rule)
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
    found = _json(capsys, str(book), str(path))
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
    extract = _extract(tmp_path, "No,Period,Value", "1,Sep 2021,702", "1,Oct 2021,703")
    found = _json(capsys, str(book), str(extract))
    assert [(each["cell"], each["new"]) for each in found["changes"]] == [("E3", "702")]
    assert [each["code"] for each in found["findings"]] == ["import-no-place"]


def test_figures_of_one_stated_period(book: Path, tmp_path: Path) -> None:
    snapshot = _extract(tmp_path, "Measure code,Result", "1,702")
    code, out = _run(book, snapshot, "--period", "Sep 2021")
    assert code == 0
    assert cells(out, "Index")[1][7] == 702
    several = _extract(tmp_path, "No,Period,Value", "1,Aug 2021,1", "1,Sep 2021,703")
    code, out = _run(book, several, "--period", "Sep 2021")
    assert code == 0
    assert cells(out, "Index")[1][6:] == (655, 703)


@pytest.mark.parametrize(
    ("lines", "options", "code", "says"),
    (
        (("a,b", "1,2"), (), 3, "found no row of headings"),
        (("No,Value", "1,2"), (), 3, "--period"),
        (("No,Sep,Oct", "1,2,3"), (), 0, ""),
        (("No,Period,Value,Result", "1,Sep 2021,2,3"), (), 3, "--map 'Value=C'"),
        (LONG, ("--map", "Value"), 2, "FIELD=COLUMN"),
        (LONG, ("--map", "Colour=C"), 2, "expected a column of an extract"),
        (LONG, ("--map", "Value=Amount"), 3, "Columns were stated: Value=Amount"),
        (LONG, ("--indicator", "Contacts"), 2, "expected NAME=NO"),
        (LONG, ("--count", "2=half of them"), 2, "--count 2: the rule of counting"),
        (LONG, ("--extract-sheet", "Data"), 2, "is no workbook"),
        (LONG, ("-o", "{folder}/extract.csv"), 2, "extract.csv"),
    ),
)
def test_what_cannot_be_used_gets_one_message(  # noqa: PLR0913, PLR0917 - a table of cases
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    lines: tuple[str, ...],
    options: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    extract = _extract(tmp_path, *lines)
    before = extract.read_bytes()
    given = [option.replace("{folder}", str(tmp_path)) for option in options]
    assert main(["import", str(book), str(extract), *given]) == code
    said = capsys.readouterr().err
    assert says in said
    assert said.count("perf-addin: ") == (1 if code else 0)
    assert extract.read_bytes() == before


def test_files_that_are_no_extract(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    for extract, code, says in (
        (book, 2, "is the workbook itself"),
        (tmp_path / "none.csv", 3, "cannot be read"),
        (tmp_path, 3, "cannot be read"),
        (old, 3, "Excel 97-2003"),
    ):
        assert main(["import", str(book), str(extract)]) == code
        assert says in capsys.readouterr().err


def test_text_of_an_extract_is_never_a_formula(book: Path, tmp_path: Path) -> None:
    extract = tmp_path / "=1+1.csv"
    extract.write_text("No,Name,Period,Value\n=1+1,=cmd|x,Sep 2021,1\n1,Contacts,Sep 2021,7\n")
    code, out = _run(book, extract)
    assert code == 0
    for sheet in load_workbook(out).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert cells(out, "Import Log")[4][1] == "=1+1.csv"
