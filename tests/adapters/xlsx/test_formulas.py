"""A person's formulas on a sheet that is refreshed: read, moved, and parted from their group."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.formulas import followed, shifted
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from tests.adapters.xlsx.small_workbook import OFFICE, build, load, part, save, sheet

STYLE = PageStyle(border=True)
ORDER = "xl/calcChain.xml"


@pytest.mark.parametrize(
    ("text", "rows", "columns", "expected"),
    (
        ("A1+$A1+A$1+$A$1", 2, 1, "B3+$A3+B$1+$A$1"),
        ("SUM(A1:B2)*LOG10(C3)", 1, 0, "SUM(A2:B3)*LOG10(C4)"),
        ("'It''s A1'!A1&\"A1 \"\"A1\"", 1, 1, "'It''s A1'!B2&\"A1 \"\"A1\""),
        (
            "Q1!A1+Table1[[#This Row],[A1]]+[1]Sheet!A1",
            1,
            1,
            "Q1!B2+Table1[[#This Row],[A1]]+[1]Sheet!B2",
        ),
        ("SUM(A:B)+SUM(1:$2)+SUM($A:A)", 1, 1, "SUM(B:C)+SUM(2:$2)+SUM($A:B)"),
        ("A1+XFD1048576", -1, 0, "#REF!+XFD1048575"),
        ("Name_A1+A1.x+1E5+TRUE", 1, 1, "Name_A1+A1.x+1E5+TRUE"),
    ),
)
def test_a_shared_formula_is_read_from_another_cell(
    text: str, rows: int, columns: int, expected: str
) -> None:
    assert shifted(text, rows, columns) == expected


def test_a_formula_that_moves_follows_its_own_row_only() -> None:
    text = "C7&$C$7&C8&Index!C7&'A b'!C7&SUM(A7:B7)&SUM(7:7)&SUM(C1:C7)&\"C7\""
    moved = "C9&$C$9&C8&Index!C7&'A b'!C7&SUM(A9:B9)&SUM(9:9)&SUM(C1:C7)&\"C7\""
    assert followed(text, 7, 9) == moved


def with_order(path: Path, rows: str) -> Path:
    """A workbook with formulas and the list of them that Excel keeps."""
    workbook = load(build(path, sheet(rows)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    workbook.package.add(ORDER, b"<calcChain><c r='A1' i='1'/></calcChain>", kind)
    workbook.package.relate("xl/workbook.xml", f"{OFFICE}/calcChain", ORDER)
    return save(workbook, path)


def page(*rows: PageRow) -> SheetPage:
    """The page that takes two columns of the sheet."""
    return SheetPage("Index", rows, own_columns=2, replaces_formulas=True)


ROWS = (
    '<row r="1"><c r="A1" s="1" t="str"><f t="shared" ref="A1:C1" si="0">A2&amp;"x"</f><v>a</v></c>'
    '<c r="B1"><f t="shared" si="0"/><v>5</v></c><c r="C1" s="2"><f t="shared" si="0"/><v>7</v></c>'
    '</row><row r="2"><c r="A2" cm="1"><f t="array" ref="A2:A3">B1:B2</f><v>1</v></c></row>'
    '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f t="dataTable" ref="B3:B4" r1="A1"/><v>3</v></c>'
    "</row>"
)


def test_formulas_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    rows = list(load(build(tmp_path / "a.xlsx", sheet(ROWS))).sheets[0].rows())
    assert [rows[0].formula(column) for column in (1, 2, 3, 4)] == [
        '=A2&"x"',
        '=B2&"x"',
        '=C2&"x"',
        None,
    ]
    assert rows[1].formula(1) == "{=B1:B2}"
    assert [rows[2].formula(column) for column in (1, 2)] == [None, None]


def test_kept_formulas_move_and_stand_by_themselves(tmp_path: Path) -> None:
    workbook = load(with_order(tmp_path / "a.xlsx", ROWS))
    kept = [PageCell(c, None, STYLE, kept_from=1, keeps_style=True) for c in (1, 2)]
    array = PageCell(1, None, STYLE, kept_from=2, keeps_style=True)
    table = PageCell(2, None, STYLE, kept_from=3, keeps_style=True)
    absent = PageCell(2, None, STYLE, kept_from=9)
    workbook.put_sheet(
        page(PageRow(2, (*kept,)), PageRow(3, (array, table)), PageRow(5, (array, absent)))
    )
    assert part(workbook) == sheet(
        '<row r="1"><c r="C1" s="2"><f>C2&amp;"x"</f><v>7</v></c></row><row r="2">'
        '<c r="A2" s="1" t="str"><f>A2&amp;"x"</f><v>a</v></c><c r="B2"><f>B2&amp;"x"</f><v>5</v>'
        '</c></row><row r="3"><c r="A3" cm="1"><f t="array" ref="A3">B1:B2</f><v>1</v></c>'
        '<c r="B3"><v>3</v></c></row><row r="5"><c r="A5" cm="1">'
        '<f t="array" ref="A5">B1:B2</f><v>1</v></c></row>'
    )
    assert ORDER not in workbook.package.part_names
    once = save(workbook, tmp_path / "b.xlsx")
    assert "calcChain" not in part(load(once), "[Content_Types].xml")
    assert "calcChain" not in part(load(once), "xl/_rels/workbook.xml.rels")


def test_a_formula_that_stays_is_not_touched(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    path = with_order(tmp_path / "a.xlsx", rows)
    workbook = load(path)
    workbook.put_sheet(page(PageRow(1, (PageCell(1, 2, STYLE, kept_from=1, keeps_style=True),))))
    assert part(workbook) == sheet(rows)
    assert ORDER in workbook.package.part_names


def test_a_formula_of_ours_to_put_back_and_one_to_replace(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>2</f><v>2</v></c></row>'
    workbook = load(with_order(tmp_path / "a.xlsx", rows))
    plain = PageStyle()
    workbook.put_sheet(
        page(PageRow(1, (PageCell(1, "=", plain), PageCell(2, "<", plain, formula='=A1&"<"'))))
    )
    text = part(workbook)
    assert "<t>=</t>" in text
    assert 't="str"><f>A1&amp;"&lt;"</f><v>&lt;</v></c>' in text
    assert ORDER not in workbook.package.part_names
