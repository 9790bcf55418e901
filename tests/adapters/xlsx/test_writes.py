"""Writing cells: only their bytes change, and what would do damage is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import shared_strings
from perf_addin.application.grid import Cell, Look
from perf_addin.application.ports import CellWrite
from perf_addin.domain.errors import InputError, OutputError
from tests.adapters.xlsx.small_workbook import MAIN, build, load, part, save, sheet

ROW = (
    '<row r="2" spans="1:3"><c r="A2" s="1"><v>0.5</v></c><c r="C2" t="s" vm="1"><v>0</v></c></row>'
)


def written(path: Path, *writes: CellWrite) -> str:
    workbook = load(path)
    workbook.write("Index", writes)
    return part(workbook)


@pytest.mark.parametrize(
    ("write", "old", "new"),
    (
        (CellWrite(2, 1, 7), '<c r="A2" s="1"><v>0.5</v></c>', '<c r="A2" s="1"><v>7</v></c>'),
        (CellWrite(2, 1, None), '<c r="A2" s="1"><v>0.5</v></c>', '<c r="A2" s="1"/>'),
        (
            CellWrite(2, 3, "=1+1"),
            '<c r="C2" t="s" vm="1"><v>0</v></c>',
            '<c r="C2" t="inlineStr"><is><t>=1+1</t></is></c>',
        ),
        (
            CellWrite(2, 3, " a<b\r\n"),
            '<c r="C2" t="s" vm="1"><v>0</v></c>',
            '<c r="C2" t="inlineStr"><is><t xml:space="preserve"> a&lt;b\n</t></is></c>',
        ),
        (
            CellWrite(2, 2, Decimal("1.50")),
            '<c r="C2"',
            '<c r="B2"><v>1.50</v></c><c r="C2"',
        ),
        (
            CellWrite(2, 28, "x", like=(2, 1)),
            "<v>0</v></c></row>",
            '<v>0</v></c><c r="AB2" s="1" t="inlineStr"><is><t>x</t></is></c></row>',
        ),
        (CellWrite(1, 1, 1), '<row r="2"', '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"'),
        (
            CellWrite(9, 2, 1),
            "</sheetData>",
            '<row r="9"><c r="B9"><v>1</v></c></row></sheetData>',
        ),
    ),
)
def test_only_the_bytes_of_the_cell_change(
    tmp_path: Path, write: CellWrite, old: str, new: str
) -> None:
    xml = sheet(ROW)
    path = build(tmp_path / "a.xlsx", xml, strings="<si><t>old</t></si>")
    expected = xml.replace(old, new)
    if write.column > 3:
        expected = expected.replace('spans="1:3"', f'spans="1:{write.column}"')
    assert written(path, write) == expected


@pytest.mark.parametrize(
    "write",
    (
        CellWrite(2, 1, Decimal("0.50")),
        CellWrite(2, 3, "old"),
        CellWrite(2, 2, None),
        CellWrite(7, 2, None, Look.PLAIN),
        CellWrite(2, 3, "old", Look.PLAIN),
    ),
)
def test_what_is_there_already_is_not_written(tmp_path: Path, write: CellWrite) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROW), strings="<si><t>old</t></si>")
    workbook = load(path)
    workbook.write("Index", [write])
    assert part(workbook) == sheet(ROW)
    assert not workbook.styles.changed


@pytest.mark.parametrize("prefix", ("", "x:"))
@pytest.mark.parametrize("value", (None, 7, "text"))
def test_extensions_of_a_cell_stay_when_its_value_changes(
    tmp_path: Path, value: str | int | None, prefix: str
) -> None:
    kept = (
        '<extLst><ext uri="{1}" xmlns:o="urn:other"><o:extLst><!-- </extLst> --></o:extLst></ext>'
        "</extLst>"
    )
    plain = f'<c r="A1" s="1"><v>1</v>{kept}</c><c r="B1"><v>2</v></c>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{plain}</row></sheetData></worksheet>'
    if prefix:
        for name in ("worksheet", "sheetData", "row", "c", "v", "extLst", "ext"):
            xml = xml.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
        xml = xml.replace("xmlns=", "xmlns:x=")
    text = written(build(tmp_path / "a.xlsx", xml), CellWrite(1, 1, value))
    start = xml.index(f"<{prefix}extLst>")
    end = xml.rindex(f"</{prefix}extLst>") + len(f"</{prefix}extLst>")
    assert f"{xml[start:end]}</{prefix}c><{prefix}c " in text
    assert f"<{prefix}v>1<" not in text


def test_a_look_is_read_back_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROW), strings="<si><t>old</t></si>")
    writes = [CellWrite(2, 1, Decimal("0.5"), Look.RED), CellWrite(2, 4, "G", Look.GREEN, (2, 1))]
    first = load(path)
    first.write("Index", writes)
    once = save(first, tmp_path / "once.xlsx")
    second = load(once)
    row = next(second.sheets[0].rows())
    assert [row.look(column) for column in (1, 2, 3, 4)] == [Look.RED, None, None, Look.GREEN]
    assert row.get(1) == Cell(Decimal("0.5"), percent=True)
    second.write("Index", writes)
    assert save(second, tmp_path / "twice.xlsx").read_bytes() == once.read_bytes()


def test_the_value_stays_as_stored_where_only_the_look_changes(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROW), strings="<si><t>old</t></si>")
    text = written(path, CellWrite(2, 3, "old", Look.AMBER))
    assert '<c r="C2" t="s" vm="1" s="4"><v>0</v></c>' in text


def test_an_empty_sheet_and_its_dimension_open(tmp_path: Path) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData /></worksheet>'
    text = written(build(tmp_path / "a.xlsx", xml), CellWrite(3, 2, 4))
    assert text == (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B3"/><sheetData>'
        '<row r="3"><c r="B3"><v>4</v></c></row></sheetData></worksheet>'
    )


def test_a_self_closed_row_opens_and_lends_its_style(tmp_path: Path) -> None:
    xml = sheet('<row r="3" s="1" customFormat="1" ht="20"/>')
    text = written(build(tmp_path / "a.xlsx", xml), CellWrite(3, 2, 4))
    assert '<row r="3" s="1" customFormat="1" ht="20"><c r="B3" s="1"><v>4</v></c></row>' in text


def test_a_column_lends_its_style(tmp_path: Path) -> None:
    xml = sheet(ROW, before='<cols><col min="5" max="6" style="2"/></cols>')
    assert '<c r="E2" s="2"><v>4</v></c>' in written(
        build(tmp_path / "a.xlsx", xml, strings="<si/>"), CellWrite(2, 5, 4)
    )


def test_prefixed_sheets_get_prefixed_cells(tmp_path: Path) -> None:
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    text = written(build(tmp_path / "a.xlsx", xml), CellWrite(1, 1, "a"))
    cell = '<x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
    assert f'<x:row r="1">{cell}</x:row>' in text


def test_comments_stay_where_they_are(tmp_path: Path) -> None:
    rows = '<row r="2"><!-- <c r="A2"/> --><c r="A2"><v>1</v></c></row>'
    text = written(build(tmp_path / "a.xlsx", sheet(rows)), CellWrite(2, 1, 2), CellWrite(2, 2, 3))
    assert text == sheet(
        '<row r="2"><!-- <c r="A2"/> --><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    )


@pytest.mark.parametrize(
    ("rows", "after", "cell", "why"),
    (
        ('<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>', "", (1, 1), "A1.*formula"),
        (
            '<row r="1"><c r="A1"><f t="array" ref="A1:B2">X</f></c><c r="B1"><v>2</v></c></row>',
            "",
            (1, 2),
            "B1.*array",
        ),
        (
            '<row r="1"><c r="A1"><f t="dataTable" ref="A1:B2"/><v>1</v></c></row>',
            "",
            (2, 2),
            "B2.*data table",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A1:C3"/></mergeCells>',
            (2, 2),
            "B2.*merged",
        ),
        ("", "", (1_048_577, 1), "no row"),
    ),
)
def test_what_would_do_damage_is_refused(
    tmp_path: Path, rows: str, after: str, cell: tuple[int, int], why: str
) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet(rows, after=after)))
    with pytest.raises(OutputError, match=why):
        workbook.write("Index", [CellWrite(*cell, "x")])
    assert part(workbook) == sheet(rows, after=after)


def test_a_sheet_that_cannot_be_written_into_is_refused_as_input(tmp_path: Path) -> None:
    torn = sheet('<row r="2"/><row r="1"/>')
    nowhere = sheet("").replace("<sheetData></sheetData>", "<sheetPr/>")
    assert "sheetData" not in nowhere
    for xml, why in ((torn, "row 1 comes after row 2"), (nowhere, "no place for cells")):
        workbook = load(build(tmp_path / "a.xlsx", xml))
        with pytest.raises(InputError, match=why):
            workbook.write("Index", [CellWrite(3, 1, "x")])
        assert part(workbook) == xml


def test_the_first_of_merged_cells_may_be_written(tmp_path: Path) -> None:
    xml = sheet("", after='<mergeCells><mergeCell ref="A1:C3"/></mergeCells>')
    assert '<c r="A1"><v>1</v></c>' in written(build(tmp_path / "a.xlsx", xml), CellWrite(1, 1, 1))


def test_too_long_or_endless_values_are_refused(tmp_path: Path) -> None:
    workbook = load(build(tmp_path / "a.xlsx", sheet("")))
    with pytest.raises(OutputError, match=r"A1.*32,767"):
        workbook.write("Index", [CellWrite(1, 1, "x" * 32_768)])
    with pytest.raises(OutputError, match=r"A1.*finite"):
        workbook.write("Index", [CellWrite(1, 1, Decimal("nan"))])


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Nowhere"):
        load(build(tmp_path / "a.xlsx", sheet(""))).write("Nowhere", [])


def test_control_characters_and_escapes_come_back_as_written(tmp_path: Path) -> None:
    text = "a\x07b _x0041_ \ufffe \U0001f600"
    workbook = load(build(tmp_path / "a.xlsx", sheet("")))
    workbook.write("Index", [CellWrite(1, 1, text)])
    again = load(save(workbook, tmp_path / "b.xlsx"))
    assert next(again.sheets[0].rows()).get(1) == Cell(text)


def test_many_texts_are_let_go_of_and_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_strings, "_LARGE", 0)
    path = build(tmp_path / "index.xlsx", sheet(ROW), strings="<si><t>n/a</t></si>")
    workbook = load(path)
    before = workbook.strings()
    workbook.write("Index", [CellWrite(2, 1, 7)])
    assert workbook.strings() is not before
    (row,) = workbook.sheets[0].rows()
    assert row.get(3) == Cell("n/a")
