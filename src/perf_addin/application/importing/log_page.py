"""The sheet "Import Log": every cell that an import wrote, from which file, and what was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.importing.decide import Change
from perf_addin.application.own_sheets import IMPORTS
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Sheet

HEADER = (
    *("Time", "File", "Rows read", "Sheet", "Cell", "No", "Indicator", "Period", "Part", "Old"),
    *("New", "SHA-256"),
)
_WIDTHS = (17.0, 26.0, 11.0, 20.0, 8.0, 8.0, 44.0, 13.0, 12.0, 18.0, 18.0, 70.0)
_LONG_TEXTS = tuple(HEADER.index(name) for name in ("File", "Sheet", "Indicator"))
_HEADER_ROW = 4
_NOTE = "Each import adds its lines below. Notes of your own go to the right."

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_ASIDE = PageStyle(italic=True, colour="595959")
_HEAD = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True, horizontal="left")


class Source(NamedTuple):
    """Where figures came from: local time, file name, hash of its bytes, rows that were read."""

    time: str
    file: str
    sha256: str
    rows: int


def log_import(workbook: Workbook, source: Source, written: Sequence[Change]) -> str:
    """Add the cells of an import to the log; give the name of its sheet.

    Raises:
        OutputError: sheets that are not ours have its names, or it cannot be written.
    """
    existing = IMPORTS.find(workbook.sheets)
    name = existing.name if existing is not None else IMPORTS.free_name(workbook.sheets)
    workbook.put_sheet(_page(existing, source, written, name))
    return name


def _page(
    existing: Sheet | None, source: Source, written: Sequence[Change], name: str
) -> SheetPage:
    kept = list(_kept(existing)) if existing is not None else list(_head())
    number = max(_HEADER_ROW, kept[-1].number if kept else 0)
    rows = [*kept, *_rows(source, written, number + 1)]
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=len(HEADER),
        column_widths=dict(enumerate(_WIDTHS, 1)),
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=len(HEADER) - 1,  # all but the hash, for which a page has no room
        frozen_rows=_HEADER_ROW,
        landscape=True,
    )


def _head() -> Iterator[PageRow]:
    yield PageRow(1, (PageCell(1, IMPORTS.mark, _TITLE),))
    yield PageRow(2, (PageCell(1, _NOTE, _ASIDE),))
    yield PageRow(
        _HEADER_ROW, tuple(PageCell(column, text, _HEAD) for column, text in enumerate(HEADER, 1))
    )


def _kept(existing: Sheet) -> Iterator[PageRow]:
    """Every row of the log as it stands; nothing of it is written anew."""
    for row in existing.rows():
        columns = [column for column in row.cells() if column <= len(HEADER)]
        cells = tuple(
            PageCell(column, None, _CELL, kept_from=row.number, keeps_style=True)
            for column in columns
        )
        if cells:
            yield PageRow(row.number, cells)


def _rows(source: Source, written: Iterable[Change], first: int) -> Iterator[PageRow]:
    for number, change in enumerate(written, first):
        values: tuple[str | int, ...] = (
            source.time,
            source.file,
            source.rows,
            change.sheet,
            change.cell,
            change.no,
            change.indicator,
            change.period,
            change.what or "figure",
            change.old or "(blank)",
            change.new,
            source.sha256,
        )
        cells = tuple(PageCell(column, value, _CELL) for column, value in enumerate(values, 1))
        texts = [(str(values[at]), _WIDTHS[at]) for at in _LONG_TEXTS]
        yield PageRow(number, cells, row_height(texts, _CELL.size))
