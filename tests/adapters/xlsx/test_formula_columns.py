"""The formulas of a sheet by columns: the same cells as one by one, or none at all."""

from __future__ import annotations

import pytest

from perf_addin.adapters.xlsx.column_values import column_values
from perf_addin.adapters.xlsx.formula_cells import FormulaCells
from perf_addin.adapters.xlsx.formula_columns import formula_columns, formulas_behind
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.stored_values import stored_values
from perf_addin.application.formulas.references import shifted
from perf_addin.application.functions.values import Scalar
from perf_addin.application.grid import CellRange

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = SharedStrings(b"<sst><si><t>High</t></si><si><t>a &amp; b</t></si></sst>")


def scan(rows: str, after: str = "") -> SheetScan:
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return SheetScan(text.encode(), "Index")


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'.replace("#", str(number))


def by_cell(sheet: SheetScan) -> dict[tuple[int, int], tuple[str, Scalar]]:
    """Each formula as it reads in its cell, with its result, read one by one."""
    masters: dict[int, tuple[int, int, str]] = {}
    found = {}
    for cell in FormulaCells(sheet):
        text = cell.text
        if cell.group is not None and text:
            masters[cell.group] = (cell.row, cell.column, text)
        elif cell.group is not None:
            top, left, first = masters[cell.group]
            text = shifted(first, cell.row - top, cell.column - left)
        found[cell.row, cell.column] = (text, cell.stored)
    return found


def by_column(sheet: SheetScan) -> dict[tuple[int, int], tuple[str, Scalar]]:
    """The same, read by columns."""
    columns = formula_columns(sheet)
    assert columns is not None
    return {
        (row, column.column): (shifted(column.text, row - column.rows[0], 0), result)
        for column in columns
        for row, result in zip(column.rows, column.stored, strict=True)
    }


OWN = '<c r="C#"><f>A#/B#</f><v>0.5</v></c>'
OTHER = '<c r="C#"><f>1+A#</f><v>2</v></c>'
QUARTER = '<c r="C#" t="str"><f>IF(A#="Q1 A3","H1","H2")</f><v>H2</v></c>'
RATED = '<c r="D#" t="str"><f>[1]!RAG(C#,0.9,"High")</f><v>R</v></c>'


@pytest.mark.parametrize(
    "rows",
    (
        [row(n, OWN, RATED) for n in range(1, 12)],
        [row(n, OWN, RATED) for n in (2, 3, 9, 10, 11, 100, 1_048_576)],
        [row(n, OWN, RATED) if n % 3 else row(n, RATED) for n in range(1, 12)],
        [row(n, OWN, RATED) if n % 4 else row(n, OTHER) for n in range(1, 12)],
        [row(2, '<c r="C2"><f>A1/B3</f><v>1</v></c>'), row(3, '<c r="C3"><f>A2/B4</f></c>')],
        [row(2, '<c r="C2"><f>A$1/$B2</f><v/></c>'), row(3, '<c r="C3"><f>A$1/$B3</f><v></v></c>')],
        [
            row(2, '<c r="C2" t="str"><f>A2&amp;B2</f><v/></c>'),
            row(3, '<c r="C3" t="str"><f>A3&amp;B3</f><v></v></c>'),
            row(4, '<c r="C4" t="str"><f>A4&amp;B4</f></c>'),
            row(5, '<c r="C5" t="b"><f>A5&amp;B5</f><v/></c>'),
        ],
        [row(n, '<c r="C#" t="b"><f>LOG10(A#)&gt;1</f><v>1</v></c>') for n in range(9, 12)],
        [row(n, QUARTER) for n in range(9, 12)],
        [row(n, "<c r=\"C#\"><f>Sheet2!A#+'Q1 b'!B#</f><v>1</v></c>") for n in range(9, 12)],
        [
            row(2, '<c r="C2" s="1"><f t="shared" ref="C2:C4" si="0">A2*2</f><v>4</v></c>', RATED),
            row(3, '<c r="C3" s="1"><f t="shared" si="0"/><v>6</v></c>', RATED),
            row(4, '<c r="C4" s="2" t="str"><f t="shared" si="0"/><v>x &amp; y</v></c>', RATED),
        ],
    ),
)  # fmt: skip
def test_formulas_by_columns_are_those_of_the_cells(rows: list[str]) -> None:
    sheet = scan("".join(rows))
    assert by_column(sheet) == by_cell(sheet)


PLAIN = (OWN, RATED, '<c r="E#" s="1"><f>D#+C$1</f><v>7</v></c>')
ODD: dict[int, tuple[str, ...]] = {
    90: (),
    91: (OTHER, *PLAIN[1:]),
    150: (*PLAIN, '<c r="G#"><f>A#</f><v>3</v></c>'),
    160: PLAIN[:2],
    161: PLAIN[1:],
    200: (PLAIN[0], '<c r="D#" t="str"><f>[1]!RAG(C9,0.9,"High")</f><v>G</v></c>', PLAIN[2]),
    201: (OWN.replace("<v>0.5</v>", ""), *PLAIN[1:]),
    330: (PLAIN[0].replace("<c ", '<c s="4" ', 1).replace('<c s="4" r="C#"', '<c r="C#" s="4"'),),
    700: (QUARTER, *PLAIN[1:]),
}
"""What some rows have in the place of formulas that were filled down over all others."""


