"""Commentary sheets go out to service leads, and their texts come home."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.adapters.xlsx.new_workbook import write_new
from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.commentary_sheets import (
    SHEET,
    Asked,
    Returned,
    lay_out_commentary,
    read_returned,
    who_is_asked,
)
from perf_addin.application.commentary_texts import Texts
from perf_addin.application.merge_commentary import Merged, merge_commentary
from perf_addin.application.rating_index import rate_index
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import InputError
from tests import judges
from tests.application.build import cells, change, index, opened, rated, reported

HEADER = (
    *("No", "Indicator", "Service lead", "Polarity", "Target", "Lower limit", "Upper limit"),
    *("Apr 2021", "May 2021", "RAG", "Commentary"),
)
ROWS = (
    ("1", "Visits in time, %", "Fostering", "High", 95, None, None, 90, 80, None, "Staff left."),
    ("2", "Open cases", "Intake & assessment", "Low", 10, None, None, 9, 12, None, None),
    ("3", "Reviews in time, %", "Fostering", "High", 90, None, None, 91, 93, None, None),
    ("4", "Re-referrals, %", "Fostering", None, None, 12, 20, 18, 22, None, None),
)
BOX = "I"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An index of two service leads; indicator 3 is green and inside its range."""
    return index(tmp_path / "index.xlsx", HEADER, *ROWS)


def asked(path: Path) -> list[Asked]:
    workbook = opened(path)
    return who_is_asked(workbook, rate_index(workbook, Settings()))


def sent(path: Path, folder: Path) -> dict[str, Path]:
    """What `perf-addin commentary export` writes, by lead."""
    texts = Texts(opened(path))
    folder.mkdir(exist_ok=True)
    made = {}
    for number, each in enumerate(asked(path)):
        target = folder / f"{number}.xlsx"
        write_new(lay_out_commentary(each, texts, path.name), target)
        made[each.lead] = target
    return made


def came_back(paths: Iterable[Path]) -> list[Returned]:
    found: list[Returned] = []
    for path in paths:
        sheet = SHEET.find(opened(path).sheets)
        assert sheet is not None
        found += read_returned(sheet, path.name)
    return found


def merged(path: Path, *paths: Path, overwrite: bool = False) -> Merged:
    """Bring texts home into the index itself."""
    workbook = opened(path)
    result = rate_index(workbook, Settings())
    done = merge_commentary(workbook, result, came_back(paths), overwrite=overwrite)
    save(workbook.package, path, backup=False)
    return done


def reported_with(path: Path, text: str) -> Path:
    """Write the report, and type over the commentary of indicator 1 there."""
    reported(path, path)
    report = load_workbook(path)["Exception Report"]
    (cell,) = [c.coordinate for row in report for c in row if c.value == "Staff left."]
    return change(path, "Exception Report", {cell: text})


def commentary(path: Path) -> list[object]:
    return [row[10] for row in cells(path, "Index")[1:]]


def test_each_lead_is_asked_about_exceptions_and_breaches_alone(book: Path) -> None:
    found = [(each.lead, [item.label for item in each.items]) for each in asked(book)]
    assert found == [("Fostering", ["1", "4"]), ("Intake & assessment", ["2"])]


def test_without_a_column_for_the_lead_there_is_one_sheet(tmp_path: Path) -> None:
    bare = [[*row[:2], *row[3:]] for row in (HEADER, *ROWS)]
    found = asked(index(tmp_path / "bare.xlsx", *bare))
    assert [(each.lead, len(each.items)) for each in found] == [("", 3)]


def test_a_sheet_shows_the_figure_the_reason_and_what_was_said(book: Path, tmp_path: Path) -> None:
    file = reported_with(book, "One starts soon.")
    change(file, "Index", {"I1": "Jun 2021"})
    reported(file, file)
    rows = cells(sent(file, tmp_path / "sheets")["Fostering"], "Commentary")
    assert rows[0][0] == "Commentary for Fostering"
    assert rows[3][8] == "Your commentary"
    first, second = rows[4], rows[5]
    assert first[:6] == ("1", "Visits in time, %", "R", "Jun 2021", "80%", "95%")
    assert "missed by 15.8%" in str(first[6])
    assert first[7] == "May 2021: One starts soon.\nIn the index now: Staff left."
    assert first[8] is None
    assert "above" in str(second[6])
    assert second[7:9] == (None, None)


