"""What a paper says of an index: known facts, placeholders, and commentary where people put it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perf_addin.application.init_settings import init_settings
from perf_addin.application.paper.compose import compose
from perf_addin.application.paper.content import Paper, Paragraph, Role, Row, Value
from perf_addin.application.paper.fields import FIELDS, ROW_SHAPES, SHAPES, STATED, Shape
from perf_addin.application.paper.stated import add_paper_sheet
from perf_addin.application.settings import Settings
from tests.application.build import change, index, opened, rated, reported

HEADER = (
    *("No", "Indicator", "Polarity", "Target", "Jul 2021", "Aug 2021", "England", "London"),
    *("Commentary", "Highlight", "Highlight commentary"),
)
LATE = ("2", "Weeks taken", "Low", 26, 41, 43, 44, 45, "Courts were closed.\n\nIt will ease.")
CARERS = ("22", "Carers recruited", "High", 5, 4, 1, None, None, "See commentary below.")


def composed(path: Path) -> Paper:
    """The paper of a workbook."""
    workbook = opened(path)
    return compose(workbook, rated(path))


def text(value: Value) -> str:
    """The text of a field that is one."""
    assert isinstance(value, Paragraph)
    return value.text


def lines(value: object) -> list[str]:
    """The paragraphs of a field that holds several."""
    assert isinstance(value, tuple)
    return [each.text for each in value]


def rows(paper: Paper, name: str) -> Sequence[Row]:
    """The rows of a field."""
    value = paper.fields[name]
    assert isinstance(value, tuple)
    return [each for each in value if isinstance(each, dict)]


def cell(row: Row, name: str) -> str:
    """A text of a row."""
    held = row[name]
    assert isinstance(held, Paragraph)
    return held.text


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An index of two exceptions under a title."""
    note = ("Of note", "We have 27 applications.")
    return index(tmp_path / "index.xlsx", ("The index of 2021/22",), HEADER, LATE, (*CARERS, *note))


def test_every_field_is_there_in_its_shape(small: Path) -> None:
    paper = composed(small)
    assert list(paper.fields) == [field.name for field in FIELDS]
    for name, value in paper.fields.items():
        if SHAPES[name] is Shape.TEXT:
            assert isinstance(value, Paragraph)
            continue
        assert isinstance(value, tuple)
        assert all(isinstance(each, Paragraph) is (SHAPES[name] is Shape.LIST) for each in value)
    for row in rows(paper, "exceptions"):
        assert {
            key: Shape.TEXT if isinstance(held, Paragraph) else Shape.LIST
            for key, held in row.items()
        } == ROW_SHAPES


def test_what_nobody_states_is_a_placeholder_and_nothing_else_is(small: Path) -> None:
    gaps = []
    for name, value in composed(small).fields.items():
        held = (value,) if isinstance(value, Paragraph) else value
        found = [e for e in held if isinstance(e, Paragraph) and e.runs[0].role is Role.PLACEHOLDER]
        gaps += [(name, each.text) for each in found]
    known = {"subject", "purpose", "appendices"}
    assert gaps == [(f.name, f"[{f.label}]") for f in STATED if f.name not in known]


def test_what_the_index_knows_is_said(small: Path) -> None:
    fields = composed(small).fields
    assert text(fields["subject"]) == "Performance report to August 2021"
    assert lines(fields["purpose"]) == [
        (
            "This report summarises performance for 2021/22, up to August 2021, as set out in the "
            "accompanying document, The index of 2021/22."
        )
    ]
    assert text(fields["summary"]) == "Of 2 indicators, 2 are red."
    assert lines(fields["appendices"]) == ["Appendix 1: The index of 2021/22"]


def test_quarterly_and_monthly_indicators_are_told_apart(tmp_path: Path) -> None:
    path = index(
        tmp_path / "index.xlsx",
        ("No", "Indicator", "Frequency", "Target", "Jun 2021", "Jul 2021", "Aug 2021"),
        (1, "First", "Monthly", 5, 4, 5, 6),
        (2, "Second", "Quarterly", 5, 4, None, None),
    )
    (said,) = lines(composed(path).fields["purpose"])
    assert "up to 30 June 2021 for quarterly indicators and up to August 2021 for monthly" in said
    assert said.endswith("document, index.xlsx.")


def test_an_exception_has_its_commentary_and_a_draft_beside_it(small: Path) -> None:
    paper = composed(small)
    first, second = rows(paper, "exceptions")
    assert [cell(first, name) for name in ("no", "label", "name", "rating")] == [
        *("2", "No. 2", "Weeks taken", "R"),
    ]
    assert lines(first["commentary"]) == ["Courts were closed.", "It will ease."]
    assert lines(first["draft"]) == [
        (
            "Draft from the figures: 43 is above the target of 26, by 17. [F3, D3] 43 is below the "
            "national average (44) and London (45). [F3, G3, H3] 43 is higher than in Jul 2021 "
            "(41), which is worse. [F3, E3] Red against target, yet better than the national "
            "average (44) and London (45). [F3, D3, G3, H3]"
        )
    ]
    draft = first["draft"]
    assert not isinstance(draft, Paragraph)
    assert draft[0].runs[0].role is Role.DRAFT
    assert [d.no for d in paper.drafted] == ["2", "22"]
    assert lines(second["draft"])[0].endswith("[F4, E4]")


