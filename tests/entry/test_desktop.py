"""A button of the ribbon pressed: the workbook that is open in Excel changes, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from perf_addin.application.buttons import BUTTONS, ButtonId
from perf_addin.entry import desktop
from perf_addin.entry.log_file import logger
from tests.adapters.live.excel_double import ExcelDouble, XlRange
from tests.adapters.live.test_live_workbook import (
    SAMPLES,
    assert_same,
    cells,
    in_file,
    small_index,
)
from tests.application.build import index
from tests.com_stubs import CRITICAL, messages, windows_code


@pytest.fixture
def excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExcelDouble]:
    """Excel with a small index in front, and nothing told yet."""
    yield from _open(small_index(tmp_path / "index.xlsx"), monkeypatch, tmp_path)


def _open(path: Path, patch: pytest.MonkeyPatch, folder: Path) -> Iterator[ExcelDouble]:
    patch.setenv("LOCALAPPDATA", str(folder / "local"))
    excel = ExcelDouble(path, saved=False)
    patch.setattr(windows_code(), "BOOK_CALLER", excel.book)
    messages.clear()
    yield excel
    log = logger()
    for handler in [h for h in log.handlers if isinstance(h, RotatingFileHandler)]:
        handler.close()
        log.removeHandler(handler)


def told() -> tuple[str, str, bool]:
    """The only message: title, text, whether it is an error."""
    ((text, title, style),) = messages
    messages.clear()
    return title, text, bool(style & CRITICAL)


def as_at_rest(excel: ExcelDouble) -> bool:
    """Whether every setting of Excel is as a person has it."""
    settings = (excel.ScreenUpdating, excel.EnableEvents, excel.DisplayAlerts)
    return (
        all(settings)
        and excel.Calculation == -4105
        and excel.StatusBar is False
        and excel.AutoCorrect.AutoExpandListRange
    )


def test_recalculate_rates_the_open_workbook_and_says_so(excel: ExcelDouble) -> None:
    desktop.dispatch("recalculate")
    title, text, is_error = told()
    assert (title, is_error) == ("perf-addin: Ratings written", False)
    assert text.startswith("4 indicators to Apr 2021: 3 red, 0 amber, 1 green, 0 not rated.")
    assert [row[0].value for row in excel.book.openpyxl["Index"]["F2:F5"]] == ["R", "R", "G", "R"]
    assert excel.log[0] == "CalculateFull"
    assert excel.held_while_writing == {(False, False, -4135)}
    assert as_at_rest(excel)


@pytest.mark.parametrize("button", (ButtonId.RECALCULATE, ButtonId.REPORT))
def test_the_buttons_give_the_cells_of_the_command_line(
    button: ButtonId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = SAMPLES[0].read_bytes()  # with the stored results that openpyxl would drop
    for excel in _open(SAMPLES[0], monkeypatch, tmp_path):
        excel.book.SaveCopyAs = lambda to: Path(to).write_bytes(original)  # type: ignore[method-assign,assignment]
        desktop.dispatch(button.value)
        assert_same(excel.book.openpyxl, in_file(SAMPLES[0], tmp_path / "file.xlsx", button))


def test_the_report_comes_to_the_front(excel: ExcelDouble) -> None:
    desktop.dispatch("report")
    assert told()[0] == "perf-addin: Exception report written"
    assert excel.book.active == "Exception Report"


def test_check_lists_findings_and_leaves_the_index_alone(excel: ExcelDouble) -> None:
    before = [[cell.value for cell in row] for row in excel.book.openpyxl["Index"].rows]
    excel.book.openpyxl["Index"]["F2"] = "G"
    desktop.dispatch("check")
    title, text, _ = told()
    assert title == "perf-addin: Checked"
    assert "Index!F2: Indicator 1: typed is G, computed is R" in text
    assert excel.book.active == "Findings"
    findings = excel.book.openpyxl["Findings"]
    assert findings["A5"].value == "warning"
    assert (findings["B5"].value, findings["C5"].value) == ("Index", "F2")
    before[1][5] = "G"
    assert [[cell.value for cell in row] for row in excel.book.openpyxl["Index"].rows] == before


def test_explain_says_why_the_selected_row_has_its_rating(excel: ExcelDouble) -> None:
    sheet = excel.book.Worksheets("Index")
    excel.ActiveCell = XlRange(sheet, [(3, 2, 3, 2)])
    desktop.dispatch("explain")
    title, text, is_error = told()
    assert (title, is_error) == ("perf-addin: Indicator 2", False)
    assert "Red: 70 against a target of 90 (High): missed by 22.2%" in text
    assert "Actual E3, Target D3" in text
    excel.ActiveCell = XlRange(sheet, [(1, 2, 1, 2)])
    desktop.dispatch("explain")
    title, text, is_error = told()
    assert is_error
    assert "row 1 of 'Index'" in text


def test_explain_works_from_the_report_too(excel: ExcelDouble) -> None:
    desktop.dispatch("report")
    messages.clear()
    report = excel.book.Worksheets("Exception Report")
    row = next(
        row[0].row for row in excel.book.openpyxl["Exception Report"].rows if row[0].value == 4
    )
    excel.ActiveCell = XlRange(report, [(row, 4, row, 4)])
    desktop.dispatch("explain")
    assert told()[0] == "perf-addin: Indicator 4"


def test_settings_are_added_once_then_shown(excel: ExcelDouble) -> None:
    desktop.dispatch("settings")
    assert "added" in told()[1]
    calls = excel.calls
    desktop.dispatch("settings")
    assert told()[2] is False
    assert (excel.calls, excel.book.active) == (calls, "Settings")


def test_help_says_what_there_is(excel: ExcelDouble) -> None:
    desktop.dispatch("help")
    text = told()[1]
    assert all(button.label in text for button in BUTTONS)
    assert "SPCLIMITS" in text
    assert excel.calls == 0


def test_undo_puts_everything_back(excel: ExcelDouble) -> None:
    excel.book.openpyxl["Index"]["F2"] = "A"
    before = cells(excel.book.openpyxl)
    desktop.dispatch("report")
    assert excel.undo == ("Undo Exception report", desktop.UNDO_MACRO)
    assert cells(excel.book.openpyxl) != before
    messages.clear()
    desktop.dispatch(desktop.UNDO)
    assert told()[0] == "perf-addin: Undone"
    assert cells(excel.book.openpyxl) == before
    assert as_at_rest(excel)
    desktop.dispatch(desktop.UNDO)
    assert told()[2]


def test_undo_of_a_refresh_puts_the_earlier_report_back(excel: ExcelDouble) -> None:
    desktop.dispatch("report")
    report = excel.book.openpyxl["Exception Report"]
    report["D6"] = "=UPPER(Index!B2)"
    excel.book.openpyxl["Index"]["E4"] = 10
    before = cells(excel.book.openpyxl)
    desktop.dispatch("report")
    assert cells(excel.book.openpyxl) != before
    desktop.dispatch(desktop.UNDO)
    assert cells(excel.book.openpyxl) == before


@pytest.mark.parametrize("at", (1, 5, 20))
def test_a_failure_half_way_is_taken_back_told_and_logged(at: int, excel: ExcelDouble) -> None:
    before = cells(excel.book.openpyxl)
    excel.fails_at = at
    desktop.dispatch("report")
    title, text, is_error = told()
    assert is_error
    assert title == "perf-addin: Something went wrong"
    assert "as it was before" in text
    assert cells(excel.book.openpyxl) == before
    assert as_at_rest(excel)
    log = Path(text.split("log, ")[1].split(";")[0])
    assert "ComError" in log.read_text(encoding="utf-8")


def test_no_index_is_one_readable_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = index(tmp_path / "letter.xlsx", ["Dear all"], ["Regards"])
    for excel in _open(path, monkeypatch, tmp_path):
        desktop.dispatch("recalculate")
        title, text, is_error = told()
        assert (title, is_error) == ("perf-addin: Nothing was changed", True)
        assert "no performance index was found" in text
        assert str(tmp_path) not in text
        assert "perf-addin-" not in text
        assert excel.calls == 0


def test_an_old_format_is_refused_by_name(excel: ExcelDouble) -> None:
    excel.book.FileFormat = 56
    desktop.dispatch("recalculate")
    assert "Save it as Excel Workbook" in told()[1]


def test_an_unknown_button_is_told(excel: ExcelDouble) -> None:
    desktop.dispatch("nonsense")
    assert told()[2]
    assert excel.calls == 0


def test_the_self_test_says_which_workbook_it_wants(excel: ExcelDouble) -> None:
    before = cells(excel.book.openpyxl)
    desktop.dispatch("selftest")
    title, text, is_error = told()
    assert (title, is_error) == ("perf-addin: Nothing was changed", True)
    path = text.removeprefix("Open ").partition(" first")[0]
    assert Path(path).name == "selftest.xlsx"
    assert Path(path).is_file()
    assert cells(excel.book.openpyxl) == before