def test_the_workbook_is_valid_and_opens(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")
    for errors in judges.validate_many(made.values()).values():
        assert not errors
    pdf = judges.libreoffice_convert(made["Fostering"], "pdf", tmp_path)
    assert len(judges.pdf_to_png(pdf, tmp_path)) == 1
    sheet = load_workbook(made["Fostering"])["Commentary"]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.column_dimensions["J"].hidden
    assert sheet.freeze_panes == "A5"


def test_texts_come_home(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")
    change(made["Fostering"], "Commentary", {"I5": "Two joined.", "I6": "Two & more."})
    change(made["Intake & assessment"], "Commentary", {"I5": "Queue is longer."})
    done = merged(book, *made.values())
    assert [item.label for item in done.written] == ["1", "4", "2"]
    assert not done.findings
    assert commentary(book)[:3] == ["Two joined.", "Queue is longer.", None]


@pytest.mark.parametrize("text", ("=HYPERLINK(1)", "+1", "@SUM(A1)", "-2 < 3 & so on"))
def test_a_text_never_becomes_a_formula(text: str, book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    path = change(made, "Commentary", {"I5": "Placeholder"})
    returned = [each._replace(text=text) for each in came_back([path]) if each.label == "1"]
    workbook = opened(book)
    merge_commentary(workbook, rate_index(workbook, Settings()), returned, overwrite=False)
    save(workbook.package, book, backup=False)
    cell = load_workbook(book)["Index"]["K2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_was_not_touched_is_not_written(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    done = merged(book, *sent(book, tmp_path / "sheets").values())
    assert not done.written
    assert not done.findings
    assert book.read_bytes() == before


@pytest.mark.parametrize("overwrite", (False, True))
def test_a_change_at_home_is_a_conflict(*, overwrite: bool, book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined."})
    change(book, "Index", {"K2": "One joined."})
    done = merged(book, made, overwrite=overwrite)
    (finding,) = done.findings
    assert (finding.code, finding.sheet, finding.cell) == ("commentary-conflict", "Index", "K2")
    assert "'Two joined.'" in finding.message
    assert "'One joined.'" in finding.message
    assert commentary(book)[0] == ("Two joined." if overwrite else "One joined.")


def test_the_same_change_on_both_sides_is_none(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined."})
    change(book, "Index", {"K2": "Two joined."})
    assert merged(book, made) == Merged((), ())


def test_a_text_typed_into_the_report_is_a_conflict(book: Path, tmp_path: Path) -> None:
    reported(book, book)
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined."})
    reported_with(book, "From the meeting.")
    (finding,) = merged(book, made).findings
    assert (finding.code, finding.sheet) == ("commentary-conflict", "Exception Report")
    assert "'From the meeting.'" in finding.message
    assert commentary(book)[0] == "Staff left."


@pytest.mark.parametrize("overwrite", (False, True))
def test_two_answers_that_differ(*, overwrite: bool, book: Path, tmp_path: Path) -> None:
    one = sent(book, tmp_path / "one")["Fostering"]
    two = sent(book, tmp_path / "two")["Fostering"]
    change(one, "Commentary", {"I5": "Two joined."})
    change(two, "Commentary", {"I5": "Three joined."})
    done = merged(book, one, two, overwrite=overwrite)
    assert [finding.code for finding in done.findings] == ["commentary-returned-twice"]
    assert commentary(book)[0] == ("Three joined." if overwrite else "Staff left.")


def test_two_answers_that_agree(book: Path, tmp_path: Path) -> None:
    one = sent(book, tmp_path / "one")["Fostering"]
    change(one, "Commentary", {"I5": "Two joined."})
    assert not merged(book, one, one).findings
    assert commentary(book)[0] == "Two joined."


def test_an_answer_about_another_month_is_not_placed(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined."})
    change(book, "Index", {"I1": "Jun 2021"})
    done = merged(book, made)
    assert {finding.code for finding in done.findings} == {"commentary-not-placed"}
    assert "no indicator '1' for May 2021" in done.findings[0].message
    assert commentary(book)[0] == "Staff left."


def test_an_index_without_a_commentary_column_is_told(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined."})
    change(book, "Index", {"K1": None, "K2": None})
    with pytest.raises(InputError, match="no column for commentary"):
        merged(book, made)


def test_a_sheet_of_a_strange_row_is_passed_over(book: Path, tmp_path: Path) -> None:
    made = sent(book, tmp_path / "sheets")["Fostering"]
    change(made, "Commentary", {"I5": "Two joined.", "J5": "what is this", "I9": "mine"})
    assert [each.label for each in came_back([made])] == ["4"]


def test_a_text_that_the_report_only_repeats_is_no_conflict(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "reported.xlsx"
    reported(book, path)
    back = sent(path, tmp_path / "out")
    change(back["Fostering"], SHEET.names[0], {f"{BOX}5": "Two joined."})
    done = merge_commentary(
        workbook := opened(path),
        rate_index(workbook, Settings()),
        came_back(back.values()),
        overwrite=False,
    )
    assert [item.label for item in done.written] == ["1"]
    assert done.findings == ()
    save(workbook.package, path, backup=False)
    reported(path, path)
    texts = [row[3] for row in cells(path, "Exception Report")]
    assert "Two joined." in texts
    assert "Staff left." not in texts


def test_the_text_of_last_period_is_shown_after_the_report_moved_on(tmp_path: Path) -> None:
    header = (*HEADER[:9], "Jun 2021", *HEADER[9:])
    row = (*ROWS[0][:9], None, *ROWS[0][9:])
    book = index(tmp_path / "index.xlsx", header, row)
    reported(book, book)
    change(book, "Index", {"J2": 79, "L2": "Two joined."})
    reported(book, book)
    (sheet,) = sent(book, tmp_path / "out").values()
    said = cells(sheet, SHEET.names[0])[4][7]
    assert said == "May 2021: Staff left.\nIn the index now: Two joined."
    change(book, "Index", {"L2": "Staff left."})
    (sheet,) = sent(book, tmp_path / "again").values()
    said = cells(sheet, SHEET.names[0])[4][7]
    assert said == "May 2021, and in the index now: Staff left."


def test_indicators_of_one_number_get_their_own_texts(tmp_path: Path) -> None:
    late, due = ("1", "Late, %", *ROWS[0][2:]), ("1", "In time, %", *ROWS[0][2:8], 96, *ROWS[0][9:])
    book = index(tmp_path / "index.xlsx", HEADER, due, late)
    sheet = sent(book, tmp_path / "sheets")["Fostering"]
    change(sheet, "Commentary", {f"{BOX}5": "Two joined."})
    done = merged(book, sheet)
    assert [item.name for item in done.written] == ["Late, %"]
    assert commentary(book)[:2] == ["Staff left.", "Two joined."]
    reported(book, book)
    change(book, "Exception Report", {"D6": "Typed."})
    texts, items = Texts(opened(book)), {i.name: i for i in rated(book).rated}
    found = {name: texts.of(item) for name, item in items.items()}
    assert {name: text.text for name, text in found.items() if text is not None} == {
        "In time, %": "Staff left.",
        "Late, %": "Typed.",
    }
