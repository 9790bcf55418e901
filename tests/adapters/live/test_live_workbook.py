"""Changes made in an open workbook give the cells that the command line gives in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from perf_addin.adapters.live.applying import apply_changes
from perf_addin.adapters.live.entering import entered
from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.buttons import ButtonId
from perf_addin.application.pressing import press
from perf_addin.application.recording import Change, RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import OutputError
from tests.adapters.live.excel_double import ExcelDouble
from tests.adapters.live.web_actions import remote_book, run_actions
from tests.application.build import change, index, opened
from tests.com_stubs import windows_code

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted((ROOT / "workbook").glob("performance_index_*.xlsx"))
WRITING = (ButtonId.RECALCULATE, ButtonId.REPORT, ButtonId.CHECK, ButtonId.SETTINGS)


def recorded(path: Path, button: ButtonId) -> list[Change]:
    """What a button changes in a workbook."""
    workbook = RecordedWorkbook(opened(path), path.name)
    press(button, workbook, Settings(), None)
    return workbook.changes


def in_file(path: Path, target: Path, button: ButtonId) -> Workbook:
    """What the same use case makes of the file."""
    workbook = opened(path)
    press(button, workbook, Settings(), None)
    save(workbook.package, target, backup=False)
    return load_workbook(target, rich_text=True)


def desktop(path: Path) -> tuple[ExcelDouble, xw.Book]:
    """A workbook that is open in the stand-in for Excel, and xlwings' own object for it."""
    excel = ExcelDouble(path)
    return excel, xw.Book(impl=windows_code().Book(xl=excel.book))


def cells(book: Workbook) -> dict[tuple[str, str], tuple[object, ...]]:
    """Content and look of every cell that has any."""
    found: dict[tuple[str, str], tuple[object, ...]] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                look = _look(cell)
                if cell.value is not None or look != _PLAIN:
                    found[sheet.title, cell.coordinate] = (cell.value, *look)
    return found


def _colour(colour: Any) -> object:  # noqa: ANN401 - openpyxl's own type is not public
    if colour is None:
        return "000000"
    return colour.rgb[2:] if colour.type == "rgb" else (colour.type, colour.value, colour.tint)


def _look(cell: Any) -> tuple[object, ...]:  # noqa: ANN401 - a cell of either kind
    font, fill, place = cell.font, cell.fill, cell.alignment
    return (
        _colour(fill.fgColor) if fill.patternType else None,
        _colour(font.color),
        bool(font.b),
        bool(font.i),
        font.sz,
        cell.border.left.style,
        cell.border.bottom.style,
        bool(place.wrap_text),
        place.horizontal,
        place.vertical,
        cell.number_format,
    )


_PLAIN = _look(Workbook().create_sheet().cell(1, 1))


def assert_same(found: Workbook, expected: Workbook) -> None:
    """Hold every cell against the file's, but for the looks of cells without content."""
    ours, theirs = cells(found), cells(expected)
    assert [s.title for s in found.worksheets] == [s.title for s in expected.worksheets]
    for place in ours.keys() | theirs.keys():
        one, other = ours.get(place), theirs.get(place)
        if (one or (None,))[0] is None and (other or (None,))[0] is None:
            continue
        assert one == other, place


@pytest.mark.parametrize("button", WRITING)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_the_desktop_gets_the_cells_of_the_file(
    sample: Path, button: ButtonId, tmp_path: Path
) -> None:
    excel, book = desktop(sample)
    apply_changes(book, recorded(sample, button))
    assert_same(excel.book.openpyxl, in_file(sample, tmp_path / "file.xlsx", button))


@pytest.mark.parametrize("button", WRITING)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_the_web_gets_the_cells_of_the_file(sample: Path, button: ButtonId, tmp_path: Path) -> None:
    shown = load_workbook(sample, rich_text=True)
    book = remote_book(shown, sample.name)
    apply_changes(book, recorded(sample, button))
    run_actions(shown, book.json()["actions"])
    assert_same(shown, in_file(sample, tmp_path / "file.xlsx", button))


HEADINGS = ("No", "Indicator", "Polarity", "Target", "Apr 2021", "RAG", "Commentary")
FIGURES = ((1, 80), (2, 70), (3, 95), (4, 60))


def small_index(path: Path) -> Path:
    """An index of four indicators, of which the third is green."""
    rows = [(no, f"Indicator {no}", "High", 90, actual, None, None) for no, actual in FIGURES]
    return index(path, HEADINGS, *rows)


