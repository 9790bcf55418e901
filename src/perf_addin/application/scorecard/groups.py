"""The groups of an index: those of its column, or the headings that stand between its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_addin.application.layout import Layout, text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.row_kinds import is_footnote, is_total
from perf_addin.application.sheets import Row
from perf_addin.application.vocabulary import Field

_LONGEST_HEADING = 120


def read_groups(workbook: Workbook, rated: Iterable[Rated]) -> dict[tuple[str, int], str]:
    """The group of each indicator, by its sheet and row; those without one are left out.

    A blank below a group belongs to it, since groups are merged or written once.
    """
    layouts: dict[str, dict[int, Layout]] = {}
    for item in rated:
        layouts.setdefault(item.sheet, {})[item.row] = item.layout
    found: dict[tuple[str, int], str] = {}
    for sheet in workbook.sheets:
        rows = layouts.get(sheet.name)
        if rows:
            for number, name in _of_sheet(sheet.rows(), rows):
                found[sheet.name, number] = name
    return found


def _of_sheet(rows: Iterable[Row], layouts: dict[int, Layout]) -> Iterator[tuple[int, str]]:
    current = ""
    last = max(layouts)
    layout = layouts[min(layouts)]
    first = layout.header_last
    for row in rows:
        if row.number > last:
            return
        if row.number not in layouts:
            current = (_heading(row, layout) or current) if row.number > first else current
            continue
        layout = layouts[row.number]
        column = layout.column_of(Field.GROUP)
        if column is not None:
            current = _plain(text_of(row.get(column))) or current
        if current:
            yield row.number, current


def _heading(row: Row, layout: Layout) -> str | None:
    """The text of a row that holds nothing else but a number, where it can be a heading."""
    texts = {column: _plain(text_of(cell)) for column, cell in row.cells().items()}
    beside = layout.column_of(Field.NO)
    told = [text for column, text in texts.items() if text and column != beside]
    alone = told or [text for text in texts.values() if text]
    if len(alone) != 1:
        return None
    (text,) = alone
    if len(text) > _LONGEST_HEADING or text.endswith(".") or is_footnote(text.split(":")[0]):
        return None
    return None if is_total(text, None) else text


def _plain(text: str) -> str:
    return " ".join(text.split())
