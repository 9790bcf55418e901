"""Sheets that the product lays out: added last, refreshed without touching the user's part."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.pagebreak import Break

from perf_addin.application.grid import Cell
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.domain.errors import OutputError
from tests.adapters.xlsx.package_compare import tree
from tests.adapters.xlsx.small_workbook import MAIN, build, load, part, save, sheet

HEAD = PageStyle(bold=True, fill="1F3B57", colour="FFFFFF", border=True, wrap=True)
BODY = PageStyle(border=True, wrap=True, horizontal="left")
SHEET2 = "xl/worksheets/sheet2.xml"
PAGE = SheetPage(
    name="Adults' care",
    rows=(
        PageRow(1, (PageCell(1, "Exceptions", HEAD),), 30),
        PageRow(2, (PageCell(1, "=1+1", BODY), PageCell(2, Decimal("0.5"), BODY))),
        PageRow(4, (PageCell(1, "last", BODY), PageCell(3, None, BODY))),
    ),
    own_columns=3,
    column_widths={1: 30.5, 2: 9},
    hidden_columns=(3,),
    title_rows=(1, 1),
    print_columns=3,
    page_breaks=(4,),
    frozen_rows=1,
    landscape=True,
    choices=(Choice("D2:D9", ("Yes", "No & never")),),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "a.xlsx", sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))


def added(path: Path, page: SheetPage = PAGE) -> Path:
    workbook = load(path)
    workbook.put_sheet(page)
    return save(workbook, path.with_name("added.xlsx"))


def test_a_sheet_is_added_last_and_reads_back(book: Path) -> None:
    again = load(added(book))
    assert [s.name for s in again.sheets] == ["Index", "Adults' care"]
    rows = {row.number: row for row in again.sheets[1].rows()}
    assert rows[2].get(1) == Cell("=1+1")
    assert rows[2].get(2) == Cell(Decimal("0.5"))
    assert [*rows[4].cells()] == [1]


def test_openpyxl_sees_what_was_asked_for(book: Path) -> None:
    found = openpyxl.load_workbook(added(book))["Adults' care"]
    assert found.freeze_panes == "A2"
    assert found.print_title_rows == "$1:$1"
    assert found.print_area == "'Adults'' care'!$A$1:$C$4"
    assert found.page_setup.orientation == "landscape"
    assert (found.page_setup.paperSize, found.page_setup.fitToHeight) == (9, 0)
    set_up = found.sheet_properties.pageSetUpPr
    assert set_up is not None
    assert set_up.fitToPage
    assert [b.id for b in found.row_breaks.brk] == [3]
    assert found.column_dimensions["A"].width == 30.5
    assert found.column_dimensions["C"].hidden
    assert found.row_dimensions[1].height == 30
    assert found.data_validations.dataValidation[0].formula1 == '"Yes,No & never"'
    assert found["A1"].font.bold
    assert found["A1"].fill.fgColor.rgb == "FF1F3B57"
    assert found["A2"].alignment.wrap_text
    assert found["A2"].data_type == "s"


def test_an_added_sheet_may_be_hidden_and_is_not_opened(book: Path) -> None:
    path = added(book, PAGE._replace(hidden=True))
    assert not load(path).sheets[1].visible
    assert "tabSelected" not in part(load(path), SHEET2)


def test_a_second_run_changes_nothing(book: Path) -> None:
    once = added(book)
    workbook = load(once)
    workbook.put_sheet(PAGE)
    assert save(workbook, book.with_name("twice.xlsx")).read_bytes() == once.read_bytes()


def test_a_refresh_replaces_our_columns_and_keeps_the_users(book: Path) -> None:
    once = added(book)
    with_notes = load(once)
    text = part(with_notes, SHEET2)
    text = text.replace('<c r="C4"', '<c r="B4"><v>9</v></c><c r="C4"')
    text = text.replace("</row></sheetData>", '<c r="D4"><v>8</v></c></row></sheetData>')
    text = text.replace('width="30.5"', 'width="44"')
    with_notes.package.replace(SHEET2, text.encode())
    path = save(with_notes, book.with_name("notes.xlsx"))
    workbook = load(path)
    rows = (
        PageRow(1, (PageCell(1, "Exceptions", HEAD),)),
        PageRow(3, (PageCell(2, "new", BODY),), 12.5),
        PageRow(6, (PageCell(1, "end", BODY),)),
    )
    workbook.put_sheet(PAGE._replace(rows=rows, page_breaks=(6,)))
    root = tree(part(workbook, SHEET2))
    found = {
        row.get("r"): ({c.get("r") for c in row}, row.get("ht"), row.get("customHeight"))
        for row in root.iter(f"{{{MAIN}}}row")
    }
    assert found == {
        "1": ({"A1"}, "30", None),
        "3": ({"B3"}, "12.5", None),
        "4": ({"D4"}, None, None),
        "6": ({"A6"}, None, None),
    }
    assert 'width="44"' in part(workbook, SHEET2)
    assert [b.get("id") for b in root.iter(f"{{{MAIN}}}brk")] == ["5"]
    assert "'Adults'' care'!$A$1:$C$6" in part(workbook, "xl/workbook.xml")


def test_a_formula_typed_into_our_columns_is_not_destroyed(book: Path) -> None:
    workbook = load(added(book))
    text = part(workbook, SHEET2).replace(
        '<row r="4">', '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row><row r="4">'
    )
    workbook.package.replace(SHEET2, text.encode())
    with pytest.raises(OutputError, match=r"A3.*formula"):
        workbook.put_sheet(PAGE)


def test_print_names_follow_those_that_are_there(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(""))
    workbook = load(path)
    text = part(workbook, "xl/workbook.xml").replace(
        "</sheets>",
        '</sheets><externalReferences/><definedNames><definedName name="a">1</definedName>'
        "</definedNames><calcPr/>",
    )
    workbook.package.replace("xl/workbook.xml", text.encode())
    workbook = load(save(workbook, tmp_path / "b.xlsx"))
    workbook.put_sheet(PAGE)
    root = tree(part(workbook, "xl/workbook.xml"))
    names = root.find(f"{{{MAIN}}}definedNames")
    assert names is not None
    assert [(n.get("name"), n.get("localSheetId")) for n in names] == [
        ("a", None),
        ("_xlnm.Print_Area", "1"),
        ("_xlnm.Print_Titles", "1"),
    ]


def test_names_go_before_the_calculation_settings(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet("")))
    text = part(workbook, "xl/workbook.xml").replace("</sheets>", "</sheets><calcPr/>")
    workbook.package.replace("xl/workbook.xml", text.encode())
    workbook = load(save(workbook, tmp_path / "b.xlsx"))
    workbook.put_sheet(PAGE)
    root = tree(part(workbook, "xl/workbook.xml"))
    assert [c.tag.rpartition("}")[2] for c in root] == ["sheets", "definedNames", "calcPr"]


def test_choices_that_no_list_can_hold_are_refused(book: Path) -> None:
    with pytest.raises(OutputError, match="drop-down"):
        load(book).put_sheet(PAGE._replace(choices=(Choice("A1", ("a,b",)),)))


def test_page_breaks_of_somebody_stay_where_the_page_has_none(book: Path) -> None:
    page = PAGE._replace(page_breaks=())
    first = added(book, page)
    excel = openpyxl.load_workbook(first)
    excel["Adults' care"].row_breaks.append(Break(id=2))
    excel.save(first)
    workbook = load(first)
    workbook.put_sheet(page._replace(rows=page.rows[:2]))
    again = openpyxl.load_workbook(save(workbook, book.with_name("again.xlsx")))["Adults' care"]
    assert [b.id for b in again.row_breaks.brk] == [2]
