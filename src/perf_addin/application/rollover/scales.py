"""88 under a plain format is 88% under a per cent one: figures that moved are brought to scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import cell_name
from perf_addin.application.ports import CellWrite, Workbook
from perf_addin.application.rollover.changes import Change, What, grouped, plain_number
from perf_addin.application.sheets import Sheet
from perf_addin.domain.findings import Finding, Severity

Scales = Mapping[tuple[str, int, int], bool]
"""Whether the cell that a figure came from is shown as per cent, by the cell it went to."""

_MOVED = frozenset({What.OUTTURN, What.SHIFTED, What.TARGET})


class Scaled(NamedTuple):
    """A figure that went to another kind of format: where, and what it is there."""

    sheet: str
    row: int
    column: int
    value: Decimal

    @property
    def key(self) -> tuple[str, int, int]:
        """The cell."""
        return self.sheet, self.row, self.column


def bring_to_scale(
    workbook: Workbook, changes: Iterable[Change], came_from: Scales
) -> list[Scaled]:
    """Where a figure went from a per cent format to a plain one or back, write it to scale.

    Returns:
        Every cell in which the two formats differ, with what it holds now. A bare number up to 1
        is taken for a ratio, and a percentage that follows such a number stays one.

    Raises:
        OutputError: a sheet cannot be written.
    """
    wanted = {
        (c.sheet, c.row, c.column): c
        for c in changes
        if c.what in _MOVED and isinstance(c.after, Decimal)
    }
    found: list[Scaled] = []
    for sheet in workbook.sheets:
        here = {key: change for key, change in wanted.items() if key[0] == sheet.name}
        scaled = list(_scaled(sheet, here, came_from)) if here else []
        writes = [
            CellWrite(each.row, each.column, each.value)
            for each in scaled
            if each.value != wanted[each.key].after
        ]
        if writes:
            workbook.write(sheet.name, writes)
        found += scaled
    return found


def about_scales(scaled: Sequence[Scaled]) -> Iterator[Finding]:
    """Say where figures stand under another kind of format than they came from."""
    if scaled:
        first = scaled[0]
        cells = grouped(cell_name(each.row, each.column) for each in scaled)
        yield Finding(
            "outturn-scaled",
            Severity.WARNING,
            f"{cells}: shown with a per cent format where the figure came from a plain one, or "
            "the other way about. Each was entered on the scale of its new cell: look them over.",
            first.sheet,
            cell_name(first.row, first.column),
        )


def _scaled(
    sheet: Sheet, wanted: Mapping[tuple[str, int, int], Change], came_from: Scales
) -> Iterator[Scaled]:
    columns: dict[int, list[int]] = {}
    for _, number, column in wanted:
        columns.setdefault(number, []).append(column)
    for row in sheet.rows():
        for column in columns.get(row.number, ()):
            key = (sheet.name, row.number, column)
            cell, change = row.get(column), wanted[key]
            was_percent = came_from.get(key)
            if cell is None or was_percent is None or cell.percent is was_percent:
                continue
            before, after = change.before, change.after
            if isinstance(after, Decimal):
                ratio = before if was_percent else after
                is_ratio = isinstance(ratio, Decimal) and abs(ratio) <= 1
                value = after if is_ratio else after.scaleb(2 if was_percent else -2)
                yield Scaled(*key, plain_number(value))
