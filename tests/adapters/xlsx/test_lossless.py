"""Every workbook of the corpus: edited, compared part by part, edited again."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.grid import CellError, Look
from perf_addin.application.ports import CellWrite, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.domain.errors import InputError, OutputError
from tests.adapters.xlsx.package_compare import assert_only_permitted
from tests.adapters.xlsx.small_workbook import load, save

STYLE = PageStyle(bold=True, fill="1F3B57", colour="FFFFFF", border=True, wrap=True)
PAGE = SheetPage(
    name="Exceptions – O'Brien",
    rows=[PageRow(n, [PageCell(1, f"Row {n}", STYLE), PageCell(2, n, STYLE)]) for n in (1, 2, 3)],
    own_columns=2,
    column_widths={1: 30},
    title_rows=(1, 1),
    print_columns=2,
    page_breaks=(3,),
)


def writes_for(workbook: XlsxWorkbook) -> list[CellWrite]:
    """A rating in a free cell far out, and one in the last cell that is no formula."""
    rows = list(workbook.sheets[0].rows())
    values = [(r.number, c) for r in rows for c in r.cells() if is_value(r.get(c))]
    last = max((row.number for row in rows), default=0)
    writes = [CellWrite(last + 40, 30, "R & <D>", Look.RED, values[0] if values else None)]
    return writes + [CellWrite(*place, "Amber", Look.AMBER) for place in values[-1:]]


def is_value(cell: object) -> bool:
    """Whether a cell holds a value that somebody typed."""
    return cell is not None and not getattr(cell, "formula", False)


def edit(workbook: XlsxWorkbook, writes: list[CellWrite]) -> list[CellWrite]:
    """Put the writes and a page into a workbook; give back what could be written."""
    sheet = workbook.sheets[0].name
    try:
        workbook.write(sheet, writes)
    except OutputError:
        writes = writes[:1]
        workbook.write(sheet, writes)
    workbook.put_sheet(PAGE)
    return writes


def usable(files: tuple[Path, ...]) -> Iterator[tuple[Path, XlsxWorkbook]]:
    """The workbooks with a worksheet that are not refused."""
    for path in files:
        try:
            workbook = load(path)
            writes_for(workbook) if workbook.sheets else None
        except InputError:
            continue
        if workbook.sheets:
            yield path, workbook


def test_nothing_is_lost_and_a_second_run_changes_nothing(
    corpus_files: tuple[Path, ...], tmp_path: Path
) -> None:
    done = 0
    for path, workbook in usable(corpus_files):
        part = workbook.sheets[0].tab.part
        writes = edit(workbook, writes_for(workbook))
        once = save(workbook, tmp_path / f"once{path.suffix}")
        try:
            assert_only_permitted(path, once, {part: {(w.row, w.column) for w in writes}})
        except AssertionError as error:
            raise AssertionError(f"{path.name}: {error}") from error
        again = load(once)
        edit(again, writes)
        twice = save(again, tmp_path / f"twice{path.suffix}")
        assert twice.read_bytes() == once.read_bytes(), path.name
        done += 1
    assert done > 100


def test_openpyxl_reads_what_it_could_read_before(
    corpus_files: tuple[Path, ...], tmp_path: Path
) -> None:
    outcomes = Counter[str]()
    for path, workbook in usable(corpus_files):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                openpyxl.load_workbook(path).close()
            except Exception:  # noqa: BLE001 - whatever it is, it is not ours to judge
                outcomes["unreadable before"] += 1
                continue
            name = workbook.sheets[0].name
            write = edit(workbook, writes_for(workbook))[0]
            saved = save(workbook, tmp_path / f"out{path.suffix}")
            after = openpyxl.load_workbook(saved)
            if name not in after.sheetnames:
                outcomes["a sheet that openpyxl passes over"] += 1
                continue
            assert after[name].cell(write.row, write.column).value == "R & <D>", path.name
            assert after[PAGE.name]["A3"].value == "Row 3", path.name
            after.close()
            outcomes["read"] += 1
    assert outcomes["read"] > 100


def test_every_way_of_reading_a_cell_agrees(corpus_files: tuple[Path, ...]) -> None:
    """The quick way and the thorough way give the same cells."""
    for path, workbook in usable(corpus_files):
        for sheet in workbook.sheets:
            for row in sheet.rows():
                for cell in sheet.scan.cells(row._span):
                    thorough = sheet.reader.cell(cell.start)
                    quick = row.get(cell.column)
                    assert quick == thorough, (path.name, sheet.name, row.number, cell.column)
                    assert type(quick and quick.value) is type(thorough and thorough.value)


def test_values_agree_with_openpyxl(corpus_files: tuple[Path, ...]) -> None:
    compared = 0
    for path, workbook in usable(corpus_files):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                other = openpyxl.load_workbook(path, data_only=True)
            except Exception:  # noqa: BLE001, S112 - whatever it is, it is not ours to judge
                continue
        for sheet in workbook.sheets:
            for row in sheet.rows() if sheet.name in other.sheetnames else ():
                for column in row.cells():
                    cell = row.get(column)
                    value = other[sheet.name].cell(row.number, column).value
                    if cell and isinstance(cell.value, str) and isinstance(value, str):
                        if not isinstance(cell.value, CellError):
                            value = value.replace("\r\n", "\n")
                        assert cell.value == value, (path.name, row.number, column)
                        compared += 1
    assert compared > 500
