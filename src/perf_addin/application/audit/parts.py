"""Finds numerator and denominator of a rated figure: in its formula, its row or a data sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.rule_formulas import Standpoint, result_of
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import Cell, cell_name, column_number
from perf_addin.application.indicators import reference
from perf_addin.application.ports import Workbook
from perf_addin.application.sheets import Sheet
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.small_numbers import Parts

_CELL = lazily(r"(?:(?P<sheet>.+)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)")
_WORDS = ("numerator", "denominator")
_FEWEST_PERIODS = 2
Cells = Mapping[int, Mapping[int, Cell]]


class Found(NamedTuple):
    """Parts of a figure, and where they stand.

    Attributes:
        parts: numerator and denominator.
        where: their cells, with the sheet where it is another one.
        by_formula: whether the figure is a formula on these very cells.
    """

    parts: Parts
    where: tuple[str, str]
    by_formula: bool


class PartsFinder:
    """Looks for the parts of figures in one workbook; every sheet is read once, when needed."""

    def __init__(self, workbook: Workbook, index_sheets: Iterable[str]) -> None:
        """Bind a workbook; the sheets of its index are not looked through for data."""
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self._index = frozenset(index_sheets)
        self._cells: dict[str, Cells] = {}
        self._columns: dict[tuple[int, Period | None], dict[str, int]] = {}
        self._data: dict[tuple[str, Period], Found] | None = None

    def find(self, row: IndexRow) -> Found | None:
        """The parts of an indicator's rated figure, or None."""
        place = row.item.actual_place
        if place is None:
            return None
        formula = row.formulas.get(place.column)
        if formula is not None:
            return self._by_formula(formula, row.item.sheet)
        return self._in_row(row) or self._in_data(row)

    def _by_formula(self, formula: str, sheet: str) -> Found | None:
        """A formula with one division of a cell by a cell, whatever guards stand around it."""
        parts = [t for t in tokens(formula.removeprefix("=")) if t.kind is not Kind.SPACE]
        found = []
        for at in range(1, len(parts) - 1):
            left, sign, right = parts[at - 1 : at + 2]
            if sign.text == "/" and left.kind is Kind.AREA and right.kind is Kind.AREA:
                found.append((left.text, right.text))
        pairs = dict.fromkeys(found)
        if len(pairs) != 1:
            return None
        (names,) = pairs
        values = [self._value(name, sheet) for name in names]
        if values[0] is None or values[1] is None:
            return None
        return Found(Parts(values[0], values[1]), names, by_formula=True)

    def calculated(self, row: IndexRow) -> Decimal | None:
        """What the formula of a rated figure gives now; None where it cannot be followed."""
        place = row.item.actual_place
        formula = row.formulas.get(place.column) if place is not None else None
        if place is None or formula is None:
            return None
        own = row.item.sheet
        at = Standpoint(place.row, place.column, place, lambda name: self._of(name or own))
        found = result_of(formula.removeprefix("="), at)
        return found if isinstance(found, Decimal) else None

    def _value(self, name: str, sheet: str) -> Decimal | None:
        found = _CELL.fullmatch(name)
        if found is None:
            return None
        quoted = found["sheet"] or sheet
        other = quoted[1:-1].replace("''", "'") if quoted.startswith("'") else quoted
        row = self._of(other).get(int(found["row"]), {})
        cell = row.get(column_number(found["column"]))
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    def _of(self, name: str) -> Cells:
        if name not in self._cells:
            sheet = self._sheets.get(name)
            rows = sheet.rows() if sheet is not None else ()
            self._cells[name] = {row.number: dict(row.cells()) for row in rows}
        return self._cells[name]

    def _in_row(self, row: IndexRow) -> Found | None:
        """Columns of the index that are headed Numerator and Denominator."""
        key = id(row.item.layout), row.item.period
        at = self._columns.get(key)
        if at is None:
            at = self._columns[key] = _part_columns(row)
        if len(at) != len(_WORDS):
            return None
        columns = [at[word] for word in _WORDS]
        values = [cell.value for c in columns if (cell := row.cells.get(c)) is not None]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if len(numbers) != len(_WORDS):
            return None
        names = (cell_name(row.item.row, columns[0]), cell_name(row.item.row, columns[1]))
        return Found(Parts(*numbers), names, by_formula=False)

    def _in_data(self, row: IndexRow) -> Found | None:
        if row.item.no is None or row.item.period is None:
            return None
        if self._data is None:
            self._data = {}
            for name, sheet in self._sheets.items():
                if name not in self._index:
                    self._data.update(_read_data(sheet))
        return self._data.get((row.item.no, row.item.period))


def _part_columns(row: IndexRow) -> dict[str, int]:
    """The columns of numerator and denominator, by these words."""
    found: dict[str, int] = {}
    for column in row.item.layout.columns:
        words = column.heading.casefold()
        for word in _WORDS:
            if word in words and column.period in {None, row.item.period}:
                found[word] = column.number
    return found


def _read_data(sheet: Sheet) -> Iterator[tuple[tuple[str, Period], Found]]:
    """A sheet with a row for each part: the indicator's number, the part's name, and periods."""
    periods: dict[int, Period] = {}
    rows: dict[str, dict[str, tuple[int, Mapping[int, Cell]]]] = {}
    for row in sheet.rows():
        cells = dict(row.cells())
        dated = {c: p for c, cell in cells.items() if (p := _period(cell)) is not None}
        if len(dated) >= _FEWEST_PERIODS:
            yield from _pairs(sheet.name, periods, rows)
            periods, rows = dated, {}
            continue
        part = next((w for cell in cells.values() if (w := _word(cell)) is not None), None)
        first = cells.get(min(cells)) if cells else None
        label = reference(first) if first is not None else None
        if part is not None and label is not None and periods:
            rows.setdefault(label, {}).setdefault(part, (row.number, cells))
    yield from _pairs(sheet.name, periods, rows)


def _pairs(
    sheet: str,
    periods: Mapping[int, Period],
    rows: Mapping[str, Mapping[str, tuple[int, Mapping[int, Cell]]]],
) -> Iterator[tuple[tuple[str, Period], Found]]:
    for label, parts in rows.items():
        if len(parts) != len(_WORDS):
            continue
        for column, period in periods.items():
            cells = [(parts[word][0], parts[word][1].get(column)) for word in _WORDS]
            numbers = [c.value for _, c in cells if c and isinstance(c.value, Decimal)]
            if len(numbers) == len(_WORDS):
                names = tuple(f"{sheet}!{cell_name(number, column)}" for number, _ in cells)
                yield (label, period), Found(Parts(*numbers), _two(names), by_formula=False)


def _two(names: Sequence[str]) -> tuple[str, str]:
    return names[0], names[1]


def _period(cell: Cell) -> Period | None:
    value = cell.value
    if isinstance(value, (bool, Decimal)):
        return None
    return read_period(value)


def _word(cell: Cell) -> str | None:
    text = cell.value.strip().casefold() if isinstance(cell.value, str) else ""
    return text if text in _WORDS else None
