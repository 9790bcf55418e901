"""Every command that rates gives the ratings of `report`, whatever a workbook has stored."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.functions import Scalar
from perf_addin.entry.cli import main
from perf_addin.entry.commands import COMMANDS
from tests.application.build import index, opened

Told = Callable[..., dict[str, Any]]
HEADER = (
    *("No", "Indicator", "Polarity", "Target", "Tolerance", "In time", "All"),
    *("Apr 2021", "May 2021", "RAG", "Service lead", "Commentary"),
)
ROWS = (
    (1, "Visits in time", "High", 90, "5%", 92, 100, 95, "=F2/G2*100", "", "Ann", ""),
    (2, "Reviews in time", "High", "=D2", "5%", 88, 100, 95, "=F3/G3*100", "", "Bob", ""),
    (3, "Plans in time", "High", 90, "5%", 20, 40, 95, "=F4/G4*100", "", "Cat", ""),
    (4, "Waiting", "Low", 10, "5%", "=RAG(88,90)", "", 9, '=IF(F5="A",11,8)', "", "Dan", ""),
)
OLD_RESULTS: dict[tuple[int, int], Scalar] = {
    (2, 9): 40,
    (3, 4): 50,
    (3, 9): 95,
    (4, 9): 99,
    (5, 6): "G",
    (5, 9): 8,
}
UNCALCULATED = "formula-not-calculated"
RATINGS = {"1": "G", "2": "A", "3": "R", "4": "R"}
FIGURES = {"1": 92, "2": 88, "3": 50, "4": 11}
MEASURES = ("Visits in time", "Reviews in time", "Plans in time", "Waiting")


def without_results(path: Path) -> Path:
    """A workbook as openpyxl writes it: formulas, and nothing that they come to."""
    return index(path, HEADER, *ROWS)


def stale(path: Path) -> Path:
    """A workbook whose inputs were typed after the last calculation: every result is another."""
    workbook = opened(without_results(path))
    workbook.put_results("Index", OLD_RESULTS)
    save(workbook.package, path, backup=False)
    return path


@pytest.fixture(params=[without_results, stale])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Path = request.param(tmp_path / "index.xlsx")
    return made


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Run a command, and give what it says as JSON."""

    def run(*arguments: object) -> dict[str, Any]:
        capsys.readouterr()
        main([*map(str, arguments), "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def by_no(found: Mapping[str, Any], what: str) -> dict[object, object]:
    return {each["no"]: each[what] for each in found["indicators"]}


def test_what_report_says(book: Path, told: Told) -> None:
    found = told("report", book, "-o", book.with_name("out.xlsx"))
    assert by_no(found, "rating") == RATINGS
    assert by_no(found, "actual") == FIGURES


@pytest.mark.parametrize("command", ("recalc", "check", "paper", "scorecard"))
def test_a_command_that_rates_says_the_same(book: Path, told: Told, command: str) -> None:
    before = book.read_bytes()
    found = told(command, book)
    assert by_no(found, "rating") == RATINGS
    assert by_no(found, "actual") == FIGURES
    assert book.read_bytes() == before


def test_explain_says_the_same(book: Path, told: Told) -> None:
    before = book.read_bytes()
    for no, rating in RATINGS.items():
        found = told("explain", book, no)
        assert (found["rating"], found["actual"]) == (rating, FIGURES[no])
    assert book.read_bytes() == before


def test_diff_finds_nothing_between_it_and_what_was_calculated(book: Path, told: Told) -> None:
    before, calculated = book.read_bytes(), book.with_name("out.xlsx")
    told("report", book, "-o", calculated)
    for old, new in ((book, calculated), (calculated, book)):
        found = told("diff", old, new)
        assert found["rerated"] == found["altered"] == found["redefined"] == []
        assert found["continuing_exceptions"] == ["2", "3", "4"]
    assert book.read_bytes() == before


def test_trend_reckons_from_the_same_figures(book: Path, told: Told) -> None:
    assert by_no(told("trend", book, "--show"), "figure") == FIGURES
    assert by_no(told("trend", book), "figure") == FIGURES


def test_benchmark_compares_the_same_figures(book: Path, told: Told) -> None:
    data = book.with_name("data.csv")
    england = (f"{measure},England,May 2021,60" for measure in MEASURES)
    lines = ("Measure,Area,Period,Value", "Waiting,Merton,May 2021,11", *england)
    data.write_text("\n".join(lines), encoding="utf-8")
    found = told("benchmark", book, data, "--area", "Merton")
    assert by_no(found, "figure") == FIGURES


def test_a_batch_gives_the_same(book: Path) -> None:
    out = book.with_name("out")
    line = ["batch", str(book), "--out", str(out), "--workers", "0", "--tables", "csv", "--quiet"]
    assert main(line) == 0
    with (out / "ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["No"]: row["Rating"] for row in rows} == RATINGS


def test_rollover_takes_the_same_figures_for_the_outturn(book: Path, told: Told) -> None:
    outturns = told("rollover", book, "--dry-run")["outturns"]
    assert {each["no"]: each["value"] for each in outturns} == FIGURES


def test_every_command_that_rates_is_held_to_it() -> None:
    """A new command belongs into one of these sets, and among the tests above where it rates."""
    rating = {"recalc", "report", "check", "explain", "diff", "trend", "benchmark", "paper"}
    rating |= {"scorecard", "batch", "watch", "commentary", "rollover"}
    others = {"init", "serve", "import", "eval", "addin", "completion"}
    assert set(COMMANDS) == rating | others


def test_the_same_leads_are_asked_for_commentary(book: Path) -> None:
    folder = book.with_name("asked")
    assert main(["commentary", "export", str(book), "-o", str(folder)]) == 0
    assert sorted(path.stem for path in folder.iterdir()) == ["Bob", "Cat", "Dan"]


def test_nothing_is_calculated_where_that_is_asked_for(tmp_path: Path, told: Told) -> None:
    """So every command can still say what stands in the cells."""
    book = stale(tmp_path / "index.xlsx")
    stored = by_no(told("report", book, "--recalc", "never"), "rating")
    assert stored == {"1": "R", "2": "G", "3": "G", "4": "G"}
    assert by_no(told("check", book, "--recalc", "never"), "rating") == stored
    assert told("explain", book, "1", "--recalc", "never")["rating"] == stored["1"]
    assert told("diff", book, book, "--recalc", "never")["continuing_exceptions"] == ["1"]


@pytest.mark.parametrize("command", ("report", "trend", "benchmark"))
def test_to_ask_excel_for_a_calculation_is_no_reason_to_doubt(
    root: Path, tmp_path: Path, told: Told, command: str
) -> None:
    sample, target = root / "workbook" / "performance_index_2021-22.xlsx", tmp_path / "out.xlsx"
    data = root / "workbook" / "benchmarks_illustrative.csv"
    more = (data, "--area", "Merton") if command == "benchmark" else ()
    found = told(command, sample, *more, "-o", target, "--calculate-on-open")
    assert "stored-results-doubted" not in [each["code"] for each in found["findings"]]
    assert opened(target).calculation.on_load


def test_a_sheet_of_findings_brings_no_results_along(book: Path) -> None:
    """A check writes its findings, and no cell of the user's."""
    target = book.with_name("checked.xlsx")
    main(["check", str(book), "--format", "sheet", "-o", str(target)])
    assert "Findings" in load_workbook(target).sheetnames
    assert sheet_xml(target) == sheet_xml(book)


def test_what_could_not_be_calculated_is_told(
    tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    row = (1, "Visits in time", "High", 90, "5%", "", "", 92, '=INDIRECT("H2")', "", "Ann", "")
    book = index(tmp_path / "index.xlsx", HEADER, row)
    for line, names in (
        (("check", book), ("findings",)),
        (("explain", book, "1"), ("findings",)),
        (("diff", book, book), ("findings_old", "findings_new")),
        (("trend", book), ("findings",)),
        (("report", book), ("findings",)),
    ):
        found = told(*line)
        for name in names:
            places = [each["cell"] for each in found[name] if each["code"] == UNCALCULATED]
            assert places == ["I2"], line
    for words in (["explain", book, "1"], ["diff", book, book], ["commentary", "export", book]):
        main(list(map(str, words)))
        assert f"[{UNCALCULATED}]" in capsys.readouterr().err, words


def sheet_xml(path: Path) -> bytes:
    return opened(path).sheet_xml("xl/worksheets/sheet1.xml")
