"""Reading sheets: every form in which real files store rows and cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.dates import date_of
from perf_addin.adapters.xlsx.styles import Shown, shown_as
from perf_addin.application.grid import Cell, CellError, CellRange, column_number
from perf_addin.domain.errors import InputError
from tests.adapters.xlsx.small_workbook import MAIN, build, load, sheet


def cells(path: Path) -> dict[tuple[int, int], Cell | None]:
    rows = load(path).sheets[0].rows()
    return {(row.number, column): row.get(column) for row in rows for column in row.cells()}


@pytest.mark.parametrize(
    ("xml", "expected"),
    (
        ('<c r="A1"><v>1.5</v></c>', Cell(Decimal("1.5"))),
        ('<c r="A1" t="n"><v>-0.1</v></c>', Cell(Decimal("-0.1"))),
        ('<c r="A1"><v>0.30000000000000004</v></c>', Cell(Decimal("0.3"))),
        ('<c r="A1" s="1"><v>0.88</v></c>', Cell(Decimal("0.88"), percent=True)),
        ('<c s="1" r="A1"><v>0.88</v></c>', Cell(Decimal("0.88"), percent=True)),
        ("<c r='A1' s='1'><v>0.88</v></c>", Cell(Decimal("0.88"), percent=True)),
        ('<c r="A1" s="2"><v>45383.75</v></c>', Cell(date(2024, 4, 1))),
        ('<c r="A1" s="3"><v>60</v></c>', Cell(date(1900, 2, 28))),
        ('<c r="A1" s="3"><v>-2</v></c>', Cell(Decimal(-2))),
        ('<c r="A1" t="d"><v>2024-04-01T00:00:00Z</v></c>', Cell(date(2024, 4, 1))),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(value=True)),
        ('<c r="A1" t="b"><v>0</v></c>', Cell(value=False)),
        ('<c r="A1" t="e"><v>#N/A</v></c>', Cell(CellError("#N/A"))),
        ('<c r="A1" t="s"><v>0</v></c>', Cell("plain & simple")),
        ('<c r="A1" t="s"><v>1</v></c>', Cell("two runs")),
        ('<c r="A1" t="s"><v>2</v></c>', Cell("kana")),
        ('<c r="A1" t="s"><v>3</v></c>', Cell("a\r_x0041_")),
        ('<c r="A1" t="inlineStr"><is><t>x&lt;y</t></is></c>', Cell("x<y")),
        (
            (
                '<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><rPr>'
                '<color rgb="FF0000FF"/></rPr><t>b</t></r></is></c>'
            ),
            Cell("a b"),
        ),
        ('<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', Cell("ab", formula=True)),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Cell(Decimal(2), formula=True)),
        ('<c r="A1"><f>1+1</f></c>', Cell("", formula=True)),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', Cell("", formula=True)),
        ('<c r="A1"><f>IF(1>0,1,2)</f><v>1</v></c>', Cell(Decimal(1), formula=True)),
        ('<c r="A1" t="n"><!-- note --><v>7</v></c>', Cell(Decimal(7))),
        ('<c r="A1" t="str"><v><![CDATA[a<b]]></v></c>', Cell("a<b")),
        ("<c><v>3</v></c>", Cell(Decimal(3))),
    ),
)
def test_one_cell(tmp_path: Path, xml: str, expected: Cell) -> None:
    strings = (
        "<si><t>plain &amp; simple</t></si>"
        '<si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r></si>'
        '<si><t>kana</t><rPh sb="0" eb="1"><t>left out</t></rPh></si>'
        "<si><t>a_x000D__x005F_x0041_</t></si>"
    )
    path = build(tmp_path / "a.xlsx", sheet(f'<row r="1">{xml}</row>'), strings=strings)
    found = cells(path)
    assert found == {(1, 1): expected}
    assert found[1, 1] is not None
    assert type(found[1, 1].value) is type(expected.value)


def test_blank_cells_are_absent(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"/><c r="B1"></c></row><row r="2"/>'
        '<row r="4" hidden="1"><c r="A4"/><c r="AB4"><v>1</v></c></row>'
    )
    found = list(load(build(tmp_path / "a.xlsx", sheet(rows))).sheets[0].rows())
    assert [(row.number, row.hidden, [*row.cells()]) for row in found] == [(4, True, [28])]


def test_addresses_may_be_missing(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    found = cells(build(tmp_path / "a.xlsx", sheet(rows)))
    assert {place: int(cell.value) for place, cell in found.items()} == {  # type: ignore[arg-type, union-attr]
        (1, 1): 1,
        (1, 2): 2,
        (5, 3): 3,
        (5, 4): 4,
        (6, 1): 5,
    }


_ALL_BUT_Z = " ".join("ABCDEFGHIJKLMNOPQRSTUVWXY")


@pytest.mark.parametrize("row", (1, 12))
@pytest.mark.parametrize(
    "stored",
    ("A B D C E", "A B D E E", "AB B C", "B B", f"{_ALL_BUT_Z} AA AA", f"{_ALL_BUT_Z} Z AB AA AC"),
)
def test_cells_are_read_by_their_addresses_however_they_stand(
    tmp_path: Path, row: int, stored: str
) -> None:
    """Such a row may hold as many cells as the column of its last one says."""
    places = [(letters, n) for n, letters in enumerate(stored.split(), 1)]
    data = "".join(f'<c r="{letters}{row}"><v>{n}</v></c>' for letters, n in places)
    path = build(tmp_path / "order.xlsx", sheet(f'<row r="{row}">{data}</row>'))
    first = {letters: Decimal(n) for letters, n in reversed(places)}
    read = {place: cell.value for place, cell in cells(path).items() if cell is not None}
    assert read == {(row, column_number(letters)): value for letters, value in first.items()}


def test_a_cell_without_address_is_not_read_as_its_neighbour(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c s="1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    row = next(load(build(tmp_path / "a.xlsx", sheet(rows))).sheets[0].rows())
    assert [row.get(column) for column in (1, 2, 3, 4)] == [
        Cell(Decimal(1)),
        Cell(Decimal(2), percent=True),
        Cell(Decimal(3)),
        None,
    ]


def test_any_prefix_and_encoding(tmp_path: Path) -> None:
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>é</x:t>'
        "</x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    found = cells(build(tmp_path / "a.xlsx", text.encode("utf-16")))
    assert found == {(1, 1): Cell(Decimal(1)), (1, 2): Cell("é")}


def test_comments_in_the_data_hide_nothing_and_show_nothing(tmp_path: Path) -> None:
    rows = (
        '<!-- <row r="1"><c r="A1"><v>9</v></c></row> --><row r="2"><c r="A2"><v>1</v></c>'
        '<!-- <c r="B2"><v>9</v></c> --><c r="C2"><v>2<!-- 5 --></v></c></row>'
    )
    found = cells(build(tmp_path / "a.xlsx", sheet(rows)))
    assert found == {(2, 1): Cell(Decimal(1)), (2, 3): Cell(Decimal(2))}


def test_rows_from_a_row_on_and_merged_ranges(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'
    found = load(build(tmp_path / "a.xlsx", sheet(rows, after=merged))).sheets[0]
    assert [row.number for row in found.rows(2)] == [3]
    assert [row.number for row in found.rows()] == [1, 3]
    assert found.merged() == [CellRange(2, 2, 4, 3)]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    xml = sheet('<row r="1"><c r="A1" s="3"><v>0</v></c></row>')
    path = build(tmp_path / "a.xlsx", xml, workbook='<workbookPr date1904="1"/>')
    assert cells(path) == {(1, 1): Cell(date(1904, 1, 1))}


def test_a_damaged_sheet_is_refused_by_name(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">')
    with pytest.raises(InputError, match="Index"):
        cells(path)


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    (
        (9, None, Shown.PERCENT),
        (10, None, Shown.PERCENT),
        (14, None, Shown.DATE),
        (46, None, Shown.NUMBER),
        (0, None, Shown.NUMBER),
        (164, '0.0" %"', Shown.NUMBER),
        (164, r"0.0\%", Shown.NUMBER),
        (164, "0.0%;[Red]-0.0%", Shown.PERCENT),
        (164, "[$-809]d mmmm yyyy", Shown.DATE),
        (164, "[h]:mm", Shown.NUMBER),
        (164, '0 "days"', Shown.NUMBER),
        (164, "[Red]0.00", Shown.NUMBER),
        (164, "General", Shown.NUMBER),
        (164, "_-* #,##0_-", Shown.NUMBER),
    ),
)
def test_number_formats(number: int, code: str | None, expected: Shown) -> None:
    assert shown_as(number, code) is expected


def test_the_day_that_never_was() -> None:
    days = [date_of(Decimal(n), from_1904=False) for n in (0, 1, 59, 60, 61, 2958465, 2958466)]
    assert days == [
        None,
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(9999, 12, 31),
        None,
    ]