@pytest.mark.parametrize("step", (1, 7, 64))
def test_many_rows_alike_are_those_of_the_cells_with_odd_ones_among_them(step: int) -> None:
    odd = {number: cells for number, cells in ODD.items() if number % step == 0 or step == 1}
    rows = [row(n, *odd.get(n, PLAIN)) for n in range(2, 1300)]
    sheet = scan("".join(rows))
    assert by_column(sheet) == by_cell(sheet)


def test_rows_between_which_others_lie_are_those_of_the_cells() -> None:
    sheet = scan("".join(row(n, *PLAIN) if n % 10 else row(n) for n in range(2, 300)))
    assert by_column(sheet) == by_cell(sheet)


def test_what_stands_outside_the_cells_is_no_formula() -> None:
    rules = "<conditionalFormatting><cfRule><formula>A1</formula></cfRule></conditionalFormatting>"
    sheet = scan(row(1, OWN), rules)
    assert by_column(sheet) == by_cell(sheet) == {(1, 3): ("A1/B1", 0.5)}


@pytest.mark.parametrize(
    "cell",
    (
        '<c r="C#"><f t="array" ref="C#">A#:B#</f><v>1</v></c>',
        '<c r="C#"><f t="dataTable" ref="C#:D#" r1="A1"/><v>1</v></c>',
        '<c r="C#"><f ca="1">NOW()</f><v>1</v></c>',
        '<c r="C#"><f t="shared" si="7"/><v>1</v></c>',
        "<c><f>A#</f><v>1</v></c>",
        '<c r="C#"><!-- odd --><f>A#</f><v>1</v></c>',
        '<c r="C#"><f>A#</f> <v>1</v></c>',
        '<c r="C#"><f>A#</f><v xml:space="preserve">1</v></c>',
        '<c r="C#"><f/><v>1</v></c>',
        '<c r="C#" note="&gt;>"><f>A#</f><v>1</v></c>',
    ),
)
def test_what_takes_reading_cell_by_cell_is_left_to_that(cell: str) -> None:
    assert formula_columns(scan(row(1, OWN) + row(2, cell))) is None


def test_a_shared_formula_over_several_columns_is_read_cell_by_cell() -> None:
    first = '<c r="C2"><f t="shared" ref="C2:D2" si="0">A2</f><v>1</v></c>'
    assert (
        formula_columns(scan(row(2, first, '<c r="D2"><f t="shared" si="0"/><v>1</v></c>'))) is None
    )


def test_rows_out_of_order_are_read_cell_by_cell() -> None:
    assert formula_columns(scan(row(3, OWN) + row(2, OWN))) is None


VALUES = (
    '<c r="B#"><v>1.5</v></c>',
    '<c r="B#" t="s"><v>1</v></c>',
    '<c r="B#" t="str"><v>x</v></c>',
    '<c r="B#" t="inlineStr"><is><t>typed</t></is></c>',
    '<c r="B#" t="b"><v>1</v></c>',
    '<c r="B#" t="e"><v>~N/A</v></c>',
    '<c r="B#" s="3"/>',
    '<c r="B#"></c>',
    "",
    '<c r="B#"><f>A#</f><v>7</v></c>',
    '<c r="BB#"><v>3</v></c>',
    "<c><v>9</v></c><c><v>8</v></c>",
)  # fmt: skip


@pytest.mark.parametrize("others", (VALUES, VALUES[:1], VALUES[1:2], VALUES[:3], VALUES[6:9]))
@pytest.mark.parametrize("beside", ("", RATED))
def test_values_of_a_column_are_those_of_its_cells(others: tuple[str, ...], beside: str) -> None:
    rows = range(1, 40)
    text = "".join(row(n, others[n % len(others)], beside) for n in rows).replace("~", "#")
    sheet = scan(text)
    cells = stored_values(sheet, lambda: STRINGS, [CellRange(1, 2, 60, 2)])
    expected = {place: value for (place, _), value in cells}
    asked = [*rows, 50]
    columns = formula_columns(sheet)
    behind = None if columns is None else formulas_behind(columns, 2, list(rows))
    found = column_values(sheet, lambda: STRINGS, 2, asked)
    assert found == [expected.get(place) for place in asked]
    assert column_values(sheet, lambda: STRINGS, 2, list(rows), behind) == found[:-1]


def test_cells_of_other_rows_are_not_taken_for_those_asked_for() -> None:
    """Row 3 has no B, and what stands before its formula holds the B of row 2."""
    value, rated = '<c r="B#"><v>#</v></c>', '<c r="D#"><f>B#</f><v>#</v></c>'
    sheet = scan(row(1, value, rated) + row(2, value) + row(3, rated) + row(4, value, rated))
    columns = formula_columns(sheet)
    assert columns is not None
    behind = formulas_behind(columns, 2, [1, 3, 4])
    assert behind is not None
    assert column_values(sheet, lambda: STRINGS, 2, [1, 3, 4], behind) == [1.0, None, 4.0]