def with_commentary(path: Path) -> Path:
    """The report of that index with what a person typed, before indicator 3 turns red."""
    book = in_file(small_index(path), path, ButtonId.REPORT)
    report = book["Exception Report"]
    for no, *_, commentary in report["A1:D12"]:
        if no.value in {2, 4}:
            commentary.value = f"=typed by a person about {no.value}"
            commentary.data_type = "s"
            commentary.font = Font(italic=True, color="FF00AA00")
    report["H2"] = "a note beside the report"
    book["Index"]["E4"] = 50
    book.save(path)
    return path


def test_a_second_report_keeps_what_people_typed_and_moves_it_with_its_row(
    tmp_path: Path,
) -> None:
    path = with_commentary(tmp_path / "index.xlsx")
    changes = recorded(path, ButtonId.REPORT)
    expected = in_file(path, tmp_path / "file.xlsx", ButtonId.REPORT)
    excel, live = desktop(path)
    apply_changes(live, changes)
    assert_same(excel.book.openpyxl, expected)
    shown = load_workbook(path, rich_text=True)
    remote = remote_book(shown, path.name)
    apply_changes(remote, changes)
    run_actions(shown, remote.json()["actions"])
    assert_same(shown, expected)
    (kept,) = [c for c in cells(shown).items() if str(c[1][0]).endswith("about 4")]
    assert kept[1][0] == "=typed by a person about 4"
    assert kept[0][1] != "D8", "its row has moved"


def test_a_thousand_indicators_take_a_bounded_number_of_calls(tmp_path: Path) -> None:
    rows = [(no, f"Indicator {no}", "High", 90, 60 + no % 45, None, None) for no in range(1, 1001)]
    path = index(tmp_path / "index.xlsx", HEADINGS, *rows)
    changes = recorded(path, ButtonId.RECALCULATE)
    excel, live = desktop(path)
    apply_changes(live, changes)
    assert excel.calls < 60
    remote = remote_book(load_workbook(path), path.name)
    apply_changes(remote, changes)
    assert len(remote.json()["actions"]) < 300


def test_an_added_rating_column_looks_like_the_figures(tmp_path: Path) -> None:
    path = index(
        tmp_path / "index.xlsx",
        HEADINGS[:5],
        *[(no, f"Indicator {no}", "High", 0.9, actual / 100) for no, actual in FIGURES],
    )
    book = load_workbook(path)
    for row in book["Index"]["E1:E5"]:
        row[0].number_format, row[0].font = "0.0%", Font(name="Arial", sz=9, b=True)
    book.save(path)
    expected = in_file(path, tmp_path / "file.xlsx", ButtonId.RECALCULATE)
    changes = recorded(path, ButtonId.RECALCULATE)
    excel, live = desktop(path)
    apply_changes(live, changes)
    assert_same(excel.book.openpyxl, expected)
    shown = load_workbook(path)
    remote = remote_book(shown, path.name)
    apply_changes(remote, changes)
    run_actions(shown, remote.json()["actions"])
    assert_same(shown, expected)


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsx"
    in_file(small_index(path), path, ButtonId.RECALCULATE)
    assert recorded(path, ButtonId.RECALCULATE) == []


def test_a_long_text_goes_alone_and_keeps_its_length(tmp_path: Path) -> None:
    path = small_index(tmp_path / "index.xlsx")
    long = "A commentary. " * 900
    change(path, "Index", {"G2": long})
    excel, live = desktop(path)
    apply_changes(live, recorded(path, ButtonId.REPORT))
    texts = {cell.value for row in excel.book.openpyxl["Exception Report"].rows for cell in row}
    assert long.strip() in texts


@pytest.mark.parametrize("protected", ("sheet", "structure"))
def test_a_protected_workbook_is_refused_before_anything_changes(
    protected: str, tmp_path: Path
) -> None:
    path = small_index(tmp_path / "index.xlsx")
    excel, live = desktop(path)
    before = cells(excel.book.openpyxl)
    excel.book.openpyxl["Index"].protection.sheet = protected == "sheet"
    excel.book.ProtectStructure = protected == "structure"
    with pytest.raises(OutputError, match="protect"):
        apply_changes(live, recorded(path, ButtonId.REPORT))
    assert cells(excel.book.openpyxl) == before
    assert excel.calls == 0


@pytest.mark.parametrize(
    ("text", "handed_over"),
    (
        ("R", "R"),
        ("Red: 85% against a target of 91% (High): missed by 6.6%", None),
        ("=1+1", "'=1+1"),
        ("12-20", "'12-20"),
        ("April 2021", "'April 2021"),
        ("TRUE", "'TRUE"),
        ("'quoted", "''quoted"),
        ("@mention", "'@mention"),
        ("-", "'-"),
        ("5%", "'5%"),
        ("#N/A", "'#N/A"),
        ("", ""),
    ),
)
def test_a_text_stays_a_text(text: str, handed_over: str | None) -> None:
    assert entered(text) == (text if handed_over is None else handed_over)
