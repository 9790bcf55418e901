"""What an index says of the data behind its indicators."""

from __future__ import annotations

from collections.abc import Iterable

from perf_addin.application.layout import text_of
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.vocabulary import Field


def read_caveats(workbook: Workbook, rated: Iterable[Rated]) -> dict[tuple[str, int], str]:
    """The data caveat of each indicator whose row has one, by its sheet and row."""
    columns: dict[str, dict[int, int]] = {}
    for item in rated:
        column = item.layout.column_of(Field.CAVEAT)
        if column is not None:
            columns.setdefault(item.sheet, {})[item.row] = column
    found = {}
    for sheet in workbook.sheets:
        wanted = columns.get(sheet.name, {})
        for row in sheet.rows() if wanted else ():
            text = text_of(row.get(wanted[row.number])) if row.number in wanted else ""
            if text:
                found[sheet.name, row.number] = text
    return found
