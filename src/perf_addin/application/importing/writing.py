"""The planned cells, written; a numerator is never left without its denominator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perf_addin.application.grid import Cell, CellValue
from perf_addin.application.importing.decide import Change, Outcome
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.domain.findings import Finding, Severity

At = tuple[str, int, int]


def write_changes(
    workbook: Workbook, changes: Sequence[Change]
) -> tuple[tuple[Change, ...], list[Finding]]:
    """Write the cells that are to change.

    Returns:
        The changes, those that could not be written marked so, and why.

    Raises:
        OutputError: no cell of a sheet can be written.
    """
    wanted = [change for change in changes if change.is_written]
    before = _before(workbook, wanted)
    lost: dict[At, str] = {}
    for sheet in dict.fromkeys(change.sheet for change in wanted):
        left: list[LeftCell] = []
        here = [change for change in wanted if change.sheet == sheet]
        workbook.write(
            sheet, [CellWrite(c.row, c.column, c.stored, like=c.like) for c in here], left
        )
        lost.update({(sheet, cell.row, cell.column): cell.why for cell in left})
    pairs = {at: mate for at, mate in _mates(wanted) if at in lost and mate not in lost}
    for mate in pairs.values():
        sheet, row, column = mate
        workbook.write(sheet, [CellWrite(row, column, before.get(mate))])
    gone = {*lost, *pairs.values()}
    told = [
        Finding(
            "cell-not-written",
            Severity.WARNING,
            f"Indicator {change.no}, {change.period}: the figure was not written. {why}",
            change.sheet,
            change.cell,
        )
        for change in wanted
        if (why := lost.get((change.sheet, change.row, change.column))) is not None
    ]
    return tuple(_marked(changes, gone)), told


def _marked(changes: Iterable[Change], gone: set[At]) -> Iterable[Change]:
    for change in changes:
        if change.is_written and (change.sheet, change.row, change.column) in gone:
            yield change._replace(outcome=Outcome.LEFT)
        else:
            yield change


def _mates(wanted: Sequence[Change]) -> Iterable[tuple[At, At]]:
    """The cells of parts of one figure, each with the other."""
    parts: dict[tuple[str, str], list[At]] = {}
    for change in wanted:
        if change.what:
            key = (change.no, change.period)
            parts.setdefault(key, []).append((change.sheet, change.row, change.column))
    for cells in parts.values():
        if len(cells) == 2:  # noqa: PLR2004 - a numerator and a denominator
            yield cells[0], cells[1]
            yield cells[1], cells[0]


def _before(workbook: Workbook, wanted: Sequence[Change]) -> dict[At, str | Decimal | None]:
    """What the cells of parts hold now: numbers or texts, since nothing else is replaced."""
    columns: dict[tuple[str, int], list[int]] = {}
    for change in wanted:
        if change.what:
            columns.setdefault((change.sheet, change.row), []).append(change.column)
    names = {sheet for sheet, _ in columns}
    return {
        (sheet.name, row.number, column): _plain(row.get(column))
        for sheet in workbook.sheets
        if sheet.name in names
        for row in sheet.rows()
        for column in columns.get((sheet.name, row.number), ())
    }


def _plain(cell: Cell | None) -> str | Decimal | None:
    value: CellValue | None = cell.value if cell is not None else None
    return value if value is None or isinstance(value, Decimal) else str(value)
