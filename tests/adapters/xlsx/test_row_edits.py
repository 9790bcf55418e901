"""Going through the rows of a sheet that are written to."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.application.grid import CellWrite, Look
from perf_addin.domain.errors import InputError, OutputError
from tests.adapters.xlsx.small_workbook import MAIN, build, load, part, sheet

CELLS = (
    "/>",
    ' s="1"/>',
    ' s="1"><{p}v>1</{p}v></{p}c>',
    "/><{p}ext/>",
    "></{p}c>",
)


def scan_of(*numbers: int) -> SheetScan:
    """A sheet with empty rows of these numbers, in this order."""
    rows = "".join(f'<row r="{number}"/>' for number in numbers)
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return SheetScan(xml.encode(), "Sheet 'Index'")


def told(scan: SheetScan, numbers: list[int]) -> list[tuple[int, int | None, int | None]]:
    """Each row that is gone through: its number, that of its element, where it would be put in."""
    return [
        (number, None, at) if span is None else (number, span.number, None)
        for number, span, at in walk(scan, numbers)
    ]


def test_rows_are_the_same_once_all_are_known() -> None:
    """They are found quicker then, where they follow each other."""
    for count in range(5):
        for wanted in combinations(range(1, 8), count):
            fresh, known = scan_of(2, 3, 4, 6), scan_of(2, 3, 4, 6)
            assert [span.number for span in known.rows()] == [2, 3, 4, 6]
            assert known.knows_rows
            assert told(known, list(wanted)) == told(fresh, list(wanted))


def test_rows_out_of_order_are_refused_once_all_are_known() -> None:
    scan = scan_of(2, 5, 4, 6)
    assert [span.number for span in scan.rows()] == [2, 5, 4, 6]
    assert [number for number, _, _ in walk(scan, [2, 5])] == [2, 5]
    for wanted in ([4, 6], [6], [2, 4]):
        with pytest.raises(InputError, match="row 4 comes after row 5"):
            list(walk(scan, wanted))
    twice = scan_of(2, 2, 3)
    assert len(list(twice.rows())) == len("223")
    with pytest.raises(InputError, match="row 2 comes after row 2"):
        list(walk(twice, [2, 3]))


@pytest.mark.parametrize("prefix", ("", "x:", "a%d:"))
@pytest.mark.parametrize("last", (True, False), ids=("last", "within"))
def test_cells_written_together_are_as_if_each_was_written_alone(
    tmp_path: Path, prefix: str, *, last: bool
) -> None:
    """What stands in a row is what stood in the row above, or is not, in every order."""
    pairs = [cell for pair in product(CELLS, repeat=2) for cell in pair]
    behind = "" if last else '<{p}c r="C{n}"/>'
    row = '<{p}row r="{n}"><{p}c r="A{n}"/><{p}c r="B{n}"{cell}' + behind + "</{p}row>"
    rows = "".join(
        row.replace("{cell}", cell).replace("{n}", str(number)).replace("{p}", prefix)
        for number, cell in enumerate(pairs, 1)
    )
    name = prefix.rstrip(":")
    xml = (
        f'<{prefix}worksheet xmlns{":" * bool(name)}{name}="{MAIN}"><{prefix}sheetData>{rows}'
        f"</{prefix}sheetData></{prefix}worksheet>"
    )
    path = build(tmp_path / "a.xlsx", xml)
    writes = [
        CellWrite(number, 2, "RG"[number % 2], (Look.RED, Look.GREEN)[number % 2])
        for number in range(1, len(pairs) + 1)
    ]
    together, alone = load(path), load(path)
    together.write("Index", writes)
    for write in writes:
        alone.write("Index", [write])
    assert part(together) == part(alone) != xml


def test_a_cell_beyond_the_last_row_is_refused_whatever_was_written_before(tmp_path: Path) -> None:
    numbers = (1, 2, 1_048_577)
    rows = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in numbers)
    workbook = load(build(tmp_path / "a.xlsx", sheet(rows)))
    with pytest.raises(OutputError, match="no row 1048577"):
        workbook.write("Index", [CellWrite(number, 1, "R", Look.RED) for number in numbers])
    assert part(workbook) == sheet(rows)


def test_a_text_that_no_cell_holds_is_refused_in_any_row(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in (1, 2))
    workbook = load(build(tmp_path / "a.xlsx", sheet(rows)))
    with pytest.raises(OutputError, match=r"A2.*32,767"):
        workbook.write("Index", [CellWrite(1, 1, "R"), CellWrite(2, 1, "R" * 32_768)])
    assert part(workbook) == sheet(rows)
