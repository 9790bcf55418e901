"""The command `import`: figures of an extract into the cells of an index."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table

from perf_addin.entry.cli import main
from tests.application.build import cells, change, index
from tests.entry.import_cases import HEADER, LONG, ROWS, as_json, extract_of, imported


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An index of four indicators."""
    return index(tmp_path / "index.xlsx", HEADER, *ROWS)


def test_a_long_extract_is_written_into_a_copy(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    code, out = imported(book, extract_of(tmp_path, *LONG))
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
    extract = extract_of(tmp_path, *LONG, "1,,Aug 2021,656", "4,,Q2 2021/22,13")
    before = sorted(tmp_path.iterdir())
    code, _ = imported(book, extract, "--dry-run", "--save-mapping")
    said = capsys.readouterr()
    assert code == 1
    assert sorted(tmp_path.iterdir()) == before
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Index", "G2", "1", "Contacts", "Aug", "2021", "655", "656", "conflict"] in lines
    assert "would write" in said.out
    assert "'12' and the extract '13'" in said.err  # Q2 of a quarterly one: its last month


def test_conflicts_are_left_unless_asked(book: Path, tmp_path: Path) -> None:
    extract = extract_of(tmp_path, "No,Period,Value", "1,Aug 2021,656", "1,Sep 2021,702")
    code, out = imported(book, extract)
    assert code == 1
    assert cells(out, "Index")[1][6:] == (655, 702)
    code, out = imported(book, extract, "--overwrite")
    assert code == 0
    assert cells(out, "Index")[1][6:] == (656, 702)


def test_the_log_names_file_hash_time_and_cells(book: Path, tmp_path: Path) -> None:
    extract = extract_of(tmp_path, *LONG)
    _, out = imported(book, extract)
    rows = cells(out, "Import Log")
    digest = hashlib.sha256(extract.read_bytes()).hexdigest()
    assert rows[4][1:] == (
        *("extract.csv", 2, "Index", "H2", "1", "Contacts", "Sep 2021"),
        *("figure", "(blank)", "702", digest),
    )
    assert str(rows[4][0])[:2] == "20"
    extract = extract_of(tmp_path, "No,Period,Value", "1,Sep 2021,703")
    assert main(["import", str(out), str(extract), "--overwrite", "--in-place"]) == 0
    later = cells(out, "Import Log")
    assert later[:6] == rows
    assert later[6][4:11] == ("H2", "1", "Contacts", "Sep 2021", "figure", "702", "703")


def test_the_same_extract_again_changes_no_byte(book: Path, tmp_path: Path) -> None:
    extract = extract_of(tmp_path, *LONG, "3,,Sep 2021,x")
    _, out = imported(book, extract)
    before = out.read_bytes()
    assert main(["import", str(out), str(extract), "--in-place"]) == 0
    assert out.read_bytes() == before


def test_the_log_is_no_index_and_does_not_change_a_rating(book: Path, tmp_path: Path) -> None:
    _, out = imported(book, extract_of(tmp_path, *LONG))
    assert main(["recalc", str(out), "--in-place"]) == 0
    assert main(["check", str(out)]) == 0


def test_numerator_and_denominator_go_where_a_formula_divides_them(
    book: Path, tmp_path: Path
) -> None:
    change(book, "Index", {"H3": '=IF(K3=0,"",J3/K3*100)', "J3": None})
    extract = extract_of(tmp_path, "No,Period,Numerator,Denominator", "2,Sep 2021,22,25")
    code, out = imported(book, extract)
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
    extract = extract_of(tmp_path, "No,Period,Numerator,Denominator", "2,Sep 2021,22,25")
    _, out = imported(book, extract)
    sheet = load_workbook(out)["Index"]
    assert sheet["H3"].value == formula
    assert (sheet["J3"].value, sheet["K3"].value) == kept


def test_parts_in_a_table_row_with_structured_references(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Period", "Target", "Top", "Bottom", "Actual")
    row = ("1", "% in time", "Sep 2021", 0.95, None, None)
    book = index(tmp_path / "index.xlsx", header, (*row, "=IFERROR(Kpi[[#This Row],[Top]]/F2,0)"))
    made = load_workbook(book)
    made["Index"].add_table(Table(displayName="Kpi", ref="A1:G2"))
    made["Index"]["G2"].number_format = "0%"
    made.save(book)
    extract = extract_of(tmp_path, "No,Period,Numerator,Denominator", "1,Sep 2021,22,25")
    code, out = imported(book, extract)
    assert code == 0
    assert cells(out, "Index")[1][4:6] == (22, 25)
    assert load_workbook(out, data_only=True)["Index"]["G2"].value == pytest.approx(0.88)


def test_a_numerator_is_not_left_without_its_denominator(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(book, "Index", {"H3": "=J3/K3*100", "J3": "TBC"})
    made = load_workbook(book)
    made["Index"].merge_cells("K2:K3")  # K3 is covered, and cannot be written
    made.save(book)
    extract = extract_of(tmp_path, "No,Period,Numerator,Denominator", "2,Sep 2021,22,25")
    found = as_json(capsys, str(book), str(extract))
    assert [(each["cell"], each["outcome"]) for each in found["changes"]] == [
        ("J3", "not written"),
        ("K3", "not written"),
    ]
    assert [each["code"] for each in found["findings"]] == ["cell-not-written"]
    assert load_workbook(found["output"])["Index"]["J3"].value == "TBC"
    assert "Import Log" not in load_workbook(found["output"]).sheetnames


def test_a_value_for_a_formula_is_reported(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(book, "Index", {"H3": "=J3/K3*100"})
    found = as_json(capsys, str(book), str(extract_of(tmp_path, *LONG)))
    outcomes = {each["cell"]: each["outcome"] for each in found["changes"]}
    assert outcomes == {"H2": "written", "H3": "formula"}
    assert "import-formula" in [each["code"] for each in found["findings"]]


def test_the_mapping_is_kept_for_next_month(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = extract_of(tmp_path, "Item;When;How many", "All contacts;Aug-21;655")
    mapping = ("--map", "Indicator=Item", "--map", "Period=When", "--map", "Value=C")
    code, out = imported(book, first, *mapping, "--indicator", "All contacts=1", "--save-mapping")
    assert code == 0
    lines = [row[:3] for row in cells(out, "Settings")]
    assert lines[lines.index(("Import", "In the index", "In the extract")) + 1 :] == [
        ("Column", "Indicator", "Item"),
        ("Column", "Period", "When"),
        ("Column", "Value", "C"),
        ("Indicator", "1", "All contacts"),
    ]
    capsys.readouterr()
    second = extract_of(tmp_path, "Item;When;How many", "All contacts;Sep-21;702")
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
    assert main(["import", str(book), str(extract_of(tmp_path, *LONG))]) == 3
    assert says.format(at + 1) in capsys.readouterr().err


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
    extract = extract_of(tmp_path, *lines)
    before = extract.read_bytes()
    given = [option.replace("{folder}", str(tmp_path)) for option in options]
    assert main(["import", str(book), str(extract), *given]) == code
    said = capsys.readouterr().err
    assert says in said
    assert said.count("perf-addin: ") == (1 if code else 0)
    assert extract.read_bytes() == before


def test_files_that_are_noextract_of(
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
    code, out = imported(book, extract)
    assert code == 0
    for sheet in load_workbook(out).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert cells(out, "Import Log")[4][1] == "=1+1.csv"
