"""Structured references: `Index[Target]`, `Index[[#This Row],[Actual]]`, `[@Actual]`, `[#All]`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perf_addin.application.grid import CellRange, TableInfo
from perf_addin.application.sheets import Sheet
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

_PART = lazily(r"\[((?:[^\[\]']|'.)*)\]|([^\[\],:\s][^\[\],]*)|(:)")
_ESCAPED = lazily(r"'(.)")
_ITEMS = ("#all", "#data", "#headers", "#totals", "#this row")


class Placed(NamedTuple):
    """A table and the sheet that it lies on."""

    sheet: str
    table: TableInfo


def placed(sheets: Iterable[Sheet]) -> dict[str, Placed]:
    """Every table of some sheets, by its name in lower case."""
    return {
        table.name.casefold(): Placed(sheet.name, table)
        for sheet in sheets
        for table in sheet.tables()
    }


def resolve(
    reference: str, tables: Mapping[str, Placed], cell: tuple[str, int, int]
) -> tuple[str, CellRange] | None:
    """Find the cells that a structured reference means.

    Args:
        reference: the reference as it is stored.
        tables: the workbook's tables by name in lower case.
        cell: sheet, row and column of the cell whose formula it stands in.

    Returns:
        The sheet and the cells, or None where there are none such.
    """
    name, bracket, inside = reference.partition("[")
    sheet, row, column = cell
    placed = tables.get(name.casefold()) if name else _around(tables, sheet, row, column)
    if placed is None or not bracket:
        return None
    asked = _asked(inside[:-1])
    if asked is None:
        return None
    items, names = asked
    columns = _columns(placed.table, names)
    rows = _rows(placed.table, items, row)
    if columns is None or rows is None:
        return None
    return placed.sheet, CellRange(rows[0], columns[0], rows[1], columns[1])


def _around(tables: Mapping[str, Placed], sheet: str, row: int, column: int) -> Placed | None:
    for placed in tables.values():
        top, left, bottom, right = placed.table.area
        if placed.sheet == sheet and top <= row <= bottom and left <= column <= right:
            return placed
    return None


def _asked(inside: str) -> tuple[list[str], list[str]] | None:
    """The items (`#all`) and the column names that stand between the outer brackets."""
    text = inside.strip()
    items: list[str] = []
    if text.startswith("@"):
        items, text = ["#this row"], text[1:].strip()
    if text and not text.startswith("["):
        if text.casefold() in _ITEMS:
            return [*items, text.casefold()], []
        return items, [_ESCAPED.sub(r"\1", text)]
    names: list[str] = []
    for found in _PART.finditer(text):
        bracketed, bare, _ = found.groups()
        if bare is not None:
            return None
        if bracketed is None:
            continue
        if bracketed.casefold() in _ITEMS:
            items.append(bracketed.casefold())
        else:
            names.append(_ESCAPED.sub(r"\1", bracketed))
    return items, names


def _columns(table: TableInfo, names: list[str]) -> tuple[int, int] | None:
    if not names:
        return table.area.first_column, table.area.last_column
    known = [column.casefold() for column in table.columns]
    places = [
        table.area.first_column + known.index(name.casefold())
        for name in names
        if name.casefold() in known
    ]
    return (min(places), max(places)) if len(places) == len(names) else None


def _rows(table: TableInfo, items: list[str], row: int) -> tuple[int, int] | None:
    first = table.area.first_row + table.header_rows
    last = table.area.last_row - table.totals_rows
    parts = {
        "#all": (table.area.first_row, table.area.last_row),
        "#data": (first, last),
        "#headers": (table.area.first_row, first - 1),
        "#totals": (last + 1, table.area.last_row),
        "#this row": (row, row),
    }
    spans = [parts[item] for item in items] or [parts["#data"]]
    top, bottom = min(span[0] for span in spans), max(span[1] for span in spans)
    if items == ["#this row"] and not first <= row <= last:
        return None
    return (top, bottom) if top <= bottom else None