def test_see_below_leads_to_the_paragraph(small: Path) -> None:
    paper = composed(small)
    commentary = rows(paper, "exceptions")[1]["commentary"]
    assert not isinstance(commentary, Paragraph)
    (note,) = rows(paper, "of_note")
    heading = note["heading"]
    assert isinstance(heading, Paragraph)
    assert commentary[0].runs[0].link == heading.bookmark == "indicator_22"
    assert heading.text == "Carers recruited (Indicator 22)"
    assert lines(note["draft"]) == []  # it stands beside the exception
    assert paper.findings == ()


def test_see_below_with_nothing_below_is_said(tmp_path: Path) -> None:
    path = index(tmp_path / "index.xlsx", HEADER, CARERS)
    paper = composed(path)
    (row,) = rows(paper, "exceptions")
    assert lines(row["commentary"]) == [
        "See commentary below.",
        "[The commentary that is said to be elsewhere: indicator 22]",
    ]
    assert [(f.code, f.cell) for f in paper.findings] == [("nothing-below", "F2")]


def test_a_commentary_that_nobody_wrote_is_a_placeholder(tmp_path: Path) -> None:
    path = index(tmp_path / "index.xlsx", HEADER, LATE[:8])
    (row,) = rows(composed(path), "exceptions")
    assert lines(row["commentary"]) == ["[Service commentary: indicator 2]"]


def test_commentary_typed_into_the_report_comes_first(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "rated.xlsx"
    reported(small, target)
    book = load_workbook(target)
    page = book["Exception Report"]
    (place,) = (c.coordinate for c in page["D"] if str(c.value).startswith("Courts"))
    change(target, "Exception Report", {place: "Typed into the report."})
    assert lines(rows(composed(target), "exceptions")[0]["commentary"]) == [
        "Typed into the report."
    ]


def test_an_indicator_without_a_number_has_a_dash(tmp_path: Path) -> None:
    path = index(tmp_path / "index.xlsx", HEADER[1:], LATE[1:])
    (row,) = rows(composed(path), "exceptions")
    assert [cell(row, name) for name in ("no", "label", "heading")] == [
        *("-", "Weeks taken", "Weeks taken"),
    ]


def stated(path: Path, *pairs: tuple[str | None, object]) -> Path:
    """The index with its sheet of what people state."""
    book = load_workbook(path)
    page = book.create_sheet("Committee Paper")
    page.append(["Committee paper"])
    for pair in pairs:
        page.append(list(pair))
    book.save(path)
    return path


def test_what_people_state_is_used(small: Path) -> None:
    import datetime as dt  # noqa: PLC0415 - one test writes a date

    path = stated(
        small,
        ("Committee", "Overview and Scrutiny Panel"),
        ("Date:", dt.date(2021, 9, 29)),
        ("Lead members", "Cllr A"),
        (None, "Cllr B"),
        ("RECOMMENDATIONS", "Note the paper.\nDiscuss it."),
        ("Timetable", "leave out."),
        ("Subject", "Performance"),
        ("Budget", "None"),
        ("Unknown and empty", None),
    )
    paper = composed(path)
    fields = paper.fields
    assert text(fields["committee"]) == "Overview and Scrutiny Panel"
    assert text(fields["date"]) == "29 September 2021"
    assert text(fields["lead_members"]) == "Cllr A\nCllr B"
    assert lines(fields["recommendations"]) == ["Note the paper.", "Discuss it."]
    assert fields["timetable"] == ()
    assert paper.title == "Performance \N{EN DASH} Overview and Scrutiny Panel"
    assert [(f.code, f.cell) for f in paper.findings] == [("unknown-paper-label", "A9")]
    assert len(rated(path).layouts) == 1  # the sheet is never taken for an index


def test_the_sheet_is_added_once_and_holds_every_label(small: Path, tmp_path: Path) -> None:
    from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415 - one test saves

    workbook = opened(small)
    init_settings(workbook, Settings())
    assert add_paper_sheet(workbook)
    target = tmp_path / "stated.xlsx"
    save(workbook.package, target, backup=False)
    page = load_workbook(target)["Committee Paper"]
    assert [c.value for c in page["A"][3:]] == [field.label for field in STATED]
    assert not add_paper_sheet(opened(target))
    assert composed(target).fields == composed(small).fields
    change(target, "Committee Paper", {"B4": "The panel"})
    assert text(composed(target).fields["committee"]) == "The panel"


def test_small_numbers_are_in_no_draft_and_in_no_breach(tmp_path: Path) -> None:
    header = (*HEADER[:6], "Lower limit", "Upper limit", *HEADER[8:])
    path = index(
        tmp_path / "index.xlsx",
        header,
        ("1", "Number of children missing", "Low", 2, 8, 4, 0, 3),
        ("2", "Number of children at risk", "Low", 6, 5, 9, 0, 8),
    )
    paper = composed(path)
    first, second = rows(paper, "exceptions")
    assert first["draft"] == ()
    (draft,) = lines(second["draft"])
    assert "9 is above the target of 6" in draft
    assert "Jul 2021" not in draft, "a small number of an earlier period is told neither"
    told = [cell(row, "figures") for row in rows(paper, "breaches")]
    assert told[0] == "Its figure is too small to be published."
    assert told[1].startswith("9 ")
    (finding,) = [f for f in paper.findings if f.code == "small-number"]
    assert (finding.sheet, finding.cell) == ("Index", "F2")
