"""Texts that are left, and the sheets of ours: settings, report, history, log."""

from __future__ import annotations

from pathlib import Path

from openpyxl.workbook import Workbook as Book

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from perf_addin.application.check import check
from tests.application.build import NOTHING_STATED, change, initialised, reported
from tests.application.rollover.rolling import HEAD, again, year_end


def test_other_texts_of_the_year_are_told_and_left(tmp_path: Path) -> None:
    def read_me(made: Book) -> None:
        made.create_sheet("Notes 2021-22").append(["Agreed for 2021/22"])

    found = year_end(
        tmp_path,
        ["Children 2021/22", "Compared with 2020/21 and 2021/22", "To August 2021"],
        HEAD,
        ["1", "A", 5, 4, 1, 3, "R", None],
        extra=read_me,
    )
    assert found.rows()[0][:3] == [
        "Children 2022/23",
        "Compared with 2020/21 and 2021/22",
        "To August 2021",
    ]
    told = [f.message for f in found.rolled.findings if f.code == "old-year-left"]
    assert [text.split(" still")[0] for text in told] == ["B1, C1", "The sheet is", "A1"]


def test_our_own_records_of_the_old_year_are_no_leftovers(tmp_path: Path) -> None:
    def log(made: Book) -> None:
        page = made.create_sheet("Import Log")
        page.append(["Figures that perf-addin imported"])
        page.append(["1", "May 2021", "of 2021/22"])

    found = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", None], extra=log)
    assert "old-year-left" not in found.codes()


def test_the_log_has_the_outturn_exactly_where_no_column_takes_it(tmp_path: Path) -> None:
    head = [text for text in HEAD if text != "2020/21"]
    found = year_end(tmp_path, head, ["1", "Share seen", 0.2, 0.21, 0.1953, "G", None])
    assert "0.1953" in [str(cell) for row in found.rows("Rollover Log") for cell in row]


def test_formulas_that_quote_the_year_are_told(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Looked up"],
        ["1", "A", 5, 4, 1, 3, "R", None, '=HLOOKUP("Apr 21",E1:F2,2,FALSE)'],
        ["2", "B", 5, 4, 1, 3, "R", None, '=COUNT(INDIRECT("Idx[May 21]"))'],
        ["3", "C", 5, 4, 1, 3, "R", None, '=IF(C4="2020/21","Apr 22",E4)'],
    )
    told = [f for f in found.rolled.findings if f.code == "old-year-left"]
    assert [f.message.split(":")[0] for f in told] == ["I2, I3"]


def test_settings_report_and_findings_go_along(tmp_path: Path) -> None:
    made = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", "Few."]).path
    source = tmp_path / "index.xlsx"
    initialised(source, source)
    change(source, "Settings", {"B11": "2021/22"})
    reported(source, source)
    change(source, "Exception Report", {"D6": "Typed into the report."})
    found = again(source, made)
    settings = {str(row[0]): row[1] for row in found.rows("Settings")}
    assert settings["Financial year"] == "2022/23"
    stated = [row[2:4] for row in found.rows("Settings") if row[1] == "Actual"]
    assert ["Apr 22", "Apr 2022"] in stated
    assert not any("Typed" in str(cell) for row in found.rows("Exception Report") for cell in row)
    assert "No indicators are marked as amber or red." in str(found.rows("Exception Report")[3][0])
    history = {row[0]: row[4] for row in found.rows("Commentary History")[2:]}
    assert history == {
        "exceptions:1@May 2021": "Typed into the report.",
        "index exceptions:1@May 2021": "Few.",
    }


def test_targets_wait_for_somebody_to_confirm_them(tmp_path: Path) -> None:
    found = year_end(
        tmp_path,
        [*HEAD, "Lower limit"],
        ["1", "A", "95%", 4, 1, 3, "R", None, None],
        ["2", "B", 5, 4, 1, 3, "R", None, 2],
        ["3", "C", 5, 4, 1, 3, "R", None, None],
        ["4", "D", None, 4, 1, 3, None, None, None],
    )
    log = found.rows("Rollover Log")
    assert [row[:7] for row in log[4:8]] == [
        ["1", "A", "Index", "C2", "95%", None, "3"],
        ["2", "B", "Index", "C3", "Target 5; Lower limit 2", None, "3"],
        ["3", "C", "Index", "C4", "5", None, "3"],
        ["4", "D", "Index", "D5", None, None, "3"],
    ]
    assert _unconfirmed(found.path) == ["Index!C2", "Index!C3", "Index!C4"]
    change(found.path, "Rollover Log", {"F5": "Yes", "F6": "no"})
    change(found.path, "Index", {"C4": 6})
    assert _unconfirmed(found.path) == ["Index!C3"]


def _unconfirmed(path: Path) -> list[str]:
    findings = check(YearWorkbook(Package.open(path)), NOTHING_STATED).findings
    return [finding.place for finding in findings if finding.code == "target-unconfirmed"]


def test_a_second_year_keeps_what_dropped_out_in_the_first(tmp_path: Path) -> None:
    first = year_end(tmp_path, HEAD, ["1", "A", 5, 4, 1, 3, "R", None])
    change(first.path, "Rollover Log", {"F5": "Yes"})
    change(first.path, "Index", {"E2": 8})
    second = again(first.path, tmp_path / "third.xlsx")
    assert second.rows()[0][3:6] == ["2022/23", "Apr 23", "May 23"]
    assert second.rows()[1][3:6] == [8, None, None]
    log = second.rows("Rollover Log")
    assert log[0][0] == "Rollover of the performance index from 2022/23 to 2023/24"
    assert log[4][4:6] == ["5", None]
    assert [row[4:7:2] for row in log[8:]] == [["2020/21", 4], ["2021/22", 3]]
