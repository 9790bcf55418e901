"""The sample workbooks carry what the papers print, and what real indexes hold."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests import judges

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "workbook" / "build_samples.py"
INDEX_2021 = ROOT / "workbook" / "performance_index_2021-22.xlsx"
INDEX_2018 = ROOT / "workbook" / "performance_index_2018-19.xlsx"
BOTH = pytest.mark.parametrize("path", (INDEX_2021, INDEX_2018), ids=["2021", "2018"])

Value = str | float | None
Row = dict[str, Value]
PAPER_2021 = "Committee paper, 29 September 2021"
PAPER_2018 = "Committee paper, 13 March 2019"
FORMULA_CELL = re.compile(r"<c [^>]*><f[ >].*?</c>", re.DOTALL)

PRINTED_2021: dict[int, Row] = {
    2: {
        "Performance Indicators": "% of Single Assessments authorised within 45 days",
        "RAG": "R",
        "Highlight": None,
        "Service commentary": (
            "The rate of assessments completed within 45 days has declined at a time when contacts "
            "and referrals to social care have increased.\n"
            "The rate remains higher than national and regional averages."
        ),
    },
    8: {
        "Performance Indicators": "% of quorate attendance at child protection conferences",
        "RAG": None,
        "Highlight": "Not reportable",
        "Highlight commentary": (
            "Data reporting is currently unreliable. The way in which Mosaic is currently "
            "configured does not allow an easy analysis of quoracy.\n"
            "The QA and Practice Development Team review quoracy as part of their service."
        ),
    },
    16: {
        "Performance Indicators": (
            "Average number of weeks taken to complete Care proceedings against a national target "
            "of 26 weeks."
        ),
        "RAG": "R",
        "Target 2021/22": 26,
        "England": 44,
        "Service commentary": (
            "We always strive to meet the nationally set target of 26 weeks. Due to small number "
            "of children in proceedings in Merton, delays with one family can skew our figures.\n"
            "Nationally, the duration of care proceedings has increased. This is a result of court "
            "closures during the pandemic. As lock-down eases, we should see this having an "
            "impact.\n"
            "Whilst above the nationally set target of 26 weeks, Merton's performance in Q1 "
            "(2021/22) is slightly better than the national average (44 weeks)."
        ),
    },
    18: {
        "Performance Indicators": (
            "Looked after children participating in their reviews (excludes children 0-4)"
        ),
        "RAG": None,
        "Target 2021/22": None,
        "Highlight": "Of note",
        "Highlight commentary": (
            "We have seen a reduction in this indicator in August. This follows seasonal patterns "
            "as a number of children are away during August. We would expect this indicator to "
            "rise again in September and beyond, and will keep this under review."
        ),
    },
    19: {
        "Performance Indicators": (
            "Stability of placements of Looked After Children – number of placements (3 or more in "
            "the year)"
        ),
        "RAG": None,
        "Highlight": "Not reportable",
        "Highlight commentary": (
            "Our automated calculations have not matched manual calculations undertaken by the "
            "service.\n"
            "We are in the process of reviewing existing reports and formula to ensure accuracy."
        ),
    },
    20: {
        "Performance Indicators": (
            "Placement Stability – Looked After Children (aged 16+):length of placement (in care "
            "2.5years, placement 2 years)"
        ),
        "RAG": None,
        "Highlight": "Not reportable",
        "Highlight commentary": (
            "Our automated calculations have not matched manual calculations undertaken by the "
            "service.\n"
            "We are in the process of reviewing existing reports and formula to ensure accuracy."
        ),
    },
    22: {
        "Performance Indicators": "Number of in-house foster carers recruited",
        "RAG": "R",
        "Jun": 1,
        "Highlight": "Of note",
        "Service commentary": "See commentary below.",
        "Highlight commentary": (
            "Whilst we have appointed 1 new foster carer in Q1, this masks the wider success of "
            "our foster recruitment work. We received a total of 27 new applications. We have made "
            "6 initial visits and 11 assessments are ongoing. We expect to see an increase in the "
            "number of approvals shortly."
        ),
    },
}
NEET = (
    "Our young people not in education employment and training continues to remain at a low level, "
    "currently 1.5%. However, when we explore those who are NEET 10.2% of the cohort are SEN "
    "support and 31.7% of that cohort are NEET."
)
PRINTED_2018: dict[int, Row] = {
    2: {
        "Measure": "Single assessment in 45 days",
        "Commentary": (
            "Performance is continually improving and we are now reporting 88% in time."
        ),
        "Jan 19": 0.88,
        "Highlight": None,
    },
    6: {
        "Measure": "Number of family groups subject to child protection plans",
        "Highlight": "Not reportable",
        "Jan 19": "x",
        "Highlight commentary": (
            "The development of group work is now scheduled for April 2019 with completion by "
            "September 2019. Until the system has been configured reporting will not be available"
        ),
    },
    9: {
        "Highlight": "Performing well",
        "Jan 19": 0.98,
        "Highlight commentary": (
            "After a dip in performance over September to November we are reporting 98% of child "
            "protection reviews completed on time"
        ),
    },
    11: {
        "Measure": (
            "Percentage of children that became subject to a child protection plan for the second "
            "or subsequent time"
        ),
        "Acceptable range": "12% - 20%",
        "Highlight": None,
        "Commentary": (
            "The percentage of children that became subject to a child protection plan for the "
            "second or subsequent time is now above the national average and significantly above "
            "the London average and at the top of the Merton acceptable range of variation. The "
            "Head of QA has undertaken a swift review and has concluded that 26 children are "
            "subject to a repeat child protection plan. The key category of need is Domestic "
            "Abuse. Given that the factors to be considered are multiagency the Head of QA will be "
            "undertaking a more detailed review of the casework undertaken."
        ),
    },
    28: {
        "Jan 19": 1,
        "Highlight": "Correction",
        "Highlight commentary": (
            "Secondary Exclusions have been reported incorrectly at the last meeting, but are now "
            "correct. We now have 1 Primary Exclusion."
        ),
    },
    33: {"Jan 19": 0.015, "Highlight": "Performing well", "Highlight commentary": NEET},
    34: {"Highlight": "Performing well", "Highlight commentary": NEET},
}


def open_book(path: Path, *, values: bool = True) -> Workbook:
    """Open with stored results, or with formulas."""
    return openpyxl.load_workbook(path, data_only=values)


def heading(value: object) -> str:
    """A heading as shown: a date becomes "Apr 18"."""
    return f"{value:%b %y}" if isinstance(value, dt.datetime) else str(value)


def index_rows(sheet: Worksheet, header_rows: tuple[int, ...]) -> dict[int, Row]:
    """Rows by indicator number, cells by the lowest heading above them."""
    names: dict[int, str] = {}
    for header_row in header_rows:
        for cell in sheet[header_row]:
            if isinstance(cell, Cell) and cell.value is not None:
                names[cell.column] = heading(cell.value)
    rows: dict[int, Row] = {}
    for cells in sheet.iter_rows(min_row=header_rows[-1] + 1, values_only=True):
        if isinstance(cells[0], int):
            rows[cells[0]] = {
                name: value if isinstance(value, (str, int, float)) else None
                for column, name in names.items()
                for value in [cells[column - 1]]
            }
    return rows


@pytest.fixture(scope="module")
def rows_2021() -> dict[int, Row]:
    return index_rows(open_book(INDEX_2021)["Performance Index"], (4, 5))


@pytest.fixture(scope="module")
def rows_2018() -> dict[int, Row]:
    return index_rows(open_book(INDEX_2018)["Measures 2018-19"], (5,))


def package_text(path: Path, pattern: str) -> str:
    """All parts whose name matches, one after the other."""
    with zipfile.ZipFile(path) as archive:
        return "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if re.fullmatch(pattern, name)
        )


def number(value: Value) -> float:
    assert isinstance(value, (int, float)), value
    return value


def latest(row: Row, months: list[str]) -> Value:
    """The last month that has anything in it."""
    return next((row[month] for month in reversed(months) if row[month] not in {None, ""}), None)


def colour(actual: Value, target: Value, *, higher_is_better: bool | None) -> str:
    """Green if the target is met, amber if missed by no more than a tenth of it, else red."""
    if isinstance(target, str):
        match = re.fullmatch(r"(\d+)% or above", target)
        assert match
        target = int(match[1]) / 100
    if target is None or higher_is_better is None or not isinstance(actual, (int, float)):
        return "not rated"
    miss = (target - actual) if higher_is_better else (actual - target)
    if miss <= 1e-12:
        return "G"
    return "A" if miss / target <= 0.1 else "R"


@pytest.mark.parametrize("indicator", sorted(PRINTED_2021))
def test_2021_row_is_as_printed(rows_2021: dict[int, Row], indicator: int) -> None:
    printed = PRINTED_2021[indicator]
    found = rows_2021[indicator]
    assert {name: found[name] for name in printed} == printed
    assert found["Source"] == PAPER_2021


@pytest.mark.parametrize("indicator", sorted(PRINTED_2018))
def test_2018_row_is_as_printed(rows_2018: dict[int, Row], indicator: int) -> None:
    printed = PRINTED_2018[indicator]
    found = rows_2018[indicator]
    assert {name: found[name] for name in printed} == printed
    assert found["Source"] == PAPER_2018


def test_all_other_rows_say_that_they_are_illustrative(
    rows_2021: dict[int, Row], rows_2018: dict[int, Row]
) -> None:
    assert sorted(rows_2021) == list(range(1, 25))
    assert sorted(rows_2018) == list(range(1, 35))
    for rows, printed in ((rows_2021, PRINTED_2021), (rows_2018, PRINTED_2018)):
        for indicator in set(rows) - set(printed):
            assert rows[indicator]["Source"] == "Illustrative"
            assert "printed" not in str(rows[indicator]["Notes"])
        assert all(rows[indicator]["Notes"] for indicator in printed)


def test_2021_letters_follow_from_the_figures(rows_2021: dict[int, Row]) -> None:
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    good = {"High": True, "Low": False, "Info": None}
    for indicator, row in rows_2021.items():
        expected = colour(
            latest(row, months),
            row["Target 2021/22"],
            higher_is_better=good[str(row["Polarity"])],
        )
        assert row["RAG"] == ("R" if expected == "R" else None), indicator
        assert expected != "A", indicator
    assert [key for key, row in rows_2021.items() if row["RAG"] == "R"] == [2, 16, 22]


def test_2018_only_2_and_11_miss_their_targets(rows_2018: dict[int, Row]) -> None:
    months = [name for name in rows_2018[1] if re.fullmatch(r"[A-Z][a-z]{2} 1[89]", name)]
    assert len(months) == 12
    good = {"Bigger is better": True, "Smaller is better": False, "For information": None}
    colours = {
        indicator: colour(
            latest(row, months),
            row["Target 2018/19"],
            higher_is_better=good[str(row["Good is"])],
        )
        for indicator, row in rows_2018.items()
    }
    missed = {key: value for key, value in colours.items() if value in {"A", "R"}}
    assert missed == {2: "A", 11: "R"}
    assert not any(row["Status"] for row in rows_2018.values())


def test_figures_agree_with_the_commentary(
    rows_2021: dict[int, Row], rows_2018: dict[int, Row]
) -> None:
    assessments = [number(rows_2021[2][month]) for month in ("Apr", "May", "Jun", "Jul", "Aug")]
    assert assessments == sorted(assessments, reverse=True)
    assert assessments[-1] > max(number(rows_2021[2]["England"]), number(rows_2021[2]["London"]))
    assert 0 < 44 - number(rows_2021[16]["Jun"]) <= 2
    assert number(rows_2021[18]["Aug"]) < number(rows_2021[18]["Jul"]) - 0.1
    improving = [number(value) for name, value in rows_2018[2].items() if " 1" in name and value]
    improving = improving[:10]
    assert improving == sorted(improving)
    second = rows_2018[11]
    assert number(second["Jan 19"]) == 0.20 > number(second["England"]) > number(second["London"])
    reviews = rows_2018[9]
    dip = [number(reviews[month]) for month in ("Sep 18", "Oct 18", "Nov 18")]
    assert max(dip) < min(number(reviews["Aug 18"]), number(reviews["Dec 18"]))


def test_2021_months_stop_where_the_paper_stops(rows_2021: dict[int, Row]) -> None:
    later = ("Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
    for indicator, row in rows_2021.items():
        assert not any(row[month] for month in later), indicator
        given = [month for month in ("Apr", "May", "Jun", "Jul", "Aug") if row[month] is not None]
        quarterly = row["Frequency"] == "Quarterly"
        assert given == (["Jun"] if quarterly else ["Apr", "May", "Jun", "Jul", "Aug"])
    for indicator in (8, 19, 20):
        assert {rows_2021[indicator][month] for month in ("Apr", "Aug")} == {"u"}


@BOTH
def test_every_formula_has_a_stored_result(path: Path) -> None:
    cells = FORMULA_CELL.findall(package_text(path, r"xl/worksheets/sheet\d+\.xml"))
    assert len(cells) >= 60
    for cell in cells:
        assert re.search(r"</f><v>-?\d", cell) or ('t="str"' in cell and "<v></v>" in cell), cell
    texts = [cell for cell in cells if 't="str"' in cell]
    assert texts
    formulas = open_book(path, values=False)
    index = formulas.worksheets[0]
    rows = {
        cell.row
        for line in index.iter_rows()
        for cell in line
        if isinstance(cell, Cell) and cell.data_type == "f"
    }
    assert len(rows) >= 6
    everything = "".join(cells)
    assert "IFERROR(Data!" in everything
    assert "IF(Data!" in everything
    assert "ChildPopulation*RatePer" in everything


@BOTH
def test_package_holds_what_real_indexes_hold(path: Path) -> None:
    sheets = package_text(path, r"xl/worksheets/sheet\d+\.xml")
    workbook = package_text(path, r"xl/workbook\.xml")
    wanted = (
        "<dataBar>",
        "<x14:dataBar ",
        "<iconSet ",
        '<dataValidation allowBlank="1"',
        "<legacyDrawing ",
        'state="frozen"',
        'fitToPage="1"',
        'orientation="landscape"',
        "<oddFooter>",
    )
    assert [text for text in wanted if text not in sheets] == []
    assert 'state="hidden"' in workbook
    assert "_xlnm.Print_Titles" in workbook
    assert "_xlnm.Print_Area" in workbook
    assert 'fullCalcOnLoad="1"' not in workbook
    assert "<author>Performance team</author>" in package_text(path, r"xl/comments/.*\.xml")
    chart = package_text(path, r"xl/charts/chart1\.xml")
    assert "<c:lineChart>" in chart
    assert "<c:numCache>" in chart
    assert "<si><t>" in package_text(path, r"xl/sharedStrings\.xml")


@BOTH
def test_lists_come_from_the_hidden_sheet_through_names(path: Path) -> None:
    book = open_book(path, values=False)
    assert book["Lookups"].sheet_state == "hidden"
    rules = book.worksheets[0].data_validations.dataValidation
    named = [rule.formula1 for rule in rules if rule.formula1 in book.defined_names]
    assert named
    for name in named:
        assert book.defined_names[name].attr_text.startswith("Lookups!$")


@BOTH
def test_print_names_belong_to_the_sheet_that_they_name(path: Path) -> None:
    workbook = package_text(path, r"xl/workbook\.xml")
    sheets = re.findall(r'<sheet [^>]*?\bname="([^"]*)"', workbook)
    found = re.findall(r'localSheetId="(\d+)"[^>]*>\'([^\']*)\'!', workbook)
    assert len(found) == 4
    for place, sheet in found:
        assert sheets[int(place)] == sheet


def test_2021_has_sparklines_merged_headings_and_red_letters() -> None:
    sheet = open_book(INDEX_2021)["Performance Index"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A4:A5", "F4:G4", "I4:L4", "M4:X4", "A6:AD6"} <= merged
    markup = package_text(INDEX_2021, r"xl/worksheets/sheet1\.xml")
    assert markup.count("<x14:sparkline>") == 21
    letters = [cell for (cell,) in sheet["H6:H35"] if cell.value]
    assert [cell.value for cell in letters] == ["R"] * 3
    assert {cell.fill.start_color.rgb for cell in letters} == {"FFC00000"}
    assert {cell.font.color.rgb for cell in letters if cell.font.color} == {"FFFFFFFF"}
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"Of note,Performing well,Correction,Not reportable"' in lists


def test_2018_is_a_table_under_date_headings_with_a_chart_sheet() -> None:
    book = open_book(INDEX_2018)
    sheet = book["Measures 2018-19"]
    table = sheet.tables["Measures"]
    assert (table.ref, table.headerRowCount) == ("A6:AA39", 0)
    assert book["Data"].tables["SourceData"].ref == "A5:Q21"
    months = [cell for cell in sheet[5] if isinstance(cell.value, dt.datetime)]
    assert [cell.value.month for cell in months if isinstance(cell.value, dt.datetime)] == [
        *range(4, 13),
        1,
        2,
        3,
    ]
    assert {cell.number_format for cell in months} == {"mmm yy"}
    names = [column.name for column in table.tableColumns]
    assert names == [heading(cell.value) for cell in sheet[5]]
    assert [chart.title for chart in book.chartsheets] == ["Chart"]


@BOTH
def test_other_sheets_do_not_look_like_an_index(path: Path) -> None:
    for sheet in open_book(path).worksheets[1:]:
        for cells in sheet.iter_rows(values_only=True):
            words = {str(value).lower() for value in cells if value is not None}
            assert not words & {"rag", "status", "target", "rating"}, sheet.title


def test_committed_files_are_what_the_script_builds() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        command = [sys.executable, str(SCRIPT), "--out", str(tmp_path / folder)]
        subprocess.run(command, capture_output=True, check=True)
    for path in (INDEX_2021, INDEX_2018):
        first, second = (tmp_path / folder / path.name for folder in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / INDEX_2021.name) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_check_names_the_file_and_part_that_differ(tmp_path: Path) -> None:
    (tmp_path / INDEX_2018.name).write_bytes(INDEX_2018.read_bytes())
    with (
        zipfile.ZipFile(INDEX_2021) as source,
        zipfile.ZipFile(tmp_path / INDEX_2021.name, "w") as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<v>43</v>", b"<v>41</v>", 1)
            target.writestr(info, content)
    command = [sys.executable, str(SCRIPT), "--check", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert INDEX_2021.name in done.stderr
    assert "xl/worksheets/sheet1.xml" in done.stderr
    assert INDEX_2018.name not in done.stderr


@BOTH
def test_validator_finds_no_error(path: Path) -> None:
    assert judges.validate(path) == ()


@BOTH
def test_libreoffice_computes_the_stored_results(path: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content)
            target.writestr(info, content)
    computed = open_book(judges.libreoffice_convert(bare, "xlsx", tmp_path / "out"))
    stored, formulas = open_book(path), open_book(path, values=False)
    compared = 0
    for sheet in formulas.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell, Cell) and cell.data_type == "f":
                    ours = stored[sheet.title][cell.coordinate].value or 0
                    theirs = computed[sheet.title][cell.coordinate].value or 0
                    assert theirs == pytest.approx(ours, abs=1e-12), cell.coordinate
                    compared += 1
    assert compared >= 100
